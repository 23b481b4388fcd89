// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>

#include <QString>

#include "base/secret.h"

namespace keytender::base {

// The lexical side of RFC 8259. A token is a string with its quotes that a strict reader has already accepted.

// Its text in UTF-8, without quotes and escapes; a secret is written straight into guarded memory.
[[nodiscard]] Secret unescapedSecret(std::string_view token);
[[nodiscard]] std::string unescaped(std::string_view token);
[[nodiscard]] bool isEscapedFormOf(std::string_view token, std::string_view text);

// "line 3, column 14", both from 1, columns in characters.
[[nodiscard]] QString positionOf(std::string_view bytes, std::size_t offset);

// One step of a path for people: ".name", or ["odd name"] where the name would be misread.
[[nodiscard]] QString pathStep(std::string_view key);

} // namespace keytender::base
