// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "oauth/redirectlistener.h"

#include <algorithm>
#include <cerrno>
#include <utility>

#include <QCoreApplication>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "oauth/redirectpage.h"

namespace keytender::oauth {

namespace {

constexpr base::Milliseconds lookAtTheClock = std::chrono::seconds(30);
constexpr base::Milliseconds pause = std::chrono::milliseconds(100);
constexpr int acceptedAtOnce = 128;

// L-25. The kernel delivers nothing else to these addresses; this costs one comparison.
bool isLoopbackPeer(const sockaddr_storage &peer)
{
    if (peer.ss_family == AF_INET)
        return ntohl(reinterpret_cast<const sockaddr_in &>(peer).sin_addr.s_addr) >> 24u == 127;
    return peer.ss_family == AF_INET6
           && IN6_IS_ADDR_LOOPBACK(&reinterpret_cast<const sockaddr_in6 &>(peer).sin6_addr) != 0;
}

bool isOutOfDescriptors(int error)
{
    return error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM;
}

// As a browser writes it: without a port where it is the usual one.
QByteArray authorityOf(const QUrl &url)
{
    QUrl written = url;
    if (url.port() == 80)
        written.setPort(-1);
    return written.authority().toLatin1();
}

} // namespace

RedirectListener::RedirectListener(ExpectedResponse expected, const base::Clock &clock, ListenerLimits limits,
                                   QObject *parent)
    : QObject(parent), m_expected(std::move(expected)), m_clock(clock), m_limits(limits)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &RedirectListener::checkLifetime);
}

RedirectListener::~RedirectListener()
{
    close();
}

base::Result<QUrl> RedirectListener::listen(const QStringList &redirectUris)
{
    QStringList reasons;
    base::Error last{.kind = base::ErrorKind::Misconfigured,
                     .subject = QStringLiteral("redirectUris"),
                     .place = {},
                     .detail = QCoreApplication::translate(
                         "SignIn", QT_TRANSLATE_NOOP("SignIn", "names no address of this machine"))};
    close();
    for (const QString &text : redirectUris) {
        const QUrl url(text, QUrl::StrictMode);
        if (!isLoopbackRedirect(url))
            continue;
        base::Result<LoopbackSockets> sockets = listenOnLoopback(url);
        if (sockets) {
            QUrl redirectUri = sockets->redirectUri;
            start(*std::move(sockets));
            return redirectUri;
        }
        last = std::move(sockets).error();
        if (const QString reason = last.subject + u' ' + last.detail; !reasons.contains(reason))
            reasons.append(reason);
    }
    if (reasons.size() > 1) {
        last.subject = QCoreApplication::translate(
            "SignIn", QT_TRANSLATE_NOOP("SignIn", "every port that this provider answers to"));
        last.detail = reasons.join(QStringLiteral("; "));
    }
    return base::unexpected(std::move(last));
}

void RedirectListener::start(LoopbackSockets sockets)
{
    m_response.reset();
    m_hasAnswered = false;
    const QByteArray path = sockets.redirectUri.path(QUrl::FullyEncoded).toLatin1();
    m_address = {.authority = authorityOf(sockets.redirectUri), .path = path.isEmpty() ? QByteArrayLiteral("/") : path};
    for (base::FileDescriptor &descriptor : sockets.descriptors) {
        const int number = descriptor.number();
        auto *incoming = new QSocketNotifier(number, QSocketNotifier::Read, this);
        connect(incoming, &QSocketNotifier::activated, this, [this, number] { accept(number); });
        m_sockets.push_back({.descriptor = std::move(descriptor), .incoming = incoming});
    }
    m_end = m_clock.bootTime() + m_limits.lifetime;
    m_timer.start(std::min(m_limits.lifetime, lookAtTheClock));
}

void RedirectListener::accept(int descriptor)
{
    if (m_clock.bootTime() >= m_end) { // the machine slept over it: the timer did not notice
        checkLifetime();
        return;
    }
    for (int i = 0; i < acceptedAtOnce && isListening(); ++i) {
        sockaddr_storage peer{};
        socklen_t size = sizeof peer;
        base::FileDescriptor accepted(
            ::accept4(descriptor, reinterpret_cast<sockaddr *>(&peer), &size, SOCK_NONBLOCK | SOCK_CLOEXEC));
        const int error = errno;
        if (accepted.isOpen() && isLoopbackPeer(peer))
            admit(std::move(accepted));
        else if (!accepted.isOpen() && isOutOfDescriptors(error) && !m_connections.empty())
            dropOne();
        else if (!accepted.isOpen() && isOutOfDescriptors(error))
            return pauseAccepting();
        else if (!accepted.isOpen() && error != ECONNABORTED && error != EINTR)
            return;
    }
}

// Nothing could be closed to make room: who waits is not accepted for a moment, instead of being tried again and again.
void RedirectListener::pauseAccepting()
{
    for (const Socket &socket : m_sockets) {
        socket.incoming->setEnabled(false);
        QTimer::singleShot(pause, socket.incoming, [incoming = socket.incoming] { incoming->setEnabled(true); });
    }
}

void RedirectListener::admit(base::FileDescriptor descriptor)
{
    if (m_connections.size() >= m_limits.connections)
        dropOne();
    auto *connection = new RedirectConnection(
        std::move(descriptor), [this](std::string_view bytes) { return answerTo(bytes); },
        {.head = m_limits.head, .goodbye = m_limits.goodbye}, this);
    m_connections.push_back(connection);
    connect(connection, &RedirectConnection::ended, this, [this, connection] {
        std::erase(m_connections, connection);
        connection->deleteLater();
    });
}

// A browser opens connections to have them, and says nothing on them: these make room first (L-15).
void RedirectListener::dropOne()
{
    const auto silent = std::ranges::find_if(m_connections, &RedirectConnection::isSilent);
    const auto victim = silent != m_connections.end() ? silent : m_connections.begin();
    (*victim)->abort();
    (*victim)->deleteLater();
    m_connections.erase(victim);
}

const QByteArray *RedirectListener::answerTo(std::string_view bytes)
{
    const RequestHead head = readRequestHead(bytes, m_address);
    if (std::holds_alternative<HeadIncomplete>(head))
        return nullptr;
    if (const auto *refused = std::get_if<HeadRefused>(&head))
        return &redirectPage(refused->status);
    return &redirectPage(judge(std::get<RedirectRequest>(head).query));
}

int RedirectListener::judge(std::string_view query)
{
    AuthorizationResponse response = readAuthorizationResponse(query, m_expected);
    if (std::holds_alternative<NotOurs>(response))
        return 400;
    if (!std::exchange(m_hasAnswered, true)) {
        m_response = std::move(response);
        m_end = m_clock.bootTime() + m_limits.afterglow;
        m_timer.start(m_limits.afterglow);
        // Once this browser has its page (L-20), and never after this object.
        QMetaObject::invokeMethod(this, &RedirectListener::received, Qt::QueuedConnection);
    }
    return 200;
}

std::optional<AuthorizationResponse> RedirectListener::takeResponse()
{
    return std::exchange(m_response, std::nullopt);
}

void RedirectListener::checkLifetime()
{
    const base::Milliseconds left = m_end - m_clock.bootTime();
    if (left > base::Milliseconds(0)) {
        m_timer.start(std::min(left, lookAtTheClock));
        return;
    }
    if (!isListening())
        return;
    close();
    if (!m_hasAnswered)
        Q_EMIT expired();
}

void RedirectListener::close()
{
    m_timer.stop();
    for (const Socket &socket : m_sockets) {
        socket.incoming->setEnabled(false);
        socket.incoming->deleteLater(); // we may be in its slot
    }
    m_sockets.clear();
    for (RedirectConnection *connection : std::exchange(m_connections, {})) {
        connection->abort();
        connection->deleteLater();
    }
}

} // namespace keytender::oauth
