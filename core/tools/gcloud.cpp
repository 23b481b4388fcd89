// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/gcloud.h"

#include <algorithm>

#include "tools/gcloudstore.h"
#include "tools/homes.h"
#include "tools/jsonrecord.h"
#include "tools/refusingwriter.h"
#include "tools/renewcommand.h"
#include "tools/tokenrecord.h"

namespace keytender::tools {

namespace {

constexpr QLatin1String usualUniverse("#googleapis.com");

// "ada@example.org", or "ada@example.org#universe" elsewhere than at Google itself. Some versions name that one too.
QString accountKey(const QString &rowId)
{
    return rowId.endsWith(usualUniverse) ? rowId.chopped(usualUniverse.size()) : rowId;
}

// An "@" in a slot would look like a home.
QString slotOf(const QString &account)
{
    QString slot = account;
    return slot.replace(u'%', QStringLiteral("%25")).replace(u'@', QStringLiteral("%40"));
}

// What `access_tokens.db` says of one account.
struct AccessToken {
    base::Secret token; // empty = none
    std::optional<base::Timestamp> expiresAt;
};

// UTC without saying so: "2026-11-22 16:55:11.419891".
base::Result<std::optional<base::Timestamp>> expiryOf(const base::JsonValue &value)
{
    const auto text = value.optionalString();
    if (!text)
        return base::unexpected(text.error());
    if (!text->has_value())
        return std::optional<base::Timestamp>();
    QString stamp = **text;
    if (stamp.size() > 10 && stamp[10] == u' ')
        stamp[10] = u'T';
    auto time = base::fromRfc3339(stamp);
    if (!time)
        time = base::fromRfc3339(stamp + u'Z');
    if (time)
        return time;
    return base::unexpected(value.error(QStringLiteral("is not a date and time")));
}

base::Result<AccessToken> readAccessToken(const base::JsonValue &row)
{
    AccessToken access;
    auto token = secretOrEmpty(row.member("access_token"));
    if (!token)
        return base::unexpected(token.error());
    if (token->isEmpty()) // of some accounts gcloud keeps a proof of a fresh sign-in here, and no more
        return access;
    const auto expiry = expiryOf(row.member("token_expiry"));
    if (!expiry)
        return base::unexpected(expiry.error());
    access.token = std::move(*token);
    access.expiresAt = *expiry;
    return access;
}

// A file or a row that is missing is no token; everything else that is wrong is an error.
base::Result<AccessToken> accessTokenOf(const QString &account, const base::Result<base::JsonSpans> &rows)
{
    if (!rows && rows.error().kind == base::ErrorKind::NotFound)
        return AccessToken();
    if (!rows)
        return base::unexpected(rows.error());
    for (const auto &[rowId, row] : rows->root().members())
        if (accountKey(rowId) == account)
            return readAccessToken(row);
    return AccessToken();
}

base::Result<base::JsonSpans> tokenRowsOf(const CopyPlace &place, const Fetched &fetched)
{
    const QString file = place.cell ? gcloudTokens(*place.cell).file : QString();
    const auto companion = fetched.companions.find(file);
    if (companion == fetched.companions.end())
        return base::unexpected({.kind = base::ErrorKind::NotFound, .subject = file, .place = {}, .detail = {}});
    if (!companion->second)
        return base::unexpected(companion->second.error());
    return parseObject(file, *companion->second);
}

base::Result<CopyReading> readUser(const base::JsonValue &record, base::Result<AccessToken> access)
{
    auto refreshToken = record.member("refresh_token").secret();
    if (!refreshToken)
        return base::unexpected(refreshToken.error());
    if (refreshToken->isEmpty()) {
        CopyReading blank;
        blank.state = profile::CopyState::Blank;
        return blank;
    }
    if (!access)
        return base::unexpected(access.error());
    CopyReading reading = held(credentialOf(std::move(access->token), std::move(*refreshToken)));
    reading.credential->tokens.expiresAt = access->expiresAt;
    Remarks remarks;
    reading.credential->tokens.scopes = remarks.texts(record.member("scopes"));
    reading.problem = remarks.first();
    return reading;
}

// Its key lasts until somebody takes it back; the access tokens that gcloud makes of it do not matter.
base::Result<CopyReading> readServiceAccount(const base::JsonValue &record)
{
    auto key = record.member("private_key").secret();
    if (!key)
        return base::unexpected(key.error());
    if (key->isEmpty())
        return base::unexpected(record.member("private_key").error(QStringLiteral("is empty")));
    return held(credentialOf(std::move(*key), {}));
}

// The record says where gcloud gets tokens, and holds none. Of the one that it got last no end is told: gcloud gets the
// next one without anybody, and a warning of that end would be a false one.
base::Result<CopyReading> readExternal(base::Result<AccessToken> access)
{
    if (!access)
        return base::unexpected(access.error());
    if (access->token.isEmpty())
        return CopyReading();
    return held(credentialOf(std::move(access->token), {}));
}

base::Result<CopyReading> readRecord(const base::JsonValue &record, base::Result<AccessToken> access)
{
    const auto type = record.member("type").string();
    if (!type)
        return base::unexpected(type.error());
    if (*type == QStringLiteral("authorized_user") || *type == QStringLiteral("external_account_authorized_user"))
        return readUser(record, std::move(access));
    if (*type == QStringLiteral("service_account") || *type == QStringLiteral("service_account_p12"))
        return readServiceAccount(record);
    if (*type == QStringLiteral("external_account") || *type == QStringLiteral("external_account_user"))
        return readExternal(std::move(access));
    if (*type == QStringLiteral("gce")) // the machine's own: there is nothing here
        return CopyReading();
    return base::unexpected(
        record.member("type").error(QStringLiteral("is \"%1\", which Keytender does not know").arg(type->left(40)),
                                    base::ErrorKind::UnknownVersion));
}

CopyReading readAccount(const QString &subject, const base::JsonValue &value, base::Result<AccessToken> access)
{
    auto text = value.secret();
    if (!text)
        return unreadable(text.error());
    const auto document = base::JsonSpans::parse(std::move(*text), subject);
    if (!document)
        return unreadable(document.error());
    const auto record = document->root().object();
    auto reading =
        record ? readRecord(*record, std::move(access)) : base::Result<CopyReading>(base::unexpected(record.error()));
    return reading ? std::move(*reading) : unreadable(reading.error());
}

} // namespace

GcloudAccount gcloudAccountOf(const QString &slot)
{
    QString account = slot;
    account.replace(QStringLiteral("%40"), QStringLiteral("@")).replace(QStringLiteral("%25"), QStringLiteral("%"));
    return {.name = account.section(u'#', 0, 0), .universe = account.section(u'#', 1, 1)};
}

const ToolFacts &Gcloud::facts() const
{
    static const ToolFacts facts{.id = QStringLiteral("gcloud"),
                                 .name = QStringLiteral("gcloud"),
                                 .profileName = QStringLiteral("gcloud-cli"),
                                 .providerId = QStringLiteral("google-adc"), // one server for both
                                 .signInCommand = QStringLiteral("gcloud auth login"),
                                 .homeVariable = QStringLiteral("CLOUDSDK_CONFIG"),
                                 // Renews when five minutes are left, and asks nobody anything.
                                 .renewCommand = {QStringLiteral("gcloud"), QStringLiteral("auth"),
                                                  QStringLiteral("print-access-token"), QStringLiteral("--quiet"),
                                                  QStringLiteral("--account=") + gcloudAccountWord}};
    return facts;
}

const CopyWriter *Gcloud::writer() const
{
    static const RefusingWriter refusing(
        {.share = QT_TRANSLATE_NOOP("Neighbours", "Google does not let other programs use this login, but gcloud "
                                                  "renews it itself when it is asked to."),
         .write = QT_TRANSLATE_NOOP(
             "Neighbours", "gcloud keeps its logins in databases of its own, and Keytender does not write there.")});
    return &refusing;
}

Located Gcloud::locate(const ToolWorld &world) const
{
    Located located;
    const QString usual = world.environment.home + QStringLiteral("/.config/gcloud");
    for (const Home &home : homesIn(world, usual, facts().homeVariable, located.problems)) {
        CopyPlace place;
        place.cell = gcloudCredentials(home.path);
        place.path = place.cell->file;
        place.homeName = home.name;
        located.places.push_back(std::move(place));
    }
    return located;
}

std::vector<CopyReading> Gcloud::interpret(const CopyPlace &place, const base::FileContent &content,
                                           const Fetched &fetched, base::Timestamp /*now*/) const
{
    const auto document = parseObject(place.path, content);
    if (!document)
        return onlyReading(base::unexpected(document.error()), place);
    const auto rows = tokenRowsOf(place, fetched);
    // The worse of both: either file is enough to be that account.
    const auto tokens = place.cell ? fetched.companions.find(gcloudTokens(*place.cell).file) : fetched.companions.end();
    const bool isShared =
        tokens != fetched.companions.end() && tokens->second && tokens->second->facts.isReadableByOthers();
    std::vector<CopyReading> readings;
    for (const auto &[rowId, value] : document->root().members()) {
        const QString account = accountKey(rowId);
        CopyReading reading = readAccount(place.path + u'#' + account, value, accessTokenOf(account, rows));
        if (reading.state == profile::CopyState::Absent)
            continue;
        const GcloudAccount whose = gcloudAccountOf(slotOf(account));
        reading.slot = slotOf(account);
        reading.label = facts().name + QStringLiteral(" · ") + account;
        (whose.name.contains(u'@') ? reading.account.email : reading.account.id) = whose.name;
        if (isShared)
            reading.protection = profile::Protection::SharedFile;
        std::erase_if(readings, [&](const CopyReading &other) { return other.slot == reading.slot; }); // as gcloud does
        readings.push_back(std::move(reading));
    }
    return readings;
}

} // namespace keytender::tools
