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
};

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
    wire::Message request(wire::Kind::Request);
    request.set("command", "export").set("passphrase", passphrase.bytes->view());
    const Reply reply =
        ask({.request = request, .told = [&file](const wire::Message &more) { file.append(more.value("data")); }},
            options.approach);
    if (reply.outcome != wire::Outcome::Ok)
        return finish(reply, options.form);
    if (file.size() == 0)
        return refuse(wire::Outcome::Failed, "The service sent nothing to keep. No file was written.");
    const auto existing = options.mayReplace ? NewFile::Existing::Replace : NewFile::Existing::Refuse;
    if (const auto fault = file.keep(existing))
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
    addAskOptions(*command, *options);
    command->callback([options, &exitCode] { exitCode = exportTo(*options); });
}

} // namespace keytender::cli
