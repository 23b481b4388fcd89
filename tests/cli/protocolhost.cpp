// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "protocolhost.h"

#include <QTest>

using namespace keytender;

class ProtocolHostTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void server_isTakenAsItIsNamed_data()
    {
        QTest::addColumn<QByteArray>("protocol");
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<QByteArray>("taken"); // empty = refused
        const auto row = [](const char *name, const char *protocol, const QByteArray &host, const char *taken) {
            QTest::newRow(name) << QByteArray(protocol) << host << QByteArray(taken);
        };
        row("name", "https", "github.com", "github.com");
        row("one label", "https", "forge", "forge");
        row("port", "https", "git.example.com:8443", "git.example.com:8443");
        row("IDN in its other form", "https", "xn--bcher-kva.example", "xn--bcher-kva.example");
        row("upper case is the same name", "https", "GitHub.COM", "github.com");
        row("IPv4", "https", "192.0.2.7:3000", "192.0.2.7:3000");
        row("IPv6", "https", "[2001:db8::1]:8443", "[2001:db8::1]:8443");
        row("this machine by http", "http", "127.0.0.1:3000", "127.0.0.1:3000");
        row("this machine by http, IPv6", "http", "[::1]:3000", "[::1]:3000");
        row("this machine's name by http", "http", "localhost", "localhost");

        // W-06: what looks like a name that we know is not it.
        row("suffix stays another name", "https", "github.com.evil.example", "github.com.evil.example");
        row("path", "https", "evil.example/github.com", "");
        row("user", "https", "github.com@evil.example", "");
        row("user and password", "https", "u:p@github.com", "");
        row("trailing dot", "https", "github.com.", "");
        row("leading dot", "https", ".github.com", "");
        row("double dot", "https", "github..com", "");
        row("hyphen first", "https", "-upload-pack.example", "");
        row("underscore", "https", "a_b.example", "");
        row("space", "https", "github.com ", "");
        row("IDN in clear", "https",
            "b\xC3\xBC"
            "cher.example",
            "");
        row("Cyrillic", "https", "g\xD1\x96thub.com", "");
        row("full-width dot", "https",
            "github\xEF\xBC\x8E"
            "com",
            "");
        row("percent", "https", "github%2ecom", "");
        row("encoded line feed", "https", "github.com%0a", "");
        row("line feed", "https", "github.com\nhost=evil", "");
        row("carriage return", "https", "github.com\r", "");
        row("NUL", "https", QByteArray("github.com\0.evil", 16), "");
        row("line separator", "https", "github.com\xE2\x80\xA8", "");
        row("query", "https", "github.com?x", "");
        row("fragment", "https", "github.com#x", "");
        row("backslash", "https", "evil.example\\@github.com", "");
        row("empty", "https", "", "");
        row("port alone", "https", ":443", "");
        row("empty port", "https", "github.com:", "");
        row("port 0", "https", "github.com:0", "");
        row("port with a zero first", "https", "github.com:0443", "");
        row("port too high", "https", "github.com:65536", "");
        row("port of letters", "https", "github.com:https", "");
        row("port with a sign", "https", "github.com:+443", "");
        row("two ports", "https", "github.com:443:443", "");
        row("IPv6 without brackets", "https", "2001:db8::1", "");
        row("IPv6 with a zone", "https", "[fe80::1%25eth0]", "");
        row("IPv6 with more behind", "https", "[::1]x", "");
        row("empty brackets", "https", "[]", "");
        row("too long", "https", QByteArray(254, 'a'), "");
        row("label too long", "https", QByteArray(64, 'a') + ".example", "");
        row("http elsewhere", "http", "github.com", "");
        row("http to a name like this machine", "http", "localhost.evil.example", "");
        row("http to an address like this machine", "http", "127.0.0.1.evil.example", "");
        row("other protocol", "smtp", "github.com", "");
        row("protocol in capitals", "HTTPS", "github.com", "");
        row("no protocol", "", "github.com", "");
    }

    void server_isTakenAsItIsNamed()
    {
        QFETCH(QByteArray, protocol);
        QFETCH(QByteArray, host);
        QFETCH(QByteArray, taken);
        const auto server = cli::serverOf(protocol.toStdString(), host.toStdString());
        QCOMPARE(server ? QByteArray::fromStdString(server->host) : QByteArray(), taken);
        QCOMPARE(server.fault.empty(), !taken.isEmpty());
    }

    void address_namesItsServer_data()
    {
        QTest::addColumn<QByteArray>("address");
        QTest::addColumn<QByteArray>("taken");
        QTest::newRow("name alone") << QByteArray("ghcr.io") << QByteArray("ghcr.io");
        QTest::newRow("Docker's own") << QByteArray("https://index.docker.io/v1/") << QByteArray("index.docker.io");
        QTest::newRow("port and path") << QByteArray("registry.example:5000/team")
                                       << QByteArray("registry.example:5000");
        QTest::newRow("query at once") << QByteArray("https://ghcr.io?x") << QByteArray("ghcr.io");
        QTest::newRow("user before it") << QByteArray("https://ghcr.io@evil.example/") << QByteArray();
        QTest::newRow("user behind a slash") << QByteArray("https://evil.example/@ghcr.io") << QByteArray();
        QTest::newRow("backslash") << QByteArray("https://evil.example\\ghcr.io") << QByteArray();
        QTest::newRow("line feed") << QByteArray("ghcr.io\nevil.example") << QByteArray();
        QTest::newRow("encoded line feed in the path") << QByteArray("https://ghcr.io/%0A") << QByteArray();
        QTest::newRow("http elsewhere") << QByteArray("http://registry.example/") << QByteArray();
        QTest::newRow("protocol alone") << QByteArray("https://") << QByteArray();
        QTest::newRow("two protocols") << QByteArray("https://https://ghcr.io") << QByteArray();
    }

    void address_namesItsServer()
    {
        QFETCH(QByteArray, address);
        QFETCH(QByteArray, taken);
        const auto server = cli::serverOfUrl(address.toStdString());
        QCOMPARE(server ? QByteArray::fromStdString(server->host) : QByteArray(), taken);
    }

    void userName_fitsItsServer_data()
    {
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<QByteArray>("account");
        QTest::addColumn<QByteArray>("name");
        QTest::newRow("account") << QByteArray("github.com") << QByteArray("octocat") << QByteArray("octocat");
        QTest::newRow("GitHub") << QByteArray("github.com") << QByteArray() << QByteArray("x-access-token");
        QTest::newRow("Google") << QByteArray("eu.gcr.io") << QByteArray() << QByteArray("oauth2accesstoken");
        QTest::newRow("elsewhere") << QByteArray("gitlab.com") << QByteArray() << QByteArray("oauth2");
        QTest::newRow("a colon would end it") << QByteArray("gitlab.com") << QByteArray("a:b") << QByteArray("oauth2");
        QTest::newRow("a line feed") << QByteArray("gitlab.com") << QByteArray("a\npassword=x") << QByteArray("oauth2");
        QTest::newRow("a full name") << QByteArray("gitlab.com") << QByteArray("Ada B") << QByteArray("oauth2");
    }

    void userName_fitsItsServer()
    {
        QFETCH(QByteArray, host);
        QFETCH(QByteArray, account);
        QFETCH(QByteArray, name);
        const cli::Server server{.protocol = "https", .host = host.toStdString()};
        QCOMPARE(QByteArray::fromStdString(cli::userNameFor(server, account.toStdString())), name);
    }
};

QTEST_APPLESS_MAIN(ProtocolHostTest)
#include "protocolhost.moc"
