// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include <QString>

namespace keytender::base {

// A point in UTC with millisecond resolution: the only form in which times travel inside Keytender.
using Timestamp = std::chrono::sys_time<std::chrono::milliseconds>;
using Milliseconds = std::chrono::milliseconds;

// The years that a credential's date may lie in (2000 to 2200); everything else is a damaged record.
[[nodiscard]] bool isPlausible(Timestamp time);

// From a number in a tool's record. Nothing for NaN, infinities, negative values and implausible years, so that
// seconds where milliseconds belong are noticed and not shown as 1970.
[[nodiscard]] std::optional<Timestamp> fromEpochSeconds(double seconds);
[[nodiscard]] std::optional<Timestamp> fromEpochMilliseconds(double milliseconds);

// RFC 3339 with any offset and any number of fractional digits; nothing for everything else.
[[nodiscard]] std::optional<Timestamp> fromRfc3339(QStringView text);
// "2026-11-22T04:52:55Z": UTC, whole seconds.
[[nodiscard]] QString toRfc3339(Timestamp time);

} // namespace keytender::base
