// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// `tokenserver [MILLISECONDS]` prints its port and answers every POST on loopback with a new token set, of the sizes
// that real ones have, after that time or as fast as it can: one connection after another, nothing looked at but the
// end of the request.

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

std::string token(std::string_view kind, long number)
{
    const std::string digits = std::to_string(number);
    std::string text("dummy-");
    text += kind;
    text.append(108 - text.size() - digits.size(), '0');
    return text + digits;
}

std::string answer(long number)
{
    const std::string body = R"({"token_type":"Bearer","access_token":")" + token("at-", number)
                             + R"(","expires_in":86400,"refresh_token":")" + token("rt-", number)
                             + R"(","scope":"user:profile user:inference"})";
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nCache-Control: no-store\r\nConnection: close\r\n"
           "Content-Length: "
           + std::to_string(body.size()) + "\r\n\r\n" + body;
}

bool isWhole(const std::string &request)
{
    constexpr std::string_view field = "Content-Length: "; // as Qt writes it, and curl
    const std::size_t end = request.find("\r\n\r\n");
    const std::size_t length = request.find(field);
    if (end == std::string::npos || length == std::string::npos)
        return false;
    return request.size() >= end + 4 + std::strtoul(request.c_str() + length + field.size(), nullptr, 10);
}

void serve(int connection, long number, unsigned int delay)
{
    std::string request;
    char bytes[4096];
    while (!isWhole(request)) {
        const ssize_t got = read(connection, bytes, sizeof bytes);
        if (got <= 0)
            return;
        request.append(bytes, static_cast<std::size_t>(got));
    }
    const std::string response = answer(number);
    usleep(delay);
    if (send(connection, response.data(), response.size(), MSG_NOSIGNAL) < 0)
        std::perror("send");
}

} // namespace

int main(int argc, char *argv[])
{
    const unsigned int delay = argc > 1 ? 1000U * static_cast<unsigned int>(std::atoi(argv[1])) : 0;
    const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (bind(listener, reinterpret_cast<sockaddr *>(&address), size) != 0 || listen(listener, SOMAXCONN) != 0
        || getsockname(listener, reinterpret_cast<sockaddr *>(&address), &size) != 0) {
        std::perror("tokenserver");
        return 1;
    }
    std::printf("%d\n", ntohs(address.sin_port));
    std::fflush(stdout);
    for (long number = 1;; ++number) {
        const int connection = accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (connection < 0)
            continue;
        serve(connection, number, delay);
        close(connection);
    }
}
