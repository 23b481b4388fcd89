// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <memory>

#include "askoptions.h"
#include "output.h"
#include "subcommands.h"
#include "tokenanswer.h"

namespace keytender::cli {

namespace {

struct ApiKeyOptions {
    AskOptions ask;
    std::string profile;
    bool isForced = false;
};

constexpr std::size_t longestKey = 16384; // Claude Code takes no longer one

// Claude Code sends what a helper prints as an API key: without the header that a subscription's token needs, so that
// the server refuses it, and each refusal makes Claude Code ask once more.
bool isOfSubscription(const GivenToken &given)
{
    return given.token.starts_with("sk-ant-oat");
}

int refuse(const std::string &why)
{
    complain(why);
    return static_cast<int>(wire::Outcome::Failed);
}

int answer(const ApiKeyOptions &options)
{
    if (!mayPrintSecret(options.isForced))
        return static_cast<int>(wire::Outcome::Usage);
    const TokenAnswer found = requestToken(tokenRequest(options.profile, "api-key-helper"), options.ask.approach);
    if (!found.given) {
        complain(found.reason());
        return static_cast<int>(found.outcome());
    }
    if (isOfSubscription(*found.given.value) && !options.isForced)
        return refuse(
            options.profile
            + " is a subscription's login. Claude Code sends what an apiKeyHelper prints as an API key, which "
              "the server does not take for one: sign in in Claude Code itself, or keep an API key for this.");
    if (found.given->token.size() > longestKey)
        return refuse(options.profile + ": it is longer than Claude Code takes. Keep another key for this.");
    wire::WipedBytes line(found.given->token);
    line.append("\n");
    return static_cast<int>(print(line.view()));
}

} // namespace

void addApiKeyHelper(CLI::App &app, int &exitCode)
{
    CLI::App *helper = app.add_subcommand(
        "api-key-helper", R"(Answer Claude Code: "apiKeyHelper": "keytenderctl api-key-helper PROFILE")");
    const auto options = std::make_shared<ApiKeyOptions>();
    options->ask.approach.patience = std::chrono::minutes(2); // a person may be asked first
    addApproach(*helper, options->ask);
    helper->add_flag("--force", options->isForced, "Print to a terminal too, and a subscription's token as well");
    helper->add_option("profile", options->profile, "The login that holds the API key")->required();
    helper->callback([options, &exitCode] { exitCode = answer(*options); });
}

} // namespace keytender::cli
