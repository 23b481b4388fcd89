// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/deeds.h"

#include <QCoreApplication>

namespace keytender::service {

namespace {

using Kind = Deed::Kind;
using profile::Severity;

QString say(const char *text)
{
    return QCoreApplication::translate("Activity", text);
}

std::optional<Kind> kindOf(refresh::Ending ending)
{
    using refresh::Ending;
    switch (ending) {
    case Ending::Renewed:
        return Kind::Renewed;
    case Ending::Adopted:
        return Kind::Adopted;
    case Ending::KeptInJournal:
        return Kind::KeptInJournal;
    case Ending::NotSent:
        return Kind::NotSent;
    case Ending::Busy:
        return Kind::Blocked;
    case Ending::StorageFault:
        return Kind::StorageFault;
    case Ending::TryLater:
        return Kind::TryLater;
    case Ending::Misconfigured:
        return Kind::Misconfigured;
    case Ending::Unsure:
        return Kind::Unsure;
    case Ending::Unusable:
        return Kind::Unusable;
    case Ending::Rejected:
        return Kind::Refused;
    case Ending::AnswerLost:
        return Kind::AnswerLost;
    case Ending::OtherAccount:
        return Kind::OtherAccount;
    case Ending::CopiesDisagree:
        return Kind::CopiesDisagree;
    case Ending::Gone:
        return Kind::Gone;
    case Ending::Cancelled:
        return Kind::Cancelled;
    case Ending::NothingOpen:
    case Ending::NotNow:
        break;
    }
    return std::nullopt;
}

std::optional<Kind> kindOf(refresh::SignOutOutcome::Ending ending, SignOutOccasion occasion)
{
    using Ending = refresh::SignOutOutcome::Ending;
    const bool isAgain = occasion == SignOutOccasion::TriedAgain;
    switch (ending) {
    case Ending::SignedOut:
        return isAgain ? Kind::RevocationConfirmed : Kind::SignedOut;
    case Ending::StillValid:
        return isAgain ? Kind::RevocationWaits : Kind::StillValid;
    case Ending::ByHand:
        return Kind::ByHand;
    case Ending::Forgotten:
        return Kind::Forgotten;
    case Ending::Busy:
    case Ending::StorageFault:
        return Kind::SignOutFailed;
    case Ending::Gone:
    case Ending::NotOurs:
    case Ending::Cancelled:
        break;
    }
    return std::nullopt;
}

QString joined(QStringList parts)
{
    parts.removeAll(QString());
    return parts.join(QStringLiteral(" · "));
}

QString detailOf(const refresh::Outcome &outcome)
{
    const bool saysBoth = !outcome.errorCode.isEmpty() && !outcome.errorText.isEmpty();
    QStringList parts = {saysBoth ? outcome.errorCode + QStringLiteral(": ") + outcome.errorText
                                  : outcome.errorCode + outcome.errorText};
    if (outcome.error)
        parts += describe(*outcome.error);
    return joined(parts + outcome.oddities);
}

QString detailOf(const refresh::SignOutOutcome &outcome)
{
    QStringList parts = {outcome.errorText};
    if (outcome.error)
        parts += describe(*outcome.error);
    if (outcome.ending == refresh::SignOutOutcome::Ending::ByHand)
        parts += outcome.revokeByHand.toString();
    return joined(parts);
}

// What the login has now; what was to be spent where that was not read.
QString fingerprintOf(const refresh::Outcome &outcome)
{
    const base::Fingerprint now = outcome.held.lineage();
    const base::Fingerprint shown = now.isNull() ? outcome.spent : now;
    return shown.isNull() ? QString() : shown.shortText();
}

} // namespace

std::vector<Deed> deedsOf(const refresh::Outcome &outcome)
{
    const std::optional<Kind> kind = kindOf(outcome.ending);
    if (!kind)
        return {};
    std::vector<Deed> deeds;
    for (const QString &profile : outcome.profileIds)
        deeds.push_back({.profile = profile,
                         .kind = *kind,
                         .detail = detailOf(outcome),
                         .attemptId = outcome.attemptId,
                         .fingerprint = fingerprintOf(outcome),
                         .steps = outcome.steps});
    return deeds;
}

std::optional<Deed> deedOf(const refresh::SignOutOutcome &outcome, SignOutOccasion occasion)
{
    const std::optional<Kind> kind = kindOf(outcome.ending, occasion);
    if (!kind)
        return std::nullopt;
    return Deed{.profile = outcome.profileId, .kind = *kind, .detail = detailOf(outcome)};
}

namespace {

QString textOfRenewal(Kind kind)
{
    switch (kind) {
    case Kind::Renewed:
        return say(QT_TRANSLATE_NOOP("Activity", "renewed by Keytender"));
    case Kind::Adopted:
        return say(QT_TRANSLATE_NOOP("Activity", "a newer token was there already; nothing was sent"));
    case Kind::KeptInJournal:
        return say(QT_TRANSLATE_NOOP("Activity", "renewed, and kept in the journal until the vault can be written"));
    case Kind::NotSent:
        return say(QT_TRANSLATE_NOOP("Activity", "not renewed: the provider could not be reached"));
    case Kind::Blocked:
        return say(QT_TRANSLATE_NOOP("Activity", "not renewed: another program holds the lock"));
    case Kind::StorageFault:
        return say(QT_TRANSLATE_NOOP("Activity", "not renewed: something could not be read or stored"));
    case Kind::TryLater:
        return say(QT_TRANSLATE_NOOP("Activity", "not renewed: the server is not well, or asked for patience"));
    case Kind::Misconfigured:
        return say(QT_TRANSLATE_NOOP("Activity", "not renewed: the server does not accept how it was asked"));
    case Kind::Unsure:
        return say(QT_TRANSLATE_NOOP("Activity", "asked for a renewal, and no answer came"));
    case Kind::Unusable:
        return say(QT_TRANSLATE_NOOP("Activity", "not renewed: the answer held no access token"));
    case Kind::Refused:
        return say(QT_TRANSLATE_NOOP("Activity", "the provider has ended this sign-in"));
    case Kind::AnswerLost:
        return say(QT_TRANSLATE_NOOP("Activity", "the provider took the refresh token, and its answer was lost"));
    case Kind::OtherAccount:
        return say(QT_TRANSLATE_NOOP("Activity", "another account's login came back; it was put aside"));
    case Kind::CopiesDisagree:
        return say(QT_TRANSLATE_NOOP("Activity", "not renewed: its copies disagree"));
    case Kind::Gone:
        return say(QT_TRANSLATE_NOOP("Activity", "not renewed: there was no login any more"));
    case Kind::Cancelled:
        return say(QT_TRANSLATE_NOOP("Activity", "renewing was stopped"));
    default:
        return {};
    }
}

QString textOfNeighbours(Kind kind)
{
    switch (kind) {
    case Kind::CareChosen:
        return say(QT_TRANSLATE_NOOP("Activity", "you chose who renews it"));
    case Kind::CopyMended:
        return say(QT_TRANSLATE_NOOP("Activity", "put the current tokens back over spent ones"));
    case Kind::CopySpoiltAgain:
        return say(QT_TRANSLATE_NOOP("Activity", "another program keeps writing spent tokens back"));
    case Kind::LinkWritten:
        return say(QT_TRANSLATE_NOOP("Activity", "handed its access token on"));
    case Kind::LinkFailed:
        return say(QT_TRANSLATE_NOOP("Activity", "could not hand its access token on"));
    case Kind::AccountUsed:
        return say(QT_TRANSLATE_NOOP("Activity", "another account is in use here now"));
    case Kind::AccountPutAway:
        return say(QT_TRANSLATE_NOOP("Activity", "put away; Keytender keeps it fresh"));
    case Kind::Rescued:
        return say(QT_TRANSLATE_NOOP("Activity", "rescued: the tokens that its tool had locked away are back"));
    case Kind::WriteUndone:
        return say(QT_TRANSLATE_NOOP("Activity", "the last write was undone"));
    case Kind::RenewedByTool:
        return say(QT_TRANSLATE_NOOP("Activity", "its tool was asked to renew it, and did"));
    case Kind::ToolDidNotRenew:
        return say(QT_TRANSLATE_NOOP("Activity", "its tool was asked to renew it, and did not"));
    default:
        return {};
    }
}

} // namespace

QString textOf(Kind kind)
{
    switch (kind) {
    case Kind::SignedIn:
        return say(QT_TRANSLATE_NOOP("Activity", "signed in"));
    case Kind::SignedInAgain:
        return say(QT_TRANSLATE_NOOP("Activity", "signed in again"));
    case Kind::KeyAdded:
        return say(QT_TRANSLATE_NOOP("Activity", "added by hand"));
    case Kind::SignedOut:
        return say(QT_TRANSLATE_NOOP("Activity", "signed out; the provider confirmed it"));
    case Kind::StillValid:
        return say(QT_TRANSLATE_NOOP("Activity", "signed out here; still valid at the provider, to be tried again"));
    case Kind::ByHand:
        return say(QT_TRANSLATE_NOOP("Activity", "signed out here; at the provider only you can end it"));
    case Kind::Forgotten:
        return say(QT_TRANSLATE_NOOP("Activity", "forgotten here; the provider was not told"));
    case Kind::SignOutFailed:
        return say(QT_TRANSLATE_NOOP("Activity", "not signed out"));
    case Kind::RevocationConfirmed:
        return say(QT_TRANSLATE_NOOP("Activity", "the provider confirmed that an earlier sign-in has ended"));
    case Kind::RevocationWaits:
        return say(QT_TRANSLATE_NOOP("Activity", "an earlier sign-in is still valid at the provider; tried again"));
    default:
        return kind < Kind::CareChosen ? textOfRenewal(kind) : textOfNeighbours(kind);
    }
}

Severity severityOf(Kind kind)
{
    switch (kind) {
    case Kind::Refused:
    case Kind::AnswerLost:
    case Kind::OtherAccount:
        return Severity::ActNow;
    case Kind::KeptInJournal:
    case Kind::NotSent:
    case Kind::Blocked:
    case Kind::StorageFault:
    case Kind::TryLater:
    case Kind::Misconfigured:
    case Kind::Unsure:
    case Kind::Unusable:
    case Kind::CopiesDisagree:
    case Kind::StillValid:
    case Kind::ByHand:
    case Kind::SignOutFailed:
    case Kind::RevocationWaits:
    case Kind::CopySpoiltAgain:
    case Kind::LinkFailed:
    case Kind::ToolDidNotRenew:
        return Severity::Due;
    default:
        return Severity::Well;
    }
}

QString textOf(refresh::Step step)
{
    using refresh::Step;
    switch (step) {
    case Step::Locked:
        return say(QT_TRANSLATE_NOOP("Activity", "lock taken"));
    case Step::Reread:
        return say(QT_TRANSLATE_NOOP("Activity", "read again"));
    case Step::Adopted:
        return say(QT_TRANSLATE_NOOP("Activity", "a newer token was there"));
    case Step::Intent:
        return say(QT_TRANSLATE_NOOP("Activity", "noted"));
    case Step::Sent:
        return say(QT_TRANSLATE_NOOP("Activity", "sent"));
    case Step::Resent:
        return say(QT_TRANSLATE_NOOP("Activity", "sent once more"));
    case Step::Received:
        return say(QT_TRANSLATE_NOOP("Activity", "answer received"));
    case Step::Stored:
        return say(QT_TRANSLATE_NOOP("Activity", "answer stored"));
    case Step::Published:
        return say(QT_TRANSLATE_NOOP("Activity", "given to its tools"));
    case Step::Done:
        return say(QT_TRANSLATE_NOOP("Activity", "done"));
    }
    return {};
}

} // namespace keytender::service
