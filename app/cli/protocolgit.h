// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "protocol.h"
#include "protocolhost.h"

// The protocol of git's credential helpers (gitcredentials(7), git-credential(1)).
namespace keytender::cli {

struct GitRequest {
    Server server;
    std::optional<std::string> path; // only where git was told to send it (credential.useHttpPath)
    std::optional<std::string> user;

    bool operator==(const GitRequest &) const = default;
};

// Lines of key=value up to an empty one or the end: each ends in LF alone and is at most 65535 bytes long, none holds
// NUL or CR. Unknown keys and those ending in "[]" are passed over; one of ours must not stand twice. A last line
// without its LF was cut off: "git.example.co" is another host than "git.example.com".
[[nodiscard]] Checked<GitRequest> readGitRequest(std::string_view text);

// What `get` prints. Never a refresh token: helpers behind us would store or spend it.
[[nodiscard]] wire::WipedBytes gitAnswer(const GitRequest &request, const GivenToken &given);

inline constexpr std::size_t longestGitRequest = std::size_t{1} << 20;

} // namespace keytender::cli
