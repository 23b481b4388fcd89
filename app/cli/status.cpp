// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <unistd.h>

#include "subcommands.h"

namespace keytender::cli {

namespace {

// Both programs are installed, and built, side by side; a keytenderd from somewhere else on PATH might be another
// version.
std::string servicePath()
{
    std::error_code error;
    const std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe", error);
    return error ? std::string("keytenderd") : (self.parent_path() / "keytenderd").string();
}

// Becomes `keytenderd --once`: its output and its exit code are ours. Returns only if that was impossible.
int becomeService(bool json)
{
    std::string program = servicePath();
    std::vector<std::string> arguments{program, "--once"};
    if (json)
        arguments.emplace_back("--json");
    std::vector<char *> argv;
    for (std::string &argument : arguments)
        argv.push_back(argument.data());
    argv.push_back(nullptr);
    execv(program.c_str(), argv.data());
    std::fprintf(stderr, "keytenderctl: cannot start %s: %s. Install Keytender again.\n", program.c_str(),
                 std::strerror(errno));
    return unavailable;
}

} // namespace

void addStatus(CLI::App &app, int &exitCode)
{
    CLI::App *status = app.add_subcommand("status", "Show how healthy each login is");
    const auto json = std::make_shared<bool>(false);
    status->add_flag("--json", *json, "Print JSON (contract version 1)");
    status->callback([json, &exitCode] { exitCode = becomeService(*json); });
}

} // namespace keytender::cli
