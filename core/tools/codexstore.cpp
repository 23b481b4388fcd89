// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/codexstore.h"

#include <toml++/toml.h>

namespace keytender::tools {

namespace {

base::Error errorAt(const QString &file, const toml::source_position &position, const QString &detail,
                    base::ErrorKind kind = base::ErrorKind::Malformed)
{
    // toml++'s own words quote the file, which may hold a secret.
    return {.kind = kind,
            .subject = file,
            .place = QStringLiteral("line %1, column %2").arg(position.line).arg(position.column),
            .detail = detail};
}

base::Result<CodexStore> storeNamed(const toml::table &config, const QString &file)
{
    const toml::node *node = config.get("cli_auth_credentials_store");
    if (node == nullptr)
        return CodexStore::File;
    const std::string name = node->value_or(std::string());
    if (name == "file")
        return CodexStore::File;
    if (name == "keyring")
        return CodexStore::Keyring;
    if (name == "auto")
        return CodexStore::Auto;
    if (name == "ephemeral")
        return CodexStore::Ephemeral;
    return base::unexpected(
        errorAt(file, node->source().begin,
                QStringLiteral("cli_auth_credentials_store names a store that Keytender does not know"),
                base::ErrorKind::UnknownVersion));
}

base::Result<toml::table> parsed(const QString &configFile, const base::FileContent &content)
{
    try {
        return toml::parse(content.bytes.expose());
    } catch (const toml::parse_error &error) {
        return base::unexpected(errorAt(configFile, error.source().begin, QStringLiteral("is not valid TOML")));
    }
}

} // namespace

base::Result<CodexStore> codexStoreIn(const QString &configFile, const base::Environment &environment)
{
    const auto content = base::readFile(configFile, {.bytes = 1u << 20, .owner = environment.user});
    if (!content && content.error().kind == base::ErrorKind::NotFound)
        return CodexStore::File;
    if (!content)
        return base::unexpected(content.error());
    return codexStoreOf(configFile, *content);
}

base::Result<CodexStore> codexStoreOf(const QString &configFile, const base::FileContent &content)
{
    const auto config = parsed(configFile, content);
    if (!config)
        return base::unexpected(config.error());
    return storeNamed(*config, configFile);
}

base::Result<CodexMcpServers> codexMcpServersIn(const QString &configFile, const base::Environment &environment)
{
    const auto content = base::readFile(configFile, {.bytes = 1u << 20, .owner = environment.user});
    if (!content && content.error().kind == base::ErrorKind::NotFound)
        return CodexMcpServers();
    if (!content)
        return base::unexpected(content.error());
    const auto config = parsed(configFile, *content);
    if (!config)
        return base::unexpected(config.error());
    CodexMcpServers found;
    found.mayUseKeyring = (*config)["mcp_oauth_credentials_store"].value_or(std::string("auto")) != "file";
    const toml::table *servers = (*config)["mcp_servers"].as_table();
    if (servers == nullptr)
        return found;
    for (const auto &[name, server] : *servers) {
        const toml::table *members = server.as_table();
        const auto address = members != nullptr ? (*members)["url"].value<std::string>() : std::nullopt;
        if (address)
            found.servers.push_back(
                {.name = QString::fromStdString(std::string(name.str())), .address = QString::fromStdString(*address)});
    }
    return found;
}

} // namespace keytender::tools
