// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "askoptions.h"

#include "json.h"
#include "seconds.h"

namespace keytender::cli {

void addApproach(CLI::App &subcommand, AskOptions &options)
{
    subcommand.add_flag_callback(
        "--no-start", [&options] { options.approach.mayStart = false; }, "Ask only a Keytender that runs already");
    subcommand
        .add_option_function<std::string>(
            "--timeout",
            [&options](const std::string &text) {
                options.approach.patience = secondsIn(text).value_or(options.approach.patience);
            },
            "How long to wait for the answer")
        ->check(checkDuration)
        ->type_name("SECONDS");
}

void addAskOptions(CLI::App &subcommand, AskOptions &options)
{
    subcommand.add_flag_callback(
        "--json", [&options] { options.form = Form::Json; }, "Print JSON");
    addApproach(subcommand, options);
}

int askForDeed(const wire::Message &request, const AskOptions &options, std::string_view sentence)
{
    const Reply reply = ask({.request = request}, options.approach);
    if (reply.outcome != wire::Outcome::Ok)
        return finish(reply, options.form);
    if (options.form == Form::Json)
        return static_cast<int>(print(JsonLine().addFields(*reply.answer).line().view()));
    return static_cast<int>(print(harmless(sentence) + "\n"));
}

std::string checkDuration(const std::string &text)
{
    return secondsIn(text) ? std::string() : "'" + text + "' is no time; write 300, 5m, 2h or 1d";
}

} // namespace keytender::cli
