// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/renewal.h"

namespace keytender::service {

using profile::Reason;
using profile::Renewal;
using refresh::Ending;

namespace {

Reason reasonOf(Ending ending)
{
    switch (ending) {
    case Ending::Renewed:
    case Ending::Adopted:
    case Ending::NothingOpen:
    case Ending::Gone:
    case Ending::Cancelled:
    case Ending::NotNow:
    case Ending::CopiesDisagree: // the copies speak for themselves
        break;
    case Ending::KeptInJournal:
    case Ending::StorageFault:
        return Reason::StorageFails;
    case Ending::NotSent:
        return Reason::Offline;
    case Ending::Busy:
        return Reason::Blocked;
    case Ending::TryLater:
    case Ending::Unusable:
        return Reason::ServerTrouble;
    case Ending::Misconfigured:
        return Reason::Misconfigured;
    case Ending::Unsure:
        return Reason::AnswerUnknown;
    case Ending::Rejected:
        return Reason::Refused;
    case Ending::AnswerLost:
        return Reason::AnswerLost;
    case Ending::OtherAccount:
        return Reason::OtherAccount;
    }
    return Reason::None;
}

// The provider's own words where there are any; of the system only what a person can mend.
QString detailOf(const refresh::Outcome &outcome, Reason reason)
{
    if (reason == Reason::StorageFails)
        return outcome.error ? base::describe(*outcome.error) : QString();
    return outcome.errorText.isEmpty() ? outcome.errorCode : outcome.errorText;
}

} // namespace

Renewal renewalAfter(const refresh::Outcome &outcome, const refresh::Due &next, base::Timestamp now)
{
    Renewal renewal;
    renewal.reason = reasonOf(outcome.ending);
    if (renewal.reason == Reason::None)
        return renewal;
    // A failure that nobody is in a hurry to mend: the token is good, and due later than the next try might be.
    const bool isInTime = next.plan == refresh::Plan::Fresh || next.plan == refresh::Plan::OwnersWindow;
    if (isInTime && renewal.reason != Reason::StorageFails && renewal.reason != Reason::Misconfigured
        && renewal.reason != Reason::AnswerUnknown)
        return {};
    const bool isEnded = refresh::needsSignIn(outcome.ending) || outcome.ending == Ending::OtherAccount;
    renewal.state = isEnded ? Renewal::State::Ended : Renewal::State::Waiting;
    renewal.detail = detailOf(outcome, renewal.reason);
    if (!isEnded && next.in > base::Milliseconds(0))
        renewal.nextTry = now + next.in;
    return renewal;
}

} // namespace keytender::service
