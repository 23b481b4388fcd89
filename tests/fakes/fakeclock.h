// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/clock.h"

namespace keytender::fakes {

// Stands still until it is told otherwise.
class FakeClock final : public base::Clock {
public:
    [[nodiscard]] base::Timestamp wallTime() const override { return wall; }
    [[nodiscard]] base::Milliseconds bootTime() const override { return boot; }

    void advance(base::Milliseconds by)
    {
        wall += by;
        boot += by;
    }

    base::Timestamp wall{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + std::chrono::hours{9}};
    base::Milliseconds boot{std::chrono::hours{1}};
};

} // namespace keytender::fakes
