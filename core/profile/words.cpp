// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "profile/words.h"

#include <QCoreApplication>

namespace keytender::profile {

namespace {

QString say(const char *text)
{
    return QCoreApplication::translate("Words", text);
}

QString until(base::Timestamp time, base::Timestamp now)
{
    return duration(std::chrono::floor<std::chrono::seconds>(time - now));
}

QString renewsIn(const Condition &condition, base::Timestamp now)
{
    if (condition.renewsAt && *condition.renewsAt > now)
        return say(QT_TRANSLATE_NOOP("Words", "renews in %1")).arg(until(*condition.renewsAt, now));
    return say(QT_TRANSLATE_NOOP("Words", "renews at next use"));
}

QString endsIn(const Condition &condition, base::Timestamp now)
{
    return condition.expiresAt ? say(QT_TRANSLATE_NOOP("Words", "ends in %1")).arg(until(*condition.expiresAt, now))
                               : say(QT_TRANSLATE_NOOP("Words", "no expiry"));
}

QString needsSignIn(Reason reason)
{
    return reason == Reason::SignedOut ? say(QT_TRANSLATE_NOOP("Words", "signed out"))
                                       : say(QT_TRANSLATE_NOOP("Words", "sign in again"));
}

// "offline, next try in 4 min"
QString waiting(const Condition &condition, base::Timestamp now)
{
    QString why;
    switch (condition.reason) {
    case Reason::Offline:
        why = say(QT_TRANSLATE_NOOP("Words", "offline"));
        break;
    case Reason::ServerTrouble:
        why = say(QT_TRANSLATE_NOOP("Words", "no answer from the server"));
        break;
    case Reason::StorageFails:
        why = say(QT_TRANSLATE_NOOP("Words", "cannot be stored"));
        break;
    default:
        why = name(condition.health);
        break;
    }
    if (!condition.nextTry || *condition.nextTry <= now)
        return why;
    return say(QT_TRANSLATE_NOOP("Words", "%1, next try in %2")).arg(why, until(*condition.nextTry, now));
}

QString clocks(const Profile &profile, const Condition &condition, base::Timestamp now)
{
    if (condition.reason == Reason::RotationDue)
        return say(QT_TRANSLATE_NOOP("Words", "replace soon"));
    if (!profile.credential.canBeRefreshed())
        return endsIn(condition, now);
    if (condition.health == Health::Due && condition.reason == Reason::SignInEndsSoon)
        return signInEnd(condition, now);
    if (condition.health != Health::Fresh && !isRenewedByItsTool(profile))
        return say(QT_TRANSLATE_NOOP("Words", "renews now"));
    return renewsIn(condition, now);
}

} // namespace

QString name(Health health)
{
    switch (health) {
    case Health::Fresh:
        return say(QT_TRANSLATE_NOOP("Words", "fresh"));
    case Health::Due:
        return say(QT_TRANSLATE_NOOP("Words", "due"));
    case Health::Paused:
        return say(QT_TRANSLATE_NOOP("Words", "paused"));
    case Health::Refreshing:
        return say(QT_TRANSLATE_NOOP("Words", "renewing"));
    case Health::Waiting:
        return say(QT_TRANSLATE_NOOP("Words", "waiting"));
    case Health::Unsure:
        return say(QT_TRANSLATE_NOOP("Words", "unsure"));
    case Health::NeedsSignIn:
        return say(QT_TRANSLATE_NOOP("Words", "needs sign-in"));
    case Health::Rejected:
        return say(QT_TRANSLATE_NOOP("Words", "rejected"));
    case Health::Conflict:
        return say(QT_TRANSLATE_NOOP("Words", "conflict"));
    case Health::Expired:
        return say(QT_TRANSLATE_NOOP("Words", "expired"));
    case Health::NoExpiry:
        return say(QT_TRANSLATE_NOOP("Words", "no expiry"));
    case Health::Unreadable:
        return say(QT_TRANSLATE_NOOP("Words", "unreadable"));
    }
    return {};
}

QString name(Care care)
{
    switch (care) {
    case Care::Own:
        return say(QT_TRANSLATE_NOOP("Words", "signed in through Keytender"));
    case Care::Shared:
        return say(QT_TRANSLATE_NOOP("Words", "kept fresh together with its tool"));
    case Care::Delegated:
        return say(QT_TRANSLATE_NOOP("Words", "renewed by its tool when asked"));
    case Care::Watched:
        return say(QT_TRANSLATE_NOOP("Words", "watched only"));
    }
    return {};
}

QString name(CopyState state)
{
    switch (state) {
    case CopyState::Held:
        return say(QT_TRANSLATE_NOOP("Words", "held"));
    case CopyState::Absent:
        return say(QT_TRANSLATE_NOOP("Words", "not there"));
    case CopyState::Blank:
        return say(QT_TRANSLATE_NOOP("Words", "emptied by its tool"));
    case CopyState::Fenced:
        return say(QT_TRANSLATE_NOOP("Words", "put away by its tool for a renewal"));
    case CopyState::Unreadable:
        return say(QT_TRANSLATE_NOOP("Words", "cannot be read"));
    }
    return {};
}

QString name(Protection protection)
{
    switch (protection) {
    case Protection::Unknown:
        return say(QT_TRANSLATE_NOOP("Words", "protection unknown"));
    case Protection::Keychain:
        return say(QT_TRANSLATE_NOOP("Words", "in the keychain"));
    case Protection::Sealed:
        return say(QT_TRANSLATE_NOOP("Words", "sealed, its key in the keychain"));
    case Protection::SealedByFile:
        return say(QT_TRANSLATE_NOOP("Words", "sealed, its key in a file beside it"));
    case Protection::Obscured:
        return say(QT_TRANSLATE_NOOP("Words", "scrambled, which does not protect it"));
    case Protection::PrivateFile:
        return say(QT_TRANSLATE_NOOP("Words", "plain text, for your eyes only"));
    case Protection::SharedFile:
        return say(QT_TRANSLATE_NOOP("Words", "plain text that others can read"));
    }
    return {};
}

QString headline(const Profile &profile, const Condition &condition, base::Timestamp now)
{
    if (condition.hasClash && condition.severity != Severity::ActNow)
        return say(QT_TRANSLATE_NOOP("Words", "will clash"));
    switch (condition.health) {
    case Health::Fresh:
    case Health::Due:
    case Health::Paused:
        return clocks(profile, condition, now);
    case Health::Refreshing:
        return say(QT_TRANSLATE_NOOP("Words", "renewing…"));
    case Health::Waiting:
    case Health::Unsure:
        return waiting(condition, now);
    case Health::NeedsSignIn:
        return needsSignIn(condition.reason);
    case Health::Rejected:
        return condition.reason == Reason::ServiceEnded ? say(QT_TRANSLATE_NOOP("Words", "service ended"))
                                                        : say(QT_TRANSLATE_NOOP("Words", "sign in again"));
    case Health::Conflict:
        return condition.reason == Reason::DifferentAccount || condition.reason == Reason::OtherAccount
                   ? say(QT_TRANSLATE_NOOP("Words", "another account"))
                   : say(QT_TRANSLATE_NOOP("Words", "two versions"));
    case Health::Expired:
    case Health::Unreadable:
        return condition.reason == Reason::KeychainLocked ? say(QT_TRANSLATE_NOOP("Words", "keychain locked"))
                                                          : name(condition.health);
    case Health::NoExpiry:
        return condition.reason == Reason::ServiceEndedForSome ? say(QT_TRANSLATE_NOOP("Words", "may have ended"))
                                                               : name(condition.health);
    }
    return {};
}

QString signInEnd(const Condition &condition, base::Timestamp now)
{
    const bool isOver = condition.health == Health::Rejected
                        || (condition.health == Health::NeedsSignIn && condition.reason != Reason::SignInEnded);
    if (!condition.signInEndsAt || isOver)
        return {};
    return *condition.signInEndsAt > now
               ? say(QT_TRANSLATE_NOOP("Words", "sign-in ends in %1")).arg(until(*condition.signInEndsAt, now))
               : say(QT_TRANSLATE_NOOP("Words", "sign-in ended %1 ago")).arg(until(now, *condition.signInEndsAt));
}

QString renewal(const Profile &profile, const Condition &condition)
{
    const bool isLiving = condition.health == Health::Fresh || condition.health == Health::Due
                          || condition.health == Health::Paused || condition.health == Health::Refreshing;
    if (!profile.credential.canBeRefreshed() || !isLiving)
        return {};
    switch (profile.care) {
    case Care::Own:
    case Care::Shared:
        return say(QT_TRANSLATE_NOOP("Words", "kept fresh by Keytender"));
    case Care::Delegated:
        return say(QT_TRANSLATE_NOOP("Words", "%1 renews it when Keytender asks")).arg(profile.label);
    case Care::Watched:
        return say(QT_TRANSLATE_NOOP("Words", "%1 renews it at its next use")).arg(profile.label);
    }
    return {};
}

} // namespace keytender::profile
