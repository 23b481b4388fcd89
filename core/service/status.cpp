// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/status.h"

#include <algorithm>

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "profile/words.h"

namespace keytender::service {

namespace {

QJsonValue orNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(text);
}

QJsonValue orNull(const std::optional<base::Timestamp> &time)
{
    return time ? QJsonValue(base::toRfc3339(*time)) : QJsonValue(QJsonValue::Null);
}

QJsonObject jsonOf(const profile::Copy &copy)
{
    return {{QStringLiteral("tool"), copy.tool},
            {QStringLiteral("path"), copy.path},
            {QStringLiteral("role"), profile::key(copy.role)},
            {QStringLiteral("state"), profile::key(copy.state)},
            {QStringLiteral("protection"), profile::key(copy.protection)}};
}

QJsonObject jsonOf(const Row &row, base::Timestamp now)
{
    const profile::Profile &profile = row.profile;
    QJsonArray copies;
    for (const profile::Copy &copy : profile.copies)
        copies.append(jsonOf(copy));
    QJsonArray duplicates;
    for (const profile::Duplicate &duplicate : profile.duplicates)
        duplicates.append(QJsonObject{{QStringLiteral("profile"), duplicate.profile},
                                      {QStringLiteral("why"), profile::key(duplicate.kind)}});
    return {{QStringLiteral("id"), profile.id},
            {QStringLiteral("provider"), profile.providerId},
            {QStringLiteral("tool"), profile.toolId},
            {QStringLiteral("account"),
             QJsonObject{{QStringLiteral("email"), orNull(profile.account.email)},
                         {QStringLiteral("id"), orNull(profile.account.id)},
                         {QStringLiteral("organizationId"), orNull(profile.account.organizationId)},
                         {QStringLiteral("plan"), orNull(profile.account.plan)}}},
            {QStringLiteral("kind"), profile::key(profile.credential.kind)},
            {QStringLiteral("care"), profile::key(profile.care)},
            {QStringLiteral("health"), profile::key(row.condition.health)},
            {QStringLiteral("reason"), orNull(explanationOf(row, now))},
            {QStringLiteral("expiresAt"), orNull(row.condition.expiresAt)},
            {QStringLiteral("signInEndsAt"), orNull(row.condition.signInEndsAt)},
            {QStringLiteral("copies"), copies},
            {QStringLiteral("duplicates"), duplicates}};
}

QString padded(const QString &text, qsizetype width)
{
    return text.size() > width ? text.first(width - 1) + u'…' : text.leftJustified(width);
}

QString accountOf(const profile::Account &account)
{
    const QString who = !account.email.isEmpty() ? account.email : account.id;
    return account.plan.isEmpty() || who.isEmpty() ? who + account.plan : who + QStringLiteral(" · ") + account.plan;
}

QString markOf(profile::Severity severity)
{
    switch (severity) {
    case profile::Severity::ActNow:
        return QStringLiteral("!!");
    case profile::Severity::Due:
        return QStringLiteral(" !");
    case profile::Severity::Busy:
        return QStringLiteral(" ~");
    case profile::Severity::Well:
        break;
    }
    return QStringLiteral("  ");
}

QString say(const char *text)
{
    return QCoreApplication::translate("Status", text);
}

} // namespace

QString describeOffline()
{
    return say(QT_TRANSLATE_NOOP("Status", "No provider can be reached. Keytender tries again by itself; your sign-ins "
                                           "are safe."));
}

std::vector<const Row *> ordered(const std::map<QString, Row> &rows)
{
    std::vector<const Row *> sorted;
    sorted.reserve(rows.size());
    for (const auto &[id, row] : rows)
        sorted.push_back(&row);
    std::ranges::sort(sorted, [](const Row *left, const Row *right) { return comesBefore(*left, *right); });
    return sorted;
}

QByteArray statusJson(const std::map<QString, Row> &rows, base::Timestamp now)
{
    QJsonArray profiles;
    for (const Row *row : ordered(rows))
        profiles.append(jsonOf(*row, now));
    const QJsonObject status{{QStringLiteral("version"), 1}, {QStringLiteral("profiles"), profiles}};
    return QJsonDocument(status).toJson(QJsonDocument::Compact) + '\n';
}

QString statusTable(const std::map<QString, Row> &rows, const Surroundings &surroundings, base::Timestamp now)
{
    const Summary summary = summaryOf(rows);
    QString text = headline(summary);
    if (const QString rest = restOf(summary); !rest.isEmpty())
        text += QStringLiteral(" · ") + rest;
    text += u'\n';

    const std::vector<const Row *> sorted = ordered(rows);
    qsizetype nameWidth = 4;
    qsizetype accountWidth = 0;
    for (const Row *row : sorted) {
        nameWidth = std::max(nameWidth, std::min<qsizetype>(row->profile.label.size(), 28));
        accountWidth = std::max(accountWidth, std::min<qsizetype>(accountOf(row->profile.account).size(), 34));
    }
    for (const Row *row : sorted) {
        const QString state = profile::headline(row->profile, row->condition, now);
        const QString end = profile::signInEnd(row->condition, now);
        text += markOf(row->condition.severity) + u' ' + padded(row->profile.label, nameWidth) + QStringLiteral("  ")
                + padded(accountOf(row->profile.account), accountWidth) + QStringLiteral("  ") + state
                + (end.isEmpty() ? QString() : QStringLiteral(" · ") + end) + u'\n';
        const bool isTrouble = row->condition.severity != profile::Severity::Well;
        if (const QString reason = explanationOf(*row, now); isTrouble && !reason.isEmpty())
            text += QString(3, u' ') + reason + u'\n';
    }
    if (surroundings.isOffline)
        text += QStringLiteral(" ! ") + describeOffline() + u'\n';
    for (const Surroundings::Leftover &leftover : surroundings.leftovers) {
        text += QStringLiteral(" ! ") + leftover.text + u'\n';
        if (!leftover.revokeByHand.isEmpty())
            text += QString(3, u' ') + leftover.revokeByHand.toString() + u'\n';
    }
    for (const base::Error &problem : surroundings.problems)
        text += QStringLiteral(" ! ") + describe(problem) + u'\n';
    if (const QString keychain = describe(surroundings.keychain); !keychain.isEmpty())
        text += QStringLiteral(" ! ") + keychain + u'\n';
    if (rows.empty()) {
        text += say(QT_TRANSLATE_NOOP("Status", "Looked for:")) + u'\n';
        for (const Surroundings::Looked &looked : surroundings.looked)
            text += QStringLiteral("   ") + padded(looked.tool, 16) + u' ' + looked.path + u'\n';
    }
    return text;
}

} // namespace keytender::service
