// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ipc/listener.h"

#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <sys/socket.h>

namespace keytender::ipc {

using namespace std::chrono_literals;

namespace {

constexpr int mostAtOnce = 32; // before others have their turn in the event loop
constexpr auto breath = 100ms; // until a descriptor may be free again

} // namespace

Listener::Listener(base::FileDescriptor socket, Admit admit)
    : m_socket(std::move(socket)), m_admit(std::move(admit)), m_notifier(m_socket.number(), QSocketNotifier::Read)
{
    fcntl(m_socket.number(), F_SETFD, FD_CLOEXEC);
    fcntl(m_socket.number(), F_SETFL, fcntl(m_socket.number(), F_GETFL) | O_NONBLOCK);
    m_breath.setSingleShot(true);
    m_breath.setInterval(breath);
    QObject::connect(&m_notifier, &QSocketNotifier::activated, &m_notifier, [this] { acceptSome(); });
    QObject::connect(&m_breath, &QTimer::timeout, &m_notifier, [this] { m_notifier.setEnabled(!m_isPaused); });
}

void Listener::setPaused(bool isPaused)
{
    m_isPaused = isPaused;
    m_notifier.setEnabled(!isPaused && !m_breath.isActive());
}

void Listener::acceptAll()
{
    while (acceptOne() == Took::One) {
    }
}

Listener::Took Listener::acceptOne()
{
    base::FileDescriptor accepted(accept4(m_socket.number(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
    if (!accepted.isOpen()) {
        const bool isFull = errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM;
        return isFull ? Took::NoRoom : Took::None;
    }
    m_admit(std::move(accepted));
    return Took::One;
}

void Listener::acceptSome()
{
    for (int i = 0; i < mostAtOnce && !m_isPaused; ++i) {
        const Took took = acceptOne();
        if (took == Took::NoRoom) {
            m_notifier.setEnabled(false);
            m_breath.start();
        }
        if (took != Took::One)
            return;
    }
}

} // namespace keytender::ipc
