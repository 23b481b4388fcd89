// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <memory>
#include <string>

#include "askoptions.h"
#include "subcommands.h"

namespace keytender::cli {

void addConsents(CLI::App &app, int &exitCode)
{
    struct ConsentOptions : AskOptions {
        int revoked = 0;
    };
    CLI::App *consents = app.add_subcommand("consents", "List which program may have which login's tokens");
    const auto options = std::make_shared<ConsentOptions>();
    consents->add_option("--revoke", options->revoked, "Take this one back: its number in the list")
        ->check(CLI::PositiveNumber)
        ->type_name("NUMBER");
    addAskOptions(*consents, *options);
    consents->callback([options, &exitCode] {
        wire::Message request(wire::Kind::Request);
        request.set("command", "consents").set("format", formatOf(options->form));
        if (options->revoked > 0)
            request.set("revoke", std::to_string(options->revoked));
        exitCode = options->revoked > 0
                       ? askForDeed(request, *options, "Taken back: that program is asked about again.")
                       : askForText(request, *options);
    });
}

} // namespace keytender::cli
