// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "mcpcheck.h"

#include <algorithm>
#include <array>

#include "jsontree.h"
#include "mcpplaceholders.h"
#include "mcpsecrets.h"

namespace keytender::cli {

namespace {

using Node = JsonTree::Node;
using LengthOf = std::function<std::optional<std::size_t>(const std::string &)>;

std::string nameOf(McpClient client)
{
    switch (client) {
    case McpClient::ClaudeCode:
        return "Claude Code";
    case McpClient::GeminiCli:
        return "Gemini CLI";
    case McpClient::QwenCode:
        return "Qwen Code";
    }
    return {};
}

// One string of a server's entry.
struct Value {
    std::string server;
    std::string member; // "env.GITHUB_TOKEN", "args[1]"
    std::string_view text;
    int line = 0;
    bool isCommandLine = false;
    bool isDeclared = false; // in env
    bool isForShell = false; // which replaces variables itself
};

class Check final {
public:
    Check(const McpText &file, const LengthOf &lengthOf) : m_file(file), m_lengthOf(lengthOf) {}

    std::vector<LintFinding> run();

private:
    void readServer(const std::string &name, const Node &entry);
    void readMembers(const std::string &server, const Node &entry, std::string_view list);
    void readValue(const Value &value);
    void readPlaceholder(const Value &value, std::string_view inside);
    void readVariable(const Value &value, const std::string &name, bool hasOtherwise);
    void readDollars(const Value &value);
    void readSecret(const Value &value);
    void readFiltered(const std::string &server, const Node &entry);
    void add(const Value &value, std::string_view kind, const std::string &what, LintFinding finding);
    std::string leftAsIs(const std::string &form) const
    {
        return "the server gets the text " + form + " as it stands.";
    }

    const McpText &m_file;
    const LengthOf &m_lengthOf;
    const std::string m_client = nameOf(m_file.client);
    std::vector<LintFinding> m_findings;
    bool m_holdsSecret = false;
};

void Check::add(const Value &value, std::string_view kind, const std::string &what, LintFinding finding)
{
    finding.id = "mcp-" + std::string(kind) + ":" + m_file.name + ":" + value.server + (what.empty() ? "" : ":" + what);
    finding.place = m_file.name + ", line " + std::to_string(value.line);
    const bool isKnown = std::ranges::any_of(m_findings, [&](const LintFinding &f) { return f.id == finding.id; });
    if (!isKnown)
        m_findings.push_back(std::move(finding));
}

// What becomes of a variable that is not set, or is set to nothing.
void Check::readVariable(const Value &value, const std::string &name, bool hasOtherwise)
{
    const std::string form = "${" + name + "}";
    const std::string where = "The " + value.server + " server wants " + name + " in " + value.member;
    const auto length = m_lengthOf(name);
    if (hasOtherwise && m_file.client == McpClient::QwenCode)
        return add(
            value, "default", name,
            {.subject = "A default that Qwen Code does not know",
             .text = where + " with a default. Qwen Code replaces nothing there: " + leftAsIs("${" + name + ":-...}"),
             .cure = "Set " + name + ", and write " + form + "."});
    if (hasOtherwise && length == std::size_t{0})
        return add(value, "empty", name,
                   {.subject = "A default that is not used",
                    .text = where + " with a default. " + name + " is set, to nothing, so " + m_client
                            + " passes nothing on, unlike a shell.",
                    .cure = "Unset " + name + ", or set it."});
    if (hasOtherwise || length)
        return;
    const bool isEmptied = m_file.client == McpClient::GeminiCli && value.isDeclared;
    add(value, "unset", name,
        {.subject = "A variable that is not set",
         .text = where + ", and it is not set here. " + m_client
                 + " starts it all the same: " + (isEmptied ? "the server gets an empty value." : leftAsIs(form)),
         .cure = "Set it before " + m_client + " starts, or start the server by keytenderctl run --mcp " + value.server
                 + ", which stops with a clear error."});
}

void Check::readPlaceholder(const Value &value, std::string_view inside)
{
    if (inside.find("${") != std::string_view::npos)
        return add(value, "nested", value.member,
                   {.subject = "A placeholder within a placeholder",
                    .text = "In " + value.member + " of the " + value.server
                            + " server a ${...} stands within a ${...}. " + m_client + " replaces one of them at most.",
                    .cure = "Say it with one variable."});
    if (inside.starts_with("keytender:") && !inside.starts_with("keytender:-"))
        return add(value, "keytender", value.member,
                   {.subject = "A placeholder for keytenderctl alone",
                    .text = value.member + " of the " + value.server + " server wants a token of Keytender, which "
                            + m_client + " does not know: " + leftAsIs("${keytender:...}"),
                    .cure = "Move the server to a file of its own, and start keytenderctl run --mcp " + value.server
                            + " --config FILE in its place."});
    const std::size_t mark = inside.find(":-");
    const std::string name(inside.substr(0, mark));
    if (isVariableName(name)) {
        if (value.isCommandLine && isNameOfSecret(name))
            add(value, "argv", name,
                {.subject = "A secret on a command line",
                 .text = value.member + " of the " + value.server + " server holds " + name
                         + ". Every program on this machine can read command lines.",
                 .cure = "Declare it in env, where the server can take it from there."});
        readVariable(value, name, mark != std::string_view::npos);
    }
}

// "$NAME": replaced by Gemini CLI and Qwen Code, not by Claude Code.
void Check::readDollars(const Value &value)
{
    for (std::size_t at = value.text.find('$'); at != std::string_view::npos; at = value.text.find('$', at + 1)) {
        const std::string_view rest = value.text.substr(at + 1);
        const auto isPart = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; };
        const std::string name(rest.begin(), std::ranges::find_if_not(rest, isPart));
        if (!isVariableName(name))
            continue;
        if (m_file.client != McpClient::ClaudeCode)
            readVariable(value, name, false);
        else if (!value.isForShell)
            add(value, "dollar", name,
                {.subject = "A variable that Claude Code does not replace",
                 .text = value.member + " of the " + value.server + " server holds $" + name
                         + ". Claude Code replaces ${...} alone: " + leftAsIs("$" + name),
                 .cure = "Write ${" + name + "}."});
    }
}

void Check::readSecret(const Value &value)
{
    const std::string_view member = value.member;
    const bool isPlaceOfSecret =
        (member.starts_with("env.") || member.starts_with("headers.")) && isNameOfSecret(member);
    const bool isFilledIn = value.text.find('$') != std::string_view::npos;
    if (!looksLikeSecret(value.text) && (!isPlaceOfSecret || isFilledIn || !mayBeSecretThere(value.text)))
        return;
    m_holdsSecret = true;
    add(value, "secret", value.member,
        {.subject = "A secret in plain text",
         .text = value.member + " of the " + value.server + " server looks like a secret. Whoever gets this file has it"
                 + (value.isCommandLine ? ", and every program on this machine can read command lines." : "."),
         .cure =
             "Write ${VARIABLE} in its place, or keep it in Keytender and start the server by keytenderctl run --mcp "
             + value.server + ". Then replace the secret: it has been lying there."});
}

void Check::readValue(const Value &value)
{
    for (std::size_t at = value.text.find("${"); at != std::string_view::npos; at = value.text.find("${", at + 2)) {
        const std::string_view rest = value.text.substr(at + 2);
        const std::size_t end = rest.find('}');
        if (end == std::string_view::npos)
            break;
        readPlaceholder(value, rest.substr(0, end));
        at += end;
    }
    readDollars(value);
    readSecret(value);
}

void Check::readMembers(const std::string &server, const Node &entry, std::string_view list)
{
    const Node *const members = entry.find(list);
    if (members == nullptr || !members->isObject())
        return;
    for (const auto &[key, node] : members->members)
        if (node.isString())
            readValue({.server = server,
                       .member = std::string(list) + "." + std::string(key),
                       .text = node.text,
                       .line = node.line,
                       .isDeclared = list == "env"});
}

// Gemini CLI keeps variables from its servers whose name contains CERT, among others.
void Check::readFiltered(const std::string &server, const Node &entry)
{
    const Node *const declared = entry.find("env");
    for (const std::string name : {"NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE", "SSL_CERT_DIR"}) {
        const bool isDeclared = declared != nullptr && declared->find(name) != nullptr;
        if (m_lengthOf(name).value_or(0) > 0 && !isDeclared)
            add({.server = server, .member = {}, .text = {}, .line = entry.line}, "filtered", name,
                {.subject = "A variable that Gemini CLI keeps back",
                 .text = name + " is set here, and the " + server
                         + " server does not get it: Gemini CLI keeps back what has CERT in its name. Behind a private "
                           "certificate authority the server fails.",
                 .cure = "Declare it in env: \"" + name + "\": \"${" + name + "}\"."});
    }
}

void Check::readServer(const std::string &name, const Node &entry)
{
    if (!entry.isObject())
        return add({.server = name, .member = {}, .text = {}, .line = entry.line}, "malformed", {},
                   {.subject = "A server that cannot be read",
                    .text = "The entry of the " + name + " server is no object.",
                    .cure = "Look at how it is written."});
    bool isForShell = false;
    for (const std::string_view member : {"command", "url", "httpUrl"}) {
        const Node *const node = entry.find(member);
        if (node == nullptr || !node->isString())
            continue;
        readValue({.server = name,
                   .member = std::string(member),
                   .text = node->text,
                   .line = node->line,
                   .isCommandLine = member == "command"});
        const std::string_view program = node->text.substr(node->text.rfind('/') + 1);
        constexpr std::array<std::string_view, 6> shells{"sh", "bash", "dash", "zsh", "fish", "ksh"};
        isForShell = isForShell || std::ranges::find(shells, program) != shells.end();
    }
    if (const Node *const list = entry.find("args"); list != nullptr)
        for (std::size_t i = 0; i < list->members.size(); ++i)
            if (const Node &node = list->members[i].second; node.isString())
                readValue({.server = name,
                           .member = "args[" + std::to_string(i) + "]",
                           .text = node.text,
                           .line = node.line,
                           .isCommandLine = true,
                           .isForShell = isForShell});
    readMembers(name, entry, "env");
    readMembers(name, entry, "headers");
    if (m_file.client == McpClient::GeminiCli && entry.find("command") != nullptr)
        readFiltered(name, entry);
}

std::vector<LintFinding> Check::run()
{
    const bool hasComments = m_file.client != McpClient::ClaudeCode;
    const auto tree =
        JsonTree::parse(m_file.text, hasComments ? JsonTree::Comments::Skipped : JsonTree::Comments::Refused);
    if (!tree)
        return {{.id = "mcp-unreadable:" + m_file.name,
                 .subject = "A file that cannot be read",
                 .text = m_client + " reads its MCP servers from it. " + tree.fault + ".",
                 .place = m_file.name,
                 .cure = "Look at how it is written."}};
    const Node *const servers = tree->root().find("mcpServers");
    if (servers == nullptr)
        return {};
    for (const auto &[name, entry] : servers->members)
        readServer(std::string(name), entry);
    if (m_holdsSecret && m_file.isReadableByOthers)
        m_findings.insert(m_findings.begin(), {.id = "mcp-readable:" + m_file.name,
                                               .subject = "Others can read a file with secrets",
                                               .text = "It holds what looks like a secret, and every user of this "
                                                       "machine may read it.",
                                               .place = m_file.name,
                                               .cure = "chmod 600 " + m_file.name});
    return std::move(m_findings);
}

} // namespace

std::vector<LintFinding> checkMcp(const McpText &file, const LengthOf &lengthOf)
{
    return Check(file, lengthOf).run();
}

} // namespace keytender::cli
