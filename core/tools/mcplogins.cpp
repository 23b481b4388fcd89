// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/mcplogins.h"

#include <algorithm>

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QUrl>

#include "tools/claudecode.h"
#include "tools/codexstore.h"
#include "tools/homes.h"
#include "tools/jsonrecord.h"
#include "tools/tokenrecord.h"

namespace keytender::tools {

namespace {

const QString keyringService = QStringLiteral("Codex MCP Credentials");

// How each client calls the members of an entry.
struct Members {
    TokenMembers tokens;
    std::string_view expiresAt; // milliseconds
    std::string_view scopes;
    std::string_view name;
    std::string_view address;
    std::string_view part = {}; // where the tokens and scopes lie; empty = in the entry itself
};

constexpr Members claudeMembers{.tokens = {.access = "accessToken", .refresh = "refreshToken"},
                                .expiresAt = "expiresAt",
                                .scopes = "scope",
                                .name = "serverName",
                                .address = "serverUrl"};
constexpr Members codexMembers{
    .tokens = {}, .expiresAt = "expires_at", .scopes = "scopes", .name = "server_name", .address = "server_url"};
constexpr Members codexItemMembers{.tokens = {},
                                   .expiresAt = "expires_at",
                                   .scopes = "scope",
                                   .name = "server_name",
                                   .address = "url",
                                   .part = "token_response"};

ToolFacts factsOf(McpLogins::Client client)
{
    if (client == McpLogins::Client::ClaudeCode)
        return {.id = QStringLiteral("claude-code-mcp"),
                .name = QStringLiteral("Claude Code · MCP"),
                .profileName = QStringLiteral("mcp:claude-code"),
                .providerId = {},
                .signInCommand = QStringLiteral("claude mcp login NAME"),
                .homeVariable = QStringLiteral("CLAUDE_CONFIG_DIR")};
    return {.id = QStringLiteral("codex-mcp"),
            .name = QStringLiteral("Codex · MCP"),
            .profileName = QStringLiteral("mcp:codex"),
            .providerId = {},
            .signInCommand = QStringLiteral("codex mcp login NAME"),
            .homeVariable = QStringLiteral("CODEX_HOME")};
}

// Nothing that has a meaning in a profile's id.
QString plainName(const QString &name)
{
    QString plain;
    for (const QChar character : name)
        plain += character.isLetterOrNumber() || QStringView(u"._-:|").contains(character) ? character : u'-';
    return plain;
}

// The server's name. One name may have had several addresses, whose keys in the file differ: the first has the name.
QString slotOf(const QString &key, const QString &name, const std::vector<CopyReading> &others)
{
    const auto isTaken = [&others](const QString &slot) {
        return slot.isEmpty()
               || std::ranges::any_of(others, [&slot](const CopyReading &other) { return other.slot == slot; });
    };
    for (const QString &slot : {plainName(name), plainName(key)})
        if (!isTaken(slot))
            return slot;
    QString numbered;
    for (int number = 2; isTaken(numbered); ++number)
        numbered = QStringLiteral("%1|%2").arg(plainName(key)).arg(number);
    return numbered;
}

// 0 is what Claude Code leaves of a login that the server refused.
base::Result<std::optional<base::Timestamp>> endIn(const base::JsonValue &value)
{
    if (const auto number = value.optionalNumber(); number && *number == 0.0)
        return std::optional<base::Timestamp>();
    return epochTime(value, EpochUnit::Milliseconds);
}

CopyReading readEntry(const base::JsonValue &entry, const Members &members)
{
    const auto object = entry.object();
    if (!object)
        return unreadable(object.error());
    const auto part = members.part.empty() ? object : entry.member(members.part).object();
    if (!part)
        return unreadable(part.error());
    auto reading = readTokens(*part, members.tokens);
    if (!reading)
        return unreadable(reading.error());
    const base::JsonValue end = entry.member(members.expiresAt);
    if (reading->state == profile::CopyState::Blank && (end.isMissing() || end.isNull()))
        reading->state = profile::CopyState::Absent; // registered with the server, and never signed in
    if (reading->state != profile::CopyState::Held)
        return std::move(*reading);
    const auto expiresAt = endIn(end);
    if (!expiresAt)
        return unreadable(expiresAt.error());
    reading->credential->tokens.expiresAt = *expiresAt;
    Remarks remarks;
    reading->credential->tokens.scopes = remarks.texts(part->member(members.scopes));
    reading->problem = remarks.first();
    return std::move(*reading);
}

// Its host, where the entry says it.
QString serverOf(const base::JsonValue &entry, const Members &members, const QString &name)
{
    Remarks remarks;
    const QString address = entry.isObject() ? remarks.text(entry.member(members.address)) : QString();
    const QString host = QUrl(address).host(QUrl::FullyEncoded);
    return host.isEmpty() ? name : host;
}

std::vector<CopyReading> readEntries(const base::JsonValue &entries, const Members &members, const QString &tool)
{
    std::vector<CopyReading> readings;
    for (const auto &[key, entry] : entries.members()) {
        CopyReading reading = readEntry(entry, members);
        if (reading.state == profile::CopyState::Absent)
            continue;
        Remarks remarks;
        const QString named = entry.isObject() ? remarks.text(entry.member(members.name)) : QString();
        const QString name = named.isEmpty() ? key.section(u'|', 0, 0) : named;
        reading.slot = slotOf(key, name, readings);
        reading.label = QStringLiteral("%1 · %2").arg(tool, name);
        reading.providerId = serverOf(entry, members, name);
        readings.push_back(std::move(reading));
    }
    return readings;
}

// One entry, of the server that the place is for.
std::vector<CopyReading> readItem(const base::JsonValue &entry, const CopyPlace &place)
{
    CopyReading reading = readEntry(entry, codexItemMembers);
    reading.providerId = serverOf(entry, codexItemMembers, place.slot);
    return onlyReading(std::move(reading), place);
}

// Further homes have no items of their own.
void addItems(const std::vector<CodexMcpServers::Server> &servers, const Home &home, std::vector<CopyPlace> &places)
{
    const QString tool = factsOf(McpLogins::Client::Codex).name;
    for (const auto &[name, address] : servers) {
        CopyPlace place;
        place.kind = CopyPlace::Kind::KeychainItem;
        place.attributes = McpLogins::keychainAttributesOf(name, address);
        const QString account = place.attributes.at(QStringLiteral("username"));
        place.path = QStringLiteral("keychain: %1/%2").arg(keyringService, account);
        const auto isSame = [&place](const CopyPlace &other) { return other.path == place.path; };
        const auto isNamesake = [&](const CopyPlace &other) {
            return other.slot == plainName(name) && other.homeName == home.name;
        };
        if (std::ranges::any_of(places, isSame))
            continue;
        place.slot = plainName(std::ranges::any_of(places, isNamesake) ? account : name);
        place.label = QStringLiteral("%1 · %2").arg(tool, name);
        place.homeName = home.name;
        place.companions = {home.path + QStringLiteral("/config.toml")};
        places.push_back(std::move(place));
    }
}

// Where the client keeps what it signed in to: the very files that its own login lies in, or beside.
std::vector<CopyPlace> filesOf(McpLogins::Client client, const ToolWorld &world)
{
    const QString file = QStringLiteral("/.credentials.json");
    std::vector<CopyPlace> places;
    const auto add = [&places](const QString &path, const QString &home) {
        CopyPlace place;
        place.path = path;
        place.homeName = home;
        places.push_back(std::move(place));
    };
    if (client == McpLogins::Client::ClaudeCode) {
        for (const CopyPlace &login : ClaudeCode().locate(world).places)
            if (login.path.endsWith(file))
                add(login.path, login.homeName);
        return places;
    }
    std::vector<base::Error> problems; // told by Codex itself, as are those of its configuration
    for (const Home &home :
         homesIn(world, world.environment.home + QStringLiteral("/.codex"), QStringLiteral("CODEX_HOME"), problems)) {
        const QString config = home.path + QStringLiteral("/config.toml");
        const auto servers = codexMcpServersIn(config, world.environment);
        if (servers && servers->mayUseKeyring)
            addItems(servers->servers, home, places);
        add(home.path + file, home.name);
        places.back().companions = {config}; // names the servers and the store
    }
    return places;
}

} // namespace

McpLogins::McpLogins(Client client) : m_client(client), m_facts(factsOf(client)) {}

KeychainAttributes McpLogins::keychainAttributesOf(const QString &server, const QString &address)
{
    const QByteArray quoted = QJsonDocument(QJsonArray{address}).toJson(QJsonDocument::Compact).chopped(1).sliced(1);
    const QByteArray named = R"({"type":"http","url":)" + quoted + R"(,"headers":{}})";
    const QByteArray hash = QCryptographicHash::hash(named, QCryptographicHash::Sha256).toHex().first(16);
    return {{QStringLiteral("service"), keyringService},
            {QStringLiteral("username"), server + u'|' + QString::fromLatin1(hash)}};
}

Located McpLogins::locate(const ToolWorld &world) const
{
    return {.places = filesOf(m_client, world), .directories = {}, .problems = {}};
}

std::vector<CopyReading> McpLogins::interpret(const CopyPlace &place, const base::FileContent &content,
                                              const Fetched & /*fetched*/, base::Timestamp /*now*/) const
{
    const auto document = parseObject(place.path, content);
    if (!document)
        return onlyReading(base::unexpected(document.error()), place);
    if (place.kind == CopyPlace::Kind::KeychainItem)
        return readItem(document->root(), place);
    if (m_client == Client::Codex)
        return readEntries(document->root(), codexMembers, m_facts.name);
    const base::JsonValue logins = document->root().member("mcpOAuth");
    if (logins.isMissing() || logins.isNull())
        return {};
    const auto object = logins.object();
    if (!object)
        return onlyReading(base::unexpected(object.error()), place);
    return readEntries(*object, claudeMembers, m_facts.name);
}

} // namespace keytender::tools
