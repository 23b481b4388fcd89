// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// `doorload SOCKET COMMAND RATE SECONDS`: asks as many programs would, RATE times a second, each over a connection of
// its own, whether the last one was answered or not. Prints how many were answered, the milliseconds between the first
// and the last answer, and the median, the 99th percentile and the most of the microseconds that one took, from the
// moment when it was due: whoever asks while the service does something else waits for the end of that.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "wire/message.h"

using namespace keytender;
using Clock = std::chrono::steady_clock;

namespace {

struct Asked {
    int socket;
    Clock::time_point due;
    wire::Reader reader;
};

int askAt(const sockaddr_un &address, std::string_view frame)
{
    const int number = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (number < 0 || connect(number, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0
        || write(number, frame.data(), frame.size()) != static_cast<ssize_t>(frame.size())) {
        std::perror("doorload");
        std::exit(1);
    }
    return number;
}

// true once the answer is there.
bool hear(Asked &asked)
{
    char buffer[65536];
    const ssize_t count = recv(asked.socket, buffer, sizeof buffer, MSG_DONTWAIT);
    if (count > 0)
        asked.reader.feed({buffer, static_cast<std::size_t>(count)});
    while (const auto message = asked.reader.next().message) {
        if (message->kind() == wire::Kind::Answer)
            return message->value("outcome") == "ok";
    }
    return false;
}

long microseconds(Clock::duration duration)
{
    return static_cast<long>(std::chrono::duration_cast<std::chrono::microseconds>(duration).count());
}

} // namespace

int main(int argc, char *argv[])
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (argc != 5 || std::strlen(argv[1]) >= sizeof address.sun_path)
        return 64;
    std::strcpy(address.sun_path, argv[1]);
    wire::Message request(wire::Kind::Request);
    request.set("command", argv[2]);
    const wire::WipedBytes frame = request.encoded();
    const auto rate = std::atoi(argv[3]);
    const int all = rate * std::atoi(argv[4]);

    std::vector<Asked> waiting;
    std::vector<long> took;
    const Clock::time_point begin = Clock::now();
    Clock::time_point last = begin;
    int sent = 0;
    while (static_cast<int>(took.size()) < all && Clock::now() < begin + std::chrono::minutes(2)) {
        const auto dueOf = [&](int index) {
            return begin + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(index) / rate);
        };
        while (sent < all && dueOf(sent) <= Clock::now()) {
            waiting.push_back({.socket = askAt(address, frame.view()), .due = dueOf(sent), .reader = {}});
            ++sent;
        }
        std::vector<pollfd> polled;
        for (const Asked &asked : waiting)
            polled.push_back({.fd = asked.socket, .events = POLLIN, .revents = 0});
        if (poll(polled.data(), polled.size(), sent < all && waiting.empty() ? 0 : 1) < 0)
            return 1;
        for (std::size_t i = waiting.size(); i-- > 0;) {
            if (polled[i].revents == 0 || !hear(waiting[i]))
                continue;
            last = Clock::now();
            took.push_back(microseconds(last - waiting[i].due));
            close(waiting[i].socket);
            waiting.erase(waiting.begin() + static_cast<std::ptrdiff_t>(i));
        }
    }
    if (took.empty())
        return 1;
    std::ranges::sort(took);
    std::printf("%zu %ld %ld %ld %ld\n", took.size(), microseconds(last - begin) / 1000, took[took.size() / 2],
                took[took.size() * 99 / 100], took.back());
    return 0;
}
