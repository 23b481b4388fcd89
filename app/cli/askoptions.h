// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <CLI/CLI.hpp>

#include "ask.h"

namespace keytender::cli {

// What every subcommand that asks the service has.
struct AskOptions {
    Approach approach;
    Form form = Form::Text;
};

// Adds --no-start and --timeout. `options` must live as long as `subcommand`.
void addApproach(CLI::App &subcommand, AskOptions &options);
// Adds --json too.
void addAskOptions(CLI::App &subcommand, AskOptions &options);

// For the commands whose answer is a text: prints it once it is whole, never a part of it. `completed` may add to it.
[[nodiscard]] int askForText(const wire::Message &request, const AskOptions &options,
                             const std::function<std::string(std::string text)> &completed = {});
// For the commands that do something and have nothing to tell: `sentence` says that it is done.
[[nodiscard]] int askForDeed(const wire::Message &request, const AskOptions &options, std::string_view sentence);

// The "line" of what was told, or, with Form::Json, all its fields; on stdout.
void printLine(const wire::Message &more, Form form);

// A check for values such as 300, 5m or 2h.
[[nodiscard]] std::string checkDuration(const std::string &text);

} // namespace keytender::cli
