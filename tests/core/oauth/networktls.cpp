// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <QSslSocket>
#include <QTest>
#include <QTestEventLoop>

#include "answers.h"
#include "certificates.h"
#include "fakes/wireserver.h"
#include "oauth/networktransport.h"

using namespace keytender;
using namespace keytender::answers;
using certificates::Certificate;
using fakes::WireServer;
using oauth::Delivery;
using oauth::Fate;
using namespace std::chrono_literals;

namespace {

const QByteArray canary = "rt-canary-9f8e7d6c5b4a";

Delivery deliver(oauth::NetworkTransport &transport, const QUrl &endpoint)
{
    oauth::Post post;
    post.endpoint = endpoint;
    post.parameters.push_back({.name = "refresh_token", .value = secretOf(canary)});
    post.deadline = 10s;
    QObject context;
    std::optional<Delivery> delivery;
    QTestEventLoop loop;
    transport.post(std::move(post), &context, [&delivery, &loop](Delivery answer) {
        delivery = std::move(answer);
        loop.exitLoop();
    });
    loop.enterLoop(30);
    if (!delivery)
        qFatal("never answered");
    return *std::move(delivery);
}

} // namespace

class NetworkTlsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(base::initializeCrypto());
        QVERIFY(QSslSocket::supportsSsl());
        m_valid = certificates::made(QStringLiteral("IP:127.0.0.1"), QStringLiteral("20260101000000Z"),
                                     QStringLiteral("20491231235959Z"));
        QVERIFY2(!m_valid.certificate.isNull(), "openssl made no certificate");
    }

    // N-21, S-60: somebody in the middle with a CA of their own.
    void certificateOfAnUnknownIssuer_sendsNothing()
    {
        WireServer server(m_valid.tls);
        server.answer(200, "{}");
        oauth::NetworkTransport transport;
        const Delivery delivery = deliver(transport, server.url());
        QVERIFY(delivery.fate == Fate::NotSent);
        QVERIFY2(delivery.error->detail.contains(QLatin1String("issuer 'Mallory'")),
                 qPrintable(delivery.error->detail));
        QCOMPARE(server.occurrencesOf(canary), 0);
    }

    // F-31 behind TLS too, and no file of its keys (S-23).
    void certificateOfAnAddedAuthority_isTrusted()
    {
        const QTemporaryDir directory;
        const QString keyLog = directory.filePath(QStringLiteral("keys"));
        qputenv("SSLKEYLOGFILE", QFile::encodeName(keyLog));
        WireServer server(m_valid.tls);
        server.answer(200, "{}");
        fakes::WireBehaviour cut;
        cut.pieces = {WireServer::response(200, "{}")};
        cut.cutAt = cut.pieces.front().size() - 1;
        server.behave(cut);
        oauth::NetworkTransport transport({m_valid.certificate});
        QVERIFY(deliver(transport, server.url()).fate == Fate::Answered);
        QVERIFY(deliver(transport, server.url()).fate == Fate::Unknown);
        qunsetenv("SSLKEYLOGFILE");
        QCOMPARE(server.occurrencesOf(canary), 2);
        QVERIFY(!QFile::exists(keyLog));
    }

    void badCertificate_sendsNothingAndSaysWhy_data()
    {
        QTest::addColumn<QString>("names");
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::addColumn<QString>("why");
        const auto row = [](const char *name, const char *names, const char *from, const char *to, const char *why) {
            QTest::newRow(name) << QString::fromLatin1(names) << QString::fromLatin1(from) << QString::fromLatin1(to)
                                << QString::fromLatin1(why);
        };
        row("F-28 another host", "DNS:other.example", "20260101000000Z", "20491231235959Z", "of another host");
        row("F-28 expired", "IP:127.0.0.1", "20200101000000Z", "20210101000000Z", "expired");
        row("F-29 not yet valid", "IP:127.0.0.1", "20480101000000Z", "20491231235959Z", "clock");
    }

    void badCertificate_sendsNothingAndSaysWhy()
    {
        QFETCH(QString, names);
        QFETCH(QString, from);
        QFETCH(QString, to);
        QFETCH(QString, why);
        const Certificate bad = certificates::made(names, from, to);
        QVERIFY(!bad.certificate.isNull());
        WireServer server(bad.tls);
        server.answer(200, "{}");
        oauth::NetworkTransport transport({bad.certificate});
        const Delivery delivery = deliver(transport, server.url());
        QVERIFY(delivery.fate == Fate::NotSent);
        QVERIFY2(delivery.error->detail.contains(why), qPrintable(delivery.error->detail));
        QCOMPARE(server.occurrencesOf(canary), 0);
    }

    void serverWithoutTls_getsNothing()
    {
        WireServer server;
        fakes::WireBehaviour behaviour;
        behaviour.endAfterRequestBytes = 1;
        server.behave(behaviour);
        QUrl endpoint = server.url();
        endpoint.setScheme(QStringLiteral("https"));
        oauth::NetworkTransport transport;
        const Delivery delivery = deliver(transport, endpoint);
        QVERIFY(delivery.fate != Fate::Answered);
        QCOMPARE(server.occurrencesOf(canary), 0);
    }

    // F-32: the deadline comes before a byte of the request could leave.
    void silenceInTheHandshake_sendsNothing()
    {
        WireServer server;
        fakes::WireBehaviour silent;
        silent.end = fakes::WireBehaviour::End::Stay;
        server.behave(silent);
        QUrl endpoint = server.url();
        endpoint.setScheme(QStringLiteral("https"));
        oauth::Post post;
        post.endpoint = endpoint;
        post.parameters.push_back({.name = "refresh_token", .value = secretOf(canary)});
        post.deadline = 300ms;
        oauth::NetworkTransport transport;
        std::optional<Delivery> delivery;
        transport.post(std::move(post), this, [&delivery](Delivery answer) { delivery = std::move(answer); });
        QTRY_VERIFY(delivery);
        QVERIFY(delivery->fate == Fate::NotSent);
    }

private:
    Certificate m_valid;
};

QTEST_GUILESS_MAIN(NetworkTlsTest)
#include "networktls.moc"
