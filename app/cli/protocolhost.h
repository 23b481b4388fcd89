// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "protocol.h"

namespace keytender::cli {

// A server as git and Docker name it, checked strictly: what is odd is no server that we hold a token for (W-05, W-06).
struct Server {
    std::string protocol; // "https"; "http" for this machine alone, because it shows the token to whoever listens
    std::string host;     // lower case, with ":port" where one was given: "git.example.com:8443", "[::1]:3000"

    bool operator==(const Server &) const = default;
};

// ASCII letters, digits and hyphens between dots, at least one label, no trailing dot, no user, no percent, no IDN in
// clear (its xn-- form is a name like any other); or an IP literal; a port of 1 to 65535.
[[nodiscard]] Checked<Server> serverOf(std::string_view protocol, std::string_view host);

// "https://index.docker.io/v1/", "ghcr.io", "registry.example.com:5000": without a protocol it is https.
[[nodiscard]] Checked<Server> serverOfUrl(std::string_view url);

// "octocat" where the account has a name that fits into user:password; else what its server takes beside a token.
[[nodiscard]] std::string userNameFor(const Server &server, std::string_view account);

} // namespace keytender::cli
