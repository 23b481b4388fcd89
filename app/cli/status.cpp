// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <memory>

#include "askoptions.h"
#include "subcommands.h"

namespace keytender::cli {

void addStatus(CLI::App &app, int &exitCode)
{
    CLI::App *status = app.add_subcommand("status", "Show how healthy each login is");
    const auto options = std::make_shared<AskOptions>();
    addAskOptions(*status, *options);
    status->callback([options, &exitCode] {
        wire::Message request(wire::Kind::Request);
        request.set("command", "status").set("format", formatOf(options->form));
        exitCode = askForText(request, *options);
    });
}

} // namespace keytender::cli
