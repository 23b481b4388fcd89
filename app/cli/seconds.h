// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace keytender::cli {

// "300", "300s", "5m", "2h", "1d"; nothing where it is none of them or more than a year.
[[nodiscard]] std::optional<std::chrono::seconds> secondsIn(std::string_view text);

} // namespace keytender::cli
