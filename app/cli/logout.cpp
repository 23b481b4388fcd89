// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <memory>
#include <string>

#include "askoptions.h"
#include "subcommands.h"
#include "terminal.h"

namespace keytender::cli {

namespace {

struct LogoutOptions : AskOptions {
    std::string name; // of a login or a provider
    bool isAll = false;
    bool isOAuthOnly = false;
    bool isLocal = false;
    bool isConfirmed = false;
};

wire::Message requestOf(const LogoutOptions &options, std::string_view scopeField)
{
    wire::Message request(wire::Kind::Request);
    request.set("command", "logout").set(scopeField, options.isAll ? std::string("yes") : options.name);
    if (options.isOAuthOnly)
        request.set("oauth-only", "yes");
    if (options.isLocal)
        request.set("local", "yes");
    return request;
}

// What the name means, learned with the preview: a login, or else a provider.
struct Preview {
    Reply reply;
    std::string_view scopeField;
    std::string lines;
};

Preview askPreview(const LogoutOptions &options, std::string_view scopeField)
{
    Preview preview{.reply = {}, .scopeField = scopeField, .lines = {}};
    wire::Message request = requestOf(options, scopeField);
    request.set("preview", "yes");
    const auto collect = [&preview](const wire::Message &more) {
        preview.lines += "  " + std::string(more.value("line")) + "\n";
    };
    preview.reply = ask({.request = request, .told = collect}, options.approach);
    return preview;
}

Preview findOut(const LogoutOptions &options)
{
    if (options.isAll)
        return askPreview(options, "all");
    Preview preview = askPreview(options, "profile");
    return preview.reply.outcome == wire::Outcome::NotFound ? askPreview(options, "provider") : std::move(preview);
}

Reply refusal(wire::Outcome outcome, std::string text)
{
    return {.outcome = outcome, .text = std::move(text)};
}

// Nothing where the person, or --yes, wants it.
std::optional<Reply> askPerson(const LogoutOptions &options, const Preview &preview)
{
    if (options.isConfirmed)
        return std::nullopt;
    const auto terminal = Terminal::open();
    if (!terminal)
        return refusal(wire::Outcome::Usage, "Without a terminal to ask in, a sign-out needs --yes.");
    terminal->say(preview.lines);
    if (!terminal->confirm("Sign out?"))
        return refusal(wire::Outcome::Denied, "Nothing was signed out.");
    return std::nullopt;
}

int logout(const LogoutOptions &options)
{
    if (options.isAll != options.name.empty())
        return finish(refusal(wire::Outcome::Usage, "Name a login or a provider, or say --all."), options.form);
    const Preview preview = findOut(options);
    if (preview.reply.outcome != wire::Outcome::Ok)
        return finish(preview.reply, options.form);
    if (const auto no = askPerson(options, preview))
        return finish(*no, options.form);
    const wire::Message request = requestOf(options, preview.scopeField);
    const auto show = [&options](const wire::Message &more) { printLine(more, options.form); };
    return finish(ask({.request = request, .told = show}, options.approach), options.form);
}

} // namespace

void addLogout(CLI::App &app, int &exitCode)
{
    CLI::App *command = app.add_subcommand("logout", "Sign out, here and at the provider");
    const auto options = std::make_shared<LogoutOptions>();
    options->approach.patience = std::chrono::minutes(2); // each provider is told
    command->add_option("name", options->name, "A login, or all of a provider")->type_name("PROFILE|PROVIDER");
    command->add_flag("--all", options->isAll, "Every login");
    command->add_flag("--oauth-only", options->isOAuthOnly, "Keep keys that were handed out by hand");
    command->add_flag("--local", options->isLocal, "Forget here, leave it alive at the provider");
    command->add_flag("--yes", options->isConfirmed, "Do not ask");
    addAskOptions(*command, *options);
    command->callback([options, &exitCode] { exitCode = logout(*options); });
}

} // namespace keytender::cli
