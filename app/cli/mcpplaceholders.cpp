// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "mcpplaceholders.h"

#include <algorithm>
#include <string>

namespace keytender::cli {

namespace {

constexpr std::string_view profileMark = "keytender:";
constexpr std::string_view otherwiseMark = ":-";
constexpr std::size_t longestProfile = 256;

bool isProfileId(std::string_view id)
{
    return isPrintableWord(id) && id.size() <= longestProfile;
}

// What stands between "${" and "}".
Checked<Placeholder> placeholderOf(std::string_view inside)
{
    const std::size_t mark = inside.find(otherwiseMark);
    const std::string_view name = inside.substr(0, mark);
    if (isVariableName(name)) {
        Placeholder variable{.kind = Placeholder::Kind::Variable, .text = name};
        if (mark != std::string_view::npos)
            variable.otherwise = inside.substr(mark + otherwiseMark.size());
        return {.value = variable};
    }
    if (inside.starts_with(profileMark) && isProfileId(inside.substr(profileMark.size())))
        return {.value = Placeholder{.kind = Placeholder::Kind::Profile, .text = inside.substr(profileMark.size())}};
    return {.fault = "holds a ${...} that names no variable and no profile"};
}

} // namespace

bool isVariableName(std::string_view name)
{
    const auto isLetter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
    const auto isAllowed = [&](char c) { return isLetter(c) || (c >= '0' && c <= '9'); };
    return !name.empty() && isLetter(name.front()) && std::ranges::all_of(name, isAllowed);
}

Checked<std::vector<Placeholder>> placeholdersIn(std::string_view value)
{
    std::vector<Placeholder> parts;
    while (!value.empty()) {
        const std::size_t begin = value.find("${");
        if (begin != 0)
            parts.push_back({.kind = Placeholder::Kind::Text, .text = value.substr(0, begin)});
        if (begin == std::string_view::npos)
            break;
        value.remove_prefix(begin + 2);
        const std::size_t end = value.find('}');
        if (end == std::string_view::npos)
            return {.fault = "holds a ${ without its }"};
        const std::string_view inside = value.substr(0, end);
        if (inside.find("${") != std::string_view::npos)
            return {.fault = "holds a ${...} within a ${...}, which no client replaces; say it with one variable"};
        const auto part = placeholderOf(inside);
        if (!part)
            return {.fault = part.fault};
        parts.push_back(*part.value);
        value.remove_prefix(end + 1);
    }
    return {.value = std::move(parts)};
}

Checked<wire::WipedBytes> expanded(const std::vector<Placeholder> &value, const PlaceholderValues &values,
                                   std::string_view server)
{
    wire::WipedBytes text;
    for (const Placeholder &part : value) {
        if (part.kind == Placeholder::Kind::Text) {
            text.append(part.text);
        } else if (part.kind == Placeholder::Kind::Profile) {
            const auto token = values.token(part.text);
            if (!token)
                return {.fault = token.fault};
            text.append(token->view());
        } else if (const auto set = values.variable(part.text)) {
            text.append(*set);
        } else if (part.otherwise) {
            text.append(*part.otherwise);
        } else {
            return {.fault = std::string(part.text) + " is not set: the " + std::string(server)
                             + " MCP server cannot start"};
        }
    }
    return {.value = std::move(text)};
}

} // namespace keytender::cli
