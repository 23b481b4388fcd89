// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <memory>
#include <string>

#include <unistd.h>

#include "askoptions.h"
#include "json.h"
#include "seconds.h"
#include "subcommands.h"
#include "tokenanswer.h"

namespace keytender::cli {

namespace {

struct TokenOptions : AskOptions {
    std::string profile;
    std::string minValidity = "5m";
    bool mayUseTerminal = false;
};

int printToken(const TokenOptions &options)
{
    if (isatty(STDOUT_FILENO) == 1 && !options.mayUseTerminal) {
        const Reply refusal{.outcome = wire::Outcome::Usage,
                            .text =
                                "The standard output is a terminal, where the token would stay to be read. Pipe it to "
                                "the program that needs it, or add --force."};
        return finish(refusal, options.form);
    }
    wire::Message request = tokenRequest(options.profile, "token");
    request.set("min-validity",
                std::to_string(secondsIn(options.minValidity).value_or(std::chrono::minutes(5)).count()));
    const TokenAnswer answer = requestToken(request, options.approach);
    if (!answer.given)
        return finish({.outcome = answer.outcome(), .text = answer.reason()}, options.form);
    if (options.form == Form::Json)
        return static_cast<int>(print(JsonLine().addFields(*answer.reply.answer).line().view()));
    wire::WipedBytes line(answer.given->token);
    line.append("\n");
    return static_cast<int>(print(line.view()));
}

} // namespace

void addToken(CLI::App &app, int &exitCode)
{
    CLI::App *token = app.add_subcommand("token", "Print an access token that is valid for a while");
    const auto options = std::make_shared<TokenOptions>();
    options->approach.patience = std::chrono::minutes(2); // a person may be asked first
    token
        ->add_option("profile", options->profile,
                     "The login: its id, or its provider or label where that means one alone")
        ->required()
        ->type_name("PROFILE");
    token
        ->add_option("--min-validity", options->minValidity,
                     "How long it must be valid at least: 300, 5m, 2h (default 5m)")
        ->check(checkDuration)
        ->type_name("TIME");
    token->add_flag("--force", options->mayUseTerminal, "Print it to a terminal too");
    addAskOptions(*token, *options);
    token->callback([options, &exitCode] { exitCode = printToken(*options); });
}

} // namespace keytender::cli
