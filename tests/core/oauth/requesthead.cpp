// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// The same requests travel over real sockets in redirectlistener.cpp; here every beginning of each is read.

#include <array>
#include <string>

#include <QTest>

#include "redirectrequests.h"

using namespace keytender;
using oauth::HeadIncomplete;
using oauth::HeadRefused;
using oauth::readRequestHead;
using oauth::RedirectRequest;
using oauth::RequestHead;

class RequestHeadTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void verdict_doesNotDependOnHowTheRequestIsCut_data() { tests::redirectRequestRows(); }
    void verdict_doesNotDependOnHowTheRequestIsCut();
    void query_isWhatStandsBehindTheQuestionMark_data();
    void query_isWhatStandsBehindTheQuestionMark();
    void randomBytes_neverBecomeARequest();
};

namespace {

const oauth::ServedAddress address{.authority = "127.0.0.1:1455", .path = "/callback"};

int statusOf(const RequestHead &head)
{
    if (const auto *refused = std::get_if<HeadRefused>(&head))
        return refused->status;
    return std::holds_alternative<HeadIncomplete>(head) ? 0 : 200;
}

std::string_view viewOf(const QByteArray &bytes)
{
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

} // namespace

// L-17.
void RequestHeadTest::verdict_doesNotDependOnHowTheRequestIsCut()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, headStatus);
    bytes.replace("{port}", "1455");
    const RequestHead whole = readRequestHead(viewOf(bytes), address);
    QCOMPARE(statusOf(whole), headStatus);
    bool isDecided = false;
    const qsizetype step = bytes.size() > 4096 ? 61 : 1;
    for (qsizetype size = 0; size <= bytes.size(); size += step) {
        const RequestHead part = readRequestHead(viewOf(bytes).substr(0, static_cast<std::size_t>(size)), address);
        if (std::holds_alternative<HeadIncomplete>(part))
            QVERIFY2(!isDecided, "what was decided became open again");
        else
            QCOMPARE(part, whole);
        isDecided = isDecided || !std::holds_alternative<HeadIncomplete>(part);
    }
}

void RequestHeadTest::query_isWhatStandsBehindTheQuestionMark_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("query");
    QTest::newRow("none") << QByteArray("/callback") << QByteArray();
    QTest::newRow("empty") << QByteArray("/callback?") << QByteArray();
    QTest::newRow("one") << QByteArray("/callback?a=b&c=%2F") << QByteArray("a=b&c=%2F");
    QTest::newRow("two question marks") << QByteArray("/callback?a=b?c") << QByteArray("a=b?c");
}

void RequestHeadTest::query_isWhatStandsBehindTheQuestionMark()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, query);
    const QByteArray bytes = "GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1:1455\r\n\r\n";
    QCOMPARE(readRequestHead(viewOf(bytes), address), RequestHead(RedirectRequest{viewOf(query)}));
}

void RequestHeadTest::randomBytes_neverBecomeARequest()
{
    base::SystemRandom random;
    const std::string_view alphabet("GET /callback?= HTTP/1.1\r\nHost: 127.0.0.1:1455\r\n\r\n\0%\x80\t", 54);
    std::array<std::byte, 96> raw{};
    for (int i = 0; i < 20'000; ++i) {
        random.fill(raw);
        std::string bytes = i % 2 == 0 ? "GET /callback?" : "";
        for (const std::byte each : raw)
            bytes += alphabet[std::to_integer<std::size_t>(each) % alphabet.size()];
        QVERIFY(!std::holds_alternative<RedirectRequest>(readRequestHead(bytes, address)));
    }
}

QTEST_GUILESS_MAIN(RequestHeadTest)
#include "requesthead.moc"
