// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/message.h"

#include <QTest>

using namespace keytender::wire;

Q_DECLARE_METATYPE(keytender::wire::Fault)

namespace {

QByteArray bytesOf(const Message &message)
{
    const WipedBytes encoded = message.encoded();
    return {encoded.view().data(), static_cast<qsizetype>(encoded.size())};
}

// A frame around `body`, whatever that is.
QByteArray frame(const QByteArray &body)
{
    QByteArray length(4, '\0');
    for (int i = 0; i < 4; ++i)
        length[i] = static_cast<char>((body.size() >> (24 - 8 * i)) & 0xff);
    return length + body;
}

QByteArray field(const QByteArray &key, const QByteArray &value)
{
    return QByteArray(1, static_cast<char>(key.size())) + key + frame(value);
}

QByteArray head(char version, char kind, char count)
{
    return QByteArray(1, version) + kind + count;
}

} // namespace

class TestMessage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void message_comesBackAsItWas_howeverItIsCut_data();
    void message_comesBackAsItWas_howeverItIsCut();
    void whatBreaksTheFormat_isRefused_data();
    void whatBreaksTheFormat_isRefused();
    void whatWouldBreakTheFormat_isNotWritten();
    void answer_mayHoldAnyBytes();
};

void TestMessage::message_comesBackAsItWas_howeverItIsCut_data()
{
    QTest::addColumn<int>("step");
    QTest::newRow("at once") << 1000;
    QTest::newRow("byte by byte") << 1;
    QTest::newRow("by sevens") << 7;
}

void TestMessage::message_comesBackAsItWas_howeverItIsCut()
{
    QFETCH(const int, step);
    Message first(Kind::Request);
    first.set("command", "token").set("profile", "claude-cli").set("empty", "");
    Message second(Kind::More);
    second.set("data", std::string_view("a\0b\r\n", 5));
    const QByteArray bytes = bytesOf(first) + bytesOf(second);
    Reader reader;
    std::vector<Message> read;
    for (qsizetype at = 0; at < bytes.size(); at += step) {
        const QByteArray part = bytes.mid(at, step);
        reader.feed({part.data(), static_cast<std::size_t>(part.size())});
        while (auto message = reader.next().message)
            read.push_back(*std::move(message));
    }
    QCOMPARE(read.size(), std::size_t{2});
    QVERIFY(read[0].kind() == Kind::Request);
    QCOMPARE(read[0].fieldCount(), std::size_t{3});
    QVERIFY(read[0].value("profile") == "claude-cli");
    QVERIFY(read[0].find("empty") == std::string_view());
    QVERIFY(!read[0].find("other"));
    QVERIFY(read[1].value("data") == std::string_view("a\0b\r\n", 5));
    QVERIFY(!reader.isWithinFrame());
}

void TestMessage::whatBreaksTheFormat_isRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Fault>("fault");
    const QByteArray one = head(1, 1, 1);
    QTest::newRow("longer than allowed") << QByteArray("\x00\x01\x00\x01", 4) << Fault::TooLong;
    QTest::newRow("longest length") << QByteArray("\xff\xff\xff\xff", 4) << Fault::TooLong;
    QTest::newRow("empty frame") << frame({}) << Fault::Malformed;
    QTest::newRow("another version") << frame(head(2, 1, 0)) << Fault::UnknownVersion;
    QTest::newRow("no kind") << frame(head(1, 0, 0)) << Fault::Malformed;
    QTest::newRow("unknown kind") << frame(head(1, 4, 0)) << Fault::Malformed;
    QTest::newRow("too many fields") << frame(head(1, 1, 33)) << Fault::Malformed;
    QTest::newRow("a field too few") << frame(head(1, 1, 2) + field("a", "b")) << Fault::Malformed;
    QTest::newRow("something after the last") << frame(one + field("a", "b") + "x") << Fault::Malformed;
    QTest::newRow("empty key") << frame(one + field("", "b")) << Fault::Malformed;
    QTest::newRow("key too long") << frame(one + field(QByteArray(33, 'a'), "b")) << Fault::Malformed;
    QTest::newRow("key in capitals") << frame(one + field("Command", "b")) << Fault::Malformed;
    QTest::newRow("key twice") << frame(head(1, 1, 2) + field("a", "b") + field("a", "c")) << Fault::Malformed;
    QTest::newRow("value beyond the frame")
        << frame(one + "\x01" + "a" + QByteArray("\x00\x00\x00\x09", 4) + "b") << Fault::Malformed;
    QTest::newRow("NUL") << frame(one + field("a", QByteArray("x\0y", 3))) << Fault::ForbiddenCharacter;
    QTest::newRow("LF") << frame(one + field("a", "x\ny")) << Fault::ForbiddenCharacter;
    QTest::newRow("CR") << frame(one + field("a", "x\ry")) << Fault::ForbiddenCharacter;
}

void TestMessage::whatBreaksTheFormat_isRefused()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const Fault, fault);
    Reader reader;
    reader.feed({bytes.data(), static_cast<std::size_t>(bytes.size())});
    const Reader::Step step = reader.next();
    QVERIFY(!step.message);
    QVERIFY(step.fault == fault);
}

void TestMessage::whatWouldBreakTheFormat_isNotWritten()
{
    Message message(Kind::Request);
    message.set("host", "example.com\npassword=x");
    QVERIFY(!message.fits());
    QCOMPARE(message.fieldCount(), std::size_t{0});
    QVERIFY(!Message(Kind::Answer).set("token", std::string(mostFrameBytes, 'x')).fits());
    QVERIFY(!Message(Kind::Answer).set("Token", "x").fits());
    QVERIFY(!Message(Kind::Answer).set("token", "x").set("token", "y").fits());
    // The longest that fits.
    const std::size_t room = mostFrameBytes - 3 - 1 - 5 - 4;
    Message longest(Kind::Answer);
    QVERIFY(longest.set("token", std::string(room, 'x')).fits());
    Reader reader;
    reader.feed(longest.encoded().view());
    const auto read = reader.next().message;
    QVERIFY(read);
    QCOMPARE(read->value("token").size(), room);
}

void TestMessage::answer_mayHoldAnyBytes()
{
    std::string all;
    for (int byte = 0; byte < 256; ++byte)
        all.push_back(static_cast<char>(byte));
    Reader reader;
    reader.feed(Message(Kind::Answer).set("text", all).encoded().view());
    QVERIFY(reader.next().message->value("text") == all);
}

QTEST_GUILESS_MAIN(TestMessage)
#include "message.moc"
