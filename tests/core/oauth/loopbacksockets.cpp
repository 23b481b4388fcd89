// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// Which addresses are bound, and what is said of a port that somebody else has (L-01 .. L-04).

#include <QHostAddress>
#include <QNetworkInterface>
#include <QProcess>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <unistd.h>

#include "oauth/loopbacksockets.h"
#include "oauth/portholder.h"
#include "oauth/redirectlistener.h"

using namespace keytender;
using oauth::isLoopbackRedirect;
using oauth::listenOnLoopback;
using oauth::RedirectListener;

class LoopbackSocketsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void redirectUri_isOfThisMachine_data();
    void redirectUri_isOfThisMachine();
    void address_isBoundAndNoOther_data();
    void address_isBoundAndNoOther();
    void anyPort_isOneThatTheRedirectUriNames();
    void localhost_withIpv6InOtherHands_isRefused();
    void localhostWithoutAPort_findsOneForBoth();
    void takenPort_namesItsHolder();
    void takenPort_ofOurOwn_saysSo();
    void listen_takesTheFirstThatIsFree();
    void listen_withNoneFree_namesThemAll();
    void listen_passesOverWhatDoesNotLeadHere();
    void port_isFreeAgainAtOnce();
};

namespace {

bool isOpen(const QHostAddress &address, quint16 port)
{
    QTcpSocket socket;
    socket.connectToHost(address, port);
    return socket.waitForConnected(500);
}

bool hasIpv6()
{
    QTcpServer server;
    return server.listen(QHostAddress::LocalHostIPv6);
}

QUrl urlWith(const char *front, quint16 port, const char *end = "/callback")
{
    return QUrl(QString::fromLatin1(front) + u':' + QString::number(port) + QString::fromLatin1(end));
}

oauth::ExpectedResponse expected()
{
    return {.state = base::Secret::copyOf("st-1"), .issuer = {}, .requiresIssuer = false};
}

} // namespace

void LoopbackSocketsTest::redirectUri_isOfThisMachine_data()
{
    QTest::addColumn<QString>("uri");
    QTest::addColumn<bool>("isLoopback");
    for (const char *each : {"http://127.0.0.1/callback", "http://127.0.0.1:1455/auth/callback", "http://[::1]/c",
                             "http://localhost/callback", "http://localhost:1455", "http://127.0.0.1"})
        QTest::newRow(each) << QString::fromLatin1(each) << true;
    for (const char *each :
         {"https://127.0.0.1/callback", "https://platform.claude.com/oauth/code/callback", "http://evil.example/",
          "http://127.0.0.1.evil.example/", "http://localhost.evil.example/", "http://127.0.0.2/", "http://0.0.0.0/",
          "http://user@127.0.0.1/", "http://127.0.0.1/?a=b", "http://127.0.0.1/#a", "urn:ietf:wg:oauth:2.0:oob",
          "com.example.app:/cb", "127.0.0.1:1455", ""})
        QTest::newRow(each) << QString::fromLatin1(each) << false;
}

void LoopbackSocketsTest::redirectUri_isOfThisMachine()
{
    QFETCH(QString, uri);
    QFETCH(bool, isLoopback);
    const QUrl url(uri, QUrl::StrictMode);
    if (url.host() == u"::1" && !hasIpv6())
        QSKIP("this machine has no IPv6");
    QCOMPARE(isLoopbackRedirect(url), isLoopback);
    const auto sockets = listenOnLoopback(url);
    QCOMPARE(sockets.has_value(), isLoopback);
    if (!isLoopback)
        QCOMPARE(sockets.error().kind, base::ErrorKind::Misconfigured);
}

// L-01, L-02.
void LoopbackSocketsTest::address_isBoundAndNoOther_data()
{
    QTest::addColumn<QString>("uri");
    QTest::addColumn<bool>("onIpv4");
    QTest::addColumn<bool>("onIpv6");
    QTest::newRow("IPv4") << "http://127.0.0.1/c" << true << false;
    QTest::newRow("IPv6") << "http://[::1]/c" << false << true;
    QTest::newRow("localhost") << "http://localhost/c" << true << true;
}

void LoopbackSocketsTest::address_isBoundAndNoOther()
{
    QFETCH(QString, uri);
    QFETCH(bool, onIpv4);
    QFETCH(bool, onIpv6);
    if (!onIpv4 && !hasIpv6())
        QSKIP("this machine has no IPv6");
    const auto sockets = listenOnLoopback(QUrl(uri));
    QVERIFY(sockets);
    const auto port = static_cast<quint16>(sockets->redirectUri.port());
    QCOMPARE(isOpen(QHostAddress::LocalHost, port), onIpv4);
    QCOMPARE(isOpen(QHostAddress::LocalHostIPv6, port), onIpv6 && hasIpv6());
    QVERIFY(!isOpen(QHostAddress(QStringLiteral("127.0.0.2")), port));
    for (const QHostAddress &address : QNetworkInterface::allAddresses()) {
        if (!address.isLoopback() && !address.isLinkLocal())
            QVERIFY2(!isOpen(address, port), qPrintable(address.toString()));
    }
}

// L-03.
void LoopbackSocketsTest::anyPort_isOneThatTheRedirectUriNames()
{
    const auto sockets = listenOnLoopback(QUrl(QStringLiteral("http://127.0.0.1/callback")));
    QVERIFY(sockets);
    QCOMPARE(sockets->redirectUri, urlWith("http://127.0.0.1", static_cast<quint16>(sockets->redirectUri.port())));
    QVERIFY(sockets->redirectUri.port() > 1023);
    QVERIFY(isOpen(QHostAddress::LocalHost, static_cast<quint16>(sockets->redirectUri.port())));
}

// L-02: browsers try ::1 first.
void LoopbackSocketsTest::localhost_withIpv6InOtherHands_isRefused()
{
    QTcpServer other;
    if (!other.listen(QHostAddress::LocalHostIPv6))
        QSKIP("this machine has no IPv6");
    const auto sockets = listenOnLoopback(urlWith("http://localhost", other.serverPort()));
    QVERIFY(!sockets);
    QCOMPARE(sockets.error().kind, base::ErrorKind::AlreadyRunning);
    QVERIFY(!isOpen(QHostAddress::LocalHost, other.serverPort()));
    QVERIFY(listenOnLoopback(urlWith("http://127.0.0.1", other.serverPort())));
}

void LoopbackSocketsTest::localhostWithoutAPort_findsOneForBoth()
{
    std::vector<oauth::LoopbackSockets> kept;
    for (int i = 0; i < 50; ++i) {
        auto sockets = listenOnLoopback(QUrl(QStringLiteral("http://localhost/c")));
        QVERIFY(sockets);
        QCOMPARE(sockets->descriptors.size(), hasIpv6() ? std::size_t(2) : std::size_t(1));
        kept.push_back(*std::move(sockets));
    }
}

// L-04.
void LoopbackSocketsTest::takenPort_namesItsHolder()
{
    QProcess other;
    other.start(QStringLiteral("python3"),
                {QStringLiteral("-c"), QStringLiteral("import socket,sys\ns=socket.socket()\ns.bind(('127.0.0.1',0))\n"
                                                      "s.listen()\nprint(s.getsockname()[1],flush=True)\n"
                                                      "sys.stdin.read()")});
    QVERIFY(other.waitForStarted());
    QVERIFY(other.waitForReadyRead());
    const auto port = other.readLine().trimmed().toUShort();
    const auto sockets = listenOnLoopback(urlWith("http://127.0.0.1", port));
    QVERIFY(!sockets);
    QCOMPARE(sockets.error().kind, base::ErrorKind::AlreadyRunning);
    QCOMPARE(sockets.error().subject, QStringLiteral("port %1").arg(port));
    QCOMPARE(sockets.error().detail, QStringLiteral("is taken by python3 (process %1)").arg(other.processId()));
    other.closeWriteChannel();
    QVERIFY(other.waitForFinished());
}

// W-16.
void LoopbackSocketsTest::takenPort_ofOurOwn_saysSo()
{
    const auto first = listenOnLoopback(QUrl(QStringLiteral("http://127.0.0.1/c")));
    QVERIFY(first);
    const auto second = listenOnLoopback(first->redirectUri);
    QVERIFY(!second);
    QCOMPARE(second.error().detail, QStringLiteral("is taken by another sign-in of Keytender"));
}

void LoopbackSocketsTest::listen_takesTheFirstThatIsFree()
{
    QTcpServer first;
    QVERIFY(first.listen(QHostAddress::LocalHost));
    QTcpServer probe;
    QVERIFY(probe.listen(QHostAddress::LocalHost));
    const QUrl fallback = urlWith("http://127.0.0.1", probe.serverPort(), "/auth/callback");
    probe.close();
    const base::SystemClock clock;
    RedirectListener listener(expected(), clock);
    const auto listening =
        listener.listen({urlWith("http://127.0.0.1", first.serverPort(), "/auth/callback").toString(),
                         fallback.toString(), QStringLiteral("http://127.0.0.1/any")});
    QVERIFY(listening);
    QCOMPARE(*listening, fallback);
}

void LoopbackSocketsTest::listen_withNoneFree_namesThemAll()
{
    QTcpServer first;
    QTcpServer second;
    QVERIFY(first.listen(QHostAddress::LocalHost) && second.listen(QHostAddress::LocalHost));
    const base::SystemClock clock;
    RedirectListener listener(expected(), clock);
    const auto listening = listener.listen({urlWith("http://127.0.0.1", first.serverPort()).toString(),
                                            urlWith("http://127.0.0.1", second.serverPort()).toString(),
                                            urlWith("http://localhost", first.serverPort()).toString()});
    QVERIFY(!listening);
    QCOMPARE(listening.error().kind, base::ErrorKind::AlreadyRunning);
    QCOMPARE(listening.error().detail, QStringLiteral("port %1 is taken by another sign-in of Keytender; "
                                                      "port %2 is taken by another sign-in of Keytender")
                                           .arg(first.serverPort())
                                           .arg(second.serverPort()));
    QVERIFY(!listener.isListening());
}

void LoopbackSocketsTest::listen_passesOverWhatDoesNotLeadHere()
{
    const base::SystemClock clock;
    RedirectListener listener(expected(), clock);
    const auto listening = listener.listen({QStringLiteral("https://platform.claude.com/oauth/code/callback"),
                                            QStringLiteral("http://localhost/callback")});
    QVERIFY(listening);
    QCOMPARE(listening->host(), QStringLiteral("localhost"));
    const auto none = listener.listen({QStringLiteral("https://platform.claude.com/oauth/code/callback")});
    QVERIFY(!none);
    QCOMPARE(none.error().kind, base::ErrorKind::Misconfigured);
    QVERIFY(!listener.isListening());
}

// A second sign-in right after a first one, whose connections are still in TIME_WAIT.
void LoopbackSocketsTest::port_isFreeAgainAtOnce()
{
    const base::SystemClock clock;
    RedirectListener listener(expected(), clock);
    auto listening = listener.listen({QStringLiteral("http://localhost/callback")});
    QVERIFY(listening);
    for (int i = 0; i < 5; ++i) {
        QTcpSocket socket;
        socket.connectToHost(QHostAddress::LocalHost, static_cast<quint16>(listening->port()));
        QVERIFY(socket.waitForConnected());
        QCoreApplication::processEvents();
        listener.close();
        listening = listener.listen({listening->toString()});
        QVERIFY(listening);
    }
}

QTEST_GUILESS_MAIN(LoopbackSocketsTest)
#include "loopbacksockets.moc"
