// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <memory>

#include "askoptions.h"
#include "output.h"
#include "subcommands.h"
#include "tokenanswer.h"

namespace keytender::cli {

namespace {

struct CodexOptions {
    AskOptions ask;
    std::string profile;
    bool isForced = false;
};

int answer(const CodexOptions &options)
{
    if (!mayPrintSecret(options.isForced))
        return static_cast<int>(wire::Outcome::Usage);
    const TokenAnswer found = requestToken(tokenRequest(options.profile, "codex"), options.ask.approach);
    if (!found.given) {
        complain(found.reason());
        return static_cast<int>(found.outcome());
    }
    wire::WipedBytes line(found.given->token);
    line.append("\n");
    return static_cast<int>(print(line.view()));
}

} // namespace

void addCodexAuth(CLI::App &app, int &exitCode)
{
    CLI::App *codex = app.add_subcommand(
        "codex-auth",
        R"(Answer Codex: [model_providers.X.auth] command = "keytenderctl", args = ["codex-auth", "PROFILE"])");
    const auto options = std::make_shared<CodexOptions>();
    options->ask.approach.patience = std::chrono::minutes(2); // a person may be asked first
    addApproach(*codex, options->ask);
    codex->add_flag("--force", options->isForced, "Print the token to a terminal too");
    codex->add_option("profile", options->profile, "The login whose token Codex shall send")->required();
    codex->callback([options, &exitCode] { exitCode = answer(*options); });
}

} // namespace keytender::cli
