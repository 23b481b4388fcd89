// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mcplint.h"

namespace keytender::cli {

// Programs that read `mcpServers`, each of which makes something else of the same text (seen with Claude Code 2.1.330,
// Gemini CLI 0.61.0 and Qwen Code 0.24.4).
enum class McpClient { ClaudeCode, GeminiCli, QwenCode };

struct McpText {
    std::string name; // ".mcp.json"
    McpClient client = McpClient::ClaudeCode;
    std::string_view text;
    bool isReadableByOthers = false;
};

// What is odd in it. Names servers, members and variables, never a value.
// `lengthOf`: of a variable's value; nothing where it is not set.
[[nodiscard]] std::vector<LintFinding> checkMcp(
    const McpText &file, const std::function<std::optional<std::size_t>(const std::string &name)> &lengthOf);

} // namespace keytender::cli
