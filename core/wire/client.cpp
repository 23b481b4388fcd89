// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/client.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

namespace keytender::wire {

namespace {

Failure silent()
{
    return {.outcome = Outcome::Unavailable,
            .text = "Keytender did not answer in time. Look at its window, or try again later."};
}

Failure gone()
{
    return {.outcome = Outcome::Unavailable,
            .text = "Keytender ended before it answered. Start it again, or try again later."};
}

// Waits until the socket can be read or written; false at the deadline.
bool waitFor(int socket, short what, Client::Deadline deadline)
{
    while (true) {
        const auto left =
            std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now()).count();
        if (left <= 0)
            return false;
        pollfd waiting{.fd = socket, .events = what, .revents = 0};
        const int count = poll(&waiting, 1, static_cast<int>(std::min<long long>(left, 3'600'000)));
        if (count > 0)
            return true;
        if (count < 0 && errno != EINTR)
            return false;
    }
}

// Others may not have put a socket of theirs in its place.
bool isOurs(const std::string &directory)
{
    struct stat found {};
    return lstat(directory.c_str(), &found) == 0 && S_ISDIR(found.st_mode) && found.st_uid == getuid()
           && (found.st_mode & 0077) == 0;
}

bool isOurUser(int socket)
{
    ucred peer{};
    socklen_t size = sizeof peer;
    return getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 && peer.uid == getuid();
}

} // namespace

std::optional<Client> Client::connectTo(const std::string &socketPath)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (socketPath.empty() || socketPath.size() >= sizeof address.sun_path)
        return std::nullopt;
    if (!isOurs(socketPath.substr(0, socketPath.rfind('/'))))
        return std::nullopt;
    std::memcpy(address.sun_path, socketPath.data(), socketPath.size());
    Client client(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (client.m_socket < 0)
        return std::nullopt;
    // A full backlog refuses at once (EAGAIN) only on a socket that does not block; this one waits its turn, for a
    // while.
    constexpr timeval patience{.tv_sec = 5, .tv_usec = 0};
    setsockopt(client.m_socket, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    if (connect(client.m_socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0
        || !isOurUser(client.m_socket))
        return std::nullopt;
    return client;
}

Client::~Client()
{
    if (m_socket >= 0)
        close(m_socket);
}

Client::Client(Client &&other) noexcept
    : m_socket(std::exchange(other.m_socket, -1)), m_reader(std::move(other.m_reader))
{
}

Client &Client::operator=(Client &&other) noexcept
{
    std::swap(m_socket, other.m_socket);
    std::swap(m_reader, other.m_reader);
    return *this;
}

std::optional<Failure> Client::send(const Message &message, Deadline deadline) const
{
    if (!message.fits())
        return Failure{.outcome = Outcome::Usage,
                       .text = "A value is too long, or holds a line break or a NUL. Nothing was sent."};
    const WipedBytes bytes = message.encoded();
    std::string_view rest = bytes.view();
    while (!rest.empty()) {
        const ssize_t sent = ::send(m_socket, rest.data(), rest.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent > 0)
            rest.remove_prefix(static_cast<std::size_t>(sent));
        else if (errno == EAGAIN && !waitFor(m_socket, POLLOUT, deadline))
            return silent();
        else if (errno != EAGAIN && errno != EINTR)
            return gone();
    }
    return std::nullopt;
}

Client::Received Client::receive(Deadline deadline)
{
    std::array<char, 8192> buffer; // NOLINT(cppcoreguidelines-pro-type-member-init): filled by recv
    while (true) {
        Reader::Step step = m_reader.next();
        if (step.fault)
            return {.message = {}, .failure = Failure{.outcome = Outcome::Unavailable, .text = describe(*step.fault)}};
        if (step.message)
            return {.message = std::move(step.message), .failure = {}};
        if (!waitFor(m_socket, POLLIN, deadline))
            return {.message = {}, .failure = silent()};
        const ssize_t count = recv(m_socket, buffer.data(), buffer.size(), MSG_DONTWAIT);
        if (count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR))
            return {.message = {}, .failure = gone()};
        if (count > 0)
            m_reader.feed({buffer.data(), static_cast<std::size_t>(count)});
        explicit_bzero(buffer.data(), buffer.size());
    }
}

} // namespace keytender::wire
