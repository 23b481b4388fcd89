// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "refresh/delegationplan.h"

#include <algorithm>

namespace keytender::refresh {

using base::Milliseconds;
using namespace std::chrono_literals;

namespace {

constexpr double leastIntoWindow = 0.05;
constexpr double mostIntoWindow = 0.2;
constexpr Milliseconds leastSlack = 10s;
constexpr Milliseconds firstPause = 1min;
constexpr Milliseconds longestPause = 1h;
constexpr double pauseJitter = 0.2;
constexpr int mostDoublings = 6; // a minute becomes more than an hour

bool isRenewable(const PlannedLogin &login, const Moment &now)
{
    const profile::CredentialFacts &credential = login.credential;
    if (!credential.canBeRefreshed() || !credential.expiresAt || !base::isPlausible(*credential.expiresAt))
        return false;
    return (!credential.refreshTokenExpiresAt || now.wall < *credential.refreshTokenExpiresAt)
           && login.lifetimes.service != profile::Lifetimes::Service::Ended;
}

Milliseconds intoWindow(Milliseconds window, double jitter)
{
    const double share = leastIntoWindow + (mostIntoWindow - leastIntoWindow) * jitter;
    return std::max(leastSlack, std::chrono::round<Milliseconds>(window * share));
}

} // namespace

Due delegationDue(const PlannedLogin &login, const DelegationHistory &history, const Moment &now, double jitter)
{
    if (login.care != profile::Care::Delegated)
        return {.plan = Plan::NotOurs};
    if (!isRenewable(login, now))
        return {.plan = Plan::Unrenewable};
    const Milliseconds window = login.lifetimes.ownerWindow;
    const Milliseconds wait = *login.credential.expiresAt - window + intoWindow(window, jitter) - now.wall;
    Due due{.plan = wait > 0ms ? Plan::Fresh : Plan::Due, .in = std::max<Milliseconds>(0ms, wait)};
    const auto rest = [&](Plan plan, Milliseconds until) {
        if (until - now.boot > due.in)
            due = {.plan = plan, .in = until - now.boot};
    };
    if (history.lastStart)
        rest(Plan::TooSoon, *history.lastStart + leastGap);
    if (history.notBefore)
        rest(Plan::BackedOff, *history.notBefore);
    return due;
}

DelegationHistory historyAfter(DelegationHistory history, const DelegationOutcome &outcome, Milliseconds now,
                               double jitter)
{
    if (outcome.ending == DelegationOutcome::Ending::Cancelled)
        return history;
    if (outcome.ending == DelegationOutcome::Ending::Renewed) {
        history.failures = 0;
        history.notBefore.reset();
        return history;
    }
    const int doublings = std::clamp(history.failures, 0, mostDoublings);
    ++history.failures;
    const Milliseconds pause = std::min<Milliseconds>(firstPause * (1LL << doublings), longestPause);
    history.notBefore = now + std::chrono::round<Milliseconds>(pause * (1 + pauseJitter * jitter));
    return history;
}

QStringList startableDelegations(std::vector<DelegationCandidate> due, const QStringList &runningTools)
{
    std::ranges::stable_sort(due, {}, &DelegationCandidate::lapses);
    QStringList busy = runningTools;
    QStringList startable;
    for (const DelegationCandidate &candidate : due) {
        if (busy.contains(candidate.toolId))
            continue;
        busy.append(candidate.toolId);
        startable.append(candidate.profileId);
    }
    return startable;
}

} // namespace keytender::refresh
