// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "protocolhost.h"

#include <algorithm>

#include <arpa/inet.h>

namespace keytender::cli {

namespace {

constexpr std::size_t longestHost = 253;
constexpr std::size_t longestLabel = 63;

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool isLabelCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

bool isLabel(std::string_view label)
{
    return !label.empty() && label.size() <= longestLabel && label.front() != '-' && label.back() != '-'
           && std::ranges::all_of(label, isLabelCharacter);
}

bool isName(std::string_view name)
{
    if (name.empty() || name.size() > longestHost)
        return false;
    while (true) {
        const std::size_t dot = name.find('.');
        if (!isLabel(name.substr(0, dot)))
            return false;
        if (dot == std::string_view::npos)
            return true;
        name.remove_prefix(dot + 1);
    }
}

// "[::1]", without a zone.
bool isBracketedAddress(std::string_view host)
{
    if (host.size() < 4 || host.front() != '[' || host.back() != ']')
        return false;
    in6_addr address{};
    return inet_pton(AF_INET6, std::string(host.substr(1, host.size() - 2)).c_str(), &address) == 1;
}

bool isPort(std::string_view port)
{
    const auto number = wholeNumber(port);
    return number && *number >= 1 && *number <= 65535 && port.front() != '0';
}

bool isThisMachine(std::string_view host)
{
    in_addr address{};
    const std::string name(host);
    return name == "localhost" || name == "[::1]"
           || (inet_pton(AF_INET, name.c_str(), &address) == 1 && (ntohl(address.s_addr) >> 24) == 127);
}

} // namespace

Checked<Server> serverOf(std::string_view protocol, std::string_view host)
{
    std::string wanted(host.substr(0, longestHost + 7)); // a longer one is refused below all the same
    std::ranges::transform(wanted, wanted.begin(), lower);
    const std::string_view whole = wanted;
    const std::size_t bracket = whole.rfind(']');
    const std::size_t colon = whole.find(':', bracket == std::string_view::npos ? 0 : bracket);
    const std::string_view name = whole.substr(0, colon);
    if (host.size() > wanted.size() || !(isName(name) || isBracketedAddress(name)))
        return {.fault = "the host is no name that a server can have"};
    if (colon != std::string_view::npos && !isPort(whole.substr(colon + 1)))
        return {.fault = "the port is none"};
    if (protocol == "http" && !isThisMachine(name))
        return {.fault = "http would show the token to everybody on the way; use https"};
    if (protocol != "https" && protocol != "http")
        return {.fault = "tokens are for https alone"};
    return {.value = Server{.protocol = std::string(protocol), .host = std::move(wanted)}};
}

Checked<Server> serverOfUrl(std::string_view url)
{
    std::string_view protocol = "https";
    if (const std::size_t mark = url.find("://"); mark != std::string_view::npos) {
        protocol = url.substr(0, mark);
        url.remove_prefix(mark + 3);
    }
    if (!isPlainText(url))
        return {.fault = "the address holds characters that none has"};
    // What stands before an "@" would be a user, also where a "/" or "?" stands before that.
    if (url.find_first_of("@\\") != std::string_view::npos)
        return {.fault = "the address names a user, and only a server is wanted"};
    return serverOf(protocol, url.substr(0, url.find_first_of("/?#")));
}

std::string userNameFor(const Server &server, std::string_view account)
{
    if (isPrintableWord(account) && account.find(':') == std::string_view::npos)
        return std::string(account);
    const std::string_view host = server.host;
    if (host == "github.com" || host.ends_with(".ghe.com") || host == "ghcr.io")
        return "x-access-token";
    if (host == "gcr.io" || host.ends_with(".gcr.io") || host.ends_with("-docker.pkg.dev"))
        return "oauth2accesstoken";
    return "oauth2";
}

} // namespace keytender::cli
