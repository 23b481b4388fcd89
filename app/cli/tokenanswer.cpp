// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tokenanswer.h"

#include <unistd.h>

namespace keytender::cli {

wire::Outcome TokenAnswer::outcome() const
{
    if (given)
        return wire::Outcome::Ok;
    return reply.outcome == wire::Outcome::Ok ? wire::Outcome::Failed : reply.outcome;
}

wire::Message tokenRequest(std::string_view profile, std::string_view purpose)
{
    wire::Message request(wire::Kind::Request);
    request.set("command", "token").set("profile", profile).set("purpose", purpose);
    return request;
}

TokenAnswer requestToken(const wire::Message &request, const Approach &approach)
{
    if (!request.fits())
        return {
            .reply = {.outcome = wire::Outcome::Usage, .text = {}, .answer = {}},
            .given = {.value = {}, .fault = "A value is too long, or holds a line break or a NUL. Nothing was sent."}};
    const Exchange exchange{.request = request, .told = {}, .afterwards = {}, .read = {}};
    TokenAnswer answer{.reply = ask(exchange, approach)};
    if (answer.reply.outcome == wire::Outcome::Ok && answer.reply.answer)
        answer.given = tokenIn(*answer.reply.answer, std::time(nullptr));
    else
        answer.given.fault = answer.reply.text.empty() ? "The service gave no reason." : answer.reply.text;
    return answer;
}

bool mayPrintSecret(bool isForced)
{
    if (isForced || isatty(STDOUT_FILENO) == 0)
        return true;
    complain(
        "this would show a token on the screen. Let the program that wants it start keytenderctl, or say --force.");
    return false;
}

} // namespace keytender::cli
