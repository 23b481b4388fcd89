// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "wire/message.h"
#include "wire/outcome.h"

namespace keytender::wire {

// Why there is no answer, in words for a person.
struct Failure {
    Outcome outcome = Outcome::Unavailable;
    std::string text; // one sentence with its cure
};

// The client half: one connection to the service, blocking, each wait with its deadline. A socket round trip and
// nothing else.
class Client final {
public:
    using Deadline = std::chrono::steady_clock::time_point;

    // Connects to a socket of a directory that is ours alone, whose other end runs as our user. Nothing where nobody
    // listens there.
    [[nodiscard]] static std::optional<Client> connectTo(const std::string &socketPath);
    // Takes a connected socket over.
    explicit Client(int socket) : m_socket(socket) {}
    ~Client();
    Client(Client &&other) noexcept;
    Client &operator=(Client &&other) noexcept;
    Client(const Client &) = delete;
    Client &operator=(const Client &) = delete;

    [[nodiscard]] std::optional<Failure> send(const Message &message, Deadline deadline) const;

    struct Received {
        std::optional<Message> message;
        std::optional<Failure> failure; // one of both
    };
    // The next message: More, or the Answer that ends the request.
    [[nodiscard]] Received receive(Deadline deadline);

    // Something has come already that receive() has not returned yet: waiting for the socket would miss it.
    [[nodiscard]] bool hasBegun() const { return m_reader.isWithinFrame(); }
    [[nodiscard]] int socket() const { return m_socket; } // to wait for it together with others

private:
    int m_socket = -1;
    Reader m_reader;
};

} // namespace keytender::wire
