// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "askoptions.h"

#include "json.h"
#include "seconds.h"

namespace keytender::cli {

void addApproach(CLI::App &subcommand, AskOptions &options)
{
    subcommand.add_flag_callback(
        "--no-start", [&options] { options.approach.mayStart = false; }, "Ask only a Keytender that runs already");
    subcommand
        .add_option_function<std::string>(
            "--timeout",
            [&options](const std::string &text) {
                options.approach.patience = secondsIn(text).value_or(options.approach.patience);
            },
            "How long to wait for the answer")
        ->check(checkDuration)
        ->type_name("SECONDS");
}

void addAskOptions(CLI::App &subcommand, AskOptions &options)
{
    subcommand.add_flag_callback(
        "--json", [&options] { options.form = Form::Json; }, "Print JSON");
    addApproach(subcommand, options);
}

int askForText(const wire::Message &request, const AskOptions &options,
               const std::function<std::string(std::string text)> &completed)
{
    constexpr std::size_t mostBytes = 64UL * 1024 * 1024;
    std::string text;
    const auto collect = [&text](const wire::Message &more) {
        if (text.size() < mostBytes)
            text += more.value("text");
    };
    const Reply reply = ask({.request = request, .told = collect}, options.approach);
    if (!reply.answer || text.empty())
        return finish(reply, options.form);
    if (completed)
        text = completed(std::move(text));
    const wire::Outcome printed = print(options.form == Form::Json ? text : harmless(text));
    if (printed != wire::Outcome::Ok)
        return static_cast<int>(printed);
    // The text tells already what needs a sign-in or is due.
    const bool saysMore = reply.outcome != wire::Outcome::NeedsSignIn && reply.outcome != wire::Outcome::DueSoon;
    if (saysMore && !reply.text.empty())
        complain(reply.text);
    return static_cast<int>(reply.outcome);
}

int askForDeed(const wire::Message &request, const AskOptions &options, std::string_view sentence)
{
    const Reply reply = ask({.request = request}, options.approach);
    if (reply.outcome != wire::Outcome::Ok)
        return finish(reply, options.form);
    if (options.form == Form::Json)
        return static_cast<int>(print(JsonLine().addFields(*reply.answer).line().view()));
    return static_cast<int>(print(harmless(sentence) + "\n"));
}

void printLine(const wire::Message &more, Form form)
{
    if (form == Form::Json)
        (void)print(JsonLine().addFields(more).line().view());
    else
        (void)print(harmless(more.value("line")) + "\n");
}

std::string checkDuration(const std::string &text)
{
    return secondsIn(text) ? std::string() : "'" + text + "' is no time; write 300, 5m, 2h or 1d";
}

} // namespace keytender::cli
