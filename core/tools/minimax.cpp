// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/minimax.h"

#include "tools/homes.h"
#include "tools/jsonrecord.h"
#include "tools/refusingwriter.h"
#include "tools/tokenrecord.h"

namespace keytender::tools {

namespace {

constexpr QLatin1String apiKeySlot("api-key");

base::Result<CopyReading> readSignIn(const base::JsonValue &root)
{
    const base::JsonValue member = root.member("oauth");
    // Signing out removes it; there is no tombstone.
    if (member.isMissing() || member.isNull())
        return CopyReading();
    const auto record = member.object();
    if (!record)
        return base::unexpected(record.error());
    auto reading = readTokens(*record);
    if (!reading || reading->state != profile::CopyState::Held)
        return reading;
    const auto expiry = rfc3339Time(record->member("expires_at"));
    if (!expiry)
        return base::unexpected(expiry.error());
    reading->credential->tokens.expiresAt = *expiry;

    Remarks remarks;
    const QString account = remarks.text(record->member("account"));
    (account.contains(u'@') ? reading->account.email : reading->account.id) = account;
    reading->problem = remarks.first();
    return reading;
}

std::optional<CopyReading> readApiKey(const base::JsonValue &root, const QString &toolName)
{
    auto key = secretOrEmpty(root.member("api_key"));
    if (!key)
        return unreadable(key.error(), apiKeySlot);
    if (key->isEmpty())
        return std::nullopt;
    profile::Credential credential;
    credential.kind = profile::CredentialKind::ApiKey;
    credential.tokens.accessToken = std::move(*key);
    CopyReading reading = held(std::move(credential), apiKeySlot);
    reading.label = toolName + QStringLiteral(" · API key");
    return reading;
}

} // namespace

const ToolFacts &MiniMax::facts() const
{
    static const ToolFacts facts{.id = QStringLiteral("minimax"),
                                 .name = QStringLiteral("MiniMax CLI"),
                                 .profileName = QStringLiteral("minimax-cli"),
                                 .providerId = QStringLiteral("minimax"),
                                 .signInCommand = QStringLiteral("mmx auth login"),
                                 .homeVariable = QStringLiteral("MMX_CONFIG_DIR"),
                                 // Renews when five minutes are left, and not before.
                                 .renewCommand = {QStringLiteral("mmx"), QStringLiteral("auth"),
                                                  QStringLiteral("status"), QStringLiteral("--output"),
                                                  QStringLiteral("json")}};
    return facts;
}

const CopyWriter *MiniMax::writer() const
{
    static const RefusingWriter refusing(
        {.share = QT_TRANSLATE_NOOP(
             "Neighbours",
             "MiniMax CLI has no lock that Keytender could take, but it renews its login itself when it is asked to."),
         .write = QT_TRANSLATE_NOOP(
             "Neighbours",
             "MiniMax CLI keeps its login among its settings and has no lock, so Keytender does not write there.")});
    return &refusing;
}

Located MiniMax::locate(const ToolWorld &world) const
{
    Located located;
    const QString usual = world.environment.home + QStringLiteral("/.mmx");
    for (const Home &home : homesIn(world, usual, QStringLiteral("MMX_CONFIG_DIR"), located.problems)) {
        CopyPlace place;
        place.path = home.path + QStringLiteral("/config.json");
        place.homeName = home.name;
        located.places.push_back(std::move(place));
    }
    return located;
}

std::vector<CopyReading> MiniMax::interpret(const CopyPlace &place, const base::FileContent &content,
                                            const Fetched & /*fetched*/, base::Timestamp /*now*/) const
{
    const auto document = parseObject(place.path, content);
    if (!document)
        return onlyReading(base::unexpected(document.error()), place);
    std::vector<CopyReading> readings = onlyReading(readSignIn(document->root()), place);
    if (auto apiKey = readApiKey(document->root(), facts().name))
        readings.push_back(std::move(*apiKey));
    return readings;
}

} // namespace keytender::tools
