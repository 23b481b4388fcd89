// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mcpserver.h"

namespace keytender::cli {

// What an MCP server needs of its surroundings to run at all: home, path, locale, time zone, terminal, the XDG
// directories, certificate authorities, and proxies that hold no password. Everything else it has to declare: keys of
// models most of all.
[[nodiscard]] std::vector<wire::WipedBytes> leastEnvironment(const char *const *environment);
[[nodiscard]] bool belongsToLeast(std::string_view name, std::string_view value);

// All of it, with these variables (NAME=value) in place of those of the same names.
[[nodiscard]] std::vector<wire::WipedBytes> environmentWith(const char *const *environment,
                                                            std::vector<wire::WipedBytes> added);

// In which variable a program looks for a login of this profile; empty where there is no usual one.
[[nodiscard]] std::string_view usualVariable(const GivenToken &given);

} // namespace keytender::cli
