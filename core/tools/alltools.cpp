// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/anthropicsdk.h"
#include "tools/awssso.h"
#include "tools/claudecode.h"
#include "tools/coderclaw.h"
#include "tools/codex.h"
#include "tools/gcloud.h"
#include "tools/geminicli.h"
#include "tools/gh.h"
#include "tools/googleadc.h"
#include "tools/hermes.h"
#include "tools/kimi.h"
#include "tools/mcplogins.h"
#include "tools/minimax.h"
#include "tools/openclaw.h"
#include "tools/opencode.h"
#include "tools/qwencode.h"
#include "tools/tool.h"

namespace keytender::tools {

std::vector<std::unique_ptr<Tool>> allTools()
{
    std::vector<std::unique_ptr<Tool>> tools;
    tools.push_back(std::make_unique<ClaudeCode>());
    tools.push_back(std::make_unique<AnthropicSdk>());
    tools.push_back(std::make_unique<Codex>());
    tools.push_back(std::make_unique<OpenCode>());
    tools.push_back(std::make_unique<GeminiCli>());
    tools.push_back(std::make_unique<QwenCode>());
    tools.push_back(std::make_unique<Kimi>(Kimi::Client::Code));
    tools.push_back(std::make_unique<Kimi>(Kimi::Client::Cli));
    tools.push_back(std::make_unique<MiniMax>());
    tools.push_back(std::make_unique<Hermes>());
    tools.push_back(std::make_unique<OpenClaw>());
    tools.push_back(std::make_unique<CoderClaw>());
    tools.push_back(std::make_unique<Gh>());
    tools.push_back(std::make_unique<Gcloud>());
    tools.push_back(std::make_unique<GoogleAdc>());
    tools.push_back(std::make_unique<AwsSso>());
    tools.push_back(std::make_unique<McpLogins>(McpLogins::Client::ClaudeCode));
    tools.push_back(std::make_unique<McpLogins>(McpLogins::Client::Codex));
    return tools;
}

} // namespace keytender::tools
