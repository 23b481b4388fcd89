// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "filechange.h"

#include <array>
#include <climits>
#include <cstdio>
#include <cstdlib>

#include <fcntl.h>
#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

namespace keytender::bench {

Instant replaceFile(const std::string &path, const std::string &content)
{
    const std::string temporary = path + ".tmp";
    const int file = open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0 || write(file, content.data(), content.size()) != static_cast<ssize_t>(content.size())) {
        std::perror(temporary.c_str());
        std::abort();
    }
    close(file);
    const Instant before = std::chrono::steady_clock::now();
    if (rename(temporary.c_str(), path.c_str()) != 0) {
        std::perror(path.c_str());
        std::abort();
    }
    return before;
}

ArrivalWatch::ArrivalWatch(const std::string &directory) : m_queue(inotify_init1(IN_CLOEXEC))
{
    if (inotify_add_watch(m_queue, directory.c_str(), IN_MOVED_TO) < 0) {
        std::perror(directory.c_str());
        std::abort();
    }
}

ArrivalWatch::~ArrivalWatch()
{
    close(m_queue);
}

std::optional<Instant> ArrivalWatch::next(std::chrono::milliseconds deadline)
{
    pollfd waiting{.fd = m_queue, .events = POLLIN, .revents = 0};
    if (poll(&waiting, 1, static_cast<int>(deadline.count())) != 1)
        return std::nullopt;
    const Instant now = std::chrono::steady_clock::now();
    std::array<char, 16 * (sizeof(inotify_event) + NAME_MAX + 1)> events;
    if (read(m_queue, events.data(), events.size()) <= 0)
        return std::nullopt;
    return now;
}

void ArrivalWatch::settle(std::chrono::milliseconds quiet)
{
    while (next(quiet)) {
    }
}

std::string ssoCacheFile(long login, long generation)
{
    const std::string name = std::to_string(login) + "-" + std::to_string(generation);
    std::array<char, 32> expiresAt{};
    std::snprintf(expiresAt.data(), expiresAt.size(), "2033-01-%02ldT%02ld:%02ld:00Z", 1 + generation / 1440 % 28,
                  generation / 60 % 24, generation % 60);
    return R"({"startUrl": "https://)" + std::to_string(login) + R"(.awsapps.com/start", "region": "eu-central-1", )"
           + R"("accessToken": "dummy-access-)" + name + std::string(600, 'a') + R"(", "expiresAt": ")"
           + expiresAt.data() + R"(", "clientId": "dummy-client", "clientSecret": "dummy-secret", )"
           + R"("registrationExpiresAt": "2033-02-01T00:00:00Z", "refreshToken": "dummy-refresh-)" + name
           + std::string(600, 'r') + R"("})";
}

std::string ssoCacheName(long login)
{
    std::array<char, 64> name{};
    const unsigned long spread = static_cast<unsigned long>(login) * 2654435761UL & 0xffffffffUL;
    std::snprintf(name.data(), name.size(), "%08lx%032lx.json", spread, static_cast<unsigned long>(login));
    return name.data();
}

} // namespace keytender::bench
