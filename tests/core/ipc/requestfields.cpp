// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ipc/requestfields.h"

#include <QStringList>
#include <QTest>

using namespace keytender;
using ipc::FieldRule;
using ipc::RequestFields;
using wire::Outcome;

namespace {

const FieldRule rule{
    .required = {"profile"}, .optional = {"host", "limit"}, .switches = {"all"}, .secrets = {"passphrase"}};

wire::Message request(const QByteArray &key = {}, const QByteArray &value = {})
{
    wire::Message message(wire::Kind::Request);
    message.set("command", "token");
    if (key != "passphrase")
        message.set("passphrase", "\x01\x02");
    if (key != "profile")
        message.set("profile", "claude-cli");
    if (!key.isEmpty())
        message.set(key.toStdString(), value.toStdString());
    return message;
}

} // namespace

class TestRequestFields : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void fieldsOfTheRule_areRead();
    void otherFields_areRefusedAndNamed_data();
    void otherFields_areRefusedAndNamed();
    void missingField_isNamed();
    void number_isDigitsAlone_data();
    void number_isDigitsAlone();
    void shownText_isShort_andHoldsNothingThatATerminalObeys();
};

void TestRequestFields::fieldsOfTheRule_areRead()
{
    const wire::Message message = request("host", "b\xc3\xbc"
                                                  "cher.example");
    const auto fields = RequestFields::read(message, rule);
    QVERIFY2(fields.has_value(), fields ? "" : qPrintable(fields.error().text));
    QCOMPARE(fields->text("profile"), QStringLiteral("claude-cli"));
    QVERIFY(fields->has("host") && !fields->isYes("all"));
    QCOMPARE(*fields->number("limit", 7), qint64{7});
    QCOMPARE(*fields->oneOf("format", {QStringLiteral("table"), QStringLiteral("json")}), QStringLiteral("table"));
    const wire::Message all = request("all", "yes");
    QVERIFY(RequestFields::read(all, rule)->isYes("all"));
}

// W-04: whatever field it is.
void TestRequestFields::otherFields_areRefusedAndNamed_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("value");
    const auto row = [](const char *name, const char *key, const QByteArray &value) {
        QTest::newRow(name) << QByteArray(key) << value;
    };
    row("unknown", "path", "x");
    row("unknown, hostile name", "x-y", "x");
    row("switch that is no", "all", "no");
    row("switch that is nothing", "all", "");
    for (const char *key : {"profile", "host"}) {
        const auto hostile = [&](const char *what, const QByteArray &value) {
            QTest::newRow(qPrintable(QStringLiteral("%1 with %2").arg(QLatin1String(key), QLatin1String(what))))
                << QByteArray(key) << value;
        };
        hostile("CR", "github.com\rhost=evil.com");
        hostile("LF", "github.com\nhost=evil.com");
        hostile("NUL", QByteArray("github.com\0.evil.com", 20));
        hostile("encoded CRLF", "github.com%0d%0ahost=evil.com");
        hostile("encoded CR in capitals", "github.com%0Dx");
        hostile("encoded NUL", "github.com%00x");
        hostile("U+2028", "github.com\xe2\x80\xa8x");
        hostile("encoded U+2028", "github.com%E2%80%A8x");
        hostile("U+2029", "github.com\xe2\x80\xa9x");
        hostile("U+0085", "github.com\xc2\x85x");
        hostile("escape", "github.com\x1b[2J");
        hostile("right-to-left override", "github.com\xe2\x80\xaemoc");
        hostile("zero width space", "git\xe2\x80\x8bhub.com");
        hostile("broken UTF-8", "github.com\xff");
        hostile("overlong UTF-8", "github.com\xc0\x8a");
    }
}

void TestRequestFields::otherFields_areRefusedAndNamed()
{
    QFETCH(const QByteArray, key);
    QFETCH(const QByteArray, value);
    const wire::Message message = request(key, value);
    if (!message.fits()) // such a thing is not even carried (S-52)
        return;
    const auto fields = RequestFields::read(message, rule);
    QVERIFY(!fields);
    QCOMPARE(int(fields.error().outcome), int(Outcome::Usage));
    QVERIFY2(fields.error().text.contains(QString::fromUtf8(key)), qPrintable(fields.error().text));
    QVERIFY2(!fields.error().text.contains(QStringLiteral("evil")), qPrintable(fields.error().text));
}

void TestRequestFields::missingField_isNamed()
{
    for (const QByteArray key : {"profile", "passphrase"}) {
        const wire::Message message = request(key, {});
        const auto fields = RequestFields::read(message, rule);
        QVERIFY(!fields);
        QVERIFY2(fields.error().text.contains(QString::fromUtf8(key)), qPrintable(fields.error().text));
    }
}

void TestRequestFields::number_isDigitsAlone_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<qint64>("number"); // -1 = refused
    QTest::newRow("number") << QByteArray("300") << qint64{300};
    QTest::newRow("zero") << QByteArray("0") << qint64{0};
    for (const char *text : {"", "-1", "+1", "1.5", "0x10", "1e3", " 1", "1 ", "1000000000", "five"})
        QTest::newRow(text) << QByteArray(text) << qint64{-1};
}

void TestRequestFields::number_isDigitsAlone()
{
    QFETCH(const QByteArray, text);
    QFETCH(const qint64, number);
    const wire::Message message = request("limit", text);
    const auto fields = RequestFields::read(message, rule);
    QVERIFY(fields);
    const auto read = fields->number("limit", 7);
    QCOMPARE(read ? *read : qint64{-1}, number);
}

void TestRequestFields::shownText_isShort_andHoldsNothingThatATerminalObeys()
{
    QCOMPARE(ipc::shown("a\x1b[2J\nb\xff"), QStringLiteral("a?[2J?b?"));
    QVERIFY(ipc::shown(std::string(1000, 'x')).size() < 100);
    QCOMPARE(ipc::terminalText(QStringLiteral("a\u001b[2J\nb")), QByteArray("a?[2J\nb"));
}

QTEST_GUILESS_MAIN(TestRequestFields)
#include "requestfields.moc"
