// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <memory>
#include <string>

#include "askoptions.h"
#include "subcommands.h"

namespace keytender::cli {

void addUse(CLI::App &app, int &exitCode)
{
    struct UseOptions : AskOptions {
        std::string profile;
        std::string place;
    };
    CLI::App *use = app.add_subcommand("use", "Have a tool use another account");
    const auto options = std::make_shared<UseOptions>();
    use->add_option("profile", options->profile, "The login to use")->required()->type_name("PROFILE");
    use->add_option("--in", options->place, "Where: the tool's own login, as status names it")
        ->required()
        ->type_name("PLACE");
    addAskOptions(*use, *options);
    use->callback([options, &exitCode] {
        wire::Message request(wire::Kind::Request);
        request.set("command", "use").set("profile", options->profile).set("place", options->place);
        exitCode = askForDeed(request, *options, options->place + " uses " + options->profile + " now.");
    });
}

} // namespace keytender::cli
