// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <memory>
#include <string>

#include <unistd.h>

#include "askoptions.h"
#include "json.h"
#include "newfile.h"
#include "passphrase.h"
#include "subcommands.h"

namespace keytender::cli {

namespace {

struct ExportOptions : AskOptions {
    std::string file;
    PassphraseOptions passphrase;
    bool mayReplace = false;
    bool isMoved = false;
};

NewFile::Existing existingOf(const ExportOptions &options)
{
    return options.mayReplace ? NewFile::Existing::Replace : NewFile::Existing::Refuse;
}

// The logins leave the service once it hears that the whole file is on the disk.
std::optional<wire::Failure> confirm(const ExportOptions &options, NewFile &file, const wire::Client &client,
                                     Exchange::Deadline deadline)
{
    if (const auto fault = file.keep(existingOf(options)))
        return wire::Failure{.outcome = wire::Outcome::Failed, .text = *fault + " No login was moved."};
    wire::Message end(wire::Kind::More);
    end.set("end", "yes");
    return client.send(end, deadline);
}

Reply fetch(const ExportOptions &options, std::string_view passphrase, NewFile &file)
{
    wire::Message request(wire::Kind::Request);
    request.set("command", "export").set("passphrase", passphrase);
    if (options.isMoved)
        request.set("move", "yes");
    Exchange exchange{.request = request};
    exchange.told = [&options, &file](const wire::Message &more) {
        if (more.find("line"))
            printLine(more, options.form);
        file.append(more.value("data"));
    };
    if (options.isMoved)
        exchange.respond = [&options, &file](const wire::Message &more, const wire::Client &client,
                                             Exchange::Deadline deadline) {
            return more.value("end") == "yes" ? confirm(options, file, client, deadline) : std::nullopt;
        };
    Reply reply = ask(exchange, options.approach);
    const bool isKept = options.isMoved && file.isKept();
    if (reply.outcome == wire::Outcome::Ok && file.size() == 0)
        return {.outcome = wire::Outcome::Failed, .text = "The service sent nothing to keep. No file was written."};
    if (reply.outcome == wire::Outcome::Ok && options.isMoved && !isKept)
        return {.outcome = wire::Outcome::Failed, .text = "The service did not send all of it. No file was written."};
    if (!reply.answer && isKept)
        reply.text += " " + options.file + " is whole; keytenderctl status shows which logins are still here.";
    return reply;
}

int exportTo(const ExportOptions &options)
{
    const auto refuse = [&options](wire::Outcome outcome, std::string text) {
        return finish({.outcome = outcome, .text = std::move(text)}, options.form);
    };
    if (!options.mayReplace && access(options.file.c_str(), F_OK) == 0)
        return refuse(wire::Outcome::Failed, options.file + " is there already. Choose another name, or add --force.");
    NewFile file(options.file);
    if (file.fault())
        return refuse(wire::Outcome::Failed, *file.fault());
    const Passphrase passphrase = readPassphrase(options.passphrase, Typed::Twice);
    if (!passphrase.bytes)
        return finish(passphrase.refusal, options.form);
    const Reply reply = fetch(options, passphrase.bytes->view(), file);
    if (reply.outcome != wire::Outcome::Ok)
        return finish(reply, options.form);
    if (const auto fault = options.isMoved ? std::nullopt : file.keep(existingOf(options)))
        return refuse(wire::Outcome::Failed, *fault);
    if (options.form == Form::Json)
        return static_cast<int>(print(JsonLine().add("file", options.file).addFields(*reply.answer).line().view()));
    return static_cast<int>(
        print(harmless("The logins are in " + options.file + ", sealed with your passphrase.") + "\n"));
}

} // namespace

void addExport(CLI::App &app, int &exitCode)
{
    CLI::App *command = app.add_subcommand("export", "Write the logins to a file, sealed with a passphrase");
    const auto options = std::make_shared<ExportOptions>();
    options->approach.patience = std::chrono::minutes(2);
    command->add_option("file", options->file, "The file to write")->required()->type_name("FILE");
    addPassphraseOptions(*command, options->passphrase);
    command->add_flag("--force", options->mayReplace, "Replace a file of that name");
    command->add_flag("--move", options->isMoved, "Remove them here once the file is on the disk; they stay valid");
    addAskOptions(*command, *options);
    command->callback([options, &exitCode] { exitCode = exportTo(*options); });
}

} // namespace keytender::cli
