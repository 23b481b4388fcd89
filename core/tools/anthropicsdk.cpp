// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/anthropicsdk.h"

#include <QDir>
#include <QFileInfo>
#include <QSet>

#include "tools/homes.h"
#include "tools/jsonrecord.h"
#include "tools/tokenrecord.h"

namespace keytender::tools {

namespace {

// The names of the profiles that a directory knows. Whatever stands in a file's place counts, so that it is reported.
QStringList profilesIn(const QString &directory, std::vector<base::Error> &problems)
{
    const QFileInfo facts(directory);
    if (facts.isDir() && !(facts.isReadable() && facts.isExecutable()))
        problems.push_back(
            {.kind = base::ErrorKind::PermissionDenied, .subject = directory, .place = {}, .detail = {}});
    QStringList names;
    QStringList entries = QDir(directory).entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot);
    // A name filter would be a regular expression: half a megabyte for one suffix.
    entries.removeIf([](const QString &entry) { return !entry.endsWith(QStringLiteral(".json")); });
    for (const QString &entry : std::as_const(entries))
        names.append(entry.chopped(5));
    return names;
}

// Where a profile's tokens lie, as far as its configuration says otherwise than usual.
QString credentialsPath(const QString &home, const QString &name, const base::Environment &environment,
                        std::vector<base::Error> &problems)
{
    const QString usual = home + QStringLiteral("/credentials/") + name + QStringLiteral(".json");
    const QString path = home + QStringLiteral("/configs/") + name + QStringLiteral(".json");
    const auto content = base::readFile(path, {.bytes = 1u << 20, .owner = environment.user});
    if (!content) {
        if (content.error().kind != base::ErrorKind::NotFound)
            problems.push_back(content.error());
        return usual;
    }
    const auto config = parseObject(path, *content);
    if (!config) {
        problems.push_back(config.error());
        return usual;
    }
    const auto named = config->root().member("authentication").member("credentials_path").optionalString();
    if (!named)
        problems.push_back(named.error());
    const QString other = named ? named->value_or(QString()) : QString();
    return other.isEmpty() ? usual : QDir::cleanPath(QDir(home).absoluteFilePath(environment.expanded(other)));
}

// Version 1 was written as a number and as "1.0".
bool isKnownVersion(const base::JsonValue &version)
{
    if (version.isMissing())
        return true;
    if (const auto number = version.number())
        return *number == 1;
    const auto text = version.string();
    return text && (*text == QStringLiteral("1.0") || *text == QStringLiteral("1"));
}

base::Result<profile::Credential> credentialIn(const base::JsonValue &root)
{
    if (const auto version = root.member("version"); !isKnownVersion(version))
        return base::unexpected(
            version.error(QStringLiteral("is not the version 1.0"), base::ErrorKind::UnknownVersion));
    const auto type = root.member("type").optionalString();
    if (!type)
        return base::unexpected(type.error());
    if (type->value_or(QStringLiteral("oauth_token")) != QStringLiteral("oauth_token"))
        return base::unexpected(
            root.member("type").error(QStringLiteral("is not oauth_token"), base::ErrorKind::UnknownVersion));
    auto accessToken = root.member("access_token").secret();
    if (!accessToken)
        return base::unexpected(accessToken.error());
    auto refreshToken = secretOrEmpty(root.member("refresh_token"));
    if (!refreshToken)
        return base::unexpected(refreshToken.error());
    const auto expiresAt = epochTime(root.member("expires_at"), EpochUnit::Seconds);
    if (!expiresAt)
        return base::unexpected(expiresAt.error());

    profile::Credential credential = credentialOf(std::move(*accessToken), std::move(*refreshToken));
    credential.tokens.expiresAt = *expiresAt;
    return credential;
}

} // namespace

const ToolFacts &AnthropicSdk::facts() const
{
    static const ToolFacts facts{.id = QStringLiteral("anthropic-sdk"),
                                 .name = QStringLiteral("Anthropic SDK"),
                                 .profileName = QStringLiteral("anthropic-sdk"),
                                 .providerId = QStringLiteral("anthropic"),
                                 .signInCommand = {}};
    return facts;
}

Located AnthropicSdk::locate(const ToolWorld &world) const
{
    Located located;
    const base::Environment &environment = world.environment;
    const QString usual = environment.configHome() + QStringLiteral("/anthropic");
    for (const Home &home : homesIn(world, usual, QStringLiteral("ANTHROPIC_CONFIG_DIR"), located.problems)) {
        const QString configs = home.path + QStringLiteral("/configs");
        const QString credentials = home.path + QStringLiteral("/credentials");
        QStringList names{QStringLiteral("default")};
        names += profilesIn(configs, located.problems) + profilesIn(credentials, located.problems);
        names.removeDuplicates();
        for (const QString &name : std::as_const(names)) {
            CopyPlace place;
            place.path = credentialsPath(home.path, name, environment, located.problems);
            place.homeName = home.name;
            place.slot = name;
            place.label = QStringLiteral("Anthropic SDK · %1").arg(name);
            located.places.push_back(place);
        }
        located.directories += {configs, credentials};
    }
    return located;
}

std::vector<CopyReading> AnthropicSdk::interpret(const CopyPlace &place, const base::FileContent &content,
                                                 const Fetched &fetched, base::Timestamp now) const
{
    Q_UNUSED(fetched)
    Q_UNUSED(now)
    std::vector<CopyReading> readings;
    const auto document = parseObject(place.path, content);
    if (!document) {
        readings.push_back(unreadable(document.error(), place.slot));
        return readings;
    }
    const base::JsonValue root = document->root();
    auto credential = credentialIn(root);
    if (!credential) {
        readings.push_back(unreadable(credential.error(), place.slot));
        return readings;
    }
    const bool isBlank = credential->tokens.accessToken.isEmpty() && credential->tokens.refreshToken.isEmpty();
    CopyReading reading = held(std::move(*credential), place.slot);
    if (isBlank) {
        reading.state = profile::CopyState::Blank;
        reading.credential.reset();
    }
    Remarks remarks;
    if (content.facts.isReadableByOthers())
        remarks.add({.kind = base::ErrorKind::Unsafe,
                     .subject = place.path,
                     .place = {},
                     .detail = QStringLiteral("others may read it, so the SDK refuses to use it")});
    reading.account.email = remarks.text(root.member("account_email"));
    reading.account.id = remarks.text(root.member("account_uuid"));
    reading.account.organizationId = remarks.text(root.member("organization_uuid"));
    reading.problem = remarks.first();
    readings.push_back(std::move(reading));
    return readings;
}

} // namespace keytender::tools
