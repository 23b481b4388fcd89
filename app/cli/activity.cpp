// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <memory>
#include <string>

#include "askoptions.h"
#include "subcommands.h"

namespace keytender::cli {

void addActivity(CLI::App &app, int &exitCode)
{
    struct ActivityOptions : AskOptions {
        std::string profile;
        int limit = 50;
    };
    CLI::App *activity = app.add_subcommand("activity", "Show what happened to the logins, the latest first");
    const auto options = std::make_shared<ActivityOptions>();
    activity->add_option("profile", options->profile, "Of this login alone")->type_name("PROFILE");
    activity->add_option("--limit", options->limit, "How many at most (default 50)")
        ->check(CLI::Range(1, 100'000))
        ->type_name("COUNT");
    addAskOptions(*activity, *options);
    activity->callback([options, &exitCode] {
        wire::Message request(wire::Kind::Request);
        request.set("command", "activity")
            .set("limit", std::to_string(options->limit))
            .set("format", formatOf(options->form));
        if (!options->profile.empty())
            request.set("profile", options->profile);
        exitCode = askForText(request, *options);
    });
}

} // namespace keytender::cli
