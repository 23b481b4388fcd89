// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/rowtext.h"

#include <algorithm>

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QLocale>
#include <QStringList>

#include "profile/words.h"

namespace keytender::ui {

namespace {

using profile::CopyState;
using service::Row;

QString translated(const char *text)
{
    return QCoreApplication::translate("RowText", text);
}

// Beside the label, which may name the account already.
QString accountOf(const profile::Profile &profile)
{
    const profile::Account &account = profile.account;
    QStringList parts = {account.email.isEmpty() ? account.id : account.email, account.organizationName, account.plan};
    parts.removeIf([&](const QString &part) { return part.isEmpty() || profile.label.contains(part); });
    return parts.join(QStringLiteral(" · "));
}

bool isByHand(const profile::Profile &profile)
{
    return profile.care == profile::Care::Own && profile.credential.kind != profile::CredentialKind::OAuth;
}

// What stands in the place of the copies where only Keytender holds it.
QString keeping(const Row &row)
{
    const QString renewal = profile::renewal(row.profile, row.condition);
    return renewal.isEmpty() ? origin(row.profile) : renewal;
}

QString copiesOf(const Row &row)
{
    const profile::Profile &profile = row.profile;
    const auto &copies = profile.copies;
    if (copies.empty() && profile.care == profile::Care::Own)
        return keeping(row);
    if (copies.empty())
        return translated(QT_TRANSLATE_NOOP("RowText", "no copy on this machine"));
    if (copies.size() == 1)
        return shortPath(copies.front().path);
    const auto held = std::count_if(copies.begin(), copies.end(),
                                    [](const profile::Copy &copy) { return copy.state == CopyState::Held; });
    const auto unreadable = std::count_if(
        copies.begin(), copies.end(), [](const profile::Copy &copy) { return copy.state == CopyState::Unreadable; });
    if (unreadable > 0)
        return translated(QT_TRANSLATE_NOOP("RowText", "%1 copies, %2 unreadable")).arg(copies.size()).arg(unreadable);
    if (held <= 1) {
        const auto only = std::find_if(copies.begin(), copies.end(),
                                       [](const profile::Copy &copy) { return copy.state == CopyState::Held; });
        return shortPath(only == copies.end() ? copies.front().path : only->path);
    }
    const char *text = profile.accord == profile::Accord::Agreed
                           ? QT_TRANSLATE_N_NOOP("RowText", "%n copies in step")
                           : QT_TRANSLATE_N_NOOP("RowText", "%n copies, not in step");
    return QCoreApplication::translate("RowText", text, nullptr, static_cast<int>(held));
}

// Of what was made by hand its age is the second clock.
QString secondClockOf(const Row &row, base::Timestamp now)
{
    QString end = profile::signInEnd(row.condition, now);
    const std::optional<base::Timestamp> &issued = row.profile.credential.issuedAt;
    if (!end.isEmpty() || !isByHand(row.profile) || !issued || *issued > now)
        return end;
    return translated(QT_TRANSLATE_NOOP("RowText", "created %1")).arg(ago(*issued, now));
}

void addTime(QStringList &lines, const QString &what, const std::optional<base::Timestamp> &time)
{
    if (time)
        lines += what.arg(exactTime(*time));
}

} // namespace

RowText rowTextOf(const Row &row, base::Timestamp now)
{
    const profile::Profile &profile = row.profile;
    const profile::Condition &condition = row.condition;
    return {.who = profile.label,
            .account = accountOf(profile),
            .headline = profile::headline(profile, condition, now),
            .copies = copiesOf(row),
            .secondClock = secondClockOf(row, now),
            .sentence = service::explanationOf(row, now)};
}

QString exactTimesOf(const Row &row)
{
    QStringList lines;
    const profile::Condition &condition = row.condition;
    addTime(lines, translated(QT_TRANSLATE_NOOP("RowText", "Renewal due: %1")), condition.dueAt);
    addTime(lines, translated(QT_TRANSLATE_NOOP("RowText", "Access token ends: %1")), condition.expiresAt);
    addTime(lines, translated(QT_TRANSLATE_NOOP("RowText", "Sign-in ends: %1")), condition.signInEndsAt);
    if (lines.isEmpty())
        lines += translated(QT_TRANSLATE_NOOP("RowText", "No end is known for this login."));
    return lines.join(u'\n');
}

QString spoken(const RowText &text)
{
    QStringList parts = {text.who, text.account, text.headline, text.secondClock, text.sentence, text.copies};
    parts.removeAll(QString());
    return parts.join(QStringLiteral(", "));
}

QString exactTime(base::Timestamp time)
{
    const QDateTime local = QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count());
    const QLocale locale;
    return locale.toString(local.date(), locale.dateFormat(QLocale::LongFormat)) + u' '
           + locale.toString(local.time(), QStringLiteral("HH:mm:ss"));
}

QString ago(base::Timestamp then, base::Timestamp now)
{
    const auto passed = std::chrono::duration_cast<std::chrono::seconds>(now - then);
    if (passed < std::chrono::minutes(1))
        return translated(QT_TRANSLATE_NOOP("RowText", "just now"));
    return translated(QT_TRANSLATE_NOOP("RowText", "%1 ago")).arg(profile::duration(passed));
}

QString shortPath(const QString &path)
{
    const QString home = QDir::homePath();
    return path.startsWith(home + u'/') ? u'~' + path.mid(home.size()) : path;
}

QString signOutTitle(const profile::Profile &profile)
{
    return isByHand(profile) ? translated(QT_TRANSLATE_NOOP("RowText", "Remove…"))
                             : translated(QT_TRANSLATE_NOOP("RowText", "Sign out…"));
}

QString origin(const profile::Profile &profile)
{
    return isByHand(profile) ? translated(QT_TRANSLATE_NOOP("RowText", "added by hand")) : profile::name(profile.care);
}

bool wantsSignIn(const Row &row)
{
    using profile::Health;
    using profile::Reason;
    switch (row.condition.health) {
    case Health::NeedsSignIn:
    case Health::Rejected:
    case Health::Expired:
        return row.condition.reason != Reason::ServiceEnded;
    default:
        return row.condition.reason == Reason::SignInEndsSoon || row.condition.reason == Reason::SignInEnded
               || row.condition.reason == Reason::OtherAccount;
    }
}

bool offersSignInCommand(const Row &row)
{
    return !row.signInCommand.isEmpty() && !row.actions.signIn && wantsSignIn(row);
}

bool offersRenewal(const Row &row)
{
    using profile::Health;
    switch (row.condition.health) {
    case Health::NeedsSignIn:
    case Health::Rejected:
    case Health::Conflict:
    case Health::Expired:
        return false;
    default:
        return row.actions.refresh;
    }
}

bool wantsRetry(const Row &row)
{
    using profile::Health;
    const Health health = row.condition.health;
    const bool isTriedAgain = health == Health::Refreshing && row.condition.reason != profile::Reason::None;
    return health == Health::Waiting || health == Health::Unsure || isTriedAgain;
}

} // namespace keytender::ui
