// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "mcpserver.h"

#include <algorithm>

namespace keytender::cli {

namespace {

using Node = JsonTree::Node;

std::string at(const Node &node, std::string_view member, std::string_view fault)
{
    return "line " + std::to_string(node.line) + ", " + std::string(member) + " " + std::string(fault);
}

enum class Secrets { Refused, Allowed };

Checked<McpServer::Value> valueOf(const Node &node, const std::string &member, Secrets secrets)
{
    if (!node.isString())
        return {.fault = at(node, member, "is no string")};
    if (node.text.find('\0') != std::string_view::npos)
        return {.fault = at(node, member, "holds a NUL")};
    auto value = placeholdersIn(node.text);
    if (!value)
        return {.fault = at(node, member, value.fault)};
    const bool holdsToken = std::ranges::any_of(
        *value.value, [](const Placeholder &part) { return part.kind == Placeholder::Kind::Profile; });
    if (holdsToken && secrets == Secrets::Refused)
        return {.fault = at(node, member,
                            "wants a token where every program on this machine could read it; declare it in env")};
    return value;
}

// An entry that leads back to us would start itself for ever.
bool leadsBack(const Node &entry)
{
    const Node *const command = entry.find("command");
    const Node *const arguments = entry.find("args");
    if (command == nullptr || !command->isString() || arguments == nullptr)
        return false;
    const std::string_view text = command->text;
    const bool isUs = text.substr(text.rfind('/') + 1) == "keytenderctl";
    return isUs && std::ranges::any_of(arguments->members, [](const auto &member) {
               return member.second.text == "--mcp" || member.second.text.starts_with("--mcp=");
           });
}

std::string readArguments(const Node &entry, const std::string &place, McpServer &server)
{
    const Node *const list = entry.find("args");
    if (list == nullptr)
        return {};
    if (list->type != JsonTree::Type::Array)
        return at(*list, place + ".args", "is no list");
    for (std::size_t i = 0; i < list->members.size(); ++i) {
        auto value = valueOf(list->members[i].second, place + ".args[" + std::to_string(i) + "]", Secrets::Refused);
        if (!value)
            return value.fault;
        server.arguments.push_back(std::move(*value.value));
    }
    return {};
}

std::string readEnvironment(const Node &entry, const std::string &place, McpServer &server)
{
    const Node *const object = entry.find("env");
    if (object == nullptr)
        return {};
    if (!object->isObject())
        return at(*object, place + ".env", "is no object");
    for (const auto &[name, node] : object->members) {
        if (!isVariableName(name))
            return at(node, place + ".env", "declares a name that no variable has");
        auto value = valueOf(node, place + ".env." + std::string(name), Secrets::Allowed);
        if (!value)
            return value.fault;
        server.environment.emplace_back(name, std::move(*value.value));
    }
    return {};
}

// Also the faults of an entry that is none of ours to start.
std::string faultOf(const Node *entry, const std::string &place)
{
    if (!entry->isObject())
        return at(*entry, place, "is no object");
    const Node *const type = entry->find("type");
    const bool isLocal = type == nullptr || (type->isString() && type->text == "stdio");
    if (!isLocal || (entry->find("url") != nullptr && entry->find("command") == nullptr))
        return at(*entry, place, "is a server elsewhere: there is nothing to start");
    if (entry->find("command") == nullptr)
        return at(*entry, place, "has no command");
    if (leadsBack(*entry))
        return at(*entry, place,
                  "starts keytenderctl run --mcp once more; name the file with the server itself by --config");
    return {};
}

wire::WipedBytes assignment(std::string_view name, std::string_view value)
{
    wire::WipedBytes text;
    text.append(name);
    text.append("=");
    text.append(value);
    return text;
}

std::string_view nameIn(const wire::WipedBytes &assignment)
{
    return assignment.view().substr(0, assignment.view().find('='));
}

Checked<ChildProgram> declaredBy(const McpServer &server, const PlaceholderValues &values)
{
    ChildProgram program;
    auto command = expanded(server.command, values, server.name);
    if (!command)
        return {.fault = command.fault};
    program.command = std::move(*command.value);
    for (const McpServer::Value &value : server.arguments) {
        auto argument = expanded(value, values, server.name);
        if (!argument)
            return {.fault = argument.fault};
        program.arguments.push_back(std::move(*argument.value));
    }
    for (const auto &[name, value] : server.environment) {
        auto text = expanded(value, values, server.name);
        if (!text)
            return {.fault = text.fault};
        program.environment.push_back(assignment(name, text->view()));
    }
    return {.value = std::move(program)};
}

} // namespace

Checked<McpServer> mcpServerIn(const JsonTree &configuration, std::string_view name)
{
    const Node &root = configuration.root();
    if (!root.isObject())
        return {.fault = at(root, "the file", "is no object")};
    const Node *const servers = root.find("mcpServers");
    if (servers == nullptr || !servers->isObject())
        return {.fault = at(root, "mcpServers", "is missing or no object")};
    const Node *const entry = servers->find(name);
    if (entry == nullptr)
        return {.fault = at(*servers, "mcpServers", "has no server of this name")};
    const std::string place = "mcpServers." + std::string(name);
    if (const std::string fault = faultOf(entry, place); !fault.empty())
        return {.fault = fault};
    McpServer server;
    server.name = name;
    const Node &commandNode = *entry->find("command");
    auto command = valueOf(commandNode, place + ".command", Secrets::Refused);
    if (!command || command->empty())
        return {.fault = command ? at(commandNode, place + ".command", "is empty") : command.fault};
    server.command = std::move(*command.value);
    if (const std::string fault = readArguments(*entry, place, server); !fault.empty())
        return {.fault = fault};
    if (const std::string fault = readEnvironment(*entry, place, server); !fault.empty())
        return {.fault = fault};
    return {.value = std::move(server)};
}

Checked<ChildProgram> programOf(const McpServer &server, const PlaceholderValues &values,
                                std::vector<wire::WipedBytes> base)
{
    // What is not set stops it before anybody is asked for a token.
    PlaceholderValues known = values;
    known.token = [](std::string_view) { return Checked<wire::WipedBytes>{.value = wire::WipedBytes()}; };
    if (const auto trial = declaredBy(server, known); !trial)
        return {.fault = trial.fault};
    auto program = declaredBy(server, values);
    if (!program)
        return program;
    if (program->command.isEmpty())
        return {.fault = "The command of the " + server.name + " MCP server is empty. Set what it is made of."};
    const auto isDeclared = [declared = server.environment.size(), &program](const wire::WipedBytes &variable) {
        const auto &own = program->environment;
        return std::any_of(own.begin(), own.begin() + static_cast<long>(declared),
                           [&](const wire::WipedBytes &other) { return nameIn(other) == nameIn(variable); });
    };
    for (wire::WipedBytes &variable : base)
        if (!isDeclared(variable))
            program->environment.push_back(std::move(variable));
    return program;
}

} // namespace keytender::cli
