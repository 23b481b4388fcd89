// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tools/openclawwriter.h"
#include "tools/tool.h"

namespace keytender::tools {

// OpenClaw, which was Moltbot and Clawdbot: a store for each agent, in files until 2026.6.1 and in databases since, and
// from 2026.8 on one that all agents share. Each profile in a store is a login; its id is the slot (openclawstore.h).
class OpenClaw final : public Tool {
public:
    [[nodiscard]] const ToolFacts &facts() const override;
    [[nodiscard]] Located locate(const ToolWorld &world) const override;
    [[nodiscard]] const CopyWriter *writer() const override { return &m_writer; }

protected:
    [[nodiscard]] std::vector<CopyReading> interpret(const CopyPlace &place, const base::FileContent &content,
                                                     const Fetched &fetched, base::Timestamp now) const override;

private:
    OpenClawWriter m_writer{Claw::OpenClaw};
};

} // namespace keytender::tools
