// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tools/tool.h"

namespace keytender::tools {

// Nous Research's Hermes Agent: `auth.json` in its home and in the one of each of its profiles, with a state for each
// provider and a pool of further logins; its own Anthropic login in a second file as well. What it borrows from other
// tools' files is those tools' matter. Never seen running: all of it is from its source of August and September 2026.
class Hermes final : public Tool {
public:
    [[nodiscard]] const ToolFacts &facts() const override;
    [[nodiscard]] Located locate(const ToolWorld &world) const override;
    [[nodiscard]] const CopyWriter *writer() const override;

protected:
    [[nodiscard]] std::vector<CopyReading> interpret(const CopyPlace &place, const base::FileContent &content,
                                                     const Fetched &fetched, base::Timestamp now) const override;
};

} // namespace keytender::tools
