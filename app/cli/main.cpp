// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// keytenderctl: asks the service from a terminal or a script.

#include <algorithm>

#include "output.h"
#include "process.h"
#include "subcommands.h"
#include "wire/outcome.h"

using namespace keytender;

namespace {

// Only the subcommand that was named, so that a token does not wait for the building of twenty others; all of them
// for the help. false where there is none of that name.
bool addSubcommands(CLI::App &app, std::string_view named, int &exitCode)
{
    const auto all = cli::subcommands();
    const auto found = std::ranges::find(all, named, &cli::Subcommand::name);
    if (found != all.end()) {
        found->add(app, exitCode);
        return true;
    }
    for (const cli::Subcommand &subcommand : all)
        subcommand.add(app, exitCode);
    return named.empty() || named.starts_with('-');
}

std::string sentenceOf(const CLI::App *, const CLI::Error &error)
{
    return std::string("keytenderctl: ") + error.what() + ". keytenderctl --help tells more.\n";
}

} // namespace

int main(int argc, char *argv[])
{
    cli::prepareProcess();
    CLI::App app("Asks Keytender about the logins of your AI tools, and for tokens.", "keytenderctl");
    app.set_version_flag("--version", KEYTENDER_VERSION);
    app.set_help_all_flag("--help-all", "Print the help of every subcommand and exit");
    app.require_subcommand(1);
    app.failure_message(sentenceOf);
    int exitCode = static_cast<int>(wire::Outcome::Ok);
    const std::string_view named = argc > 1 ? argv[1] : "";
    if (!addSubcommands(app, named, exitCode)) {
        cli::complain("there is no subcommand '" + std::string(named) + "'. keytenderctl --help lists them.");
        return static_cast<int>(wire::Outcome::Usage);
    }
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError &error) {
        return static_cast<int>(app.exit(error) == 0 ? wire::Outcome::Ok : wire::Outcome::Usage);
    }
    return exitCode;
}
