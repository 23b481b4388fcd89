// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "seconds.h"

#include <charconv>

namespace keytender::cli {

std::optional<std::chrono::seconds> secondsIn(std::string_view text)
{
    constexpr long long mostSeconds = 366LL * 24 * 3600;
    long long number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
    const long long factor = unit.empty() || unit == "s" ? 1
                             : unit == "m"               ? 60
                             : unit == "h"               ? 3600
                             : unit == "d"               ? 86'400
                                                         : 0;
    if (error != std::errc() || factor == 0 || number < 0 || number > mostSeconds / factor)
        return std::nullopt;
    return std::chrono::seconds(number * factor);
}

} // namespace keytender::cli
