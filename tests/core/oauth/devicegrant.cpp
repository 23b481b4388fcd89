// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "oauth/devicegrant.h"

#include <deque>

#include <QSignalSpy>
#include <QTest>

#include "answers.h"
#include "fakes/fakeclock.h"
#include "fakes/jsontestcases.h"

using namespace keytender;
using namespace keytender::answers;
using oauth::DeviceGrant;
using oauth::DeviceOutcome;
using oauth::TokenVerdict;
using namespace std::chrono_literals;

namespace {

const QByteArray codes =
    R"({"device_code":"dc-1","user_code":"WDJB-MJHT","verification_uri":"https://a.example/device",)"
    R"("verification_uri_complete":"https://a.example/device?user_code=WDJB-MJHT",)"
    R"("expires_in":600,"interval":5})";
const QByteArray tokens = R"({"access_token":"at-1","token_type":"bearer","refresh_token":"rt-1"})";

oauth::Delivery refused(const QByteArray &code, int status = 400)
{
    return answered(status, "{\"error\":\"" + code + "\"}");
}

// Answers in turn; the last answer goes on. Records what was asked and when.
class ScriptedTransport final : public oauth::TokenTransport {
public:
    explicit ScriptedTransport(const fakes::FakeClock &clock) : m_clock(clock) {}

    void post(oauth::Post request, QObject *, std::function<void(oauth::Delivery)> done) override
    {
        bodies.append(bytesOf(oauth::bodyOf(request.parameters, request.encoding)));
        times.push_back(m_clock.boot);
        oauth::Delivery answer = std::move(answers.front());
        answers.pop_front();
        if (answers.empty())
            answers.push_back(refused("authorization_pending"));
        done(std::move(answer));
    }

    std::deque<oauth::Delivery> answers;
    QByteArrayList bodies;
    std::vector<base::Milliseconds> times;

private:
    const fakes::FakeClock &m_clock;
};

// Time passes when the test lets it.
class Waiting final {
public:
    explicit Waiting(fakes::FakeClock &clock) : m_clock(clock) {}

    auto after()
    {
        return [this](base::Milliseconds pause, QObject *, std::function<void()> done) {
            pauses.push_back(pause);
            m_next = std::move(done);
        };
    }
    bool pass()
    {
        const auto next = std::exchange(m_next, {});
        if (!next)
            return false;
        m_clock.advance(pauses.back());
        next();
        return true;
    }

    std::vector<base::Milliseconds> pauses;

private:
    fakes::FakeClock &m_clock;
    std::function<void()> m_next;
};

struct Ended {
    std::optional<base::Error> error;
    TokenVerdict verdict = TokenVerdict::Transient;
    QByteArray refreshToken;
    base::Timestamp sentAt{};
};

struct Grant {
    explicit Grant(std::initializer_list<const char *> errors = {})
    {
        provider::Provider provider = testProvider();
        provider.deviceAuthorizationEndpoint = {QUrl(QStringLiteral("https://a.example/device_authorization")), {}};
        transport.answers.push_back(answered(200, codes));
        for (const char *error : errors)
            transport.answers.push_back(refused(error));
        grant = std::make_unique<DeviceGrant>(
            provider, QStringList{QStringLiteral("a")},
            oauth::DeviceWorld{.clock = clock, .transport = transport, .after = waiting.after()});
        QObject::connect(grant.get(), &DeviceGrant::offered, [this] { ++offers; });
        QObject::connect(grant.get(), &DeviceGrant::finished, [this](const DeviceOutcome &outcome) {
            ends.push_back({.error = outcome.error,
                            .verdict = outcome.response.verdict,
                            .refreshToken = bytesOf(outcome.response.refreshToken),
                            .sentAt = outcome.sentAt});
        });
    }

    fakes::FakeClock clock;
    ScriptedTransport transport{clock};
    Waiting waiting{clock};
    std::unique_ptr<DeviceGrant> grant;
    int offers = 0;
    std::vector<Ended> ends;
};

} // namespace

class DeviceGrantTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void grantedLogin_isHandedOver();
    void polls_keepTheirDistance();
    void failures_backOffAndRecover();
    void retryAfter_isHonoured();
    void codes_endByBootTime();
    void answer_thatEndsIt_isTheLast_data();
    void answer_thatEndsIt_isTheLast();
    void cancelledGrant_asksNoMore();
    void badCodes_offerNothing_data();
    void badCodes_offerNothing();
    void oddMembers_areTakenByTheStandard_data();
    void oddMembers_areTakenByTheStandard();
    void jsonTestSuite_offersNothing();
    void timer_callsBack();
};

void DeviceGrantTest::grantedLogin_isHandedOver()
{
    Grant test({"authorization_pending", "authorization_pending"});
    test.transport.answers.push_back(answered(200, tokens));
    test.grant->start();
    QCOMPARE(test.offers, 1);
    QCOMPARE(bytesOf(test.grant->authorization().userCode), QByteArray("WDJB-MJHT"));
    QCOMPARE(test.grant->authorization().verificationUri, QUrl(QStringLiteral("https://a.example/device")));
    while (test.waiting.pass()) {
    }
    QCOMPARE(test.ends.size(), std::size_t(1));
    QVERIFY(test.ends[0].verdict == TokenVerdict::Granted && !test.ends[0].error);
    QCOMPARE(test.ends[0].refreshToken, QByteArray("rt-1"));
    QVERIFY(test.ends[0].sentAt == fakes::FakeClock().wall + 15s);
    QVERIFY(test.grant->authorization().deviceCode.isEmpty()); // it has no further use
    QCOMPARE(test.transport.bodies.size(), 4);
    QVERIFY(test.transport.bodies[1].contains("device_code=dc-1") && !test.transport.bodies[1].contains("WDJB"));
}

// N-50: not before the first interval is over, and 5 s more after each slow_down, for good.
void DeviceGrantTest::polls_keepTheirDistance()
{
    Grant test({"authorization_pending", "slow_down", "authorization_pending", "slow_down", "authorization_pending"});
    test.grant->start();
    for (int i = 0; i < 6; ++i)
        QVERIFY(test.waiting.pass());
    const std::vector<base::Milliseconds> expected{5s, 5s, 10s, 10s, 15s, 15s, 15s};
    QCOMPARE(test.waiting.pauses.size(), expected.size());
    QVERIFY(test.waiting.pauses == expected);
}

void DeviceGrantTest::failures_backOffAndRecover()
{
    Grant test;
    for (int i = 0; i < 5; ++i)
        test.transport.answers.push_back(answered(502, "<html>"));
    oauth::Delivery lost;
    lost.fate = oauth::Fate::Unknown;
    test.transport.answers.push_back(std::move(lost));
    test.transport.answers.push_back(refused("authorization_pending"));
    test.grant->start();
    for (int i = 0; i < 7; ++i)
        QVERIFY(test.waiting.pass());
    const std::vector<base::Milliseconds> expected{5s, 10s, 20s, 40s, 60s, 60s, 60s, 5s};
    QVERIFY(test.waiting.pauses == expected);
    QVERIFY(test.ends.empty());
}

void DeviceGrantTest::retryAfter_isHonoured()
{
    Grant test;
    oauth::Delivery busy = answered(429, {});
    busy.headers.emplace_back("Retry-After", "30");
    test.transport.answers.push_back(std::move(busy));
    test.grant->start();
    QVERIFY(test.waiting.pass());
    QVERIFY(test.waiting.pauses.back() == base::Milliseconds(30s));
}

void DeviceGrantTest::codes_endByBootTime()
{
    Grant test;
    test.grant->start();
    test.clock.wall -= 24h; // says nothing
    while (test.waiting.pass()) {
    }
    QCOMPARE(test.ends.size(), std::size_t(1));
    QVERIFY(test.ends[0].verdict == TokenVerdict::ExpiredToken && !test.ends[0].error);
    QVERIFY(test.transport.times.back() < fakes::FakeClock().boot + 600s);
    QCOMPARE(test.transport.bodies.size(), 1 + 119); // none once they have ended
}

void DeviceGrantTest::answer_thatEndsIt_isTheLast_data()
{
    QTest::addColumn<QByteArray>("error");
    QTest::addColumn<TokenVerdict>("verdict");
    QTest::newRow("access_denied") << QByteArray("access_denied") << TokenVerdict::AccessDenied;
    QTest::newRow("expired_token") << QByteArray("expired_token") << TokenVerdict::ExpiredToken;
    QTest::newRow("invalid_grant") << QByteArray("invalid_grant") << TokenVerdict::GrantRejected;
    QTest::newRow("invalid_client") << QByteArray("invalid_client") << TokenVerdict::Configuration;
}

void DeviceGrantTest::answer_thatEndsIt_isTheLast()
{
    QFETCH(QByteArray, error);
    QFETCH(TokenVerdict, verdict);
    Grant test({error.constData()});
    test.grant->start();
    QVERIFY(test.waiting.pass());
    QVERIFY(!test.waiting.pass());
    QCOMPARE(test.ends.size(), std::size_t(1));
    QVERIFY(test.ends[0].verdict == verdict);
}

void DeviceGrantTest::cancelledGrant_asksNoMore()
{
    Grant test;
    test.grant->start();
    test.grant->cancel();
    test.grant->cancel();
    QVERIFY(test.waiting.pass()); // what was waited for comes, and is not heard
    QCOMPARE(test.transport.bodies.size(), 1);
    QCOMPARE(test.ends.size(), std::size_t(1));
    QVERIFY(test.ends[0].error && test.ends[0].error->kind == base::ErrorKind::Cancelled);
}

void DeviceGrantTest::badCodes_offerNothing_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    const auto row = [](const char *name, const QByteArray &body, int status = 200) {
        QTest::newRow(name) << status << body;
    };
    const auto with = [](const char *name, const char *value) {
        QByteArray body = codes;
        const qsizetype at = body.indexOf('"' + QByteArray(name) + "\":") + static_cast<qsizetype>(qstrlen(name)) + 3;
        body.replace(at, body.indexOf(',', at) - at, value);
        return body;
    };
    row("error", R"({"error":"unauthorized_client"})", 400);
    row("disabled", "<html>", 404);
    row("no success", codes, 500);
    row("no JSON", "user_code=1");
    row("no device code", with("device_code", "null"));
    row("device code empty", with("device_code", R"("")"));
    row("user code a number", with("user_code", "7"));
    row("user code with a line feed", with("user_code", R"("A\nB")"));
    row("N-51 plain http", with("verification_uri", R"("http://a.example/device")"));
    row("N-51 http on loopback", with("verification_uri", R"("http://127.0.0.1/device")"));
    row("N-51 javascript", with("verification_uri", R"("javascript:void")"));
    row("N-51 a file", with("verification_uri", R"("file:///etc/passwd")"));
    row("N-51 a user", with("verification_uri", R"("https://good.example@evil.example/")"));
    row("N-51 no address", with("verification_uri", "null"));
    row("code twice", QByteArray(codes).replace("{", R"({"device_code":"x",)"));
}

void DeviceGrantTest::badCodes_offerNothing()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    Grant test;
    test.transport.answers.clear();
    test.transport.answers.push_back(answered(status, body));
    test.grant->start();
    QCOMPARE(test.offers, 0);
    QVERIFY(!test.waiting.pass());
    QCOMPARE(test.ends.size(), std::size_t(1));
    QVERIFY(test.ends[0].error && !test.ends[0].error->detail.isEmpty());
    QVERIFY(!test.ends[0].error->detail.contains(QLatin1String("WDJB"))); // N-52
}

void DeviceGrantTest::oddMembers_areTakenByTheStandard_data()
{
    QTest::addColumn<QByteArray>("was");
    QTest::addColumn<QByteArray>("is");
    QTest::addColumn<int>("interval");
    QTest::addColumn<int>("expires");
    QTest::addColumn<bool>("hasComplete");
    const auto row = [](const char *name, const char *was, const char *is, int interval, int expires,
                        bool hasComplete = true) {
        QTest::newRow(name) << QByteArray(was) << QByteArray(is) << interval << expires << hasComplete;
    };
    row("as it is", "x", "x", 5, 600);
    row("no interval", ",\"interval\":5", "", 5, 600);
    row("interval 0", "\"interval\":5", "\"interval\":0", 5, 600);
    row("interval negative", "\"interval\":5", "\"interval\":-1", 5, 600);
    row("interval 1", "\"interval\":5", "\"interval\":1", 1, 600);
    row("interval absurd", "\"interval\":5", "\"interval\":86400", 60, 600);
    row("interval a string", "\"interval\":5", "\"interval\":\"5\"", 5, 600);
    row("no end", "\"expires_in\":600,", "", 5, 900);
    row("end absurd", "\"expires_in\":600", "\"expires_in\":1e300", 5, 3600);
    row("complete address of another host", "https://a.example/device?", "https://b.example/device?", 5, 600, false);
    row("complete address without TLS", "https://a.example/device?", "http://a.example/device?", 5, 600, false);
    row("an older name", "\"verification_uri\"", "\"verification_url\"", 5, 600);
}

void DeviceGrantTest::oddMembers_areTakenByTheStandard()
{
    QFETCH(QByteArray, was);
    QFETCH(QByteArray, is);
    const auto authorization = oauth::readDeviceAuthorization(answered(200, QByteArray(codes).replace(was, is)),
                                                              provider::EndpointRule::HttpsOnly);
    QVERIFY(authorization.has_value());
    QTEST(int(authorization->interval.count()), "interval");
    QTEST(int(authorization->expiresIn.count()), "expires");
    QTEST(!authorization->verificationUriComplete.isEmpty(), "hasComplete");
}

void DeviceGrantTest::jsonTestSuite_offersNothing()
{
    const auto cases = fakes::JsonTestCases::load();
    if (cases.isEmpty())
        QSKIP("KEYTENDER_JSON_TEST_SUITE is not set");
    for (const QByteArray &body : cases.parsing)
        QVERIFY(!oauth::readDeviceAuthorization(answered(200, body), provider::EndpointRule::HttpsOnly));
}

void DeviceGrantTest::timer_callsBack()
{
    bool isCalled = false;
    oauth::afterByTimer()(1ms, this, [&isCalled] { isCalled = true; });
    QTRY_VERIFY(isCalled);
}

QTEST_GUILESS_MAIN(DeviceGrantTest)
#include "devicegrant.moc"
