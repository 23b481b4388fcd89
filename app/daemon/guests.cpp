// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "guests.h"

#include <charconv>
#include <cstdlib>
#include <cstring>

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace keytender::daemon {

namespace {

constexpr int firstSocket = 3;
constexpr long mostSockets = 16;

// 0 where it is not set, or no number.
long number(const char *variable)
{
    const char *text = std::getenv(variable); // NOLINT(concurrency-mt-unsafe): nobody changes the environment
    long value = 0;
    if (text != nullptr)
        std::from_chars(text, text + std::strlen(text), value);
    return value;
}

int option(int socket, int name)
{
    int value = -1;
    socklen_t size = sizeof value;
    return getsockopt(socket, SOL_SOCKET, name, &value, &size) == 0 ? value : -1;
}

} // namespace

std::vector<int> takeSocketsOfSystemd()
{
    const long count = number("LISTEN_PID") == getpid() ? number("LISTEN_FDS") : 0;
    for (const char *variable : {"LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"})
        unsetenv(variable); // NOLINT(concurrency-mt-unsafe): there is one thread yet
    std::vector<int> sockets;
    if (count < 1 || count > mostSockets)
        return sockets;
    for (int socket = firstSocket; socket < firstSocket + static_cast<int>(count); ++socket) {
        fcntl(socket, F_SETFD, FD_CLOEXEC);
        if (option(socket, SO_DOMAIN) == AF_UNIX && option(socket, SO_TYPE) == SOCK_STREAM
            && option(socket, SO_ACCEPTCONN) == 1)
            sockets.push_back(socket);
        else
            close(socket);
    }
    return sockets;
}

} // namespace keytender::daemon
