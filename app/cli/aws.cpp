// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <memory>

#include "askoptions.h"
#include "output.h"
#include "protocolaws.h"
#include "subcommands.h"
#include "tokenanswer.h"

namespace keytender::cli {

namespace {

struct AwsOptions {
    AskOptions ask;
    std::string profile;
    bool isForced = false;
};

int refuse(const AwsOptions &options, const std::string &why)
{
    complain(options.profile + ": " + why + ".");
    return static_cast<int>(wire::Outcome::Failed);
}

int answer(const AwsOptions &options)
{
    if (!mayPrintSecret(options.isForced))
        return static_cast<int>(wire::Outcome::Usage);
    const TokenAnswer found = requestToken(tokenRequest(options.profile, "aws"), options.ask.approach);
    if (!found.given) {
        complain(found.reason());
        return static_cast<int>(found.outcome());
    }
    auto key = AwsKey::read(found.given->token);
    if (!key)
        return refuse(options, key.fault);
    if (found.given->expiresAt)
        key->endAt(*found.given->expiresAt);
    if (const std::string why = key->refusal(std::time(nullptr)); !why.empty())
        return refuse(options, why);
    return static_cast<int>(print(key->document().view()));
}

} // namespace

void addAws(CLI::App &app, int &exitCode)
{
    CLI::App *aws = app.add_subcommand("aws", "Answer AWS programs: credential_process = keytenderctl aws PROFILE");
    const auto options = std::make_shared<AwsOptions>();
    options->ask.approach.patience = std::chrono::minutes(2); // a person may be asked first
    addApproach(*aws, options->ask);
    aws->add_flag("--force", options->isForced, "Print the key to a terminal too");
    aws->add_option("profile", options->profile, "The login that holds the key")->required();
    aws->callback([options, &exitCode] { exitCode = answer(*options); });
}

} // namespace keytender::cli
