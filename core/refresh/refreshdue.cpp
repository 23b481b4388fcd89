// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "refresh/refreshdue.h"

#include <algorithm>

namespace keytender::refresh {

using base::Milliseconds;
using base::Timestamp;
using namespace std::chrono_literals;

namespace {

constexpr double jitterWidth = 0.04; // of the life, around Lifetimes::renewalShare
constexpr Milliseconds leastMargin = 5min;
constexpr Milliseconds aheadOfWindow = 30s;
constexpr Milliseconds lifeOfTheUnknown = 24h;
constexpr Milliseconds longestLife = std::chrono::hours(24) * 366;

struct Life {
    Timestamp issuedAt{};
    Milliseconds length{0};
    Milliseconds dueAge{0};
};

std::optional<Timestamp> plausible(const std::optional<Timestamp> &time)
{
    return time && base::isPlausible(*time) ? time : std::nullopt;
}

Milliseconds shareOf(Milliseconds life, double share)
{
    return std::chrono::round<Milliseconds>(life * share);
}

// From both dates, even where they are from a clock that was decades off: their distance is right all the same.
std::optional<Milliseconds> lengthOf(const profile::CredentialFacts &credential)
{
    static constexpr Milliseconds farthest = 10'000 * longestLife; // so that the difference is a number
    const auto isNear = [](Timestamp time) { return std::chrono::abs(time.time_since_epoch()) < farthest; };
    const auto &issued = credential.issuedAt;
    const auto &expires = credential.expiresAt;
    if (!issued || !expires || !isNear(*issued) || !isNear(*expires) || *expires <= *issued)
        return std::nullopt;
    const Milliseconds length = *expires - *issued;
    if (base::isPlausible(*issued) && base::isPlausible(*expires))
        return std::min(length, longestLife);
    return length <= longestLife ? std::optional(length) : std::nullopt;
}

Life lifeOf(const PlannedLogin &login, double jitter)
{
    const double share = login.lifetimes.renewalShare + jitterWidth * (jitter - 0.5);
    const Milliseconds usual = login.lifetimes.usual ? Milliseconds(*login.lifetimes.usual) : lifeOfTheUnknown;
    const auto expires = plausible(login.credential.expiresAt);
    const auto issued = plausible(login.credential.issuedAt);
    Life life;
    if (const auto length = lengthOf(login.credential)) {
        life.issuedAt = *login.credential.issuedAt;
        life.length = *length;
        life.dueAge = shareOf(life.length, share);
    } else if (expires) {
        const bool isSeenEarly = !login.lifetimes.usual && login.firstSeenAt < *expires;
        life.length = isSeenEarly ? std::min<Milliseconds>(*expires - login.firstSeenAt, longestLife) : usual;
        life.issuedAt = *expires - life.length;
        const Milliseconds margin = std::max(leastMargin, shareOf(life.length, 1 - share));
        life.dueAge = std::max<Milliseconds>(0ms, life.length - margin);
    } else {
        life.issuedAt = issued.value_or(login.firstSeenAt);
        life.length = usual;
        life.dueAge = shareOf(usual, share);
    }
    return life;
}

struct Age {
    Milliseconds believed{0};
    Milliseconds byMachine{0}; // by the machine's own wall clock
};

Age ageOf(const Life &life, const LineageHistory &history, const Moment &now)
{
    Age age;
    age.byMachine = now.machineWall - life.issuedAt;
    if (history.obtained) {
        age.byMachine = now.machineWall - history.obtained->machineWall;
        age.believed = now.boot - history.obtained->boot;
        if (now.isConfirmed && history.obtained->isConfirmed)
            age.believed = std::max<Milliseconds>(age.believed, now.wall - history.obtained->wall);
        return age;
    }
    age.believed = now.wall - life.issuedAt;
    if (history.firstLook && !now.isConfirmed) // F-99: the clock may have been set back since
        age.believed = std::max<Milliseconds>(age.believed, history.firstLook->wall - life.issuedAt
                                                                + (now.boot - history.firstLook->boot));
    // Issued in the future: by a clock that was wrong then, or is now. One refresh sets it right.
    if (age.believed < -ServerTime::tolerance)
        age.believed = life.length;
    return age;
}

// What keeps even a due login waiting.
struct Rest {
    Plan plan = Plan::Due;
    Milliseconds in{0};

    void atLeast(Plan other, Milliseconds wait)
    {
        if (wait > in)
            *this = {.plan = other, .in = wait};
    }
};

Rest restOf(const LineageHistory &history, const Moment &now)
{
    Rest rest;
    if (history.lastDelivery)
        rest.atLeast(Plan::TooSoon, *history.lastDelivery + leastGap - now.boot);
    if (history.notBefore)
        rest.atLeast(Plan::BackedOff, *history.notBefore - now.boot);
    std::vector<Timestamp> recent;
    for (const Timestamp refused : history.refusals) {
        if (now.wall - refused < refusalPeriod) // a clock set back does not clear the account
            recent.push_back(refused);
    }
    if (recent.size() >= mostRefusals) {
        std::ranges::sort(recent);
        const Milliseconds wait = recent[recent.size() - mostRefusals] + refusalPeriod - now.wall;
        rest.atLeast(Plan::BudgetSpent, std::min<Milliseconds>(wait, refusalPeriod));
    }
    return rest;
}

// Until the token is due, by its age and its tool's habits.
Rest waitOf(const PlannedLogin &login, const Life &life, Milliseconds age)
{
    const Milliseconds window = login.care == profile::Care::Shared ? Milliseconds(login.lifetimes.ownerWindow) : 0ms;
    if (window <= 0ms)
        return {.plan = Plan::Fresh, .in = life.dueAge - age};
    const Milliseconds opens = life.length - window;
    const Milliseconds dueAge = std::min(life.dueAge, opens - aheadOfWindow);
    if (age < opens && dueAge > 0ms)
        return {.plan = Plan::Fresh, .in = dueAge - age};
    return {.plan = Plan::OwnersWindow, .in = life.length - age};
}

} // namespace

Due refreshDue(const PlannedLogin &login, const LineageHistory &history, const Moment &now, double jitter)
{
    if (login.care == profile::Care::Watched || login.care == profile::Care::Delegated)
        return {.plan = Plan::NotOurs, .in = {}, .isDoubtful = false};
    if (!login.credential.canBeRefreshed() || login.credential.kind != profile::CredentialKind::OAuth
        || login.lifetimes.service == profile::Lifetimes::Service::Ended)
        return {.plan = Plan::Unrenewable, .in = {}, .isDoubtful = false};
    if (history.isEnded)
        return {.plan = Plan::Ended, .in = {}, .isDoubtful = false};
    const Life life = lifeOf(login, jitter);
    const Age age = ageOf(life, history, now);
    const Rest rest = restOf(history, now);
    Rest wait = history.isRefused ? Rest() : waitOf(login, life, age.believed);
    Due due;
    if (wait.in > 0ms && age.byMachine >= life.length && rest.in <= 0ms) {
        due.isDoubtful = true;
        due.plan = Plan::Due;
        due.in = wait.in;
        return due;
    }
    if (rest.in > wait.in)
        wait = rest;
    due.plan = wait.in > 0ms ? wait.plan : Plan::Due;
    due.in = std::max<Milliseconds>(0ms, wait.in);
    return due;
}

} // namespace keytender::refresh
