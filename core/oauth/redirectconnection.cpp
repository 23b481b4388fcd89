// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "oauth/redirectconnection.h"

#include <array>
#include <cerrno>
#include <utility>

#include <sodium.h>
#include <sys/socket.h>

#include "oauth/redirectpage.h"
#include "oauth/requesthead.h"

namespace keytender::oauth {

namespace {

bool isPassing(int error)
{
    return error == EAGAIN || error == EINTR;
}

} // namespace

RedirectConnection::RedirectConnection(base::FileDescriptor descriptor, Answer answer, Limits limits, QObject *parent)
    : QObject(parent), m_descriptor(std::move(descriptor)), m_answer(std::move(answer)), m_limits(limits),
      m_readable(m_descriptor.number(), QSocketNotifier::Read),
      m_writable(m_descriptor.number(), QSocketNotifier::Write)
{
    m_writable.setEnabled(false);
    connect(&m_readable, &QSocketNotifier::activated, this,
            [this] { m_state == State::Reading ? readHead() : drain(); });
    connect(&m_writable, &QSocketNotifier::activated, this, &RedirectConnection::send);
    connect(&m_deadline, &QTimer::timeout, this, &RedirectConnection::runOutOfTime);
    m_deadline.setSingleShot(true);
    m_deadline.start(m_limits.head);
}

void RedirectConnection::readHead()
{
    if (m_head.isEmpty())
        m_head = base::Secret(requestHeadLimit); // not before the first byte: a browser's spare connections are silent
    const auto rest = m_head.writable().subspan(m_size);
    const ssize_t got = ::recv(m_descriptor.number(), rest.data(), rest.size(), 0);
    if (got < 0 && isPassing(errno))
        return;
    if (got <= 0) { // reset or closed before it said anything: not our business (L-15)
        end();
        return;
    }
    m_size += static_cast<std::size_t>(got);
    if (const QByteArray *response = m_answer(m_head.expose().substr(0, m_size)))
        respond(*response);
}

void RedirectConnection::respond(const QByteArray &response)
{
    m_head = {};
    m_response = response;
    m_state = State::Sending;
    m_deadline.start(m_limits.goodbye);
    send();
}

void RedirectConnection::send()
{
    if (m_state != State::Sending)
        return;
    while (m_sent < m_response.size()) {
        const ssize_t sent = ::send(m_descriptor.number(), m_response.constData() + m_sent,
                                    static_cast<std::size_t>(m_response.size() - m_sent), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent < 0 && errno == EAGAIN) {
            m_readable.setEnabled(false);
            m_writable.setEnabled(true);
            return;
        }
        if (sent < 0) {
            end();
            return;
        }
        m_sent += sent;
    }
    m_writable.setEnabled(false);
    m_readable.setEnabled(true);
    m_state = State::Draining;
    (void)::shutdown(m_descriptor.number(), SHUT_WR);
}

// Closing over bytes that were not read would reset the connection, and with it the answer on its way.
void RedirectConnection::drain()
{
    std::array<char, 4096> bytes; // NOLINT(cppcoreguidelines-pro-type-member-init): recv fills it
    const ssize_t got = ::recv(m_descriptor.number(), bytes.data(), bytes.size(), 0);
    const int error = errno;
    sodium_memzero(bytes.data(), got > 0 ? static_cast<std::size_t>(got) : 0);
    if (got > 0 || (got < 0 && isPassing(error)))
        return;
    end();
}

void RedirectConnection::runOutOfTime()
{
    if (m_state == State::Reading && m_size != 0)
        respond(redirectPage(408));
    else
        end();
}

void RedirectConnection::abort()
{
    m_state = State::Ended;
    m_readable.setEnabled(false);
    m_writable.setEnabled(false);
    m_deadline.stop();
    m_head = {};
    (void)m_descriptor.close();
}

void RedirectConnection::end()
{
    abort();
    Q_EMIT ended();
}

} // namespace keytender::oauth
