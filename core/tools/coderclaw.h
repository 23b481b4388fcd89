// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tools/openclawwriter.h"
#include "tools/tool.h"

namespace keytender::tools {

// CoderClaw, a fork of an OpenClaw of February 2026: the same files and locks, and a state directory for each place
// that it is installed in.
class CoderClaw final : public Tool {
public:
    [[nodiscard]] const ToolFacts &facts() const override;
    [[nodiscard]] Located locate(const ToolWorld &world) const override;
    [[nodiscard]] const CopyWriter *writer() const override { return &m_writer; }

protected:
    [[nodiscard]] std::vector<CopyReading> interpret(const CopyPlace &place, const base::FileContent &content,
                                                     const Fetched &fetched, base::Timestamp now) const override;

private:
    OpenClawWriter m_writer{Claw::CoderClaw};
};

} // namespace keytender::tools
