// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// `doorservice [MILLISECONDS]`: Keytender's end of the local socket with desks that need no vault, as a process of its
// own; MILLISECONDS for a client to send a request or to read the answer. Says "ready", or "taken" where another one
// has the name, and ends with standard input: then it prints the longest gap, in milliseconds, between two ticks of a
// timer of 5 ms.

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>

#include <QCoreApplication>
#include <QSocketNotifier>
#include <QTimer>

#include <unistd.h>

#include "ipc/server.h"

using namespace keytender;
using namespace std::chrono_literals;
using ipc::Inquiry;

namespace {

class Pulse final {
public:
    Pulse()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { beat(); });
        m_timer.start(5ms);
    }
    [[nodiscard]] double longest() const { return std::chrono::duration<double, std::milli>(m_longest).count(); }

private:
    void beat()
    {
        const auto now = std::chrono::steady_clock::now();
        m_longest = std::max(m_longest, now - std::exchange(m_last, now));
    }
    QTimer m_timer;
    std::chrono::steady_clock::time_point m_last = std::chrono::steady_clock::now();
    std::chrono::steady_clock::duration m_longest{};
};

// Counts what is under way, so that a test sees it end.
struct Desks {
    explicit Desks(ipc::Limits limits) : server(door, limits)
    {
        door.add("token", [](Inquiry &inquiry) {
            wire::Message answer = ipc::answerOf(wire::Outcome::Ok);
            answer.set("token", std::string(108, 'x')).set("kind", "oauth").set("profile", "claude-cli");
            inquiry.answer(answer);
        });
        door.add("never", [this](Inquiry &inquiry) { keep(inquiry); });
        door.add("partly", [this](Inquiry &inquiry) {
            keep(inquiry);
            wire::Message part(wire::Kind::More);
            inquiry.tell(part.set("text", "a part"));
        });
        door.add("long", [](Inquiry &inquiry) { ipc::answerText(inquiry, QByteArray(4'000'000, 'x')); });
        door.add("count", [this](Inquiry &inquiry) {
            wire::Message answer = ipc::answerOf(wire::Outcome::Ok);
            answer.set("connections", std::to_string(server.connectionCount()));
            inquiry.answer(answer.set("waiting", std::to_string(waiting)));
        });
    }

    void keep(Inquiry &inquiry)
    {
        ++waiting;
        QObject::connect(&inquiry, &Inquiry::abandoned, [this] { --waiting; });
    }

    ipc::Door door;
    int waiting = 0;
    ipc::Server server; // goes first
};

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    ipc::Limits limits;
    if (argc > 1)
        limits.request = limits.writing = std::chrono::milliseconds(std::atoi(argv[1]));
    Desks desks(limits);
    const auto listening = desks.server.listen(wire::Place::ofThisProcess());
    if (!listening) {
        const bool isTaken = listening.error().kind == base::ErrorKind::AlreadyRunning;
        std::puts(isTaken ? "taken" : qPrintable(base::describe(listening.error())));
        return 1;
    }
    desks.server.begin();
    std::puts("ready");
    std::fflush(stdout);
    const QSocketNotifier input(STDIN_FILENO, QSocketNotifier::Read);
    QObject::connect(&input, &QSocketNotifier::activated, &application, &QCoreApplication::quit);
    const Pulse pulse;
    const int result = QCoreApplication::exec();
    std::printf("%.1f\n", pulse.longest());
    return result;
}
