// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "passphrase.h"

#include <array>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

#include "process.h"
#include "terminal.h"

namespace keytender::cli {

namespace {

constexpr std::size_t mostBytes = 4096;

Passphrase refuse(wire::Outcome outcome, std::string text)
{
    return {.refusal = {.outcome = outcome, .text = std::move(text)}};
}

Passphrase firstLineOf(int descriptor, const std::string &name)
{
    wire::WipedBytes line;
    char character = 0;
    while (line.size() <= mostBytes) {
        const ssize_t count = read(descriptor, &character, 1);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return refuse(wire::Outcome::Failed,
                          "Cannot read the passphrase from " + name + ": " + std::strerror(errno) + ".");
        if (count == 0 || character == '\n')
            break;
        line.append({&character, 1});
    }
    explicit_bzero(&character, 1);
    if (line.isEmpty() || line.size() > mostBytes)
        return refuse(wire::Outcome::Usage, "The first line of " + name + " holds no passphrase of 1 to 4096 bytes.");
    return {.bytes = std::move(line)};
}

Passphrase fromFile(const std::string &file)
{
    const int descriptor = open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (descriptor < 0)
        return refuse(wire::Outcome::Failed, "Cannot open " + file + ": " + std::strerror(errno) + ".");
    Passphrase passphrase = firstLineOf(descriptor, file);
    close(descriptor);
    return passphrase;
}

Passphrase fromPerson(Typed typed)
{
    const auto terminal = Terminal::open();
    if (!terminal)
        return refuse(wire::Outcome::Usage,
                      "There is no terminal to ask for the passphrase in. Use --passphrase-file or --passphrase-fd.");
    auto first = terminal->readHidden("Passphrase: ");
    if (!first || first->isEmpty())
        return refuse(wire::Outcome::Denied, "No passphrase was given; nothing was done.");
    if (typed == Typed::Once)
        return {.bytes = std::move(first)};
    const auto second = terminal->readHidden("Once more: ");
    if (!second || second->view() != first->view())
        return refuse(wire::Outcome::Denied, "The two are not the same; nothing was done.");
    return {.bytes = std::move(first)};
}

} // namespace

void addPassphraseOptions(CLI::App &subcommand, PassphraseOptions &options)
{
    CLI::Option *file =
        subcommand.add_option("--passphrase-file", options.file, "Take the first line of this file as the passphrase")
            ->type_name("FILE");
    subcommand.add_option("--passphrase-fd", options.descriptor, "Read the passphrase from this descriptor")
        ->check(CLI::NonNegativeNumber)
        ->excludes(file)
        ->type_name("NUMBER");
}

Passphrase readPassphrase(const PassphraseOptions &options, Typed typed)
{
    hideMemory();
    if (!options.file.empty())
        return fromFile(options.file);
    if (options.descriptor >= 0)
        return firstLineOf(options.descriptor, "descriptor " + std::to_string(options.descriptor));
    return fromPerson(typed);
}

} // namespace keytender::cli
