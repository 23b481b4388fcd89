// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// `signinpage ours COUNT`: that many sign-ins, each with a redirect listener of its own. Each line is the microseconds
// from a browser's connection to the end of the page. `signinpage floor COUNT`: the same bytes from a bare socket.

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <thread>

#include <QCoreApplication>
#include <QUrl>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "oauth/redirectlistener.h"
#include "oauth/redirectpage.h"

using namespace keytender;

namespace {

constexpr std::string_view state = "dummy-state-of-a-sign-in-that-is-none-00000";

sockaddr_in loopback(int port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    return address;
}

// What Chromium sends, as long as it is.
std::string request(int port)
{
    return "GET /callback?code=" + std::string(96, 'c') + "&state=" + std::string(state)
           + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port)
           + "\r\nConnection: keep-alive\r\nUpgrade-Insecure-Requests: 1\r\nUser-Agent: " + std::string(110, 'u')
           + "\r\nAccept: text/html,application/xhtml+xml\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\n"
             "Accept-Encoding: gzip, deflate, br\r\nAccept-Language: en-US,en;q=0.9\r\n\r\n";
}

// Microseconds; a page that is not whole ends the program.
long long browse(int port)
{
    const std::string text = request(port);
    const sockaddr_in address = loopback(port);
    const auto begin = std::chrono::steady_clock::now();
    const int connection = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connect(connection, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0
        || send(connection, text.data(), text.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(text.size()))
        std::abort();
    std::string page;
    char bytes[8192];
    for (ssize_t got = 0; (got = read(connection, bytes, sizeof bytes)) > 0;)
        page.append(bytes, static_cast<std::size_t>(got));
    const auto took = std::chrono::steady_clock::now() - begin;
    close(connection);
    if (page.size() != static_cast<std::size_t>(oauth::redirectPage(200).size()))
        std::abort();
    return took / std::chrono::microseconds(1);
}

int ours(int argc, char **argv, int count)
{
    QCoreApplication application(argc, argv);
    const base::SystemClock clock;
    std::unique_ptr<oauth::RedirectListener> listener;
    const auto listen = [&] { // in the event loop's thread
        listener = std::make_unique<oauth::RedirectListener>(
            oauth::ExpectedResponse{.state = base::Secret::copyOf(state), .issuer = {}}, clock);
        const auto address = listener->listen({QStringLiteral("http://127.0.0.1/callback")});
        return address ? address->port() : 0;
    };
    std::thread browser([&] {
        for (int number = 0; number < count; ++number) {
            int port = 0;
            QMetaObject::invokeMethod(
                &application, [&] { port = listen(); }, Qt::BlockingQueuedConnection);
            std::printf("%lld\n", browse(port));
        }
        QMetaObject::invokeMethod(&application, [] { QCoreApplication::exit(0); });
    });
    const int result = QCoreApplication::exec();
    browser.join();
    return result;
}

int floorOf(int count)
{
    const QByteArray &page = oauth::redirectPage(200);
    const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    if (bind(listener, reinterpret_cast<sockaddr *>(&address), size) != 0 || listen(listener, SOMAXCONN) != 0
        || getsockname(listener, reinterpret_cast<sockaddr *>(&address), &size) != 0)
        std::abort();
    std::thread server([&] {
        for (int number = 0; number < count; ++number) {
            const int connection = accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
            std::string head;
            char bytes[4096];
            while (head.find("\r\n\r\n") == std::string::npos) {
                const ssize_t got = read(connection, bytes, sizeof bytes);
                if (got <= 0)
                    std::abort();
                head.append(bytes, static_cast<std::size_t>(got));
            }
            if (send(connection, page.constData(), static_cast<std::size_t>(page.size()), MSG_NOSIGNAL) < 0)
                std::abort();
            close(connection);
        }
    });
    for (int number = 0; number < count; ++number)
        std::printf("%lld\n", browse(ntohs(address.sin_port)));
    server.join();
    return 0;
}

} // namespace

int main(int argc, char *argv[])
{
    if (argc != 3 || !base::initializeCrypto())
        return 2;
    const int count = std::atoi(argv[2]);
    return std::string_view(argv[1]) == "ours" ? ours(argc, argv, count) : floorOf(count);
}
