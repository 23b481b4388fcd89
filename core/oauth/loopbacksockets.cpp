// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "oauth/loopbacksockets.h"

#include <cerrno>
#include <utility>

#include <QCoreApplication>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "oauth/portholder.h"

namespace keytender::oauth {

namespace {

constexpr int attemptsForAFreePair = 16;

QString say(const char *text)
{
    return QCoreApplication::translate("SignIn", text);
}

struct Bound {
    base::FileDescriptor descriptor;
    quint16 port = 0;
    int error = 0; // errno; 0 = it listens
};

// `address` is a sockaddr_in or a sockaddr_in6, in which the system writes the port it chose.
Bound listenAt(sockaddr *address, socklen_t size, const quint16 &portField)
{
    Bound bound;
    bound.descriptor =
        base::FileDescriptor(::socket(address->sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    const int number = bound.descriptor.number();
    if (number < 0) {
        bound.error = errno;
        return bound;
    }
    const int one = 1;
    // A port that an earlier attempt has just left may be taken again; one that is listened on may not.
    (void)::setsockopt(number, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (address->sa_family == AF_INET6)
        (void)::setsockopt(number, IPPROTO_IPV6, IPV6_V6ONLY, &one, sizeof one);
    if (::bind(number, address, size) != 0 || ::listen(number, SOMAXCONN) != 0
        || ::getsockname(number, address, &size) != 0)
        bound.error = errno;
    bound.port = ntohs(portField);
    return bound;
}

Bound listenAtIpv4(quint16 port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    return listenAt(reinterpret_cast<sockaddr *>(&address), sizeof address, address.sin_port);
}

Bound listenAtIpv6(quint16 port)
{
    sockaddr_in6 address{};
    address.sin6_family = AF_INET6;
    address.sin6_addr = in6addr_loopback;
    address.sin6_port = htons(port);
    return listenAt(reinterpret_cast<sockaddr *>(&address), sizeof address, address.sin6_port);
}

// No IPv6 on this machine is not the same as "in use" (L-02).
bool isAbsence(int error)
{
    return error == EAFNOSUPPORT || error == EADDRNOTAVAIL || error == EPROTONOSUPPORT;
}

struct Both {
    std::vector<base::FileDescriptor> descriptors;
    quint16 port = 0;
    int error = 0;
};

Both listenAtBoth(quint16 port)
{
    Bound first = listenAtIpv4(port);
    Both both;
    both.port = first.error == 0 ? first.port : port;
    both.error = first.error;
    if (first.error != 0 && !isAbsence(first.error))
        return both;
    Bound second = listenAtIpv6(both.port);
    both.error = isAbsence(second.error) ? first.error : second.error;
    if (first.error == 0)
        both.descriptors.push_back(std::move(first.descriptor));
    if (second.error == 0)
        both.descriptors.push_back(std::move(second.descriptor));
    if (second.error == 0)
        both.port = second.port;
    return both;
}

Both listenFor(const QString &host, quint16 port)
{
    if (host == u"localhost") {
        Both both = listenAtBoth(port);
        for (int i = 1; port == 0 && both.error == EADDRINUSE && i < attemptsForAFreePair; ++i)
            both = listenAtBoth(port); // the port that is free for IPv4 was taken for IPv6
        return both;
    }
    Bound bound = host == u"::1" ? listenAtIpv6(port) : listenAtIpv4(port);
    Both one{.descriptors = {}, .port = bound.port, .error = bound.error};
    one.descriptors.push_back(std::move(bound.descriptor));
    return one;
}

base::Error errorOf(int number, quint16 port)
{
    const QString subject = say(QT_TRANSLATE_NOOP("SignIn", "port %1")).arg(port);
    if (number == EADDRINUSE)
        return {.kind = base::ErrorKind::AlreadyRunning,
                .subject = subject,
                .place = {},
                .detail = describeHolder(portHolder(port))};
    return base::errorFromErrno(number, subject);
}

} // namespace

bool isLoopbackRedirect(const QUrl &redirectUri)
{
    const QString host = redirectUri.host();
    const bool isLoopback = host == u"127.0.0.1" || host == u"::1" || host == u"localhost";
    return redirectUri.isValid() && redirectUri.scheme() == u"http" && isLoopback && !redirectUri.hasQuery()
           && !redirectUri.hasFragment() && redirectUri.userInfo().isEmpty();
}

base::Result<LoopbackSockets> listenOnLoopback(const QUrl &redirectUri)
{
    if (!isLoopbackRedirect(redirectUri))
        return base::unexpected({.kind = base::ErrorKind::Misconfigured,
                                 .subject = redirectUri.host(),
                                 .place = QStringLiteral("redirectUris"),
                                 .detail = say(QT_TRANSLATE_NOOP("SignIn", "is not an address of this machine"))});
    Both both = listenFor(redirectUri.host(), static_cast<quint16>(redirectUri.port(0)));
    if (both.error != 0)
        return base::unexpected(errorOf(both.error, both.port));
    LoopbackSockets sockets{.descriptors = std::move(both.descriptors), .redirectUri = redirectUri};
    if (redirectUri.port() == -1 || redirectUri.port() == 0)
        sockets.redirectUri.setPort(both.port);
    return sockets;
}

} // namespace keytender::oauth
