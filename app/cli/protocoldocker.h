// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string_view>

#include "protocol.h"
#include "protocolhost.h"

// The protocol of Docker's credential helpers: one word on the command line, the address on standard input, and on
// standard output JSON or, with exit code 1, why there is none.
namespace keytender::cli {

// Docker tells this one from all other errors by its words.
inline constexpr std::string_view dockerNotFound = "credentials not found in native keychain";
inline constexpr std::size_t longestDockerRequest = std::size_t{16} * 1024;

struct DockerRequest {
    std::string address; // as Docker said it, without the line end
    Server server;
};
[[nodiscard]] Checked<DockerRequest> readDockerRequest(std::string_view text);

[[nodiscard]] wire::WipedBytes dockerAnswer(const DockerRequest &request, const GivenToken &given);

} // namespace keytender::cli
