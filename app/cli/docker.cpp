// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <memory>

#include <unistd.h>

#include "askoptions.h"
#include "output.h"
#include "protocoldocker.h"
#include "subcommands.h"
#include "tokenanswer.h"

namespace keytender::cli {

namespace {

struct DockerOptions {
    AskOptions ask;
    std::string operation;
    bool isForced = false;
};

// Docker reads on standard output why there is nothing, and takes every exit code but 0 for "nothing".
int refuse(std::string_view why)
{
    (void)print(harmless(why) + "\n");
    return 1;
}

wire::Message requestFor(const DockerRequest &wanted, std::string_view command)
{
    wire::Message request(wire::Kind::Request);
    request.set("command", command).set("protocol", wanted.server.protocol).set("host", wanted.server.host);
    return request;
}

int get(const DockerRequest &wanted, const DockerOptions &options)
{
    wire::Message request = requestFor(wanted, "token");
    request.set("purpose", "docker");
    const TokenAnswer answer = requestToken(request, options.ask.approach);
    if (answer.reply.outcome == wire::Outcome::NotFound)
        return refuse(dockerNotFound);
    if (!answer.given)
        return refuse(answer.reason());
    return static_cast<int>(print(dockerAnswer(wanted, *answer.given.value).view()));
}

int erase(const DockerRequest &wanted, const DockerOptions &options)
{
    const wire::Message request = requestFor(wanted, "reject");
    const Reply reply = ask({.request = request, .told = {}, .afterwards = {}, .read = {}}, options.ask.approach);
    if (reply.outcome == wire::Outcome::NotFound)
        return refuse(dockerNotFound);
    return reply.outcome == wire::Outcome::Ok ? 0 : refuse(reply.text);
}

int answer(const DockerOptions &options)
{
    const std::string &operation = options.operation;
    if (operation == "version")
        return static_cast<int>(print("docker-credential-keytender (keytenderctl) v" KEYTENDER_VERSION "\n"));
    if (operation == "list") // which servers we know is nobody's business who does not name one
        return static_cast<int>(print("{}\n"));
    if (operation == "store") // a sign-in that went nowhere must not look as if it had been kept
        return refuse(
            "Keytender keeps no password that docker was told. Sign in in Keytender, and name the registry in "
            "its settings.");
    if (operation != "get" && operation != "erase")
        return refuse("keytenderctl docker knows get, store, erase, list and version.");
    if (operation == "get" && !mayPrintSecret(options.isForced))
        return static_cast<int>(wire::Outcome::Usage);
    const auto text = readAll(STDIN_FILENO, longestDockerRequest);
    if (!text)
        return refuse(text.fault);
    const auto request = readDockerRequest(text->view());
    if (!request) // a server that nobody can have signed in to
        return refuse(dockerNotFound);
    return operation == "get" ? get(*request.value, options) : erase(*request.value, options);
}

} // namespace

void addDocker(CLI::App &app, int &exitCode)
{
    CLI::App *docker =
        app.add_subcommand("docker", R"(Answer Docker as its credential helper: "credsStore": "keytender")");
    const auto options = std::make_shared<DockerOptions>();
    options->ask.approach.patience = std::chrono::minutes(2); // a person may be asked first
    addApproach(*docker, options->ask);
    docker->add_flag("--force", options->isForced, "Print a password to a terminal too");
    docker->add_option("operation", options->operation, "get, store, erase, list or version: Docker says which")
        ->required();
    docker->callback([options, &exitCode] { exitCode = answer(*options); });
}

} // namespace keytender::cli
