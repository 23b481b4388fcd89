// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// token, reject, refresh, before a whole program.

#include <QTest>

#include "core/ipc/deskfixture.h"

using namespace keytender;
using namespace std::chrono_literals;
using fakes::Counter;
using Words = std::string;

namespace {

class LockedKey final : public vault::MasterKeySource {
public:
    void start() override
    {
        QMetaObject::invokeMethod(
            this, [this] { Q_EMIT obstacleChanged(Obstacle::KeychainLocked); }, Qt::QueuedConnection);
    }
    void unlock() override {}
    [[nodiscard]] base::Result<vault::MasterKey> takeKey() override
    {
        return base::unexpected(
            {.kind = base::ErrorKind::Locked, .subject = QStringLiteral("keychain"), .place = {}, .detail = {}});
    }
};

} // namespace

class TestTokenDesk : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void init();

    void token_isGivenWithWhatIsKnownOfIt_andNoRefreshToken();
    void consent_isAskedBeforeAnythingIsSpent();
    void refusedConsent_isDenied();
    void fiftyAtOnce_areOneRefresh();
    void gitHost_getsTheTokenOfItsLogin();
    void hostileHost_getsNothing_andNobodyIsAsked();
    void ambiguousOrUnknownLogin_isNotFound_andTheChoicesAreNamed();
    void wrongFields_areUsage_data();
    void wrongFields_areUsage();
    void lockedKeychain_isUnavailable_withItsCure();
    void deadLogin_needsSignIn();
    void reject_hasItRenewedBeforeItIsGivenAgain();
    void refresh_waitsForTheOutcome();
    void watchedLogin_isNotRefreshed_andItsToolIsNamed();

private:
    std::unique_ptr<fakes::TemporaryHome> m_home;
    std::unique_ptr<fakes::RotatingIssuer> m_issuer;
};

void TestTokenDesk::init()
{
    m_home = std::make_unique<fakes::TemporaryHome>();
    m_issuer = std::make_unique<fakes::RotatingIssuer>();
    m_issuer->issue("sk-ant-ort01-bob-1");
    m_issuer->issue("sk-ant-ort01-ada-1");
}

void TestTokenDesk::token_isGivenWithWhatIsKnownOfIt_andNoRefreshToken()
{
    QVERIFY(fakes::keep(*m_home, {}));
    const Counter counter(*m_home, *m_issuer);
    const auto answer = counter.ask("token", {{"profile", "anthropic"}});
    QCOMPARE(answer->field("outcome"), Words("ok"));
    QCOMPARE(answer->field("token"), Words("sk-ant-oat01-bob-1"));
    QCOMPARE(answer->field("kind"), Words("oauth"));
    QCOMPARE(answer->field("profile"), Words("anthropic"));
    QCOMPARE(answer->field("provider"), Words("anthropic"));
    QCOMPARE(answer->field("label"), QStringLiteral("Anthropic · bob@example.org").toStdString());
    QCOMPARE(answer->field("user"), Words("99999999-aaaa-4bbb-8ccc-000000000009"));
    const qint64 left =
        std::stoll(answer->field("expires-at"))
        - std::chrono::floor<std::chrono::seconds>(counter.program.service.now().time_since_epoch()).count();
    QVERIFY(left > 6 * 3600 && left <= 7 * 3600);
    QVERIFY(!fakes::holds(*answer, "ort01"));
    QCOMPARE(counter.consent.asked.size(), std::size_t{1});
    QCOMPARE(counter.consent.asked[0].profileId, QStringLiteral("anthropic"));
    QCOMPARE(counter.consent.asked[0].consumer.program.executable, QStringLiteral("/usr/bin/git"));
}

void TestTokenDesk::consent_isAskedBeforeAnythingIsSpent()
{
    QVERIFY(fakes::keep(*m_home, {}));
    Counter counter(*m_home, *m_issuer);
    counter.consent.verdict.reset();
    const auto inquiry = counter.begin("token", {{"profile", "anthropic"}, {"min-validity", "27000"}});
    QTest::qWait(50);
    QVERIFY(!inquiry->isAnswered);
    QCOMPARE(counter.consent.asked.size(), std::size_t{1});
    QCOMPARE(m_issuer->posts, 0);
    counter.consent.speak({.isAllowed = true});
    QTRY_VERIFY_WITH_TIMEOUT(inquiry->isAnswered, 10'000);
    QCOMPARE(inquiry->field("token"), Words("sk-ant-oat01-bob-2"));
    QCOMPARE(m_issuer->posts, 1);
}

void TestTokenDesk::refusedConsent_isDenied()
{
    QVERIFY(fakes::keep(*m_home, {}));
    Counter counter(*m_home, *m_issuer);
    counter.consent.verdict = service::Consent::Verdict{.isAllowed = false, .text = QStringLiteral("You said never.")};
    const auto answer = counter.ask("token", {{"profile", "anthropic"}, {"min-validity", "27000"}});
    QCOMPARE(answer->field("outcome"), Words("denied"));
    QCOMPARE(answer->field("text"), Words("You said never."));
    QVERIFY(!fakes::holds(*answer, "oat01"));
    QCOMPARE(m_issuer->posts, 0);
}

void TestTokenDesk::fiftyAtOnce_areOneRefresh()
{
    QVERIFY(fakes::keep(*m_home, {.left = -1min}));
    const Counter counter(*m_home, *m_issuer);
    std::vector<std::unique_ptr<fakes::RecordedInquiry>> asked;
    for (int number = 0; number < 50; ++number)
        asked.push_back(counter.begin("token", {{"profile", "anthropic"}}));
    for (const auto &inquiry : asked) {
        QTRY_VERIFY_WITH_TIMEOUT(inquiry->isAnswered, 10'000);
        QCOMPARE(inquiry->field("token"), Words("sk-ant-oat01-bob-2"));
    }
    QCOMPARE(m_issuer->posts, 1);
}

void TestTokenDesk::gitHost_getsTheTokenOfItsLogin()
{
    m_home->write(QStringLiteral(".config/gh/hosts.yml"),
                  "github.com:\n    users:\n        ada:\n            oauth_token: gho_dummyDummyDummy\n"
                  "    oauth_token: gho_dummyDummyDummy\n    user: ada\n    git_protocol: https\n");
    const Counter counter(*m_home, *m_issuer);
    const auto answer = counter.ask(
        "token", {{"protocol", "https"}, {"host", "GitHub.com:443"}, {"path", "ada/x.git"}, {"purpose", "git"}});
    QCOMPARE(answer->field("token"), Words("gho_dummyDummyDummy"));
    QCOMPARE(answer->field("kind"), Words("token"));
    QCOMPARE(answer->field("user"), Words("ada"));
    QVERIFY(answer->field("expires-at").empty());
    QCOMPARE(counter.consent.asked.at(0).purpose, QStringLiteral("git asks for the password of github.com."));
}

void TestTokenDesk::hostileHost_getsNothing_andNobodyIsAsked()
{
    m_home->write(QStringLiteral(".config/gh/hosts.yml"),
                  "github.com:\n    oauth_token: gho_dummyDummyDummy\n    user: ada\n");
    const Counter counter(*m_home, *m_issuer);
    for (const char *host :
         {"github.com.evil", "evil.com/github.com", "ada@github.com", "github.com.", "github.com%0d%0a",
          "github.com%00", "github.com\xe2\x80\xa8", "\xd0\xb3ithub.com", "github.com:8443"}) {
        const auto answer = counter.ask("token", {{"protocol", "https"}, {"host", host}, {"purpose", "git"}});
        QVERIFY2(answer->field("outcome") == "usage" || answer->field("outcome") == "not-found", host);
        QVERIFY2(!fakes::holds(*answer, "gho_"), host);
    }
    const auto plain = counter.ask("token", {{"protocol", "http"}, {"host", "github.com"}, {"purpose", "git"}});
    QCOMPARE(plain->field("outcome"), Words("denied"));
    QVERIFY(counter.consent.asked.empty());
}

void TestTokenDesk::ambiguousOrUnknownLogin_isNotFound_andTheChoicesAreNamed()
{
    QVERIFY(fakes::keep(*m_home, {.id = QStringLiteral("anthropic:one")}));
    QVERIFY(fakes::keep(*m_home, {.id = QStringLiteral("anthropic:two"), .refreshToken = "sk-ant-ort01-eve-1"}));
    const Counter counter(*m_home, *m_issuer);
    for (const char *name : {"anthropic", "nobody"}) {
        const auto answer = counter.ask("token", {{"profile", name}});
        QCOMPARE(answer->field("outcome"), Words("not-found"));
        QVERIFY(answer->field("text").find("anthropic:one, anthropic:two") != std::string::npos);
    }
    QVERIFY(counter.consent.asked.empty());
}

void TestTokenDesk::wrongFields_areUsage_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("nothing") << QByteArray("path") << QByteArray("x");
    QTest::newRow("host alone") << QByteArray("host") << QByteArray("github.com");
    QTest::newRow("protocol alone") << QByteArray("protocol") << QByteArray("https");
    QTest::newRow("unknown field") << QByteArray("scope") << QByteArray("x");
    QTest::newRow("unknown purpose") << QByteArray("purpose") << QByteArray("evil");
    QTest::newRow("no number") << QByteArray("min-validity") << QByteArray("-5");
}

void TestTokenDesk::wrongFields_areUsage()
{
    QFETCH(const QByteArray, key);
    QFETCH(const QByteArray, value);
    const Counter counter(*m_home, *m_issuer);
    QCOMPARE(counter.ask("token", {{key.toStdString(), value.toStdString()}})->field("outcome"), Words("usage"));
}

void TestTokenDesk::lockedKeychain_isUnavailable_withItsCure()
{
    m_home->write(QStringLiteral(".claude/.credentials.json"), fakes::recordOf({}));
    base::SystemClock clock;
    base::SystemRandom random;
    fakes::FakeKeychain keychain;
    LockedKey key;
    service::Service service({.clock = clock,
                              .random = random,
                              .keychain = keychain,
                              .masterKey = key,
                              .environment = m_home->environment()});
    service.start();
    fakes::SpokenConsent consent;
    fakes::FakeDoctor doctor;
    ipc::Door door;
    ipc::addDesks(door, ipc::worldOf(service, consent, doctor));
    wire::Message request(wire::Kind::Request);
    request.set("command", "token").set("profile", "claude-cli");
    fakes::RecordedInquiry inquiry(std::move(request)); // before anything was looked at
    door.receive(inquiry);
    QTRY_VERIFY_WITH_TIMEOUT(inquiry.isAnswered, 10'000);
    QCOMPARE(inquiry.field("outcome"), Words("unavailable"));
    QVERIFY2(inquiry.field("text").find("keychain") != std::string::npos, inquiry.field("text").c_str());
}

void TestTokenDesk::deadLogin_needsSignIn()
{
    QVERIFY(fakes::keep(*m_home, {.refreshToken = "sk-ant-ort01-dead-1", .left = -1min}));
    const Counter counter(*m_home, *m_issuer);
    const auto answer = counter.ask("token", {{"profile", "anthropic"}});
    QCOMPARE(answer->field("outcome"), Words("needs-sign-in"));
    QVERIFY(!answer->field("text").empty());
}

void TestTokenDesk::reject_hasItRenewedBeforeItIsGivenAgain()
{
    QVERIFY(fakes::keep(*m_home, {}));
    const Counter counter(*m_home, *m_issuer);
    QCOMPARE(counter.ask("reject", {{"profile", "anthropic"}})->field("outcome"), Words("ok"));
    QCOMPARE(counter.ask("token", {{"profile", "anthropic"}})->field("token"), Words("sk-ant-oat01-bob-2"));
    QVERIFY(counter.program.service.rows().contains(QStringLiteral("anthropic")));
}

void TestTokenDesk::refresh_waitsForTheOutcome()
{
    QVERIFY(fakes::keep(*m_home, {}));
    const Counter counter(*m_home, *m_issuer);
    QCOMPARE(counter.ask("refresh", {{"profile", "anthropic"}})->field("outcome"), Words("ok"));
    QCOMPARE(m_issuer->posts, 1);
    QCOMPARE(counter.ask("token", {{"profile", "anthropic"}})->field("token"), Words("sk-ant-oat01-bob-2"));
    const auto again = counter.ask("refresh", {{"profile", "anthropic"}});
    QCOMPARE(again->field("outcome"), Words("unavailable"));
    QVERIFY(!again->field("text").empty());
    QCOMPARE(m_issuer->posts, 1);
}

void TestTokenDesk::watchedLogin_isNotRefreshed_andItsToolIsNamed()
{
    m_home->write(QStringLiteral(".claude/.credentials.json"), fakes::recordOf({}));
    const Counter counter(*m_home, *m_issuer);
    const auto answer = counter.ask("refresh", {{"profile", "claude-cli"}});
    QCOMPARE(answer->field("outcome"), Words("unavailable"));
    QVERIFY(answer->field("text").find("Claude Code has to renew it") != std::string::npos);
    QCOMPARE(m_issuer->posts, 0);
}

QTEST_GUILESS_MAIN(TestTokenDesk)
#include "tokendesk.moc"
