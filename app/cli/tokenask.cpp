// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tokenask.h"

#include <algorithm>

namespace keytender::cli {

namespace {

bool isToken(std::string_view text)
{
    return !text.empty()
           && std::ranges::all_of(text, [](char character) { return character > ' ' && character < 0x7f; });
}

} // namespace

Reply askForToken(const wire::Message &request, const Approach &approach)
{
    Reply reply = ask({.request = request}, approach);
    if (reply.outcome != wire::Outcome::Ok || isToken(reply.value("token")))
        return reply;
    return {.outcome = wire::Outcome::Failed,
            .text = "The service's answer holds no usable token. Look at this login in Keytender's window."};
}

} // namespace keytender::cli
