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
    try {
        return storeNamed(toml::parse(content.bytes.expose()), configFile);
    } catch (const toml::parse_error &error) {
        return base::unexpected(errorAt(configFile, error.source().begin, QStringLiteral("is not valid TOML")));
    }
}

} // namespace keytender::tools
