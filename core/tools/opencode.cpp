// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/opencode.h"

#include <algorithm>
#include <array>

#include "tools/homes.h"
#include "tools/jsonrecord.h"
#include "tools/openaiaccount.h"
#include "tools/opencodedatabase.h"
#include "tools/opencodewriter.h"
#include "tools/tokenrecord.h"

namespace keytender::tools {

namespace {

struct ProviderName {
    QStringView entry; // opencode's id
    QStringView id;    // ours
    QStringView name;
};

constexpr std::array<ProviderName, 10> providerNames{{
    {u"openai", u"openai", u"OpenAI"},
    {u"anthropic", u"anthropic", u"Anthropic"},
    {u"google", u"google", u"Google"},
    {u"github-copilot", u"github", u"GitHub Copilot"},
    {u"github-copilot-enterprise", u"github", u"GitHub Copilot Enterprise"},
    {u"minimax", u"minimax", u"MiniMax"},
    {u"minimax-coding-plan", u"minimax", u"MiniMax"},
    {u"kimi-for-coding", u"kimi", u"Kimi"},
    {u"moonshotai", u"kimi", u"Kimi"},
    {u"qwen-code", u"qwen", u"Qwen"},
}};

void nameProvider(const QString &entry, CopyReading &reading)
{
    const auto known = std::ranges::find_if(providerNames, [&](const ProviderName &p) { return p.entry == entry; });
    const bool isKnown = known != providerNames.end();
    reading.slot = entry;
    reading.providerId = isKnown ? known->id.toString() : entry;
    reading.label = QStringLiteral("opencode · %1").arg(isKnown ? known->name.toString() : entry);
}

using Credential = base::Result<profile::Credential>;

// Logins that never run out, such as GitHub's, have 0 here.
base::Result<std::optional<base::Timestamp>> expiryIn(const base::JsonValue &entry)
{
    const base::JsonValue expires = entry.member("expires");
    if (const auto number = expires.optionalNumber(); number && *number == 0.0)
        return std::optional<base::Timestamp>();
    return epochTime(expires, EpochUnit::Milliseconds);
}

Credential oauthIn(const base::JsonValue &entry)
{
    auto accessToken = entry.member("access").secret();
    if (!accessToken)
        return base::unexpected(accessToken.error());
    auto refreshToken = entry.member("refresh").secret();
    if (!refreshToken)
        return base::unexpected(refreshToken.error());
    const auto expiresAt = expiryIn(entry);
    if (!expiresAt)
        return base::unexpected(expiresAt.error());
    profile::Credential credential = credentialOf(std::move(*accessToken), std::move(*refreshToken));
    credential.tokens.expiresAt = *expiresAt;
    return credential;
}

Credential staticIn(const base::JsonValue &value, profile::CredentialKind kind)
{
    auto secret = value.secret();
    if (!secret)
        return base::unexpected(secret.error());
    profile::Credential credential;
    credential.kind = kind;
    credential.tokens.accessToken = std::move(*secret);
    return credential;
}

Credential credentialIn(const base::JsonValue &entry)
{
    const auto type = entry.member("type").string();
    if (!type)
        return base::unexpected(type.error());
    if (*type == QStringLiteral("oauth"))
        return oauthIn(entry);
    if (*type == QStringLiteral("api"))
        return staticIn(entry.member("key"), profile::CredentialKind::ApiKey);
    if (*type == QStringLiteral("wellknown")) // "key" is only the name of the variable that takes the token
        return staticIn(entry.member("token"), profile::CredentialKind::Token);
    return base::unexpected(entry.member("type").error(
        QStringLiteral("names a kind of login that Keytender does not know"), base::ErrorKind::UnknownVersion));
}

CopyReading readEntry(const QString &name, const base::JsonValue &entry)
{
    CopyReading reading;
    const auto object = entry.object();
    auto credential = object ? credentialIn(entry) : Credential(base::unexpected(object.error()));
    if (!credential) {
        reading = unreadable(credential.error());
    } else if (credential->tokens.accessToken.isEmpty() && credential->tokens.refreshToken.isEmpty()) {
        reading.state = profile::CopyState::Blank;
    } else {
        reading = held(std::move(*credential));
    }
    nameProvider(name, reading);
    if (reading.state != profile::CopyState::Held)
        return reading;

    Remarks remarks;
    if (reading.providerId == QStringLiteral("openai")) {
        profile::TokenSet &tokens = reading.credential->tokens;
        if (const auto claims = base::JwtClaims::decode(tokens.accessToken)) {
            reading.account = openAiAccountIn(*claims);
            tokens.issuedAt = claims->time("iat");
        }
    }
    if (const QString workspace = remarks.text(entry.member("accountId")); !workspace.isEmpty())
        reading.account.organizationId = workspace;
    reading.problem = remarks.first();
    return reading;
}

} // namespace

const ToolFacts &OpenCode::facts() const
{
    static const ToolFacts facts{.id = QStringLiteral("opencode"),
                                 .name = QStringLiteral("opencode"),
                                 .profileName = QStringLiteral("opencode"),
                                 .providerId = {},
                                 .signInCommand = QStringLiteral("opencode auth login")};
    return facts;
}

const CopyWriter *OpenCode::writer() const
{
    static const OpenCodeWriter writer;
    return &writer;
}

Located OpenCode::locate(const ToolWorld &world) const
{
    Located located;
    const QString usual = world.environment.dataHome() + QStringLiteral("/opencode");
    for (const Home &home : distinctHomes(usual, world.extraHomes)) {
        CopyPlace place;
        place.path = home.path + QStringLiteral("/auth.json");
        place.homeName = home.name;
        if (auto newer = loginsInOpenCodeDatabase(home.path + QStringLiteral("/opencode.db"), world.environment))
            located.problems.push_back(std::move(*newer));
        located.places.push_back(std::move(place));
    }
    const QString content = QStringLiteral("OPENCODE_AUTH_CONTENT");
    if (!world.environment.nonEmptyOr(content, {}).isEmpty())
        located.problems.push_back(
            {.kind = base::ErrorKind::Overridden,
             .subject = content,
             .place = {},
             .detail = QStringLiteral("opencode reads it in place of %1, and will write it over that file")
                           .arg(located.places.front().path)});
    return located;
}

std::vector<CopyReading> OpenCode::interpret(const CopyPlace &place, const base::FileContent &content,
                                             const Fetched &fetched, base::Timestamp now) const
{
    Q_UNUSED(fetched)
    Q_UNUSED(now)
    std::vector<CopyReading> readings;
    const auto document = parseObject(place.path, content);
    if (!document) {
        readings.push_back(unreadable(document.error()));
        return readings;
    }
    for (const auto &[name, entry] : document->root().members())
        readings.push_back(readEntry(name, entry));
    return readings;
}

} // namespace keytender::tools
