// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <cerrno>
#include <cstring>
#include <memory>
#include <string>

#include <fcntl.h>
#include <unistd.h>

#include "askoptions.h"
#include "json.h"
#include "passphrase.h"
#include "subcommands.h"

namespace keytender::cli {

namespace {

struct ImportOptions : AskOptions {
    std::string file;
    PassphraseOptions passphrase;
    bool isRenewedHere = false;
};

// The file in parts, then the end of it.
std::optional<wire::Failure> sendFile(int descriptor, const wire::Client &client, Exchange::Deadline deadline)
{
    constexpr std::size_t partBytes = 32UL * 1024;
    wire::WipedBytes part(partBytes);
    ssize_t count = 0;
    if (lseek(descriptor, 0, SEEK_SET) != 0) // a second try starts anew
        count = -1;
    while (count >= 0 && (count = read(descriptor, part.data(), partBytes)) > 0) {
        wire::Message more(wire::Kind::More);
        more.set("data", part.view().substr(0, static_cast<std::size_t>(count)));
        if (auto failure = client.send(more, deadline))
            return failure;
    }
    if (count < 0)
        return wire::Failure{.outcome = wire::Outcome::Failed,
                             .text = std::string("Cannot read the file: ") + std::strerror(errno)
                                     + ". Nothing was taken over."};
    wire::Message end(wire::Kind::More);
    end.set("end", "yes");
    return client.send(end, deadline);
}

int importFrom(const ImportOptions &options)
{
    const int descriptor = open(options.file.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (descriptor < 0)
        return finish({.outcome = wire::Outcome::Failed,
                       .text = "Cannot open " + options.file + ": " + std::strerror(errno) + "."},
                      options.form);
    const Passphrase passphrase = readPassphrase(options.passphrase, Typed::Once);
    if (!passphrase.bytes)
        return finish(passphrase.refusal, options.form);
    wire::Message request(wire::Kind::Request);
    request.set("command", "import").set("passphrase", passphrase.bytes->view());
    if (options.isRenewedHere)
        request.set("renew", "yes");
    Exchange exchange{.request = request};
    exchange.told = [&options](const wire::Message &more) { printLine(more, options.form); };
    exchange.afterwards = [descriptor](const wire::Client &client, Exchange::Deadline deadline) {
        return sendFile(descriptor, client, deadline);
    };
    const Reply reply = ask(exchange, options.approach);
    close(descriptor);
    return finish(reply, options.form);
}

} // namespace

void addImport(CLI::App &app, int &exitCode)
{
    CLI::App *command = app.add_subcommand("import", "Take over the logins of an exported file");
    const auto options = std::make_shared<ImportOptions>();
    options->approach.patience = std::chrono::minutes(2);
    command->add_option("file", options->file, "The file that export wrote")->required()->type_name("FILE");
    addPassphraseOptions(*command, options->passphrase);
    command->add_flag("--renew", options->isRenewedHere,
                      "Renew these logins here from now on, although the file is a copy: nowhere else then");
    addAskOptions(*command, *options);
    command->callback([options, &exitCode] { exitCode = importFrom(*options); });
}

} // namespace keytender::cli
