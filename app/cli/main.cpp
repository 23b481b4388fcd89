// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// keytenderctl: asks the service from a terminal or a script.

#include "subcommands.h"

int main(int argc, char *argv[])
{
    using namespace keytender::cli;
    CLI::App app("Asks Keytender about the logins of your AI tools.", "keytenderctl");
    app.set_version_flag("--version", KEYTENDER_VERSION);
    app.require_subcommand(1);
    int exitCode = ok;
    addStatus(app, exitCode);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError &error) {
        return app.exit(error) == 0 ? ok : usage;
    }
    return exitCode;
}
