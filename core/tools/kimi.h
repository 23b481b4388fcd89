// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tools/tool.h"

namespace keytender::tools {

// Kimi's two clients, kimi-code 2.1 (Node) and kimi-cli 1.49 (Python): the same record in different homes, so two
// lineages unless their tokens are equal.
class Kimi final : public Tool {
public:
    enum class Client { Code, Cli };
    explicit Kimi(Client client) : m_client(client) {}

    [[nodiscard]] const ToolFacts &facts() const override;
    [[nodiscard]] Located locate(const ToolWorld &world) const override;
    [[nodiscard]] const CopyWriter *writer() const override;

protected:
    [[nodiscard]] std::vector<CopyReading> interpret(const CopyPlace &place, const base::FileContent &content,
                                                     const Fetched &fetched, base::Timestamp now) const override;

private:
    Client m_client;
};

} // namespace keytender::tools
