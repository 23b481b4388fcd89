// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/timestamp.h"

namespace keytender::base {

// The two clocks that count. Wall time may jump; boot time goes on through suspend (CLOCK_BOOTTIME) and never jumps.
class Clock {
public:
    Clock() = default;
    virtual ~Clock() = default;
    Clock(const Clock &) = delete;
    Clock &operator=(const Clock &) = delete;

    [[nodiscard]] virtual Timestamp wallTime() const = 0;
    [[nodiscard]] virtual Milliseconds bootTime() const = 0;
};

class SystemClock final : public Clock {
public:
    [[nodiscard]] Timestamp wallTime() const override;
    [[nodiscard]] Milliseconds bootTime() const override;
};

} // namespace keytender::base
