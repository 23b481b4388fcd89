// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tools/tool.h"

namespace keytender::tools {

// The logins that a client made at remote MCP servers: `mcpOAuth` in the `.credentials.json` of Claude Code 2.1; of
// Codex 0.169 an item of the keyring for each server that its configuration names, or the `.credentials.json` where the
// keyring is not used. Watched and no more: each was made under a client id that its server registered for this client
// alone, and a failed refresh may remove the entry.
class McpLogins final : public Tool {
public:
    enum class Client { ClaudeCode, Codex };
    explicit McpLogins(Client client);

    [[nodiscard]] const ToolFacts &facts() const override { return m_facts; }
    [[nodiscard]] Located locate(const ToolWorld &world) const override;
    // Of Codex's item for a server: the same for all of its homes (rmcp-client/src/oauth.rs).
    [[nodiscard]] static KeychainAttributes keychainAttributesOf(const QString &server, const QString &address);

protected:
    [[nodiscard]] std::vector<CopyReading> interpret(const CopyPlace &place, const base::FileContent &content,
                                                     const Fetched &fetched, base::Timestamp now) const override;

private:
    Client m_client;
    ToolFacts m_facts;
};

} // namespace keytender::tools
