// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "fakes/chromium.h"

#include <QImage>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <signal.h>

#include "client.h"

using namespace keytender::fakes;

namespace {

// Answers whatever it is asked with one page, as a client's redirect URI does, and keeps the first line of each
// request.
class Listener final : public QObject {
public:
    Listener()
    {
        m_server.listen(QHostAddress::LocalHost);
        connect(&m_server, &QTcpServer::newConnection, this, [this] { accept(m_server.nextPendingConnection()); });
    }

    [[nodiscard]] QString redirectUri() const
    {
        return QStringLiteral("http://127.0.0.1:%1/callback").arg(m_server.serverPort());
    }
    // Of the first request for the redirect URI; empty where none came.
    [[nodiscard]] QUrl redirect() const
    {
        for (const QByteArray &line : m_lines) {
            if (line.startsWith("GET /callback?"))
                return QUrl(redirectUri()).resolved(QUrl(QString::fromLatin1(line.split(' ').at(1))));
        }
        return {};
    }

private:
    void accept(QTcpSocket *socket)
    {
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] {
            if (!socket->peek(65536).contains("\r\n\r\n"))
                return;
            m_lines.append(socket->readLine());
            socket->readAll();
            socket->write("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n"
                          "<title>Done</title><p>You are signed in.");
            socket->disconnectFromHost();
        });
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
    }

    QTcpServer m_server;
    QList<QByteArray> m_lines;
};

} // namespace

class TestChromium : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void chromium_fillsTheFormsAndFollowsTheRedirects();
    void chromium_withTheAccountChosen_runsTheChainAlone();
    void chromium_reachesNothingBeyondLoopback();
    void chromium_endsWithItsObject();
};

void TestChromium::initTestCase()
{
    for (const QString &reason : {Chromium::whyNot(), OidcProvider::whyNot()}) {
        if (!reason.isEmpty())
            QSKIP(qPrintable(reason));
    }
}

void TestChromium::chromium_fillsTheFormsAndFollowsTheRedirects()
{
    OidcProvider provider;
    const Listener listener;
    const Client client{.provider = provider, .redirectUri = listener.redirectUri()};
    Chromium chromium;
    QVERIFY(chromium.isRunning());
    QVERIFY(chromium.open(client.authorizationUrl()));
    QVERIFY(chromium.fill(QStringLiteral("input[name=login]"), QStringLiteral("grace")));

    QTemporaryDir pictures;
    QVERIFY(chromium.screenshot(pictures.filePath(QStringLiteral("login.png"))));
    QCOMPARE(QImage(pictures.filePath(QStringLiteral("login.png"))).width(), 900);

    QVERIFY(chromium.press(QStringLiteral("button.yes")));
    QVERIFY(chromium.waitFor(QStringLiteral("document.title === 'Allow access?'")));
    QVERIFY(chromium.text().contains(QStringLiteral("offline_access")));
    QVERIFY(chromium.press(QStringLiteral("button.yes")));
    QVERIFY(chromium.waitFor(QStringLiteral("document.title === 'Done'")));
    QCOMPARE(chromium.address().adjusted(QUrl::RemoveQuery), QUrl(client.redirectUri));
    const PlainAnswer tokens = client.exchange(listener.redirect());
    QCOMPARE(tokens.status, 200);
    QCOMPARE(provider.introspect(accessTokenIn(tokens)).value(QStringLiteral("sub")).toString(),
             QStringLiteral("grace"));
}

void TestChromium::chromium_withTheAccountChosen_runsTheChainAlone()
{
    OidcProvider provider({.account = QStringLiteral("ada")});
    const Listener listener;
    const Client client{.provider = provider, .redirectUri = listener.redirectUri()};
    Chromium chromium;
    QVERIFY(chromium.open(client.authorizationUrl()));
    QTRY_VERIFY_WITH_TIMEOUT(!listener.redirect().isEmpty(), 15'000);
    QCOMPARE(client.exchange(listener.redirect()).status, 200);

    const PlainAnswer device =
        client.post(QStringLiteral("/device/auth"), {{QStringLiteral("scope"), QStringLiteral("openid")}});
    QVERIFY(chromium.open(QUrl(device.json().value(QStringLiteral("verification_uri_complete")).toString())));
    QVERIFY(chromium.waitFor(QStringLiteral("document.title === 'Signed in'")));
}

// A browser takes every name under localhost for loopback without asking anybody: it would work but for our refusal.
void TestChromium::chromium_reachesNothingBeyondLoopback()
{
    const Listener listener;
    Chromium chromium;
    QVERIFY(chromium.open(QUrl(listener.redirectUri())));
    QUrl other(listener.redirectUri());
    other.setHost(QStringLiteral("example.localhost"));
    QVERIFY(!chromium.open(other));
}

void TestChromium::chromium_endsWithItsObject()
{
    pid_t process = 0;
    {
        const Chromium chromium;
        process = static_cast<pid_t>(chromium.processId());
        QVERIFY(process > 0);
    }
    QCOMPARE(::kill(process, 0), -1);
}

QTEST_GUILESS_MAIN(TestChromium)
#include "chromium.moc"
