// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string_view>

namespace keytender::fuzz {

// What any client may send, through the reader of frames (S-52): the first byte says in which pieces the rest comes.
// Returns what was broken of what must always hold; null where nothing was.
[[nodiscard]] const char *brokenBy(std::string_view input);

} // namespace keytender::fuzz
