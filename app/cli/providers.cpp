// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <memory>

#include "askoptions.h"
#include "subcommands.h"

namespace keytender::cli {

void addProviders(CLI::App &app, int &exitCode)
{
    CLI::App *providers = app.add_subcommand("providers", "List what one can sign in to, and how");
    const auto options = std::make_shared<AskOptions>();
    addAskOptions(*providers, *options);
    providers->callback([options, &exitCode] {
        wire::Message request(wire::Kind::Request);
        request.set("command", "providers").set("format", formatOf(options->form));
        exitCode = askForText(request, *options);
    });
}

} // namespace keytender::cli
