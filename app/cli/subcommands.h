// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <span>
#include <string_view>

#include <CLI/CLI.hpp>

namespace keytender::cli {

// One subcommand stands in one file. Its function adds it to `app` and, when it was chosen, leaves the exit code in
// `exitCode`: a number of wire::Outcome, or, for `run`, that of the child.
struct Subcommand {
    std::string_view name;
    void (*add)(CLI::App &app, int &exitCode);
};

// In the order of the help.
[[nodiscard]] std::span<const Subcommand> subcommands();

void addStatus(CLI::App &app, int &exitCode);
void addToken(CLI::App &app, int &exitCode);
void addLogin(CLI::App &app, int &exitCode);
void addLogout(CLI::App &app, int &exitCode);
void addRefresh(CLI::App &app, int &exitCode);
void addAccounts(CLI::App &app, int &exitCode);
void addUse(CLI::App &app, int &exitCode);
void addActivity(CLI::App &app, int &exitCode);
void addProviders(CLI::App &app, int &exitCode);
void addDoctor(CLI::App &app, int &exitCode);
void addExport(CLI::App &app, int &exitCode);
void addImport(CLI::App &app, int &exitCode);
void addConsents(CLI::App &app, int &exitCode);
void addRun(CLI::App &app, int &exitCode);
void addGit(CLI::App &app, int &exitCode);
void addDocker(CLI::App &app, int &exitCode);
void addAws(CLI::App &app, int &exitCode);
void addApiKeyHelper(CLI::App &app, int &exitCode);
void addCodexAuth(CLI::App &app, int &exitCode);

} // namespace keytender::cli
