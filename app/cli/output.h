// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>

#include "wire/outcome.h"

namespace keytender::cli {

enum class Form { Text, Json };

// Every byte, with a single write(2) wherever the system takes them at once; false with errno.
[[nodiscard]] bool writeAll(int descriptor, std::string_view bytes);
// To stdout. Failed, after a complaint, where that did not take everything.
[[nodiscard]] wire::Outcome print(std::string_view bytes);
// To stderr, for people: "keytenderctl: <sentence>".
void complain(std::string_view sentence);
// To stderr, as it is.
void tell(std::string_view line);
// Without the control characters that would steer a terminal; line ends and tabs stay.
[[nodiscard]] std::string harmless(std::string_view text);

} // namespace keytender::cli
