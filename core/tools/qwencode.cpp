// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/qwencode.h"

#include "tools/homes.h"
#include "tools/jsonrecord.h"
#include "tools/qwencodewriter.h"
#include "tools/tokenrecord.h"

namespace keytender::tools {

namespace {

// What the client's own loader demands, beyond tokens: it takes a record without these for a sign-out, although it
// holds a login.
base::Result<base::Timestamp> demandedExpiry(const base::JsonValue &record, const profile::TokenSet &tokens)
{
    const auto ignored = [&](std::string_view member) {
        return base::unexpected(record.member(member).error(
            QStringLiteral("is missing or empty, so Qwen Code takes the record for a sign-out")));
    };
    if (tokens.accessToken.isEmpty())
        return ignored("access_token");
    if (tokens.refreshToken.isEmpty())
        return ignored("refresh_token");
    const auto type = record.member("token_type").optionalString();
    if (!type)
        return base::unexpected(type.error());
    if (type->value_or(QString()).isEmpty())
        return ignored("token_type");
    const auto expiry = epochTime(record.member("expiry_date"), EpochUnit::Milliseconds);
    if (!expiry)
        return base::unexpected(expiry.error());
    if (!expiry->has_value())
        return ignored("expiry_date");
    return **expiry;
}

base::Result<CopyReading> readRecord(const base::JsonValue &record)
{
    auto reading = readTokens(record);
    if (!reading || reading->state != profile::CopyState::Held)
        return reading;
    const auto expiry = demandedExpiry(record, reading->credential->tokens);
    if (!expiry)
        return base::unexpected(expiry.error());
    reading->credential->tokens.expiresAt = *expiry;
    return reading;
}

} // namespace

const ToolFacts &QwenCode::facts() const
{
    static const ToolFacts facts{.id = QStringLiteral("qwen-code"),
                                 .name = QStringLiteral("Qwen Code"),
                                 .profileName = QStringLiteral("qwen-cli"),
                                 .providerId = QStringLiteral("qwen"),
                                 .signInCommand = QStringLiteral("qwen"),
                                 .homeVariable = QStringLiteral("QWEN_HOME")};
    return facts;
}

const CopyWriter *QwenCode::writer() const
{
    static const QwenCodeWriter writer;
    return &writer;
}

Located QwenCode::locate(const ToolWorld &world) const
{
    Located located;
    // The client expands a tilde here, which no shell did.
    ToolWorld expanded = world;
    const QString variable = QStringLiteral("QWEN_HOME");
    QString &named = expanded.environment.variables[variable];
    named = world.environment.expanded(named);
    const QString usual = world.environment.home + QStringLiteral("/.qwen");
    for (const Home &home : homesIn(expanded, usual, variable, located.problems)) {
        CopyPlace place;
        place.path = home.path + QStringLiteral("/oauth_creds.json");
        place.homeName = home.name;
        located.places.push_back(std::move(place));
    }
    return located;
}

std::vector<CopyReading> QwenCode::interpret(const CopyPlace &place, const base::FileContent &content,
                                             const Fetched & /*fetched*/, base::Timestamp /*now*/) const
{
    return onlyRecord(content, place, readRecord);
}

} // namespace keytender::tools
