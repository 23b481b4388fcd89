// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <string>

#include <CLI/CLI.hpp>

#include "ask.h"
#include "wire/wipedbytes.h"

namespace keytender::cli {

// Where the passphrase comes from: never the command line, which everybody on this machine can read.
struct PassphraseOptions {
    std::string file;    // its first line
    int descriptor = -1; // the first line that can be read from it
};
void addPassphraseOptions(CLI::App &subcommand, PassphraseOptions &options);

enum class Typed { Once, Twice };
struct Passphrase {
    std::optional<wire::WipedBytes> bytes = {};
    Reply refusal = {}; // where there are none
};
// From a file or a descriptor, else from the person. The memory is hidden from here on.
[[nodiscard]] Passphrase readPassphrase(const PassphraseOptions &options, Typed typed);

} // namespace keytender::cli
