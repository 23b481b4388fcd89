// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/facts.h"

#include <algorithm>
#include <tuple>

#include <QCoreApplication>

#include "profile/words.h"

namespace keytender::service {

using profile::Reason;
using profile::Severity;

namespace {

QString say(const char *text)
{
    return QCoreApplication::translate("Facts", text);
}

// English needs no translator for its plurals; every other language finds its own through %n.
QString count(const char *one, const char *many, int number)
{
    return number == 1 ? say(one) : QCoreApplication::translate("Facts", many, nullptr, number);
}

enum class Urgency { NeedsYou, WillClash, Due, Calm };

Urgency urgencyOf(const profile::Condition &condition)
{
    if (condition.severity == Severity::ActNow)
        return Urgency::NeedsYou;
    if (condition.hasClash)
        return Urgency::WillClash;
    return condition.severity == Severity::Due ? Urgency::Due : Urgency::Calm;
}

bool endsSoon(Reason reason)
{
    return reason == Reason::SignInEndsSoon || reason == Reason::TokenEndsSoon;
}

} // namespace

bool comesBefore(const Row &left, const Row &right)
{
    const Urgency urgency = urgencyOf(left.condition);
    if (const Urgency other = urgencyOf(right.condition); urgency != other)
        return urgency < other;
    if (const int order = left.profile.label.compare(right.profile.label, Qt::CaseInsensitive); order != 0)
        return order < 0;
    return std::tie(left.profile.label, left.profile.id) < std::tie(right.profile.label, right.profile.id);
}

void nameClash(Row &row, const std::map<QString, profile::Profile> &profiles)
{
    row.condition.clashesWith.clear();
    if (!row.condition.hasClash)
        return;
    for (const profile::Duplicate &other : row.profile.duplicates) {
        const auto found = profiles.find(other.profile);
        if (other.kind == profile::DuplicateKind::SameLineage && found != profiles.end())
            row.condition.clashesWith.append(found->second.label);
    }
}

QString explanationOf(const Row &row, base::Timestamp now)
{
    return profile::explanation(row.profile, row.condition,
                                {.providerName = row.providerName, .signInCommand = row.signInCommand}, now);
}

void add(Summary &summary, const Row &row)
{
    const profile::Condition &condition = row.condition;
    summary.loudest = std::max(summary.loudest, condition.severity);
    switch (urgencyOf(condition)) {
    case Urgency::NeedsYou:
    case Urgency::WillClash:
        ++summary.needYou;
        break;
    case Urgency::Due:
        ++summary.due;
        summary.endSoon += endsSoon(condition.reason) ? 1 : 0;
        break;
    case Urgency::Calm:
        ++(condition.severity == Severity::Busy ? summary.busy : summary.well);
        break;
    }
}

Summary summaryOf(const std::map<QString, Row> &rows)
{
    Summary summary;
    for (const auto &[id, row] : rows)
        add(summary, row);
    return summary;
}

QString headline(const Summary &summary)
{
    if (summary.total() == 0)
        return say(QT_TRANSLATE_NOOP("Facts", "No logins found yet"));
    if (summary.needYou > 0)
        return count(QT_TRANSLATE_NOOP("Facts", "1 login needs you"),
                     QT_TRANSLATE_N_NOOP("Facts", "%n logins need you"), summary.needYou);
    if (summary.due > 0 && summary.endSoon == summary.due)
        return count(QT_TRANSLATE_NOOP("Facts", "1 login ends soon"),
                     QT_TRANSLATE_N_NOOP("Facts", "%n logins end soon"), summary.due);
    if (summary.due > 0)
        return count(QT_TRANSLATE_NOOP("Facts", "1 login deserves a look"),
                     QT_TRANSLATE_N_NOOP("Facts", "%n logins deserve a look"), summary.due);
    return count(QT_TRANSLATE_NOOP("Facts", "Your login is well"),
                 QT_TRANSLATE_N_NOOP("Facts", "All %n logins are well"), summary.total());
}

QString restOf(const Summary &summary)
{
    QStringList parts;
    if (summary.needYou > 0 && summary.due > 0) {
        parts += summary.endSoon == summary.due ? count(QT_TRANSLATE_NOOP("Facts", "1 ends soon"),
                                                        QT_TRANSLATE_N_NOOP("Facts", "%n end soon"), summary.due)
                                                : count(QT_TRANSLATE_NOOP("Facts", "1 deserves a look"),
                                                        QT_TRANSLATE_N_NOOP("Facts", "%n deserve a look"), summary.due);
    }
    if (summary.busy > 0)
        parts += count(QT_TRANSLATE_NOOP("Facts", "1 is being renewed"),
                       QT_TRANSLATE_N_NOOP("Facts", "%n are being renewed"), summary.busy);
    if (summary.well > 0 && summary.needYou + summary.due > 0)
        parts +=
            count(QT_TRANSLATE_NOOP("Facts", "1 is well"), QT_TRANSLATE_N_NOOP("Facts", "%n are well"), summary.well);
    return parts.join(QStringLiteral(" · "));
}

QString describe(KeychainState state)
{
    switch (state) {
    case KeychainState::Usable:
        break;
    case KeychainState::Locked:
        return say(QT_TRANSLATE_NOOP(
            "Facts",
            "The keychain is locked: unlock it, and Keytender goes on by itself; until then it keeps nothing."));
    case KeychainState::Silent:
        return say(QT_TRANSLATE_NOOP(
            "Facts", "The keychain does not answer; Keytender asks again by itself and keeps nothing until then."));
    case KeychainState::Absent:
        return say(QT_TRANSLATE_NOOP("Facts",
                                     "This session has no keychain, so the key to Keytender's own store lies in "
                                     "a file: install gnome-keyring or KWallet to protect it better."));
    case KeychainState::KeyFileUnusable:
        return say(QT_TRANSLATE_NOOP("Facts", "The file with the key to Keytender's own store cannot be used: make it "
                                              "yours alone with chmod 600, or bring it back from a backup."));
    }
    return {};
}

} // namespace keytender::service
