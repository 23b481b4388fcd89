// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ask.h"

#include <algorithm>
#include <thread>

#include <poll.h>

#include "json.h"
#include "process.h"
#include "servicestart.h"
#include "wire/place.h"

namespace keytender::cli {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

namespace {

enum class Ready { Service, Input };

// At the deadline: Service, whose receive() says that it is over.
Ready waitFor(const wire::Client &client, int input, Exchange::Deadline deadline)
{
    while (!client.hasBegun()) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
        pollfd waiting[] = {{.fd = client.socket(), .events = POLLIN, .revents = 0},
                            {.fd = input, .events = POLLIN, .revents = 0}};
        const int count = poll(waiting, 2, static_cast<int>(std::clamp<long long>(left, 0, 3'600'000)));
        if (count > 0 && waiting[0].revents == 0)
            return Ready::Input;
        if (count > 0 || left <= 0)
            break;
    }
    return Ready::Service;
}

Reply replyOf(wire::Failure failure)
{
    return {.outcome = failure.outcome, .text = std::move(failure.text)};
}

Reply replyOf(wire::Message answer)
{
    const auto outcome = wire::outcomeNamed(answer.value("outcome"));
    if (!outcome)
        return {.outcome = wire::Outcome::Failed,
                .text = "The service answers in words that keytenderctl does not know. Install both from one package."};
    std::string text(*outcome == wire::Outcome::Ok ? std::string_view() : answer.value("text"));
    return {.outcome = *outcome, .text = std::move(text), .answer = std::move(answer)};
}

// Who refuses a request hangs up while the rest of it is on its way: what it said comes before our failure.
Reply refusalBefore(wire::Failure failure, wire::Client &client)
{
    hideMemory();
    wire::Client::Received received = client.receive(Clock::now() + 100ms);
    if (received.message && received.message->kind() == wire::Kind::Answer)
        return replyOf(std::move(*received.message));
    return replyOf(std::move(failure));
}

Reply converse(wire::Client &client, const Exchange &exchange, Exchange::Deadline deadline)
{
    if (auto failure = client.send(exchange.request, deadline))
        return replyOf(std::move(*failure));
    if (exchange.afterwards)
        if (auto failure = exchange.afterwards(client, deadline))
            return refusalBefore(std::move(*failure), client);
    int input = exchange.input;
    while (true) {
        if (waitFor(client, input, deadline) == Ready::Input) {
            if (!exchange.read(client, deadline))
                input = -1;
            continue;
        }
        // It has answered, so it knows who we are; and no secret is in this memory before this line.
        hideMemory();
        wire::Client::Received received = client.receive(deadline);
        if (!received.message)
            return replyOf(std::move(*received.failure));
        if (received.message->kind() == wire::Kind::Answer)
            return replyOf(std::move(*received.message));
        if (exchange.told)
            exchange.told(*received.message);
        if (exchange.respond)
            if (auto failure = exchange.respond(*received.message, client, deadline))
                return replyOf(std::move(*failure));
    }
}

Reply askAStartedOne(const Exchange &exchange, Exchange::Deadline deadline)
{
    StartedService started = startService();
    if (!started.client)
        return {.outcome = wire::Outcome::Unavailable, .text = std::move(started.text)};
    Reply reply = converse(*started.client, exchange, deadline);
    const std::string complaint = reply.answer ? std::string() : lastLineOf(started.complaints);
    if (!complaint.empty())
        reply.text += " It said: " + complaint;
    return reply;
}

Reply askOnce(const Exchange &exchange, const Approach &approach, Exchange::Deadline deadline)
{
    const wire::Place place = wire::Place::ofThisProcess();
    if (auto client = wire::Client::connectTo(place.service))
        return converse(*client, exchange, deadline);
    if (!approach.mayStart)
        return {.outcome = wire::Outcome::Unavailable,
                .text =
                    "Keytender is not running, and --no-start keeps it from being started. Start Keytender, or leave "
                    "--no-start out."};
    if (auto client = wire::Client::connectTo(place.activation))
        return converse(*client, exchange, deadline);
    return askAStartedOne(exchange, deadline);
}

bool wantsAnotherTry(const Reply &reply)
{
    return reply.outcome == wire::Outcome::Unavailable && reply.value("retry") == "yes";
}

} // namespace

Reply ask(const Exchange &exchange, const Approach &approach)
{
    constexpr int mostTries = 12;
    constexpr int patientTries = 3; // then the other one has ended in the meantime
    const Exchange::Deadline deadline = Clock::now() + approach.patience;
    Reply reply = askOnce(exchange, approach, deadline);
    auto pause = 10ms; // doubled up to 640 ms: about 4 s in all
    for (int tries = 0; wantsAnotherTry(reply) && tries < mostTries && Clock::now() + pause < deadline; ++tries) {
        std::this_thread::sleep_for(pause);
        pause = std::min(pause * 2, 640ms);
        if (auto client = wire::Client::connectTo(wire::Place::ofThisProcess().service))
            reply = converse(*client, exchange, deadline);
        else if (approach.mayStart && tries >= patientTries)
            reply = askOnce(exchange, approach, deadline);
    }
    return reply;
}

int finish(const Reply &reply, Form form)
{
    const int exitCode = static_cast<int>(reply.outcome);
    if (reply.outcome == wire::Outcome::Ok)
        return exitCode;
    const std::string text = reply.text.empty() ? "The service gave no reason." : reply.text;
    complain(text);
    if (form == Form::Json)
        (void)print(errorLine(wire::nameOf(reply.outcome), text).view());
    return exitCode;
}

std::string_view formatOf(Form form)
{
    return form == Form::Json ? "json" : "table";
}

} // namespace keytender::cli
