// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include "output.h"
#include "wire/client.h"

namespace keytender::cli {

// How far one goes for an answer: --no-start, --timeout.
struct Approach {
    bool mayStart = true; // keytenderd, where no service runs
    std::chrono::seconds patience{60};
};

// One request and what belongs to it. Only `request` must be there. What `afterwards` and `read` send goes out while
// the request is under way.
struct Exchange {
    using Deadline = wire::Client::Deadline;

    const wire::Message &request;
    // Each More of the service, as it comes.
    std::function<void(const wire::Message &more)> told = {};
    // What we say to it; a failure ends the request.
    std::function<std::optional<wire::Failure>(const wire::Message &more, const wire::Client &client,
                                               Deadline deadline)>
        respond = {};
    // What follows the request on the same connection.
    std::function<std::optional<wire::Failure>(const wire::Client &client, Deadline deadline)> afterwards = {};
    // A descriptor that is waited for as well, and what reads it: false = not again.
    int input = -1;
    std::function<bool(const wire::Client &client, Deadline deadline)> read = {};
};

// How it ended. `answer` is there where the service answered at all.
struct Reply {
    wire::Outcome outcome = wire::Outcome::Unavailable;
    std::string text; // one sentence with its cure; empty with Ok
    std::optional<wire::Message> answer = {};

    [[nodiscard]] std::string_view value(std::string_view key) const
    {
        return answer ? answer->value(key) : std::string_view();
    }
};

// Asks the service that runs, else the one that systemd starts, else, one that is started for this request:
//
//   service socket ─▶ activation socket ─▶ keytenderd --serve-on over a pair of sockets
//        ▲                                        │
//        └──── "unavailable" with retry=yes ──────┘   another one keeps the vault: it listens in a moment, or ends
[[nodiscard]] Reply ask(const Exchange &exchange, const Approach &approach);

// Complains where it did not go well; with Form::Json the error goes to stdout as well. The exit code.
[[nodiscard]] int finish(const Reply &reply, Form form);

// Of a request: how its answer is to be written.
[[nodiscard]] std::string_view formatOf(Form form);

} // namespace keytender::cli
