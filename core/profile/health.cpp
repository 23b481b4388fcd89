// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "profile/health.h"

#include <algorithm>

namespace keytender::profile {

using base::Timestamp;
using namespace std::chrono_literals;

namespace {

constexpr auto tokenEndIsNear = 24h;   // of a token that nothing renews
constexpr auto signInEndIsNear = 72h;  // worth a warning
constexpr auto signInEndIsClose = 24h; // and a health of its own
constexpr std::chrono::seconds leastMargin = 5min;

struct Judgement {
    Health health = Health::NoExpiry;
    Reason reason = Reason::None;
    Severity severity = Severity::Well;
};

std::optional<Timestamp> plausible(const std::optional<Timestamp> &time)
{
    return time && base::isPlausible(*time) ? time : std::nullopt;
}

base::Milliseconds shareOf(base::Milliseconds life, double share)
{
    return std::chrono::duration_cast<base::Milliseconds>(life * share);
}

// When this access token was issued, as well as one can know. First sight counts as its issue unless that would make
// its life clearly shorter than usual: then it was old when we met it.
std::optional<Timestamp> issueOf(const Profile &profile, const Lifetimes &lifetimes, Timestamp expiresAt)
{
    if (const auto issued = plausible(profile.credential.issuedAt); issued && *issued < expiresAt)
        return issued;
    const Timestamp seen = profile.firstSeenAt;
    const bool isSeen = base::isPlausible(seen) && seen < expiresAt;
    if (isSeen && (!lifetimes.usual || expiresAt - seen >= shareOf(*lifetimes.usual, usualRenewalShare)))
        return seen;
    if (lifetimes.usual && *lifetimes.usual > 0s)
        return expiresAt - *lifetimes.usual;
    return std::nullopt;
}

// F-103: with nothing but an expiry the margin is what is left of the usual life, and at least 5 minutes. Where the
// owner's own window opens earlier than that, its opening counts: ahead of it or not at all.
Timestamp dueDateOf(const std::optional<Timestamp> &issuedAt, bool issueIsKnown, const Lifetimes &lifetimes,
                    Timestamp expiresAt)
{
    Timestamp due = expiresAt - leastMargin;
    if (issuedAt && issueIsKnown)
        due = *issuedAt + shareOf(expiresAt - *issuedAt, lifetimes.renewalShare);
    else if (issuedAt)
        due = std::min(due, *issuedAt + shareOf(expiresAt - *issuedAt, lifetimes.renewalShare));
    return std::min<Timestamp>(due, expiresAt - lifetimes.ownerWindow);
}

double shareGone(Timestamp from, Timestamp until, Timestamp now)
{
    const double share = std::chrono::duration<double>(now - from) / std::chrono::duration<double>(until - from);
    return std::clamp(share, 0.0, 1.0);
}

// The dates alone, without a judgement.
Condition datesOf(const Profile &profile, const Lifetimes &lifetimes, Timestamp now)
{
    Condition dates;
    dates.renewalShare = lifetimes.renewalShare;
    dates.signInEndsAt = plausible(profile.credential.refreshTokenExpiresAt);
    dates.expiresAt = plausible(profile.credential.expiresAt);
    if (!dates.expiresAt)
        return dates;
    const Timestamp end = *dates.expiresAt;
    const bool isRenewable = profile.credential.canBeRefreshed();
    // What is usual for a renewed token says nothing of one that was made to last.
    const std::optional<Timestamp> issued = issueOf(profile, isRenewable ? lifetimes : Lifetimes(), end);
    if (issued)
        dates.elapsed = shareGone(*issued, end, now);
    if (!isRenewable)
        return dates;
    const bool issueIsKnown = issued && (issued == profile.credential.issuedAt || issued == profile.firstSeenAt);
    dates.dueAt = dueDateOf(issued, issueIsKnown, lifetimes, end);
    dates.renewsAt = isRenewedByItsTool(profile) ? end - lifetimes.ownerWindow : *dates.dueAt;
    return dates;
}

bool anyIs(const Profile &profile, CopyState state)
{
    return std::ranges::any_of(profile.copies, [state](const Copy &copy) { return copy.state == state; });
}

bool isBehindLock(const Copy &copy)
{
    return copy.state != CopyState::Unreadable || (copy.problem && copy.problem->kind == base::ErrorKind::Locked);
}

// Its tool is at it just now, as far as the marker tells.
bool isBeingRenewed(const Copy &copy)
{
    return copy.state == CopyState::Fenced && copy.problem && copy.problem->kind == base::ErrorKind::Locked;
}

// What the places say when none of them holds the credential.
std::optional<Judgement> judgeCopies(const Profile &profile, bool serviceHasEnded)
{
    // A sign-in of our own lives in the vault, whatever the tools hold.
    if (profile.care == Care::Own || profile.copies.empty() || anyIs(profile, CopyState::Held))
        return std::nullopt;
    const bool isFenced = anyIs(profile, CopyState::Fenced);
    const bool isBlank = anyIs(profile, CopyState::Blank);
    if (!isBlank && !isFenced && anyIs(profile, CopyState::Unreadable)) {
        if (std::ranges::all_of(profile.copies, isBehindLock))
            return Judgement{Health::Unreadable, Reason::KeychainLocked, Severity::Due};
        return Judgement{Health::Unreadable, Reason::CopyUnreadable, Severity::ActNow};
    }
    if (serviceHasEnded) // signing in again would lead nowhere
        return std::nullopt;
    if (isFenced && std::ranges::any_of(profile.copies, isBeingRenewed))
        return Judgement{Health::Refreshing, Reason::None, Severity::Busy};
    if (isFenced)
        return Judgement{Health::NeedsSignIn, Reason::LockedAwayByTool, Severity::ActNow};
    if (isBlank)
        return Judgement{Health::NeedsSignIn, Reason::BlankedByTool, Severity::ActNow};
    return Judgement{Health::NeedsSignIn, Reason::SignedOut, Severity::Due}; // perhaps it was meant
}

std::optional<Judgement> judgeAccord(Accord accord)
{
    switch (accord) {
    case Accord::DifferentAccount:
        return Judgement{Health::Conflict, Reason::DifferentAccount, Severity::ActNow};
    case Accord::Ambiguous:
        return Judgement{Health::Conflict, Reason::Ambiguous, Severity::ActNow};
    case Accord::Agreed:
    case Accord::KeptNewer:
        break;
    }
    return std::nullopt;
}

// What passes by itself is quiet as long as the token works.
Severity loudnessWhileWaiting(Reason reason, const Condition &dates, Timestamp now)
{
    if (reason == Reason::StorageFails) // a renewed token may be in memory alone
        return Severity::ActNow;
    if (reason == Reason::Misconfigured)
        return Severity::Due;
    return dates.expiresAt && *dates.expiresAt - now > leastMargin ? Severity::Well : Severity::Due;
}

std::optional<Judgement> judgeRenewal(const Profile &profile, const Renewal &renewal, const Condition &dates,
                                      Timestamp now)
{
    if (isRenewedByItsTool(profile))
        return std::nullopt;
    switch (renewal.state) {
    case Renewal::State::Idle:
        break;
    case Renewal::State::Running: // one more try is as loud as the wait before it: work in progress moves no row
        return Judgement{Health::Refreshing, renewal.reason,
                         renewal.reason == Reason::None
                             ? Severity::Busy
                             : std::max(Severity::Busy, loudnessWhileWaiting(renewal.reason, dates, now))};
    case Renewal::State::Waiting:
        return Judgement{renewal.reason == Reason::AnswerUnknown ? Health::Unsure : Health::Waiting, renewal.reason,
                         loudnessWhileWaiting(renewal.reason, dates, now)};
    case Renewal::State::Ended:
        return Judgement{renewal.reason == Reason::OtherAccount ? Health::Conflict : Health::NeedsSignIn,
                         renewal.reason, Severity::ActNow};
    }
    return std::nullopt;
}

bool wantsRotation(const Profile &profile, const Lifetimes &lifetimes, Timestamp now)
{
    const bool isByHand = profile.care == Care::Own && !profile.credential.canBeRefreshed()
                          && profile.credential.kind != CredentialKind::OAuth;
    const Timestamp since = plausible(profile.credential.issuedAt).value_or(profile.firstSeenAt);
    return isByHand && lifetimes.rotation && base::isPlausible(since) && now - since >= *lifetimes.rotation;
}

// A token that nothing can renew: an API key, a static token, an OAuth token without a refresh token.
Judgement judgeLastingToken(const Condition &dates, Timestamp now)
{
    if (!dates.expiresAt)
        return {Health::NoExpiry, Reason::None, Severity::Well};
    if (*dates.expiresAt <= now)
        return {Health::Expired, Reason::TokenEnded, Severity::ActNow};
    if (*dates.expiresAt - now <= tokenEndIsNear)
        return {Health::Due, Reason::TokenEndsSoon, Severity::Due};
    return {Health::Fresh, Reason::None, Severity::Well};
}

// The first clock of a token that will be renewed: never a reason for alarm.
Judgement judgeRenewedToken(const Profile &profile, const Condition &dates, Timestamp now)
{
    const Reason renewal = isRenewedByItsTool(profile) ? Reason::RenewedByItsTool : Reason::None;
    if (!dates.expiresAt)
        return {Health::NoExpiry, Reason::None, Severity::Well};
    if (*dates.expiresAt <= now)
        return {Health::Paused, renewal, Severity::Well};
    if (*dates.dueAt <= now)
        return {Health::Due, renewal, Severity::Well};
    return {Health::Fresh, Reason::None, Severity::Well};
}

Judgement judgeClocks(const Profile &profile, const Condition &dates, Timestamp now)
{
    if (!profile.credential.canBeRefreshed())
        return judgeLastingToken(dates, now);
    Judgement judgement = judgeRenewedToken(profile, dates, now);
    if (!dates.signInEndsAt)
        return judgement;
    const base::Milliseconds left = *dates.signInEndsAt - now;
    if (left <= 0ms)
        return {Health::NeedsSignIn, Reason::SignInEnded, Severity::ActNow};
    if (left <= signInEndIsNear)
        judgement = {judgement.health, Reason::SignInEndsSoon, Severity::Due};
    if (left <= signInEndIsClose)
        judgement.health = Health::Due;
    return judgement;
}

// What speaks for all of them: renewing that has ended is worse than any clock, and a sign-in that ends soon is told
// even while something waits.
Judgement judgeOwn(const Profile &profile, const Lifetimes &lifetimes, const Renewal &renewal, const Condition &dates,
                   Timestamp now)
{
    const Judgement clocks = judgeClocks(profile, dates, now);
    const auto renewing = judgeRenewal(profile, renewal, dates, now);
    if (renewing && (renewing->severity > clocks.severity || clocks.severity == Severity::Well))
        return *renewing;
    if (clocks.severity == Severity::Well && wantsRotation(profile, lifetimes, now))
        return {Health::Due, Reason::RotationDue, Severity::Due};
    return clocks;
}

// The whole of it, in the order of the header's drawing.
struct Question {
    const Profile &profile;
    const Lifetimes &lifetimes;
    const Renewal &renewal;
    Timestamp now;
};

Judgement judge(const Question &question, const Condition &dates)
{
    const auto &[profile, lifetimes, renewal, now] = question;
    // A key that was handed out by hand does not hang on the service behind a sign-in.
    const bool isSignIn = profile.credential.kind != CredentialKind::ApiKey;
    const bool serviceHasEnded = isSignIn && lifetimes.service == Lifetimes::Service::Ended;
    if (const auto judgement = judgeCopies(profile, serviceHasEnded))
        return *judgement;
    if (serviceHasEnded) // old news, not an alarm
        return {Health::Rejected, Reason::ServiceEnded, Severity::Due};
    if (const auto judgement = judgeAccord(profile.accord))
        return *judgement;
    const Judgement judgement = judgeOwn(profile, lifetimes, renewal, dates, now);
    const bool mayHaveEnded = isSignIn && lifetimes.service == Lifetimes::Service::EndedForSome;
    if (mayHaveEnded && judgement.severity == Severity::Well) // a date on disk does not prove that it works
        return {Health::NoExpiry, Reason::ServiceEndedForSome, Severity::Well};
    return judgement;
}

// Nobody is logged out by a login that is dead already.
bool isAlive(Health health)
{
    return health != Health::NeedsSignIn && health != Health::Rejected && health != Health::Expired;
}

bool clashes(const Profile &profile, const Lifetimes &lifetimes)
{
    const auto isSameLineage = [](const Duplicate &other) { return other.kind == DuplicateKind::SameLineage; };
    return profile.credential.canBeRefreshed() && lifetimes.refreshTokenRotates
           && std::ranges::any_of(profile.duplicates, isSameLineage);
}

} // namespace

bool isRenewedByItsTool(const Profile &profile)
{
    return profile.care == Care::Watched || profile.care == Care::Delegated;
}

Condition conditionOf(const Profile &profile, const Lifetimes &lifetimes, base::Timestamp now)
{
    return conditionOf(profile, lifetimes, Renewal{}, now);
}

Condition conditionOf(const Profile &profile, const Lifetimes &lifetimes, const Renewal &renewal, base::Timestamp now)
{
    Condition condition = datesOf(profile, lifetimes, now);
    const Judgement judgement = judge({profile, lifetimes, renewal, now}, condition);
    condition.health = judgement.health;
    condition.reason = judgement.reason;
    condition.severity = judgement.severity;
    if (judgement.reason == renewal.reason) {
        condition.nextTry = renewal.nextTry;
        condition.detail = renewal.detail;
    }
    if (judgement.reason == Reason::ServiceEnded || judgement.reason == Reason::ServiceEndedForSome) {
        condition.dueAt.reset();
        condition.renewsAt.reset();
        condition.elapsed.reset();
        condition.serviceEndedOn = lifetimes.serviceEndedOn;
        condition.instead = lifetimes.instead;
    }
    condition.hasClash = isAlive(condition.health) && clashes(profile, lifetimes);
    if (condition.hasClash) // it will break, it has not broken
        condition.severity = std::max(condition.severity, Severity::Due);
    return condition;
}

} // namespace keytender::profile
