// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>

#include "base/timestamp.h"

namespace keytender::refresh {

// Both clocks at once, and what is known of the wall clock's truth.
struct Moment {
    base::Timestamp wall{};        // corrected where a server has shown that our clock is wrong
    base::Timestamp machineWall{}; // as this machine's clock says
    base::Milliseconds boot{0};    // goes on through suspend, never jumps
    bool isConfirmed = false;      // a server has told the time since this program started

    bool operator==(const Moment &) const = default;
};

// What servers said of the time (F-98 to F-100): a wall clock that differs by more than `tolerance` is not believed.
class ServerTime final {
public:
    static constexpr base::Milliseconds tolerance = std::chrono::minutes(10); // F-102: less is ours to plan with

    // From the Date header of a whole answer.
    void note(base::Timestamp server, base::Milliseconds boot);
    [[nodiscard]] Moment momentOf(base::Timestamp machineWall, base::Milliseconds boot) const;
    // By how much the last server's clock is ahead of this machine's; nothing where none has told the time yet.
    [[nodiscard]] std::optional<base::Milliseconds> ahead(base::Timestamp machineWall, base::Milliseconds boot) const;

private:
    std::optional<base::Timestamp> m_server;
    base::Milliseconds m_boot{0};
};

} // namespace keytender::refresh
