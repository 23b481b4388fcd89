// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <array>
#include <cerrno>
#include <cstring>
#include <optional>
#include <string>
#include <utility>

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/filedescriptor.h"
#include "wire/message.h"

namespace keytender::ipc {

// A client that never blocks, so that it lives in the server's own event loop, and that may misbehave.
class RawClient final {
public:
    explicit RawClient(const std::string &path)
        : m_socket(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0))
    {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::memcpy(address.sun_path, path.data(), std::min(path.size(), sizeof address.sun_path - 1));
        if (connect(m_socket.number(), reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0) {
            m_error = errno;
            (void)m_socket.close();
        }
    }
    explicit RawClient(base::FileDescriptor socket) : m_socket(std::move(socket)) {}

    [[nodiscard]] bool isConnected() const { return m_socket.isOpen(); }
    [[nodiscard]] int error() const { return m_error; } // of the connection that was tried
    [[nodiscard]] int number() const { return m_socket.number(); }
    void close() { (void)m_socket.close(); }
    void shut() const { shutdown(m_socket.number(), SHUT_WR); }

    // How many bytes went.
    std::size_t send(std::string_view bytes) const // NOLINT(modernize-use-nodiscard): mostly all of them
    {
        const ssize_t sent = ::send(m_socket.number(), bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        return sent < 0 ? 0 : static_cast<std::size_t>(sent);
    }
    std::size_t send(const wire::Message &message) const // NOLINT(modernize-use-nodiscard): as above
    {
        const wire::WipedBytes bytes = message.encoded();
        return send(bytes.view());
    }

    // What is there now.
    [[nodiscard]] std::optional<wire::Message> take()
    {
        std::array<char, 65536> buffer{};
        while (true) {
            if (auto message = m_reader.next().message)
                return message;
            const ssize_t count = recv(m_socket.number(), buffer.data(), buffer.size(), MSG_DONTWAIT);
            if (count <= 0) {
                m_isClosed = m_isClosed || count == 0 || (errno != EAGAIN && errno != EINTR);
                return std::nullopt;
            }
            m_reader.feed({buffer.data(), static_cast<std::size_t>(count)});
        }
    }
    // Throws away what came.
    [[nodiscard]] bool isClosed()
    {
        while (take()) {
        }
        return m_isClosed;
    }
    // Bytes of a message that never became whole.
    [[nodiscard]] bool hasPart() const { return m_reader.isWithinFrame(); }

private:
    base::FileDescriptor m_socket;
    wire::Reader m_reader;
    int m_error = 0;
    bool m_isClosed = false;
};

inline wire::Message request(std::string_view command)
{
    wire::Message message(wire::Kind::Request);
    message.set("command", command);
    return message;
}

} // namespace keytender::ipc
