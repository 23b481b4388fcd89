// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tools/tool.h"

namespace keytender::tools {

// opencode 1.18: `auth.json` with one entry per provider. Its OpenAI login uses the client id of Codex, so a copied
// record means two spenders of one refresh token.
class OpenCode final : public Tool {
public:
    [[nodiscard]] const ToolFacts &facts() const override;
    [[nodiscard]] Located locate(const ToolWorld &world) const override;
    [[nodiscard]] const CopyWriter *writer() const override;

protected:
    [[nodiscard]] std::vector<CopyReading> interpret(const CopyPlace &place, const base::FileContent &content,
                                                     const Fetched &fetched, base::Timestamp now) const override;
};

} // namespace keytender::tools
