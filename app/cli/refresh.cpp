// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <memory>
#include <string>

#include "askoptions.h"
#include "subcommands.h"

namespace keytender::cli {

void addRefresh(CLI::App &app, int &exitCode)
{
    struct RefreshOptions : AskOptions {
        std::string profile;
    };
    CLI::App *refresh = app.add_subcommand("refresh", "Renew a login now");
    const auto options = std::make_shared<RefreshOptions>();
    options->approach.patience = std::chrono::minutes(2); // a slow network, and its tries
    refresh->add_option("profile", options->profile, "The login")->required()->type_name("PROFILE");
    addAskOptions(*refresh, *options);
    refresh->callback([options, &exitCode] {
        wire::Message request(wire::Kind::Request);
        request.set("command", "refresh").set("profile", options->profile);
        exitCode = askForDeed(request, *options, options->profile + " is renewed.");
    });
}

} // namespace keytender::cli
