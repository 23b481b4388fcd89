// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "jsontree.h"
#include "mcpplaceholders.h"

namespace keytender::cli {

// A server of .mcp.json that is a program on this machine, its values not replaced yet. Views into the tree.
struct McpServer {
    using Value = std::vector<Placeholder>;
    std::string name;
    Value command;
    std::vector<Value> arguments;
    std::vector<std::pair<std::string_view, Value>> environment; // what it declares
};

// The entry `name` of `mcpServers`. A fault names the line and the member. Tokens may stand in `env` alone: everybody
// on this machine can read a command line.
[[nodiscard]] Checked<McpServer> mcpServerIn(const JsonTree &configuration, std::string_view name);

// The program to start: what execve(2) wants, and to be wiped afterwards.
struct ChildProgram {
    wire::WipedBytes command;
    std::vector<wire::WipedBytes> arguments;   // without the command
    std::vector<wire::WipedBytes> environment; // NAME=value
};

// With every placeholder replaced, and nothing in its environment but `base` and what it declares, which goes first.
[[nodiscard]] Checked<ChildProgram> programOf(const McpServer &server, const PlaceholderValues &values,
                                              std::vector<wire::WipedBytes> base);

} // namespace keytender::cli
