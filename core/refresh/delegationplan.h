// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <vector>

#include "refresh/delegation.h"
#include "refresh/refreshdue.h"

// When a tool is asked to renew its login: pure functions, no clock of their own.
namespace keytender::refresh {

// What became of it while this program runs. Times are boot times.
struct DelegationHistory {
    std::optional<base::Milliseconds> lastStart;
    std::optional<base::Milliseconds> notBefore; // after a failure
    int failures = 0;                            // in a row

    bool operator==(const DelegationHistory &) const = default;
};

// When the tool is to be asked, or why not: in its own window and not before, because until then the command would find
// nothing to do; a little into it, so that clocks that differ do not matter. A tool without a window is asked when its
// access token has lapsed. Unrenewable: no refresh token, or its end is past, or nobody knows when the access token
// lapses. `jitter` (0 to 1) is drawn once for each access token.
[[nodiscard]] Due delegationDue(const PlannedLogin &login, const DelegationHistory &history, const Moment &now,
                                double jitter);

// After one that has ended at `now`: a minute after the first failure, doubled each time up to an hour, and up to 20 %
// more. Whatever did not renew the login has failed; Cancelled changes nothing.
[[nodiscard]] DelegationHistory historyAfter(DelegationHistory history, const DelegationOutcome &outcome,
                                             base::Milliseconds now, double jitter);

struct DelegationCandidate {
    QString profileId;
    QString toolId;
    base::Timestamp lapses{}; // its access token
};

// Which of those that are due may start now: the one that lapses first of each tool of which none is running.
[[nodiscard]] QStringList startableDelegations(std::vector<DelegationCandidate> due, const QStringList &runningTools);

} // namespace keytender::refresh
