// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>

#include <QCoreApplication>
#include <QLocale>

#include "profile/words.h"

namespace keytender::profile {

namespace {

using base::Timestamp;

// The subject of all the sentences below.
struct Case {
    const Profile &profile;
    const Condition &condition;
    const Circumstances &circumstances;
    Timestamp now;
};

QString say(const char *text)
{
    return QCoreApplication::translate("Words", text);
}

// Values are put in one by one and last, so that a "%1" in an account's name stays what it is.
QString say(const char *text, const QString &value)
{
    return say(text).arg(value);
}

QString lengthBetween(Timestamp from, Timestamp until)
{
    return duration(std::chrono::floor<std::chrono::seconds>(until - from));
}

QString signInWith(const Case &subject)
{
    if (subject.profile.care == Care::Own)
        return say(QT_TRANSLATE_NOOP("Words", "Sign in again."));
    if (!subject.circumstances.signInCommand.isEmpty())
        return say(QT_TRANSLATE_NOOP("Words", "Sign in again: %1"), subject.circumstances.signInCommand);
    return say(QT_TRANSLATE_NOOP("Words", "Sign in again with %1."), subject.profile.label);
}

QString providerOf(const Case &subject)
{
    return subject.circumstances.providerName.isEmpty() ? say(QT_TRANSLATE_NOOP("Words", "The provider"))
                                                        : subject.circumstances.providerName;
}

QString listed(const QStringList &names)
{
    QString list = names.first();
    for (qsizetype i = 1; i + 1 < names.size(); ++i)
        list = say(QT_TRANSLATE_NOOP("Words", "%1, %2")).arg(list, names.at(i));
    return names.size() == 1 ? list : say(QT_TRANSLATE_NOOP("Words", "%1 and %2")).arg(list, names.last());
}

QString clash(const Case &subject)
{
    const QStringList &others =
        subject.condition.clashesWith.isEmpty() ? subject.circumstances.clashesWith : subject.condition.clashesWith;
    if (others.isEmpty())
        return say(QT_TRANSLATE_NOOP("Words",
                                     "%1 shares its login with another tool. Whichever renews second logs the other "
                                     "out. Sign in to one of them separately."),
                   subject.profile.label);
    QStringList all = others;
    all.append(subject.profile.label);
    // Both sides of a clash read the same sentence.
    std::ranges::sort(all, [](const QString &left, const QString &right) {
        return std::pair(left.toCaseFolded(), left) < std::pair(right.toCaseFolded(), right);
    });
    if (all.size() == 2)
        return say(QT_TRANSLATE_NOOP("Words", "%1 share one login. Whichever renews second logs the other out. Sign in "
                                              "to one of them separately."),
                   listed(all));
    return say(QT_TRANSLATE_NOOP("Words", "%1 share one login. Whichever renews first logs the others out. Sign in to "
                                          "each of them separately."),
               listed(all));
}

QString signInEndsSoon(const Case &subject)
{
    return say(QT_TRANSLATE_NOOP("Words", "This sign-in ends in %1, and renewing does not extend it."),
               lengthBetween(subject.now, subject.condition.signInEndsAt.value_or(subject.now)))
           + u' ' + signInWith(subject);
}

QString signInEnded(const Case &subject)
{
    return say(QT_TRANSLATE_NOOP("Words", "This sign-in ended %1 ago; no renewal helps."),
               lengthBetween(subject.condition.signInEndsAt.value_or(subject.now), subject.now))
           + u' ' + signInWith(subject);
}

QString newToken(const Case &subject)
{
    return subject.profile.credential.kind == CredentialKind::ApiKey
                   || (subject.profile.care == Care::Own && subject.profile.credential.kind == CredentialKind::Token)
               ? say(QT_TRANSLATE_NOOP("Words", "Create a new key and give it to %1."), subject.profile.label)
               : signInWith(subject);
}

QString tokenEnds(const Case &subject)
{
    const Timestamp end = subject.condition.expiresAt.value_or(subject.now);
    const QString what = end > subject.now
                             ? say(QT_TRANSLATE_NOOP("Words", "This token ends in %1, and nothing can renew it."),
                                   lengthBetween(subject.now, end))
                             : say(QT_TRANSLATE_NOOP("Words", "This token ended %1 ago, and nothing can renew it."),
                                   lengthBetween(end, subject.now));
    return what + u' ' + newToken(subject);
}

QString serviceEnded(const Case &subject, bool forEveryone)
{
    const QDate day = subject.condition.serviceEndedOn;
    //: How a date is written: Qt's letters, for example "15 April 2026".
    const QString when = QLocale().toString(day, say(QT_TRANSLATE_NOOP("Words", "d MMMM yyyy"))); // empty for none
    QString text;
    if (forEveryone)
        text = when.isEmpty() ? say(QT_TRANSLATE_NOOP("Words", "%1 has ended the service behind this login."))
                                    .arg(providerOf(subject))
                              : say(QT_TRANSLATE_NOOP("Words", "%1 ended the service behind this login on %2."))
                                    .arg(providerOf(subject), when);
    else
        text =
            when.isEmpty()
                ? say(QT_TRANSLATE_NOOP("Words", "%1 has ended this sign-in for some accounts, and the record does "
                                                 "not say whether yours is one of them."))
                      .arg(providerOf(subject))
                : say(QT_TRANSLATE_NOOP("Words", "%1 ended this sign-in for some accounts on %2, and the record does "
                                                 "not say whether yours is one of them."))
                      .arg(providerOf(subject), when);
    if (subject.condition.instead.isEmpty())
        return text;
    return text + u' ' + say(QT_TRANSLATE_NOOP("Words", "What works today: %1."), subject.condition.instead);
}

QString unreadable(const Case &subject)
{
    for (const Copy &copy : subject.profile.copies)
        if (copy.state == CopyState::Unreadable && copy.problem)
            return base::describe(*copy.problem);
    return say(QT_TRANSLATE_NOOP("Words", "No copy of this login can be read."));
}

QString differentAccount(const Case &subject)
{
    const auto held = std::ranges::find_if(subject.profile.copies, [&subject](const Copy &copy) {
        return copy.state == CopyState::Held && copy.account.differsFrom(subject.profile.account);
    });
    const QString who = held == subject.profile.copies.end() ? QString()
                        : held->account.email.isEmpty()      ? held->account.id
                                                             : held->account.email;
    const QString what =
        who.isEmpty()
            ? say(QT_TRANSLATE_NOOP("Words", "%1 is signed in to another account now.")).arg(subject.profile.label)
            : say(QT_TRANSLATE_NOOP("Words", "%1 is signed in to another account now: %2."))
                  .arg(subject.profile.label, who);
    return what + u' '
           + say(QT_TRANSLATE_NOOP("Words", "Keytender changes neither. Sign in there to the account you want."));
}

// What the provider or the system said, where it said anything.
QString withDetail(const QString &sentence, const Case &subject)
{
    if (subject.condition.detail.isEmpty())
        return sentence;
    const bool isSentence = subject.condition.detail.endsWith(u'.') || subject.condition.detail.endsWith(u'!');
    return sentence + u' ' + say(QT_TRANSLATE_NOOP("Words", "It said: %1"), subject.condition.detail)
           + (isSentence ? QString() : QStringLiteral("."));
}

// Nothing to do but wait: worth a sentence only when the token is about to lapse.
QString waits(const Case &subject)
{
    if (subject.condition.severity == Severity::Well || subject.condition.severity == Severity::Busy)
        return {};
    switch (subject.condition.reason) {
    case Reason::Offline:
        return say(QT_TRANSLATE_NOOP("Words", "%1 cannot be reached. Keytender tries again by itself; your sign-in is "
                                              "safe."),
                   providerOf(subject));
    case Reason::Blocked:
        return say(QT_TRANSLATE_NOOP("Words", "Another program holds the lock on this login. Keytender tries again by "
                                              "itself."));
    case Reason::AnswerUnknown:
        return say(QT_TRANSLATE_NOOP("Words", "%1 was asked to renew this login, and its answer did not arrive. "
                                              "Keytender asks once more by itself."),
                   providerOf(subject));
    default:
        return withDetail(say(QT_TRANSLATE_NOOP("Words", "%1 does not renew this login just now. Keytender tries "
                                                         "again by itself; your sign-in is safe."),
                              providerOf(subject)),
                          subject);
    }
}

QString storageFails(const Case &subject)
{
    const QString what = say(QT_TRANSLATE_NOOP("Words", "This login cannot be stored. Make room on the disk or mend "
                                                        "its rights; Keytender tries again by itself."));
    return subject.condition.detail.isEmpty() ? what : what + u' ' + subject.condition.detail;
}

QString misconfigured(const Case &subject)
{
    return withDetail(say(QT_TRANSLATE_NOOP("Words", "%1 does not accept how Keytender asks it to renew this login. "
                                                     "Look at its provider file, or sign in again."),
                          providerOf(subject)),
                      subject);
}

QString ended(const Case &subject)
{
    switch (subject.condition.reason) {
    case Reason::AnswerLost:
        return say(QT_TRANSLATE_NOOP("Words", "%1 took the refresh token, and its answer was lost on the way."),
                   providerOf(subject))
               + u' ' + signInWith(subject);
    case Reason::OtherAccount:
        return say(QT_TRANSLATE_NOOP("Words", "%1 answered with the login of another account; Keytender put it aside "
                                              "and changed nothing."),
                   providerOf(subject))
               + u' ' + signInWith(subject);
    default:
        return withDetail(say(QT_TRANSLATE_NOOP("Words", "%1 has ended this sign-in."), providerOf(subject)), subject)
               + u' ' + signInWith(subject);
    }
}

QString rotationDue(const Case &subject)
{
    const Timestamp since = subject.profile.credential.issuedAt.value_or(subject.profile.firstSeenAt);
    return say(QT_TRANSLATE_NOOP("Words", "This key has been in use for %1. Replace it with a new one, and delete the "
                                          "old one at the provider."),
               lengthBetween(since, subject.now));
}

} // namespace

QString explanation(const Profile &profile, const Condition &condition, const Circumstances &circumstances,
                    Timestamp now)
{
    const Case subject{profile, condition, circumstances, now};
    if (condition.hasClash && condition.severity != Severity::ActNow)
        return clash(subject);
    switch (condition.reason) {
    case Reason::None:
    case Reason::RenewedByItsTool:
        return {};
    case Reason::SignInEndsSoon:
        return signInEndsSoon(subject);
    case Reason::SignInEnded:
        return signInEnded(subject);
    case Reason::TokenEndsSoon:
    case Reason::TokenEnded:
        return tokenEnds(subject);
    case Reason::SignedOut:
        return say(QT_TRANSLATE_NOOP("Words", "%1 holds no login any more: it was signed out."), profile.label) + u' '
               + signInWith(subject);
    case Reason::LockedAwayByTool:
        return say(QT_TRANSLATE_NOOP("Words", "%1 put its tokens away for a renewal that failed. Rescue puts them back "
                                              "where that is safe."),
                   profile.label)
               + u' ' + signInWith(subject);
    case Reason::BlankedByTool:
        return say(QT_TRANSLATE_NOOP("Words", "%1 refused to renew this login, and %2 emptied its record."))
                   .arg(providerOf(subject), profile.label)
               + u' ' + signInWith(subject);
    case Reason::ServiceEnded:
        return serviceEnded(subject, true);
    case Reason::ServiceEndedForSome:
        return serviceEnded(subject, false);
    case Reason::CopyUnreadable:
        return unreadable(subject);
    case Reason::DifferentAccount:
        return differentAccount(subject);
    case Reason::Ambiguous:
        return say(QT_TRANSLATE_NOOP("Words", "There are two versions of this login, and neither is provably the later "
                                              "one; Keytender changes neither."))
               + u' ' + signInWith(subject);
    case Reason::KeychainLocked:
        return say(QT_TRANSLATE_NOOP("Words", "The keychain is locked. Unlock it, then Keytender goes on by itself."));
    case Reason::Offline:
    case Reason::ServerTrouble:
    case Reason::Blocked:
    case Reason::AnswerUnknown:
        return waits(subject);
    case Reason::StorageFails:
        return storageFails(subject);
    case Reason::Misconfigured:
        return misconfigured(subject);
    case Reason::Refused:
    case Reason::AnswerLost:
    case Reason::OtherAccount:
        return ended(subject);
    case Reason::RotationDue:
        return rotationDue(subject);
    }
    return {};
}

QString explanation(const Profile &profile, const Condition &condition, const QString &providerName, Timestamp now)
{
    return explanation(profile, condition, Circumstances{.providerName = providerName}, now);
}

} // namespace keytender::profile
