// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <memory>

#include "askoptions.h"
#include "subcommands.h"

namespace keytender::cli {

void addAccounts(CLI::App &app, int &exitCode)
{
    CLI::App *accounts = app.add_subcommand("accounts", "List each tool's accounts, and which one it uses");
    const auto options = std::make_shared<AskOptions>();
    addAskOptions(*accounts, *options);
    accounts->callback([options, &exitCode] {
        wire::Message request(wire::Kind::Request);
        request.set("command", "accounts").set("format", formatOf(options->form));
        exitCode = askForText(request, *options);
    });
}

} // namespace keytender::cli
