// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <memory>

#include <unistd.h>

#include "askoptions.h"
#include "output.h"
#include "protocolgit.h"
#include "subcommands.h"
#include "tokenanswer.h"

namespace keytender::cli {

namespace {

struct GitOptions {
    AskOptions ask;
    std::string operation;
    bool isForced = false;
};

wire::Message requestFor(const GitRequest &wanted, std::string_view command)
{
    wire::Message request(wire::Kind::Request);
    request.set("command", command).set("protocol", wanted.server.protocol).set("host", wanted.server.host);
    return request;
}

// Without a token nothing at all is printed and the exit code is 0: git asks the next helper, then the person.
int get(const GitRequest &wanted, const GitOptions &options)
{
    wire::Message request = requestFor(wanted, "token");
    request.set("purpose", "git");
    if (wanted.path)
        request.set("path", *wanted.path);
    if (wanted.user)
        request.set("user", *wanted.user);
    const TokenAnswer answer = requestToken(request, options.ask.approach);
    if (!answer.given) {
        complain(answer.reason());
        return static_cast<int>(wire::Outcome::Ok);
    }
    return static_cast<int>(print(gitAnswer(wanted, *answer.given.value).view()));
}

// A server refused what git sent it, perhaps from another helper: the service looks again. It is no sign-out.
int erase(const GitRequest &wanted, const GitOptions &options)
{
    const wire::Message request = requestFor(wanted, "reject");
    const Reply reply = ask({.request = request, .told = {}, .afterwards = {}, .read = {}}, options.ask.approach);
    if (reply.outcome != wire::Outcome::Ok && reply.outcome != wire::Outcome::NotFound)
        complain(reply.text);
    return static_cast<int>(wire::Outcome::Ok);
}

int answer(const GitOptions &options)
{
    if (options.operation == "capability")
        return static_cast<int>(print("version 0\n")); // and none of them
    const bool isGet = options.operation == "get";
    // What others found out is not adopted, and a helper passes over what it does not know.
    if (!isGet && options.operation != "erase")
        return static_cast<int>(wire::Outcome::Ok);
    if (isGet && !mayPrintSecret(options.isForced))
        return static_cast<int>(wire::Outcome::Usage);
    const auto text = readAll(STDIN_FILENO, longestGitRequest);
    const auto request = text ? readGitRequest(text->view()) : Checked<GitRequest>{.fault = text.fault};
    if (!request) {
        complain("nothing for git: " + request.fault + ".");
        return static_cast<int>(wire::Outcome::Usage);
    }
    return isGet ? get(*request.value, options) : erase(*request.value, options);
}

} // namespace

void addGit(CLI::App &app, int &exitCode)
{
    CLI::App *git =
        app.add_subcommand("git", "Answer git as its credential helper: credential.helper = !keytenderctl git");
    const auto options = std::make_shared<GitOptions>();
    options->ask.approach.patience = std::chrono::minutes(2); // a person may be asked first
    addApproach(*git, options->ask);
    git->add_flag("--force", options->isForced, "Print a password to a terminal too");
    git->add_option("operation", options->operation, "get, store, erase or capability: git says which")->required();
    git->callback([options, &exitCode] { exitCode = answer(*options); });
}

} // namespace keytender::cli
