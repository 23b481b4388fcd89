// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// consents: who may have what, to be read and to be taken back.

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "ipc/desks/world.h"

namespace keytender::ipc {

using service::ConsentRule;
using wire::Outcome;

namespace {

QString say(const char *text)
{
    return QCoreApplication::translate("Door", text);
}

QJsonValue orNull(const std::optional<base::Timestamp> &time)
{
    return time ? QJsonValue(base::toRfc3339(*time)) : QJsonValue(QJsonValue::Null);
}

QByteArray jsonOf(const std::vector<ConsentRule> &rules)
{
    QJsonArray list;
    for (const ConsentRule &rule : rules)
        list.append(QJsonObject{{QStringLiteral("number"), list.size() + 1},
                                {QStringLiteral("profile"), rule.profileId},
                                {QStringLiteral("program"), rule.program},
                                {QStringLiteral("isAllowed"), rule.isAllowed},
                                {QStringLiteral("since"), base::toRfc3339(rule.since)},
                                {QStringLiteral("until"), orNull(rule.until)},
                                {QStringLiteral("lastUsedAt"), orNull(rule.lastUsedAt)},
                                {QStringLiteral("isFromSettings"), rule.isFromSettings}});
    return QJsonDocument(QJsonObject{{QStringLiteral("version"), 1}, {QStringLiteral("consents"), list}})
               .toJson(QJsonDocument::Compact)
           + '\n';
}

QString tableOf(const std::vector<ConsentRule> &rules)
{
    if (rules.empty())
        return say(QT_TRANSLATE_NOOP("Door", "No program was allowed or refused anything yet.")) + u'\n';
    QString text;
    int number = 0;
    for (const ConsentRule &rule : rules) {
        text +=
            QString::number(++number).rightJustified(3) + QStringLiteral("  ")
            + (rule.isAllowed ? say(QT_TRANSLATE_NOOP("Door", "allowed")) : say(QT_TRANSLATE_NOOP("Door", "refused")))
            + QStringLiteral("  ") + rule.profileId + QStringLiteral("  ") + rule.program;
        if (rule.until)
            text +=
                QStringLiteral(" · ") + say(QT_TRANSLATE_NOOP("Door", "until %1")).arg(base::toRfc3339(*rule.until));
        if (rule.isFromSettings)
            text += QStringLiteral(" · ") + say(QT_TRANSLATE_NOOP("Door", "in the settings"));
        text += u'\n';
    }
    return text;
}

void revoke(Inquiry &inquiry, service::Consent &consent, qint64 number)
{
    const auto rules = consent.rules();
    if (number < 1 || static_cast<std::size_t>(number) > rules.size())
        return answer(inquiry,
                      {.outcome = Outcome::NotFound,
                       .text = say(QT_TRANSLATE_NOOP("Door", "There is no number %1 in the list.")).arg(number)});
    const ConsentRule &rule = rules[static_cast<std::size_t>(number) - 1];
    if (rule.isFromSettings)
        return answer(inquiry, {.outcome = Outcome::Failed,
                                .text = say(QT_TRANSLATE_NOOP("Door", "That one stands in the settings: take it out of "
                                                                      "config.json."))});
    if (const auto revoked = consent.revoke(rule); !revoked)
        return answer(inquiry, refusalOf(revoked.error()));
    inquiry.answer(answerOf(Outcome::Ok));
}

void answerConsents(Inquiry &inquiry, const World &world)
{
    const auto fields = RequestFields::read(inquiry.request(), {.optional = {"format", "revoke"}});
    if (!fields)
        return answer(inquiry, fields.error());
    const auto format = formatOf(*fields);
    const auto number = fields->number("revoke", 0);
    if (!format || !number)
        return answer(inquiry, format ? number.error() : format.error());
    if (fields->has("revoke"))
        return revoke(inquiry, world.consent, *number);
    const auto rules = world.consent.rules();
    answerText(inquiry, *format == Format::Json ? jsonOf(rules) : terminalText(tableOf(rules)));
}

} // namespace

void addConsentDesk(Door &door, const World &world)
{
    door.add("consents", [world](Inquiry &inquiry) { answerConsents(inquiry, world); });
}

} // namespace keytender::ipc
