// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace keytender::cli {

// What is odd in the .mcp.json of a folder, and in the settings that name MCP servers: looked at here, because the
// service opens no file that a client names.
struct LintFinding {
    std::string id = {};      // stable: "mcp-unset:.mcp.json:github:GITHUB_TOKEN"
    std::string subject = {}; // "A variable that is not set"
    std::string text = {};    // what it leads to, in a sentence or two
    std::string place = {};   // ".mcp.json, line 7"
    std::string cure = {};
};
// Nothing where there is no such file, or nothing is odd. A file that cannot be read is a finding.
[[nodiscard]] std::vector<LintFinding> lintMcp(const std::filesystem::path &folder);

} // namespace keytender::cli
