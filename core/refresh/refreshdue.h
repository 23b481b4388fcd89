// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <vector>

#include "profile/health.h"
#include "profile/profile.h"
#include "refresh/servertime.h"

namespace keytender::refresh {

// A login as far as its plan depends on it.
struct PlannedLogin {
    profile::CredentialFacts credential;
    profile::Care care = profile::Care::Watched;
    base::Timestamp firstSeenAt{}; // of this access token
    profile::Lifetimes lifetimes;  // what the provider says
};

// What became of a login while this program runs.
struct LineageHistory {
    std::optional<Moment> obtained;                 // when we got this access token ourselves
    std::optional<Moment> firstLook;                // at this access token, otherwise
    std::optional<base::Milliseconds> lastDelivery; // boot time
    std::optional<base::Milliseconds> notBefore;    // boot time: back-off, Retry-After
    std::vector<base::Timestamp> refusals;          // invalid_grant (N-32)
    int failures = 0;                               // in a row
    bool isEnded = false;                           // not to be sent again until the token is another one
    bool isRefused = false;                         // the access token was, by the service it is for (F-70)
};

enum class Plan {
    Due,
    Fresh,        // not yet
    OwnersWindow, // its tool is about to do it
    TooSoon,      // at most once a minute
    BackedOff,    // after a failure
    BudgetSpent,  // too many refusals
    Ended,        // only a sign-in helps
    NotOurs,      // watched or delegated
    Unrenewable,  // no refresh token, or no service behind it any more
};

struct Due {
    Plan plan = Plan::Fresh;
    base::Milliseconds in{0}; // from now, as far as one can tell; 0 for what is not going to be due
    // By the machine's clock the token is gone, by all else it is not: worth asking one server, not all of them (F-98).
    bool isDoubtful = false;

    [[nodiscard]] bool isNow() const { return plan == Plan::Due; }
    bool operator==(const Due &) const = default;
};

inline constexpr base::Milliseconds leastGap = std::chrono::minutes(1);
inline constexpr std::size_t mostRefusals = 3;
inline constexpr base::Milliseconds refusalPeriod = std::chrono::hours(48);

// When this login's refresh token is to be spent, or why not. Depends on nothing but its arguments; `jitter` (0 to 1)
// is drawn once for each access token. Clocks decide when, never whether to forget (INV-8).
//
//   age     of a token that we got ourselves by boot time, else from its dates; where servers have told the time also
//   by
//           that; a clock set back does not make a token younger (F-99)
//   due     at 78 to 82 % of its life (2 % around Lifetimes::renewalShare); with nothing but an end that share of the
//           usual life is left out before it, at least 5 minutes (F-103); with nothing at all after the usual life, or
//           a day (N-27, F-104)
//   window  of a tool that shares the login: ahead of it, never in it, again when the token is gone
[[nodiscard]] Due refreshDue(const PlannedLogin &login, const LineageHistory &history, const Moment &now,
                             double jitter);

} // namespace keytender::refresh
