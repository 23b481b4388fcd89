// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/anthropicsdk.h"
#include "tools/claudecode.h"
#include "tools/codex.h"
#include "tools/opencode.h"
#include "tools/tool.h"

namespace keytender::tools {

std::vector<std::unique_ptr<Tool>> allTools()
{
    std::vector<std::unique_ptr<Tool>> tools;
    tools.push_back(std::make_unique<ClaudeCode>());
    tools.push_back(std::make_unique<AnthropicSdk>());
    tools.push_back(std::make_unique<Codex>());
    tools.push_back(std::make_unique<OpenCode>());
    return tools;
}

} // namespace keytender::tools
