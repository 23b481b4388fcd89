// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "protocoldocker.h"

#include "jsontree.h"

namespace keytender::cli {

Checked<DockerRequest> readDockerRequest(std::string_view text)
{
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' '))
        text.remove_suffix(1);
    if (text.empty())
        return {.fault = "no server address was given"};
    auto server = serverOfUrl(text);
    if (!server)
        return {.fault = server.fault};
    return {.value = DockerRequest{.address = std::string(text), .server = std::move(*server.value)}};
}

wire::WipedBytes dockerAnswer(const DockerRequest &request, const GivenToken &given)
{
    wire::WipedBytes text;
    text.append(R"({"ServerURL":)");
    appendQuoted(text, request.address);
    text.append(R"(,"Username":)");
    appendQuoted(text, userNameFor(request.server, given.user));
    text.append(R"(,"Secret":)");
    appendQuoted(text, given.token);
    text.append("}\n");
    return text;
}

} // namespace keytender::cli
