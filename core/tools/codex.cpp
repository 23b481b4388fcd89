// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/codex.h"

#include <QCryptographicHash>
#include <QFileInfo>

#include "base/jwt.h"
#include "tools/codexrecord.h"
#include "tools/codexstore.h"
#include "tools/codexwriter.h"
#include "tools/homes.h"
#include "tools/jsonrecord.h"
#include "tools/openaiaccount.h"

namespace keytender::tools {

namespace {

using Reading = base::Result<CopyReading>;

Reading readStatic(const base::JsonValue &value, profile::CredentialKind kind)
{
    auto secret = value.secret();
    if (!secret)
        return base::unexpected(secret.error());
    CopyReading reading;
    if (secret->isEmpty()) {
        reading.state = profile::CopyState::Blank;
        return reading;
    }
    profile::Credential credential;
    credential.kind = kind;
    if (const auto claims = base::JwtClaims::decode(*secret)) {
        credential.tokens.expiresAt = claims->time("exp");
        credential.tokens.issuedAt = claims->time("iat");
        reading.account = openAiAccountIn(*claims);
    }
    credential.tokens.accessToken = std::move(*secret);
    reading.state = profile::CopyState::Held;
    reading.credential = std::move(credential);
    return reading;
}

// An agent's identity is a signed token, or a private key with a few words about whose it is.
Reading readAgentIdentity(const base::JsonValue &identity)
{
    if (!identity.isObject())
        return readStatic(identity, profile::CredentialKind::Token);
    Reading reading = readStatic(identity.member("agent_private_key"), profile::CredentialKind::ApiKey);
    if (!reading)
        return reading;
    Remarks remarks;
    reading->account.id = remarks.text(identity.member("chatgpt_user_id"));
    reading->account.email = remarks.text(identity.member("email"));
    reading->account.organizationId = remarks.text(identity.member("account_id"));
    reading->account.plan = remarks.text(identity.member("plan_type"));
    reading->problem = remarks.first();
    return reading;
}

struct Times {
    std::optional<base::Timestamp> lastRefresh;
    std::optional<base::Timestamp> fileChanged;
};

base::Result<profile::Credential> credentialIn(const base::JsonValue &tokens, const Times &times)
{
    auto accessToken = tokens.member("access_token").secret();
    if (!accessToken)
        return base::unexpected(accessToken.error());
    auto refreshToken = tokens.member("refresh_token").secret();
    if (!refreshToken)
        return base::unexpected(refreshToken.error());

    profile::Credential credential;
    credential.kind = refreshToken->isEmpty() ? profile::CredentialKind::Token : profile::CredentialKind::OAuth;
    credential.tokens.refreshToken = std::move(*refreshToken);
    const auto claims = base::JwtClaims::decode(*accessToken);
    credential.tokens.accessToken = std::move(*accessToken);
    if (claims) {
        credential.tokens.expiresAt = claims->time("exp");
        credential.tokens.issuedAt = claims->time("iat");
    }
    if (!credential.tokens.issuedAt)
        credential.tokens.issuedAt = times.lastRefresh ? times.lastRefresh : times.fileChanged;
    // What Codex itself goes by. The file's own time would be wrong by days.
    if (!credential.tokens.expiresAt && times.lastRefresh)
        credential.tokens.expiresAt = *times.lastRefresh + Codex::renewalWithoutExpiry;
    return credential;
}

// The claims of the id_token first; those of the access token fill the gaps.
profile::Account accountOf(const base::JwtClaims &identity, const base::Secret &accessToken, const QString &accountId)
{
    profile::Account account = openAiAccountIn(identity);
    if (const auto claims = base::JwtClaims::decode(accessToken)) {
        const profile::Account other = openAiAccountIn(*claims);
        for (QString profile::Account::*field : {&profile::Account::id, &profile::Account::email,
                                                 &profile::Account::organizationId, &profile::Account::plan}) {
            if ((account.*field).isEmpty())
                account.*field = other.*field;
        }
    }
    if (!accountId.isEmpty())
        account.organizationId = accountId;
    return account;
}

Reading readChatGpt(const base::JsonValue &root, std::optional<base::Timestamp> fileChanged)
{
    const auto tokens = root.member("tokens").object();
    if (!tokens)
        return base::unexpected(tokens.error());
    const auto lastRefresh = rfc3339Time(root.member("last_refresh"));
    if (!lastRefresh)
        return base::unexpected(lastRefresh.error());
    const base::JsonValue idToken = tokens->member("id_token");
    const auto identity = idToken.secret();
    if (!identity)
        return base::unexpected(identity.error());
    const auto accountId = tokens->member("account_id").optionalString();
    if (!accountId)
        return base::unexpected(accountId.error());
    auto credential = credentialIn(*tokens, {.lastRefresh = *lastRefresh, .fileChanged = fileChanged});
    if (!credential)
        return base::unexpected(credential.error());

    CopyReading reading;
    if (credential->tokens.accessToken.isEmpty() && credential->tokens.refreshToken.isEmpty()) {
        reading.state = profile::CopyState::Blank;
        return reading;
    }
    const auto claims = base::JwtClaims::decode(*identity);
    if (!claims)
        return base::unexpected(
            idToken.error(QStringLiteral("is no JSON Web Token: Codex cannot read this login either")));
    reading = held(std::move(*credential));
    reading.account = accountOf(*claims, reading.credential->tokens.accessToken, accountId->value_or(QString()));
    if (accountId->value_or(QString()).isEmpty())
        reading.problem =
            tokens->member("account_id").error(QStringLiteral("is missing: Codex never renews a login without it"));
    return reading;
}

Reading readRecord(const base::JsonValue &root, std::optional<base::Timestamp> fileChanged)
{
    const auto mode = codexModeOf(root);
    if (!mode)
        return base::unexpected(mode.error());
    if (mode->isEmpty())
        return CopyReading(); // a record without any login
    if (*mode == QStringLiteral("chatgpt"))
        return readChatGpt(root, fileChanged);
    if (*mode == QStringLiteral("apikey"))
        return readStatic(root.member("OPENAI_API_KEY"), profile::CredentialKind::ApiKey);
    if (*mode == QStringLiteral("personalAccessToken"))
        return readStatic(root.member("personal_access_token"), profile::CredentialKind::Token);
    if (*mode == QStringLiteral("agentIdentity"))
        return readAgentIdentity(root.member("agent_identity"));
    return base::unexpected(root.member("auth_mode")
                                .error(QStringLiteral("names a kind of login that Keytender does not know"),
                                       base::ErrorKind::UnknownVersion));
}

QString keychainAccountOf(const QString &home)
{
    const QString canonical = QFileInfo(home).canonicalFilePath();
    const QByteArray path = (canonical.isEmpty() ? home : canonical).toUtf8();
    const QByteArray hash = QCryptographicHash::hash(path, QCryptographicHash::Sha256).toHex().first(16);
    return QStringLiteral("cli|") + QString::fromLatin1(hash);
}

CopyPlace keychainPlace(const Home &home)
{
    CopyPlace place;
    place.kind = CopyPlace::Kind::KeychainItem;
    place.path = QStringLiteral("keychain: Codex Auth/") + keychainAccountOf(home.path);
    place.attributes = Codex::keychainAttributesOf(home.path);
    place.homeName = home.name;
    return place;
}

CopyPlace filePlace(const Home &home)
{
    CopyPlace place;
    place.path = home.path + QStringLiteral("/auth.json");
    place.homeName = home.name;
    return place;
}

void locateIn(const Home &home, const base::Environment &environment, Located &located)
{
    const QString config = home.path + QStringLiteral("/config.toml");
    const auto store = codexStoreIn(config, environment);
    if (!store)
        located.problems.push_back(store.error());
    // Where the configuration cannot be read both may hold the login.
    const CodexStore kind = store ? *store : CodexStore::Auto;
    std::vector<CopyPlace> places;
    if (kind == CodexStore::Keyring || kind == CodexStore::Auto)
        places.push_back(keychainPlace(home));
    if (kind == CodexStore::File || kind == CodexStore::Auto)
        places.push_back(filePlace(home));
    // A change of the configuration leads here again; without any place beside it, its directory has to.
    if (places.empty())
        located.directories.append(home.path);
    const QString encrypted = home.path + QStringLiteral("/secrets/codex_auth.age");
    for (CopyPlace &place : places) {
        place.companions = {config};
        if (kind != CodexStore::File)
            place.companions.append(encrypted); // where it exists, it is the one that counts
        located.places.push_back(std::move(place));
    }
    if (kind != CodexStore::File && kind != CodexStore::Ephemeral && base::inspectFile(encrypted, environment.user))
        located.problems.push_back(
            {.kind = base::ErrorKind::Encrypted, .subject = encrypted, .place = {}, .detail = {}});
}

} // namespace

const ToolFacts &Codex::facts() const
{
    static const ToolFacts facts{.id = QStringLiteral("codex"),
                                 .name = QStringLiteral("Codex"),
                                 .profileName = QStringLiteral("codex-cli"),
                                 .providerId = QStringLiteral("openai"),
                                 .signInCommand = QStringLiteral("codex login"),
                                 .homeVariable = QStringLiteral("CODEX_HOME")};
    return facts;
}

KeychainAttributes Codex::keychainAttributesOf(const QString &home)
{
    return {{QStringLiteral("service"), QStringLiteral("Codex Auth")},
            {QStringLiteral("username"), keychainAccountOf(home)}};
}

const CopyWriter *Codex::writer() const
{
    static const CodexWriter writer;
    return &writer;
}

Located Codex::locate(const ToolWorld &world) const
{
    Located located;
    QStringList further = world.extraHomes;
    const QString variable = QStringLiteral("CODEX_HOME");
    if (const auto named = directoryFrom(world.environment, variable, located.problems)) {
        further.prepend(*named);
        if (!QFileInfo(*named).isDir())
            located.problems.push_back(
                {.kind = base::ErrorKind::NotFound,
                 .subject = *named,
                 .place = {},
                 .detail = QStringLiteral("%1 names it, and Codex does not start").arg(variable)});
    }
    for (const Home &home : distinctHomes(world.environment.home + QStringLiteral("/.codex"), further))
        locateIn(home, world.environment, located);
    return located;
}

std::vector<CopyReading> Codex::interpret(const CopyPlace &place, const base::FileContent &content,
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
    const bool isFile = place.kind == CopyPlace::Kind::File;
    auto reading = readRecord(document->root(), isFile ? std::optional(content.facts.modified) : std::nullopt);
    readings.push_back(reading ? std::move(*reading) : unreadable(reading.error()));
    return readings;
}

} // namespace keytender::tools
