// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "protocolgit.h"

namespace keytender::cli {

namespace {

constexpr std::size_t longestLine = 65535; // with its line end

// The attributes that we read; each at most once.
struct Attributes {
    std::optional<std::string> protocol;
    std::optional<std::string> host;
    std::optional<std::string> path;
    std::optional<std::string> user;

    std::optional<std::string> *named(std::string_view key)
    {
        if (key == "protocol")
            return &protocol;
        if (key == "host")
            return &host;
        if (key == "path")
            return &path;
        return key == "username" ? &user : nullptr;
    }
};

// In words what is wrong with it; empty = nothing.
std::string take(std::string_view line, Attributes &attributes)
{
    const std::size_t sign = line.find('=');
    if (sign == std::string_view::npos || sign == 0)
        return "is no key=value";
    std::optional<std::string> *const place = attributes.named(line.substr(0, sign));
    if (place == nullptr)
        return {};
    if (*place)
        return "says again what was said";
    const std::string_view value = line.substr(sign + 1);
    if (!isPlainText(value))
        return "holds characters that do not belong there";
    *place = std::string(value);
    return {};
}

std::string faultIn(std::string_view text, Attributes &attributes)
{
    for (int number = 1; !text.empty(); ++number) {
        const auto inLine = [&](const std::string &fault) {
            return "line " + std::to_string(number) + " of the request " + fault;
        };
        const std::size_t end = text.find('\n');
        const std::string_view line = text.substr(0, end);
        if (line.size() >= longestLine)
            return inLine("is longer than git's protocol allows");
        if (end == std::string_view::npos)
            return inLine("was cut off");
        if (line.empty())
            return {};
        if (const std::string fault = take(line, attributes); !fault.empty())
            return inLine(fault);
        text.remove_prefix(end + 1);
    }
    return {};
}

void appendLine(wire::WipedBytes &text, std::string_view key, std::string_view value)
{
    text.append(key);
    text.append("=");
    text.append(value);
    text.append("\n");
}

} // namespace

Checked<GitRequest> readGitRequest(std::string_view text)
{
    if (text.find_first_of(std::string_view("\0\r", 2)) != std::string_view::npos)
        return {.fault = "the request holds a carriage return or a NUL"};
    Attributes attributes;
    if (const std::string fault = faultIn(text, attributes); !fault.empty())
        return {.fault = fault};
    if (!attributes.protocol || !attributes.host)
        return {.fault = "the request names no protocol and host"};
    auto server = serverOf(*attributes.protocol, *attributes.host);
    if (!server)
        return {.fault = server.fault};
    if (attributes.user && attributes.user->empty())
        attributes.user.reset();
    return {.value = GitRequest{.server = std::move(*server.value),
                                .path = std::move(attributes.path),
                                .user = std::move(attributes.user)}};
}

wire::WipedBytes gitAnswer(const GitRequest &request, const GivenToken &given)
{
    wire::WipedBytes text;
    appendLine(text, "username", request.user ? *request.user : userNameFor(request.server, given.user));
    appendLine(text, "password", given.token);
    if (given.expiresAt)
        appendLine(text, "password_expiry_utc", std::to_string(*given.expiresAt));
    return text;
}

} // namespace keytender::cli
