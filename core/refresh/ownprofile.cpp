// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "refresh/ownprofile.h"

#include <algorithm>
#include <utility>

namespace keytender::refresh {

using profile::Account;
using provider::Provider;
using vault::RecordFacts;

namespace {

constexpr qsizetype longestShortName = 32;

// Of letters, digits, dots, dashes and underscores, as a profile's id may show.
QString plain(const QString &text)
{
    QString name;
    for (const QChar c : text.toLower()) {
        const char16_t letter = c.unicode();
        const bool isFit = (letter >= u'a' && letter <= u'z') || (letter >= u'0' && letter <= u'9') || letter == u'.'
                           || letter == u'_' || letter == u'-';
        if (isFit)
            name += c;
        else if (!name.isEmpty() && !name.endsWith(u'-'))
            name += u'-';
    }
    name.truncate(longestShortName);
    while (name.endsWith(u'-') || name.endsWith(u'.'))
        name.chop(1);
    return name;
}

QString shortNameOf(const Account &account)
{
    for (const QString &text : {account.email.section(u'@', 0, 0), account.organizationName, account.id}) {
        if (QString name = plain(text); !name.isEmpty())
            return name;
    }
    return {};
}

bool isOwnAt(const RecordFacts &record, const Provider &provider)
{
    return record.care == profile::Care::Own && record.providerId == provider.id;
}

} // namespace

Placement placeFor(const Provider &provider, const Account &account, const std::vector<RecordFacts> &known,
                   const QString &renewed)
{
    const RecordFacts *same = nullptr;
    const RecordFacts *wanted = nullptr;
    QStringList taken;
    for (const RecordFacts &record : known) {
        taken += record.id;
        if (!isOwnAt(record, provider))
            continue;
        if (record.id == renewed)
            wanted = &record;
        const bool isSame = account.isKnown() && account.isSameAs(record.account);
        if (isSame && (same == nullptr || record.id == renewed || (same->id != renewed && record.id < same->id)))
            same = &record;
    }
    const bool isOther =
        wanted != nullptr && wanted != same && (same != nullptr || account.differsFrom(wanted->account));
    if (same != nullptr)
        return {.profileId = same->id, .isKnown = true, .isOtherAccount = isOther};
    if (wanted != nullptr && !isOther)
        return {.profileId = wanted->id, .isKnown = true, .isOtherAccount = false};
    return {.profileId = newProfileId(provider, account, taken), .isKnown = false, .isOtherAccount = isOther};
}

QString newProfileId(const Provider &provider, const Account &account, const QStringList &taken)
{
    if (!taken.contains(provider.id))
        return provider.id;
    const QString name = shortNameOf(account);
    const QString stem = provider.id + u':' + (name.isEmpty() ? QStringLiteral("login") : name);
    if (!taken.contains(stem))
        return stem;
    for (int number = 2;; ++number) {
        QString id = stem + u'-' + QString::number(number);
        if (!taken.contains(id))
            return id;
    }
}

QString labelOf(const Provider &provider, const Account &account)
{
    const QString name = provider.name.isEmpty() ? provider.id : provider.name;
    const QString &who = account.email.isEmpty() ? account.organizationName : account.email;
    return who.isEmpty() ? name : name + QStringLiteral(" \u00b7 ") + who;
}

vault::Record recordOf(const QString &profileId, const Provider &provider, Account account, profile::TokenSet tokens,
                       base::Timestamp now)
{
    vault::Record record;
    record.id = profileId;
    record.providerId = provider.id;
    record.label = labelOf(provider, account);
    record.account = std::move(account);
    record.care = profile::Care::Own;
    record.credential.kind = profile::CredentialKind::OAuth;
    record.credential.tokens = std::move(tokens);
    record.firstSeenAt = now;
    record.lastChangedAt = now;
    return record;
}

bool mayRevokeReplaced(const Provider &provider)
{
    return provider.isBuiltIn && provider.revocationEndpoint
           && provider.revocationEndpoint->evidence == provider::Evidence::Measured && !provider.revocationEffect;
}

} // namespace keytender::refresh
