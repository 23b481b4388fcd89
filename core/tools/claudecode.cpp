// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/claudecode.h"

#include <algorithm>

#include "tools/claudecodewriter.h"
#include "tools/homes.h"
#include "tools/jsonrecord.h"
#include "tools/tokenrecord.h"

namespace keytender::tools {

namespace {

QString consoleSlot()
{
    return QStringLiteral("console");
}

// A secrets directory and a file that may say whose login lies there.
struct SecretsDirectory {
    QString path;
    QString identityFile;
};

// All that the environment and the settings allow, the usual one first.
std::vector<SecretsDirectory> secretsDirectories(const ToolWorld &world, std::vector<base::Error> &problems)
{
    const base::Environment &environment = world.environment;
    const QString usual = environment.home + QStringLiteral("/.claude");
    const QString usualIdentity = environment.home + QStringLiteral("/.claude.json");
    const auto inside = [](const QString &directory) { return directory + QStringLiteral("/.claude.json"); };
    const auto normalized = [](const QString &path) { // as Claude Code does
        return path.normalized(QString::NormalizationForm_C);
    };

    std::vector<SecretsDirectory> directories{{.path = usual, .identityFile = usualIdentity}};
    QString identity = usualIdentity;
    if (const auto configured = directoryFrom(environment, QStringLiteral("CLAUDE_CONFIG_DIR"), problems)) {
        identity = inside(normalized(*configured));
        directories.push_back({.path = normalized(*configured), .identityFile = identity});
    }
    // Set to nothing it means the usual directory, whatever CLAUDE_CONFIG_DIR says.
    const QString secureVariable = QStringLiteral("CLAUDE_SECURESTORAGE_CONFIG_DIR");
    if (environment.variable(secureVariable) == QString()) {
        directories.push_back({.path = usual, .identityFile = identity});
    } else if (const auto secure = directoryFrom(environment, secureVariable, problems)) {
        directories.push_back({.path = normalized(*secure), .identityFile = identity});
    }
    for (const QString &home : world.extraHomes)
        directories.push_back({.path = home, .identityFile = inside(home)});
    return directories;
}

// What the environment adds later speaks of the sign-in that is used now, so it stands first.
QStringList identityFilesOf(const QString &path, const std::vector<SecretsDirectory> &directories)
{
    QStringList files;
    for (const SecretsDirectory &directory : directories) {
        if (isSameDirectory(directory.path, path) && !files.contains(directory.identityFile))
            files.prepend(directory.identityFile);
    }
    return files;
}

// What `.claude.json` says of the last sign-in.
profile::Account accountIn(const base::JsonValue &root, Remarks &remarks)
{
    const base::JsonValue account = root.member("oauthAccount");
    if (account.isMissing() || account.isNull())
        return {};
    if (const auto object = account.object(); !object) {
        remarks.add(object.error());
        return {};
    }
    return {.id = remarks.text(account.member("accountUuid")),
            .email = remarks.text(account.member("emailAddress")),
            .organizationId = remarks.text(account.member("organizationUuid")),
            .organizationName = remarks.text(account.member("organizationName")),
            .plan = {}};
}

struct Identity {
    QString file;
    profile::Account account;
};

std::vector<Identity> identitiesBeside(const CopyPlace &place, const Fetched &fetched, Remarks &remarks)
{
    std::vector<Identity> identities;
    for (const QString &path : place.companions) {
        const auto document = companionOf(fetched, path, remarks);
        if (!document)
            continue;
        if (const profile::Account account = accountIn(document->root(), remarks); account.isKnown())
            identities.push_back({.file = path, .account = account});
    }
    return identities;
}

// The record's own word first; `.claude.json` adds what the record does not say, if it speaks of the same account.
profile::Account completed(profile::Account account, const std::vector<Identity> &identities, Remarks &remarks)
{
    const auto fitting = std::ranges::find_if(
        identities, [&](const Identity &identity) { return !account.differsFrom(identity.account); });
    if (fitting != identities.end()) {
        const profile::Account &known = fitting->account;
        account.email = known.email;
        account.organizationName = known.organizationName;
        if (account.id.isEmpty())
            account.id = known.id;
        if (account.organizationId.isEmpty())
            account.organizationId = known.organizationId;
    } else if (!identities.empty()) {
        remarks.add({.kind = base::ErrorKind::Malformed,
                     .subject = identities.front().file,
                     .place = QStringLiteral("oauthAccount"),
                     .detail = QStringLiteral("names another account than the login itself")});
    }
    return account;
}

// Claude Code 2.1.221 wrote 0 right after a sign-in: an unknown time, and no reason to doubt the tokens.
base::Result<std::optional<base::Timestamp>> timeOrZero(const base::JsonValue &value, Remarks &remarks)
{
    if (const auto number = value.optionalNumber(); number && *number == 0.0) {
        remarks.add(value.error(QStringLiteral("is 0")));
        return std::optional<base::Timestamp>();
    }
    return epochTime(value, EpochUnit::Milliseconds);
}

base::Result<profile::Credential> credentialIn(const base::JsonValue &login, Remarks &remarks)
{
    auto accessToken = login.member("accessToken").secret();
    if (!accessToken)
        return base::unexpected(accessToken.error());
    auto refreshToken = secretOrEmpty(login.member("refreshToken"));
    if (!refreshToken)
        return base::unexpected(refreshToken.error());

    profile::Credential credential = credentialOf(std::move(*accessToken), std::move(*refreshToken));
    if (credential.tokens.accessToken.isEmpty() && credential.tokens.refreshToken.isEmpty())
        return credential; // blank: its times say nothing

    const auto expiresAt = timeOrZero(login.member("expiresAt"), remarks);
    if (!expiresAt)
        return base::unexpected(expiresAt.error());
    const auto signInEndsAt = timeOrZero(login.member("refreshTokenExpiresAt"), remarks);
    if (!signInEndsAt)
        return base::unexpected(signInEndsAt.error());
    credential.tokens.expiresAt = *expiresAt;
    credential.tokens.refreshTokenExpiresAt = *signInEndsAt;

    if (credential.tokens.accessToken.isEmpty())
        remarks.add(login.member("accessToken").error(QStringLiteral("is empty")));
    credential.tokens.scopes = remarks.texts(login.member("scopes"));
    if (!credential.tokens.scopes.contains(QStringLiteral("user:inference")))
        remarks.add(
            login.member("scopes").error(QStringLiteral("lacks user:inference: Claude Code does not use this login")));
    return credential;
}

CopyReading readLogin(const base::JsonValue &login, const CopyPlace &place, const Fetched &fetched)
{
    Remarks remarks;
    auto credential = credentialIn(login, remarks);
    if (!credential)
        return unreadable(credential.error());

    CopyReading reading;
    if (credential->tokens.accessToken.isEmpty() && credential->tokens.refreshToken.isEmpty()) {
        reading.state = profile::CopyState::Blank;
        const base::JsonValue ended = login.member("loginEnded");
        if (remarks.text(ended) == QStringLiteral("time_limit"))
            remarks.add(ended.error(QStringLiteral("the sign-in has reached its time limit")));
    } else {
        reading = held(std::move(*credential));
    }
    reading.account.id = remarks.text(login.member("accountUuid"));
    reading.account.organizationId = remarks.text(login.member("organizationUuid"));
    reading.account.plan = remarks.text(login.member("subscriptionType"));
    reading.account = completed(reading.account, identitiesBeside(place, fetched, remarks), remarks);
    reading.problem = remarks.first();
    return reading;
}

// A key of the Console, which Claude Code keeps beside its settings.
std::vector<CopyReading> readConsoleKey(const base::JsonValue &root)
{
    std::vector<CopyReading> readings;
    auto key = secretOrEmpty(root.member("primaryApiKey"));
    if (!key)
        readings.push_back(unreadable(key.error(), consoleSlot()));
    if (!key || key->isEmpty())
        return readings;
    Remarks remarks;
    profile::Credential credential;
    credential.kind = profile::CredentialKind::ApiKey;
    credential.tokens.accessToken = std::move(*key);
    CopyReading reading = held(std::move(credential), consoleSlot());
    reading.account = accountIn(root, remarks);
    reading.problem = remarks.first();
    readings.push_back(std::move(reading));
    return readings;
}

// Settings that are damaged are no login. Only where they speak of a key is one to be told of them; the login beside
// them remarks upon them in any case.
bool mayHoldConsoleKey(const QString &settings, uid_t user)
{
    const auto content = base::readFile(settings, {.owner = user});
    if (!content || parseObject(settings, *content))
        return true;
    return content->bytes.expose().find("primaryApiKey") != std::string_view::npos;
}

} // namespace

const ToolFacts &ClaudeCode::facts() const
{
    static const ToolFacts facts{.id = QStringLiteral("claude-code"),
                                 .name = QStringLiteral("Claude Code"),
                                 .profileName = QStringLiteral("claude-cli"),
                                 .providerId = QStringLiteral("anthropic"),
                                 .signInCommand = QStringLiteral("claude auth login"),
                                 .homeVariable = QStringLiteral("CLAUDE_CONFIG_DIR")};
    return facts;
}

Located ClaudeCode::locate(const ToolWorld &world) const
{
    Located located;
    const std::vector<SecretsDirectory> directories = secretsDirectories(world, located.problems);
    QStringList paths;
    for (const SecretsDirectory &directory : directories)
        paths.append(directory.path);
    QStringList settings;
    for (const Home &home : distinctHomes(paths.takeFirst(), paths)) {
        const QStringList identityFiles = identityFilesOf(home.path, directories);
        CopyPlace login;
        login.path = home.path + QStringLiteral("/.credentials.json");
        login.homeName = home.name;
        login.companions = identityFiles;
        located.places.push_back(login);
        for (const QString &file : identityFiles) {
            if (settings.contains(file))
                continue;
            settings.append(file);
            if (!mayHoldConsoleKey(file, world.environment.user))
                continue;
            CopyPlace consoleKey;
            consoleKey.path = file;
            consoleKey.homeName = home.name;
            consoleKey.slot = consoleSlot();
            consoleKey.label = QStringLiteral("Claude Code · Console");
            located.places.push_back(consoleKey);
        }
    }
    return located;
}

const CopyWriter *ClaudeCode::writer() const
{
    static const ClaudeCodeWriter writer;
    return &writer;
}

std::vector<CopyReading> ClaudeCode::interpret(const CopyPlace &place, const base::FileContent &content,
                                               const Fetched &fetched, base::Timestamp now) const
{
    Q_UNUSED(now)
    std::vector<CopyReading> readings;
    const auto document = parseObject(place.path, content);
    if (!document) {
        readings.push_back(unreadable(document.error(), place.slot));
        return readings;
    }
    if (place.slot == consoleSlot())
        return readConsoleKey(document->root());

    const base::JsonValue login = document->root().member("claudeAiOauth");
    if (login.isMissing())
        return readings; // only what MCP servers and plugins keep here
    if (const auto object = login.object(); !object)
        readings.push_back(unreadable(object.error()));
    else
        readings.push_back(readLogin(login, place, fetched));
    return readings;
}

} // namespace keytender::tools
