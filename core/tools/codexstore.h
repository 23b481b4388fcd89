// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <vector>

#include "base/durablefile.h"
#include "base/environment.h"
#include "base/result.h"

namespace keytender::tools {

// Codex's `cli_auth_credentials_store`: where it keeps its login.
enum class CodexStore {
    File,
    Keyring,
    Auto,      // the keyring, else the file
    Ephemeral, // in memory only
};

// What `config.toml` says; File where there is none or it says nothing.
[[nodiscard]] base::Result<CodexStore> codexStoreIn(const QString &configFile, const base::Environment &environment);
[[nodiscard]] base::Result<CodexStore> codexStoreOf(const QString &configFile, const base::FileContent &content);

// The MCP servers that `config.toml` names by an address, and where Codex keeps what it signed in to there: by
// `mcp_oauth_credentials_store`, of which only `file` keeps it out of the keyring.
struct CodexMcpServers {
    struct Server {
        QString name;
        QString address;
    };
    bool mayUseKeyring = true;
    std::vector<Server> servers;
};
// None where there is no such file.
[[nodiscard]] base::Result<CodexMcpServers> codexMcpServersIn(const QString &configFile,
                                                              const base::Environment &environment);

} // namespace keytender::tools
