// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/openclawstore.h"

#include <algorithm>
#include <array>

#include <QCoreApplication>

#include "tools/jsonrecord.h"
#include "tools/openaiaccount.h"
#include "tools/openclawfence.h"
#include "tools/tokenrecord.h"

namespace keytender::tools {

namespace {

using Type = OpenClawEntry::Type;

struct ProviderName {
    QStringView theirs;
    QStringView ours;
    QStringView name;
};

constexpr std::array<ProviderName, 15> providerNames{{
    {u"anthropic", u"anthropic", u"Anthropic"},
    {u"claude-cli", u"anthropic", u"Anthropic"},
    {u"openai", u"openai", u"OpenAI"},
    {u"openai-codex", u"openai", u"OpenAI"},
    {u"google", u"google", u"Google"},
    {u"google-gemini-cli", u"google", u"Google"},
    {u"google-antigravity", u"google", u"Google"},
    {u"google-vertex", u"google", u"Google"},
    {u"qwen-portal", u"qwen", u"Qwen"},
    {u"qwen", u"qwen", u"Qwen"},
    {u"minimax-portal", u"minimax", u"MiniMax"},
    {u"minimax", u"minimax", u"MiniMax"},
    {u"github-copilot", u"github", u"GitHub Copilot"},
    {u"kimi-coding", u"kimi", u"Kimi"},
    {u"moonshot", u"kimi", u"Kimi"},
}};

const ProviderName *knownProvider(const QString &provider)
{
    const auto found = std::ranges::find(providerNames, provider, &ProviderName::theirs);
    return found == providerNames.end() ? nullptr : &*found;
}

base::Result<Type> typeOf(const base::JsonValue &profile)
{
    const bool isOldName = profile.member("type").isMissing();
    const base::JsonValue member = profile.member(isOldName ? "mode" : "type");
    const auto type = member.string();
    if (!type)
        return base::unexpected(type.error());
    if (*type == QStringLiteral("oauth"))
        return Type::OAuth;
    if (*type == QStringLiteral("token"))
        return Type::Token;
    if (*type == QStringLiteral("api_key") || *type == QStringLiteral("apiKey"))
        return Type::ApiKey;
    return base::unexpected(member.error(QStringLiteral("names a kind of login that Keytender does not know"),
                                         base::ErrorKind::UnknownVersion));
}

bool isThere(const base::JsonValue &value)
{
    return !value.isMissing() && !value.isNull();
}

// What OpenClaw itself would not use: a time that is missing where there has to be one, or 0.
base::Result<std::optional<base::Timestamp>> expiryIn(const base::JsonValue &profile, Type type)
{
    const base::JsonValue expires = profile.member("expires");
    auto time = epochTime(expires, EpochUnit::Milliseconds);
    if (time && !time->has_value() && type == Type::OAuth)
        return base::unexpected(profile.error(QStringLiteral("does not say when it expires")));
    return time;
}

base::Error fenceError(const base::JsonValue &token, OpenClawFence::State state)
{
    switch (state) {
    case OpenClawFence::State::Pending:
        return token.error(QStringLiteral("is put away while OpenClaw refreshes it"), base::ErrorKind::Locked);
    case OpenClawFence::State::Failed:
        return token.error(
            QStringLiteral("was put away by OpenClaw for a refresh that failed: sign in again there, or bring it back"),
            base::ErrorKind::Overridden);
    case OpenClawFence::State::Unknown:
        break;
    }
    return token.error(QStringLiteral("is a marker of OpenClaw's that Keytender does not know"),
                       base::ErrorKind::UnknownVersion);
}

CopyReading withoutSecret(base::Error remark)
{
    CopyReading reading;
    reading.problem = std::move(remark);
    return reading;
}

CopyReading fenced(base::Error problem)
{
    CopyReading reading;
    reading.state = profile::CopyState::Fenced;
    reading.problem = std::move(problem);
    return reading;
}

// No marker is ever taken for a token, whatever kind of profile it stands in.
std::optional<CopyReading> fencedReading(const base::JsonValue &profile)
{
    for (const char *name : {"refresh", "access", "token", "key"}) {
        const base::JsonValue member = profile.member(name);
        const auto token = member.optionalSecret();
        if (!token || !token->has_value())
            continue;
        if (const auto fence = openClawFenceIn((*token)->expose()))
            return fenced(fenceError(member, fence->state));
    }
    return std::nullopt;
}

base::Milliseconds marginOf(const QString &provider)
{
    const bool hasMargin = provider == QStringLiteral("anthropic") || provider == QStringLiteral("google")
                           || provider == QStringLiteral("github");
    return hasMargin ? std::chrono::minutes(5) : std::chrono::minutes(0);
}

base::Result<CopyReading> readOAuth(const base::JsonValue &profile, const QString &provider)
{
    auto reading = readTokens(profile, {.access = "access", .refresh = "refresh"});
    if (!reading)
        return reading;
    if (reading->state != profile::CopyState::Held) {
        const base::JsonValue reference = profile.member("oauthRef");
        if (!isThere(reference))
            return reading;
        return base::unexpected(reference.error(
            QStringLiteral("leads to a file that an old OpenClaw sealed: `openclaw doctor` may open it"),
            base::ErrorKind::Encrypted));
    }
    profile::Credential &credential = *reading->credential;
    credential.kind =
        credential.tokens.refreshToken.isEmpty() ? profile::CredentialKind::Token : profile::CredentialKind::OAuth;
    const auto expiresAt = expiryIn(profile, Type::OAuth);
    if (!expiresAt)
        return base::unexpected(expiresAt.error());
    if (*expiresAt)
        credential.tokens.expiresAt = endOfOpenClawExpiry(provider, **expiresAt);
    auto idToken = secretOrEmpty(profile.member("idToken"));
    if (idToken)
        credential.tokens.idToken = std::move(*idToken);
    else
        reading->problem = idToken.error();
    return reading;
}

base::Result<CopyReading> readStatic(const base::JsonValue &profile, Type type)
{
    const bool isKey = type == Type::ApiKey;
    const base::JsonValue reference = profile.member(isKey ? "keyRef" : "tokenRef");
    base::JsonValue member = profile.member(isKey ? "key" : "token");
    if (isKey && member.isMissing())
        member = profile.member("apiKey");
    auto secret = secretOrEmpty(member);
    if (!secret)
        return base::unexpected(secret.error());
    if (secret->isEmpty()) {
        if (isThere(reference))
            return withoutSecret(reference.error(QStringLiteral("says where the secret is kept: not here")));
        CopyReading nothing;
        nothing.state = isThere(member) ? profile::CopyState::Blank : profile::CopyState::Absent;
        return nothing;
    }
    profile::Credential credential;
    credential.kind = isKey ? profile::CredentialKind::ApiKey : profile::CredentialKind::Token;
    credential.tokens.accessToken = std::move(*secret);
    const auto expiresAt = isKey ? base::Result<std::optional<base::Timestamp>>(std::optional<base::Timestamp>())
                                 : expiryIn(profile, type);
    if (!expiresAt)
        return base::unexpected(expiresAt.error());
    credential.tokens.expiresAt = *expiresAt;
    return held(std::move(credential));
}

base::Result<CopyReading> readProfile(const base::JsonValue &profile, const OpenClawEntry &entry)
{
    if (entry.isSavedOnly)
        return withoutSecret(
            profile.member("setup").error(QStringLiteral("is a sign-in that OpenClaw saved for later")));
    if (auto reading = fencedReading(profile))
        return std::move(*reading);
    return entry.type == Type::OAuth ? readOAuth(profile, providerOfOpenClaw(entry.provider))
                                     : readStatic(profile, entry.type);
}

void nameAccount(const base::JsonValue &profile, const OpenClawEntry &entry, CopyReading &reading)
{
    Remarks remarks;
    if (reading.problem)
        remarks.add(*reading.problem);
    const bool isOpenAi = reading.providerId == QStringLiteral("openai");
    if (isOpenAi && reading.credential && entry.type == Type::OAuth) {
        profile::TokenSet &tokens = reading.credential->tokens;
        if (const auto claims = base::JwtClaims::decode(tokens.accessToken)) {
            reading.account = openAiAccountIn(*claims);
            tokens.issuedAt = claims->time("iat");
        }
    }
    const QString account = remarks.text(profile.member("accountId"));
    if (!account.isEmpty())
        (isOpenAi ? reading.account.organizationId : reading.account.id) = account;
    const QString email = remarks.text(profile.member("email"));
    if (reading.account.email.isEmpty())
        reading.account.email = email;
    const QString plan = remarks.text(profile.member(isOpenAi ? "chatgptPlanType" : "subscriptionType"));
    if (reading.account.plan.isEmpty())
        reading.account.plan = plan;
    if (entry.isManagedElsewhere)
        remarks.add(profile.error(QStringLiteral("is a copy of another program's login"), base::ErrorKind::Overridden));
    reading.problem = remarks.first();
}

void nameReading(const QString &id, const QString &program, const OpenClawEntry &entry, CopyReading &reading)
{
    const ProviderName *known = knownProvider(entry.provider);
    reading.slot = openClawSlot(id);
    reading.providerId = providerOfOpenClaw(entry.provider);
    const QString provider = known != nullptr ? known->name.toString() : entry.provider;
    const QString name = id.section(u':', 1);
    reading.label = program + QStringLiteral(" · ") + provider;
    if (!name.isEmpty() && name != QStringLiteral("default"))
        reading.label += QStringLiteral(" · ") + name;
}

// Of oauth.json: the tokens by their provider, of which OpenClaw makes its default profile.
std::vector<CopyReading> readImport(const base::JsonValue &root, const QString &program)
{
    std::vector<CopyReading> readings;
    for (const auto &[name, tokens] : root.members()) {
        if (tokens.type() != base::JsonType::Object)
            continue; // OpenClaw passes over it too
        const OpenClawEntry entry{.provider = name.trimmed().toLower()};
        auto fence = fencedReading(tokens);
        auto reading = fence ? base::Result<CopyReading>(std::move(*fence))
                             : readOAuth(tokens, providerOfOpenClaw(entry.provider));
        CopyReading result = reading ? std::move(*reading) : unreadable(reading.error());
        nameReading(entry.provider + QStringLiteral(":default"), program, entry, result);
        if (reading && result.state == profile::CopyState::Held)
            nameAccount(tokens, entry, result);
        readings.push_back(std::move(result));
    }
    return readings;
}

CopyReading readEntry(const QString &id, const base::JsonValue &profile, const QString &program)
{
    const auto entry = openClawEntry(profile);
    const OpenClawEntry named = entry ? *entry : OpenClawEntry{.provider = id.section(u':', 0, 0)};
    auto reading = entry ? readProfile(profile, *entry) : base::Result<CopyReading>(base::unexpected(entry.error()));
    CopyReading result = reading ? std::move(*reading) : unreadable(reading.error());
    nameReading(id, program, named, result);
    if (reading && result.state == profile::CopyState::Held)
        nameAccount(profile, named, result);
    return result;
}

// Before there was a version there was no number; a later one may mean anything.
std::optional<base::Error> versionProblem(const base::JsonValue &root)
{
    const base::JsonValue member = root.member("version");
    const auto version = member.optionalNumber();
    if (!version)
        return version.error();
    if (!version->has_value() || **version == 1.0)
        return std::nullopt;
    return member.error(QStringLiteral("is a version that Keytender does not know"), base::ErrorKind::UnknownVersion);
}

// A store that was never written to: nothing but what stands beside the profiles.
bool isBlankStore(const base::JsonValue &root)
{
    constexpr std::array<QStringView, 4> beside{u"version", u"order", u"lastGood", u"usageStats"};
    return std::ranges::all_of(
        root.members(), [&](const auto &member) { return std::ranges::find(beside, member.first) != beside.end(); });
}

} // namespace

base::Timestamp openClawExpiry(const QString &provider, base::Timestamp expiresAt)
{
    return expiresAt - marginOf(provider);
}

base::Timestamp endOfOpenClawExpiry(const QString &provider, base::Timestamp expires)
{
    return expires + marginOf(provider);
}

QString providerOfOpenClaw(const QString &provider)
{
    const ProviderName *known = knownProvider(provider);
    return known != nullptr ? known->ours.toString() : provider;
}

QString openClawSlot(const QString &profileId)
{
    QString slot = profileId;
    return slot.replace(u'%', QStringLiteral("%25")).replace(u'@', QStringLiteral("%40"));
}

QString openClawProfileId(const QString &slot)
{
    QString id = slot;
    return id.replace(QStringLiteral("%40"), QStringLiteral("@")).replace(QStringLiteral("%25"), QStringLiteral("%"));
}

base::Result<base::JsonValue> openClawProfile(const base::JsonSpans &store, const QString &slot)
{
    const std::string id = openClawProfileId(slot).toStdString();
    return store.root().member("profiles").member(id).object();
}

base::Result<OpenClawEntry> openClawEntry(const base::JsonValue &profile)
{
    if (const auto object = profile.object(); !object)
        return base::unexpected(object.error());
    const auto type = typeOf(profile);
    if (!type)
        return base::unexpected(type.error());
    const auto provider = profile.member("provider").string();
    if (!provider)
        return base::unexpected(provider.error());
    if (provider->trimmed().isEmpty())
        return base::unexpected(profile.member("provider").error(QStringLiteral("is empty")));
    const auto flow = profile.member("authFlow").optionalString();
    return OpenClawEntry{.type = *type,
                         .provider = provider->trimmed().toLower(),
                         .isManagedElsewhere =
                             (flow && *flow == QStringLiteral("external-cli")) || isThere(profile.member("managedBy")),
                         .isSavedOnly = isThere(profile.member("setup"))};
}

std::vector<CopyReading> readOpenClawStore(const base::JsonSpans &store, const QString &program)
{
    std::vector<CopyReading> readings;
    const base::JsonValue root = store.root();
    if (auto problem = versionProblem(root)) {
        readings.push_back(unreadable(std::move(*problem)));
        return readings;
    }
    const base::JsonValue profiles = root.member("profiles");
    if (profiles.isMissing() && isBlankStore(root))
        return readings;
    if (const auto object = profiles.object(); !object) {
        readings.push_back(unreadable(object.error()));
        return readings;
    }
    for (const auto &[id, profile] : profiles.members())
        readings.push_back(readEntry(id, profile, program));
    return readings;
}

std::vector<CopyReading> readOpenClawPlace(const CopyPlace &place, const base::FileContent &content,
                                           const Fetched &fetched, const QString &program)
{
    std::vector<CopyReading> readings;
    const auto store = parseObject(place.path, content);
    if (!store) {
        readings.push_back(unreadable(store.error()));
        return readings;
    }
    if (place.path.endsWith(openClawImportName))
        return readImport(store->root(), program);
    readings = readOpenClawStore(*store, program);
    const auto database = place.cell ? fetched.companions.find(place.cell->file) : fetched.companions.end();
    if (database == fetched.companions.end() || database->second)
        return readings;
    for (CopyReading &reading : readings) {
        if (!reading.problem)
            reading.problem = database->second.error();
    }
    return readings;
}

} // namespace keytender::tools
