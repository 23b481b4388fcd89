// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <iterator>
#include <map>
#include <memory>

#include <unistd.h>

#include "askoptions.h"
#include "childenvironment.h"
#include "childstart.h"
#include "mcpfile.h"
#include "output.h"
#include "subcommands.h"
#include "tokenanswer.h"

namespace keytender::cli {

namespace {

struct RunOptions {
    AskOptions ask;
    std::vector<std::string> logins; // PROFILE or PROFILE=VARIABLE
    std::string server;
    std::string configuration = ".mcp.json";
};

int refuse(wire::Outcome outcome, std::string_view why)
{
    complain(why);
    return static_cast<int>(outcome);
}

// NAME=token for one --with.
struct Granted {
    wire::WipedBytes variable;
    std::optional<int> exitCode; // where there is none
};

Granted grant(const std::string &login, const RunOptions &options)
{
    const std::size_t sign = login.find('=');
    const std::string profile = login.substr(0, sign);
    std::string name = sign == std::string::npos ? std::string() : login.substr(sign + 1);
    if (sign != std::string::npos && !isVariableName(name))
        return {.variable = {},
                .exitCode = refuse(wire::Outcome::Usage, "--with " + profile + "=...: that is no name of a variable.")};
    const TokenAnswer answer = requestToken(tokenRequest(profile, "run"), options.ask.approach);
    if (!answer.given)
        return {.variable = {}, .exitCode = refuse(answer.outcome(), answer.reason())};
    if (name.empty())
        name = usualVariable(*answer.given.value);
    if (name.empty())
        return {.variable = {},
                .exitCode = refuse(wire::Outcome::Usage,
                                   profile + " has no usual variable. Name one: --with " + profile + "=VARIABLE.")};
    wire::WipedBytes variable(name + "=");
    variable.append(answer.given->token);
    return {.variable = std::move(variable), .exitCode = {}};
}

// The environment as it is, and one more variable for each login.
int runWith(const RunOptions &options, const std::vector<std::string> &command)
{
    if (command.empty())
        return refuse(wire::Outcome::Usage, "say what to run: keytenderctl run --with PROFILE -- COMMAND");
    std::vector<wire::WipedBytes> added;
    for (const std::string &login : options.logins) {
        Granted granted = grant(login, options);
        if (granted.exitCode)
            return *granted.exitCode;
        added.push_back(std::move(granted.variable));
    }
    ChildProgram program;
    program.command = wire::WipedBytes(command.front());
    for (std::size_t i = 1; i < command.size(); ++i)
        program.arguments.emplace_back(std::string_view(command[i]));
    program.environment = environmentWith(environ, std::move(added));
    return become(program);
}

// Each login is asked for once, however often its token stands there.
class Tokens final {
public:
    explicit Tokens(const RunOptions &options) : m_options(options) {}

    Checked<wire::WipedBytes> of(std::string_view profile)
    {
        auto known = m_answers.find(profile);
        if (known == m_answers.end())
            known =
                m_answers
                    .emplace(std::string(profile), requestToken(tokenRequest(profile, "mcp"), m_options.ask.approach))
                    .first;
        const TokenAnswer &answer = known->second;
        m_outcome = answer.outcome();
        if (!answer.given)
            return {.fault = answer.reason()};
        return {.value = wire::WipedBytes(answer.given->token)};
    }
    // Of what went wrong; Usage as long as nothing did.
    wire::Outcome outcome() const { return m_outcome == wire::Outcome::Ok ? wire::Outcome::Usage : m_outcome; }

private:
    const RunOptions &m_options;
    std::map<std::string, TokenAnswer, std::less<>> m_answers;
    wire::Outcome m_outcome = wire::Outcome::Ok;
};

int runServer(const RunOptions &options)
{
    const auto tree = readMcpFile(options.configuration);
    if (!tree)
        return refuse(wire::Outcome::Usage, options.configuration + ": " + tree.fault + ".");
    const auto server = mcpServerIn(*tree.value, options.server);
    if (!server)
        return refuse(wire::Outcome::Usage, options.configuration + ": " + server.fault + ".");
    Tokens tokens(options);
    const PlaceholderValues values{
        .variable = [](std::string_view name) -> std::optional<std::string_view> {
            const char *const value = std::getenv(std::string(name).c_str()); // NOLINT(concurrency-mt-unsafe)
            return value == nullptr ? std::nullopt : std::optional<std::string_view>(value);
        },
        .token = [&tokens](std::string_view profile) { return tokens.of(profile); },
    };
    const auto program = programOf(*server.value, values, leastEnvironment(environ));
    if (!program) {
        tell(program.fault);
        return static_cast<int>(tokens.outcome());
    }
    return become(*program.value);
}

} // namespace

void addRun(CLI::App &app, int &exitCode)
{
    CLI::App *run = app.add_subcommand("run", "Start one program with a login's token, or an MCP server");
    run->footer("The program takes keytenderctl's place: input, output and exit code are its own.\n"
                "  keytenderctl run --with gh-cli -- make release\n"
                "  keytenderctl run --mcp github --config mcp-servers.json\n"
                "Exit code 64: nothing was started, because of how it is written or what is not set.");
    const auto options = std::make_shared<RunOptions>();
    options->ask.approach.patience = std::chrono::minutes(2); // a person may be asked first
    addApproach(*run, options->ask);
    run->add_option("--with", options->logins, "PROFILE or PROFILE=VARIABLE: its token in that variable")
        ->expected(1)
        ->allow_extra_args(false)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    run->add_option("--mcp", options->server, "The server of the configuration to start");
    run->add_option("--config", options->configuration, "Where it is described")->capture_default_str();
    // The command is nobody's options but its own. CLI11 leaves it to `run`, or, behind "--", to whom `run` belongs to.
    run->prefix_command();
    run->preparse_callback([&app](std::size_t) { app.allow_extras(); });
    run->callback([&app, run, options, &exitCode] {
        std::vector<std::string> command = run->remaining();
        std::ranges::copy(app.remaining(), std::back_inserter(command));
        if (options->server.empty() == options->logins.empty() || (!options->server.empty() && !command.empty()))
            exitCode = refuse(wire::Outcome::Usage, "say either --with PROFILE -- COMMAND, or --mcp NAME alone.");
        else
            exitCode = options->server.empty() ? runWith(*options, command) : runServer(*options);
    });
}

} // namespace keytender::cli
