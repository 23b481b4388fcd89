// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <CLI/CLI.hpp>

namespace keytender::cli {

// Exit codes that scripts may rely on.
enum ExitCode : int { ok = 0, unavailable = 3, usage = 64 };

// Each adds its subcommand to `app` and, when it was chosen, leaves its exit code in `exitCode`.
void addStatus(CLI::App &app, int &exitCode);

} // namespace keytender::cli
