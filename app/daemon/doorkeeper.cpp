// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "doorkeeper.h"

#include <chrono>
#include <cstdio>
#include <utility>

namespace keytender::daemon {

using namespace std::chrono_literals;

using composition::Companion;

namespace {

constexpr auto untilNobodyCame = 10s;

// The client knows where the service is, which learns so who asks; bytes passed on would come from us.
void sendAway(ipc::Inquiry &inquiry)
{
    wire::Message answer =
        ipc::answerOf(wire::Outcome::Unavailable,
                      Doorkeeper::tr("Another Keytender has started in the meantime and answers now. Ask again."));
    inquiry.answer(answer.set("retry", "yes"));
}

} // namespace

Doorkeeper::Doorkeeper(Companion &companion, QObject *parent) : QObject(parent), m_companion(companion)
{
    m_otherDoor.addForAllOthers(sendAway);
    // The tray app has a person to ask, and serves the programs as well.
    m_companion.door.add("hand-over", [this](ipc::Inquiry &inquiry) {
        inquiry.answer(ipc::answerOf(wire::Outcome::Ok));
        if (!m_isForOne) // or else it ends by itself in a moment
            Q_EMIT done();
    });
}

void Doorkeeper::open(const Guests &guests)
{
    if (!guests.areAny())
        return m_companion.start(Companion::Claim::Waits);
    const auto listening = m_companion.listen();
    if (!listening && listening.error().kind == base::ErrorKind::AlreadyRunning)
        return sendElsewhere(guests);
    if (!listening)
        std::fprintf(stderr, "keytenderd: %s\n", qPrintable(base::describe(listening.error())));
    handOver(guests, m_companion.server);
    m_isForOne = guests.connection.has_value();
    if (m_isForOne)
        connect(&m_companion.server, &ipc::Server::idle, this, &Doorkeeper::noteIdle);
    m_companion.start(Companion::Claim::Waits);
}

void Doorkeeper::sendElsewhere(const Guests &guests)
{
    handOver(guests, m_elsewhere);
    connect(&m_elsewhere, &ipc::Server::idle, this, &Doorkeeper::done);
    m_elsewhere.begin();
    QTimer::singleShot(untilNobodyCame, this, [this] {
        if (m_elsewhere.connectionCount() == 0)
            Q_EMIT done();
    });
}

void Doorkeeper::handOver(const Guests &guests, ipc::Server &server)
{
    for (const int socket : guests.listening)
        server.acceptOn(socket);
    if (guests.connection)
        server.serve(*guests.connection);
}

// Who has found us by our name meanwhile is answered, too.
void Doorkeeper::noteIdle()
{
    if (std::exchange(m_isEnding, true))
        Q_EMIT done();
    else
        m_companion.server.stopListening();
}

} // namespace keytender::daemon
