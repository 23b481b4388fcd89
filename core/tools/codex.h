// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tools/tool.h"

namespace keytender::tools {

// OpenAI's Codex CLI: `auth.json` in each home, or the same text in a keychain item, as `config.toml` says.
class Codex final : public Tool {
public:
    // Codex renews a token whose end it cannot read this long after the last time.
    static constexpr std::chrono::days renewalWithoutExpiry{8};

    [[nodiscard]] const ToolFacts &facts() const override;
    [[nodiscard]] Located locate(const ToolWorld &world) const override;
    [[nodiscard]] const CopyWriter *writer() const override;

    // The attributes of the keychain item of a home, which need not exist.
    [[nodiscard]] static KeychainAttributes keychainAttributesOf(const QString &home);

protected:
    [[nodiscard]] std::vector<CopyReading> interpret(const CopyPlace &place, const base::FileContent &content,
                                                     const Fetched &fetched, base::Timestamp now) const override;
};

} // namespace keytender::tools
