// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// status, activity, providers: what there is to be read.

#include <algorithm>

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>

#include "ipc/desks/world.h"
#include "ipc/loginchoice.h"
#include "service/status.h"

namespace keytender::ipc {

using service::Row;
using wire::Outcome;

namespace {

constexpr qint64 usualLines = 50;
constexpr qint64 mostLines = 1000;

QString say(const char *text)
{
    return QCoreApplication::translate("Door", text);
}

QJsonValue orNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(text);
}

QByteArray lineOf(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

Outcome outcomeOf(const std::map<QString, Row> &rows)
{
    using profile::Health;
    Outcome outcome = Outcome::Ok;
    for (const auto &[id, row] : rows) {
        const bool isLoud = row.condition.severity == profile::Severity::ActNow;
        const bool needsSignIn = row.condition.health == Health::NeedsSignIn || row.condition.health == Health::Expired;
        if (isLoud && needsSignIn)
            return Outcome::NeedsSignIn;
        if (row.condition.severity >= profile::Severity::Due || row.condition.hasClash)
            outcome = Outcome::DueSoon;
    }
    return outcome;
}

void answerStatus(Inquiry &inquiry, const World &world)
{
    const auto fields = RequestFields::read(inquiry.request(), {.optional = {"format"}});
    const auto format = fields ? formatOf(*fields) : Granted<Format>(base::Unexpected(fields.error()));
    if (!format)
        return answer(inquiry, format.error());
    whenSettled(inquiry, world.service, [&inquiry, &service = world.service, format = *format] {
        answerText(inquiry,
                   format == Format::Json
                       ? service::statusJson(service.rows(), service.now())
                       : terminalText(service::statusTable(service.rows(), service.surroundings(), service.now())),
                   outcomeOf(service.rows()));
    });
}

QByteArray jsonOf(const std::vector<service::Activity> &history)
{
    QJsonArray entries;
    for (const service::Activity &entry : history) {
        QJsonArray steps;
        for (const service::Activity::Step &step : entry.steps)
            steps.append(
                QJsonObject{{QStringLiteral("at"), base::toRfc3339(step.at)}, {QStringLiteral("text"), step.text}});
        entries.append(QJsonObject{{QStringLiteral("at"), base::toRfc3339(entry.at)},
                                   {QStringLiteral("profile"), entry.profile},
                                   {QStringLiteral("path"), orNull(entry.path)},
                                   {QStringLiteral("text"), entry.text},
                                   {QStringLiteral("detail"), orNull(entry.detail)},
                                   {QStringLiteral("fingerprint"), orNull(entry.fingerprint)},
                                   {QStringLiteral("steps"), steps}});
    }
    return lineOf({{QStringLiteral("version"), 1}, {QStringLiteral("activity"), entries}});
}

QString tableOf(const std::vector<service::Activity> &history)
{
    if (history.empty())
        return say(QT_TRANSLATE_NOOP("Door", "Nothing has happened yet.")) + u'\n';
    QString text;
    for (const service::Activity &entry : history) {
        text += base::toRfc3339(entry.at) + QStringLiteral("  ") + entry.profile + QStringLiteral("  ") + entry.text;
        if (!entry.path.isEmpty())
            text += QStringLiteral(" · ") + entry.path;
        if (!entry.detail.isEmpty())
            text += QStringLiteral(" · ") + entry.detail;
        text += u'\n';
    }
    return text;
}

// The newest first, of one login or of all.
std::vector<service::Activity> historyOf(const QString &profile, qint64 limit, const service::Service &service)
{
    std::vector<service::Activity> history;
    if (!profile.isEmpty()) {
        history = service.activityOf(profile);
    } else {
        for (const auto &[id, row] : service.rows()) {
            for (service::Activity &entry : service.activityOf(id))
                history.push_back(std::move(entry));
        }
        std::ranges::stable_sort(history, std::ranges::greater(), &service::Activity::at);
    }
    if (history.size() > static_cast<std::size_t>(limit))
        history.resize(static_cast<std::size_t>(limit));
    return history;
}

void answerActivity(Inquiry &inquiry, const World &world)
{
    const auto fields = RequestFields::read(inquiry.request(), {.optional = {"profile", "limit", "format"}});
    if (!fields)
        return answer(inquiry, fields.error());
    const auto format = formatOf(*fields);
    const auto limit = fields->number("limit", usualLines);
    if (!format || !limit)
        return answer(inquiry, format ? limit.error() : format.error());
    whenSettled(inquiry, world.service,
                [&inquiry, &service = world.service, format = *format, profile = fields->text("profile"),
                 most = std::clamp<qint64>(*limit, 1, mostLines)] {
                    QString id = profile;
                    // A login that is gone has its history still.
                    if (!profile.isEmpty() && service.activityOf(profile).empty()) {
                        const auto row = loginNamed(profile, service.rows());
                        if (!row)
                            return answer(inquiry, row.error());
                        id = (*row)->profile.id;
                    }
                    const auto history = historyOf(id, most, service);
                    answerText(inquiry, format == Format::Json ? jsonOf(history) : terminalText(tableOf(history)));
                });
}

QString wordOf(provider::SignInWay way)
{
    switch (way) {
    case provider::SignInWay::Browser:
        return QStringLiteral("browser");
    case provider::SignInWay::Paste:
        return QStringLiteral("paste");
    case provider::SignInWay::Device:
        return QStringLiteral("device");
    }
    return {};
}

QStringList wordsOf(const std::vector<provider::SignInWay> &ways)
{
    QStringList words;
    for (const provider::SignInWay way : ways)
        words += wordOf(way);
    return words;
}

QByteArray jsonOf(const std::vector<service::SignInOffer> &offers)
{
    QJsonArray providers;
    for (const service::SignInOffer &offer : offers) {
        QJsonArray scopes;
        for (const service::SignInOffer::Scope &scope : offer.scopes)
            scopes.append(QJsonObject{{QStringLiteral("name"), scope.name},
                                      {QStringLiteral("words"), orNull(scope.words)},
                                      {QStringLiteral("isLeast"), scope.isLeast}});
        providers.append(QJsonObject{{QStringLiteral("id"), offer.providerId},
                                     {QStringLiteral("name"), offer.providerName},
                                     {QStringLiteral("ways"), QJsonArray::fromStringList(wordsOf(offer.ways))},
                                     {QStringLiteral("whyNone"), orNull(offer.whyNone)},
                                     {QStringLiteral("scopes"), scopes}});
    }
    return lineOf({{QStringLiteral("version"), 1}, {QStringLiteral("providers"), providers}});
}

QString tableOf(const std::vector<service::SignInOffer> &offers)
{
    qsizetype width = 0;
    for (const service::SignInOffer &offer : offers)
        width = std::max(width, offer.providerId.size());
    QString text;
    for (const service::SignInOffer &offer : offers)
        text += offer.providerId.leftJustified(width) + QStringLiteral("  ") + offer.providerName + QStringLiteral(": ")
                + (offer.ways.empty() ? offer.whyNone : wordsOf(offer.ways).join(QStringLiteral(", "))) + u'\n';
    return text;
}

void answerProviders(Inquiry &inquiry, const World &world)
{
    const auto fields = RequestFields::read(inquiry.request(), {.optional = {"format"}});
    const auto format = fields ? formatOf(*fields) : Granted<Format>(base::Unexpected(fields.error()));
    if (!format)
        return answer(inquiry, format.error());
    const auto offers = world.service.signInOffers();
    answerText(inquiry, *format == Format::Json ? jsonOf(offers) : terminalText(tableOf(offers)));
}

} // namespace

void addStatusDesk(Door &door, const World &world)
{
    door.add("status", [world](Inquiry &inquiry) { answerStatus(inquiry, world); });
    door.add("activity", [world](Inquiry &inquiry) { answerActivity(inquiry, world); });
    door.add("providers", [world](Inquiry &inquiry) { answerProviders(inquiry, world); });
}

} // namespace keytender::ipc
