// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// accounts, use: several accounts of one tool.

#include <algorithm>

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "ipc/desks/world.h"
#include "ipc/loginchoice.h"

namespace keytender::ipc {

using service::AccountGroup;
using wire::Outcome;

namespace {

QString say(const char *text)
{
    return QCoreApplication::translate("Door", text);
}

QByteArray jsonOf(const std::vector<AccountGroup> &groups)
{
    QJsonArray places;
    for (const AccountGroup &group : groups) {
        QJsonArray accounts;
        for (const AccountGroup::Account &account : group.accounts)
            accounts.append(
                QJsonObject{{QStringLiteral("profile"), account.profileId},
                            {QStringLiteral("label"), account.label},
                            {QStringLiteral("isInUse"), account.isInUse},
                            {QStringLiteral("whyNot"),
                             account.whyNot.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(account.whyNot)}});
        places.append(QJsonObject{{QStringLiteral("place"), group.profileId},
                                  {QStringLiteral("tool"), group.toolName},
                                  {QStringLiteral("notice"), group.notice},
                                  {QStringLiteral("accounts"), accounts}});
    }
    return QJsonDocument(QJsonObject{{QStringLiteral("version"), 1}, {QStringLiteral("places"), places}})
               .toJson(QJsonDocument::Compact)
           + '\n';
}

QString tableOf(const std::vector<AccountGroup> &groups)
{
    if (groups.empty())
        return say(QT_TRANSLATE_NOOP("Door", "No tool here can exchange its account.")) + u'\n';
    QString text;
    for (const AccountGroup &group : groups) {
        text += group.toolName + QStringLiteral(" (") + group.profileId + QStringLiteral(")\n");
        for (const AccountGroup::Account &account : group.accounts)
            text += QStringLiteral("  ") + (account.isInUse ? u'*' : u' ') + u' ' + account.profileId
                    + QStringLiteral("  ") + account.label
                    + (account.whyNot.isEmpty() ? QString() : QStringLiteral(" · ") + account.whyNot) + u'\n';
    }
    return text;
}

void answerAccounts(Inquiry &inquiry, const World &world)
{
    const auto fields = RequestFields::read(inquiry.request(), {.optional = {"format"}});
    const auto format = fields ? formatOf(*fields) : Granted<Format>(base::Unexpected(fields.error()));
    if (!format)
        return answer(inquiry, format.error());
    whenSettled(inquiry, world.service, [&inquiry, world, format = *format] {
        service::Neighbours *neighbours = world.neighbours();
        if (neighbours == nullptr)
            return answer(inquiry, storeIsClosed(world.service));
        const auto groups = neighbours->accounts();
        answerText(inquiry, format == Format::Json ? jsonOf(groups) : terminalText(tableOf(groups)));
    });
}

// The place that this account may take: the one that was named, else the only one.
Granted<QString> placeFor(const QString &profileId, const QString &named, const std::vector<AccountGroup> &groups)
{
    QStringList places;
    for (const AccountGroup &group : groups) {
        const bool isThere =
            std::ranges::find(group.accounts, profileId, &AccountGroup::Account::profileId) != group.accounts.end();
        if (isThere && (named.isEmpty() || named == group.profileId))
            places += group.profileId;
    }
    if (places.size() == 1)
        return places.front();
    if (places.isEmpty())
        return refuse(Outcome::NotFound,
                      say(QT_TRANSLATE_NOOP("Door", "“%1” can take no such place: look at keytenderctl accounts."))
                          .arg(profileId));
    return refuse(Outcome::Usage, say(QT_TRANSLATE_NOOP("Door", "“%1” can take several places. Choose one of: %2."))
                                      .arg(profileId, places.join(QStringLiteral(", "))));
}

void use(Inquiry &inquiry, const World &world, const QString &profile, const QString &place)
{
    service::Neighbours *neighbours = world.neighbours();
    if (neighbours == nullptr)
        return answer(inquiry, storeIsClosed(world.service));
    const auto row = loginNamed(profile, world.service.rows());
    if (!row)
        return answer(inquiry, row.error());
    const QString id = (*row)->profile.id;
    const auto inPlaceOf = placeFor(id, place, neighbours->accounts());
    if (!inPlaceOf)
        return answer(inquiry, inPlaceOf.error());
    if (const auto used = neighbours->useAccount(id, *inPlaceOf); !used)
        return answer(inquiry, refusalOf(used.error()));
    inquiry.answer(answerOf(Outcome::Ok));
}

void answerUse(Inquiry &inquiry, const World &world)
{
    const auto fields = RequestFields::read(inquiry.request(), {.required = {"profile"}, .optional = {"place"}});
    if (!fields)
        return answer(inquiry, fields.error());
    whenSettled(inquiry, world.service,
                [&inquiry, world, profile = fields->text("profile"), place = fields->text("place")] {
                    use(inquiry, world, profile, place);
                });
}

} // namespace

void addAccountDesk(Door &door, const World &world)
{
    door.add("accounts", [world](Inquiry &inquiry) { answerAccounts(inquiry, world); });
    door.add("use", [world](Inquiry &inquiry) { answerUse(inquiry, world); });
}

} // namespace keytender::ipc
