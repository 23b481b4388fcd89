// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <memory>
#include <string>
#include <vector>

#include "askoptions.h"
#include "signinview.h"
#include "subcommands.h"

namespace keytender::cli {

namespace {

struct LoginOptions : AskOptions {
    std::string name; // of a provider or a login
    std::string way;  // empty = the provider's usual one
    std::vector<std::string> scopes;
    bool mayOpenBrowser = true;
};

bool isElsewhere()
{
    // The browser would open on a desktop that nobody sits at.
    return std::getenv("SSH_CONNECTION") != nullptr; // NOLINT(concurrency-mt-unsafe): nobody changes the environment
}

wire::Message requestOf(const LoginOptions &options, std::string_view nameField)
{
    wire::Message request(wire::Kind::Request);
    request.set("command", "login").set(nameField, options.name);
    if (!options.way.empty())
        request.set("way", options.way);
    std::string scopes;
    for (const std::string &scope : options.scopes)
        scopes += (scopes.empty() ? "" : " ") + scope;
    if (!scopes.empty())
        request.set("scopes", scopes);
    if (options.mayOpenBrowser && !isElsewhere())
        request.set("open", "yes");
    return request;
}

// Without a name: the list, and which of it.
std::optional<int> chooseProvider(LoginOptions &options)
{
    const auto terminal = Terminal::open();
    if (!terminal)
        return finish(
            {.outcome = wire::Outcome::Usage, .text = "Say what to sign in to; keytenderctl providers lists it."},
            options.form);
    wire::Message request(wire::Kind::Request);
    request.set("command", "providers").set("format", "table");
    std::string list;
    const Reply reply =
        ask({.request = request, .told = [&list](const wire::Message &more) { list += more.value("text"); }},
            options.approach);
    if (reply.outcome != wire::Outcome::Ok)
        return finish(reply, options.form);
    terminal->say(list);
    options.name = terminal->readLine("Sign in to: ").value_or(std::string());
    return std::nullopt;
}

Reply signIn(const LoginOptions &options, std::string_view nameField)
{
    SignInView view(options.form, options.way != "device");
    const wire::Message request = requestOf(options, nameField);
    Exchange exchange{.request = request};
    exchange.told = [&view](const wire::Message &more) { view.show(more); };
    exchange.input = view.input();
    exchange.read = [&view](const wire::Client &client, Exchange::Deadline deadline) {
        return view.readPasted(client, deadline);
    };
    return ask(exchange, options.approach);
}

int login(LoginOptions &options)
{
    if (options.name.empty())
        if (const auto exitCode = chooseProvider(options))
            return *exitCode;
    if (options.way == "paste" && !Terminal::open())
        return finish(
            {.outcome = wire::Outcome::Usage,
             .text = "--paste reads from a terminal, and there is none. Use --device, or run it in a terminal."},
            options.form);
    // One word for both, as people say it: the name of a provider comes first.
    Reply reply = signIn(options, "provider");
    if (reply.outcome == wire::Outcome::NotFound)
        reply = signIn(options, "profile");
    if (reply.outcome != wire::Outcome::Ok)
        return finish(reply, options.form);
    if (options.form == Form::Json)
        return static_cast<int>(print(JsonLine().addFields(*reply.answer).line().view()));
    const std::string label(reply.value("label"));
    return static_cast<int>(
        print(harmless("Signed in: " + label + " (" + std::string(reply.value("profile")) + ")") + "\n"));
}

} // namespace

void addLogin(CLI::App &app, int &exitCode)
{
    CLI::App *command = app.add_subcommand("login", "Sign in");
    const auto options = std::make_shared<LoginOptions>();
    options->approach.patience = std::chrono::minutes(20); // a device code is good for a quarter of an hour
    command->add_option("name", options->name, "A provider, or a login to sign in to again")
        ->type_name("PROVIDER|PROFILE");
    command->add_flag_callback(
        "--device", [options] { options->way = "device"; }, "Show a code that is typed in on another device");
    auto *device = command->get_option("--device");
    command
        ->add_flag_callback(
            "--paste", [options] { options->way = "paste"; }, "Take what the browser shows at the end")
        ->excludes(device);
    command->add_option("--scope", options->scopes, "Ask for this scope; may be given again")
        ->allow_extra_args(false)
        ->type_name("SCOPE");
    command->add_flag_callback(
        "--no-browser", [options] { options->mayOpenBrowser = false; }, "Show the address, open no browser");
    addAskOptions(*command, *options);
    command->callback([options, &exitCode] { exitCode = login(*options); });
}

} // namespace keytender::cli
