// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "protocolgit.h"

#include <random>

#include <QTest>

using namespace keytender;

namespace {

QByteArray shown(const cli::Checked<cli::GitRequest> &request)
{
    if (!request)
        return {};
    std::string text = request->server.protocol + "|" + request->server.host;
    text += "|" + request->path.value_or("-") + "|" + request->user.value_or("-");
    return QByteArray::fromStdString(text);
}

} // namespace

class ProtocolGitTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void request_isRead_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("read"); // empty = refused
        const QByteArray least = "protocol=https\nhost=github.com\n";
        const QByteArray plain = "https|github.com|-|-";
        QTest::newRow("least") << least << plain;
        QTest::newRow("empty line ends it") << least + "\nhost=evil.example\n" << plain;
        QTest::newRow("all") << least + "path=a/b.git\nusername=ada\n" << QByteArray("https|github.com|a/b.git|ada");
        QTest::newRow("any order") << QByteArray("username=ada\nhost=github.com\nprotocol=https\n")
                                   << QByteArray("https|github.com|-|ada");
        QTest::newRow("value with an equals sign") << least + "path=a=b\n" << QByteArray("https|github.com|a=b|-");
        QTest::newRow("empty user") << least + "username=\n" << plain;
        QTest::newRow("unknown") << least + "future=1\npassword=x\npassword_expiry_utc=9\noauth_refresh_token=r\n"
                                 << plain;
        QTest::newRow("lists") << "capability[]=authtype\ncapability[]=state\n" + least
                                      + "wwwauth[]=Basic realm=\"x\"\nwwwauth[]=\n"
                               << plain;
        QTest::newRow("longest line") << least + "future=" + QByteArray(65535 - 8, 'x') + "\n" << plain;
        QTest::newRow("longer line") << least + "future=" + QByteArray(65535 - 7, 'x') + "\n" << QByteArray();
        QTest::newRow("cut off") << QByteArray("protocol=https\nhost=github.co") << QByteArray();
        QTest::newRow("carriage return at the end")
            << QByteArray("protocol=https\r\nhost=github.com\r\n") << QByteArray();
        QTest::newRow("carriage return in an unknown one") << least + "future=a\rhost=evil\n" << QByteArray();
        QTest::newRow("carriage return as a line end")
            << QByteArray("protocol=https\rhost=github.com\n") << QByteArray();
        QTest::newRow("NUL") << least + QByteArray("path=a\0b\n", 9) << QByteArray();
        QTest::newRow("no equals sign") << least + "host\n" << QByteArray();
        QTest::newRow("no key") << least + "=x\n" << QByteArray();
        QTest::newRow("two hosts") << least + "host=evil.example\n" << QByteArray();
        QTest::newRow("the same host twice") << least + "host=github.com\n" << QByteArray();
        QTest::newRow("no host") << QByteArray("protocol=https\n") << QByteArray();
        QTest::newRow("no protocol") << QByteArray("host=github.com\n") << QByteArray();
        QTest::newRow("empty host") << QByteArray("protocol=https\nhost=\n") << QByteArray();
        QTest::newRow("nothing") << QByteArray() << QByteArray();
    }

    void request_isRead()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, read);
        const auto request = cli::readGitRequest(text.toStdString());
        QCOMPARE(shown(request), read);
        QCOMPARE(request.fault.empty(), !read.isEmpty());
    }

    // W-04: each of our fields with each character that another program takes for the end of a line.
    void fieldWithALineEnd_isRefused_data()
    {
        QTest::addColumn<QByteArray>("text");
        const QList<QByteArray> ends{
            "\r",  QByteArray("\0", 1), "\xE2\x80\xA8", "\xE2\x80\xA9", "%0d%0a",  "%0A", "%0D",
            "%00", "\xC2\x85",          "\x0b",         "\x0c",         "\x1b[2J", "\x7f"};
        for (const QByteArray &field :
             {QByteArray("protocol"), QByteArray("host"), QByteArray("path"), QByteArray("username")}) {
            for (const QByteArray &end : ends) {
                QByteArray text;
                for (const auto &[key, value] : {std::pair<QByteArray, QByteArray>("protocol", "https"),
                                                 {"host", "github.com"},
                                                 {"path", "a.git"},
                                                 {"username", "ada"}})
                    text += key + "=" + value + (key == field ? end + "x" : QByteArray()) + "\n";
                QTest::addRow("%s %s", field.constData(), end.toHex().constData()) << text;
            }
        }
    }

    void fieldWithALineEnd_isRefused()
    {
        QFETCH(QByteArray, text);
        const auto request = cli::readGitRequest(text.toStdString());
        QVERIFY(!request);
        QVERIFY(request.fault.find("github.com") == std::string::npos); // nothing of it is repeated
    }

    void answer_saysWhenItEnds()
    {
        const cli::GitRequest request{.server = {.protocol = "https", .host = "github.com"}, .path = {}, .user = {}};
        const cli::GivenToken given{.token = "gho_dummy",
                                    .kind = {},
                                    .profile = {},
                                    .provider = {},
                                    .user = "octocat",
                                    .expiresAt = 1800000000};
        QCOMPARE(QByteArray::fromStdString(std::string(cli::gitAnswer(request, given).view())),
                 QByteArray("username=octocat\npassword=gho_dummy\npassword_expiry_utc=1800000000\n"));
    }

    void answer_keepsTheUserThatWasAskedFor()
    {
        const cli::GitRequest request{.server = {.protocol = "https", .host = "github.com"}, .path = {}, .user = "ada"};
        const cli::GivenToken given{
            .token = "gho_dummy", .kind = {}, .profile = {}, .provider = {}, .user = "octocat", .expiresAt = {}};
        QCOMPARE(QByteArray::fromStdString(std::string(cli::gitAnswer(request, given).view())),
                 QByteArray("username=ada\npassword=gho_dummy\n"));
    }

    // Whatever comes in, what is taken could be written back in one line each and read the same.
    void randomBytes_neverSmuggle()
    {
        using namespace std::string_literals;
        std::mt19937 random(7);
        const std::string alphabet = "abcgithub.=/:[]@%0d\n\r\0 \xE2\x80\xA8-"s;
        int taken = 0;
        for (int i = 0; i < 200'000; ++i) {
            std::string text = "protocol=https\nhost=";
            const auto length = random() % 40;
            for (unsigned c = 0; c < length; ++c)
                text += alphabet[random() % alphabet.size()];
            text += "\n";
            const auto request = cli::readGitRequest(text);
            if (!request)
                continue;
            ++taken;
            QVERIFY(request->server.host.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-:[]")
                    == std::string::npos);
            QVERIFY(cli::serverOf(request->server.protocol, request->server.host).value == request->server);
        }
        QVERIFY(taken > 100);
    }
};

QTEST_APPLESS_MAIN(ProtocolGitTest)
#include "protocolgit.moc"
