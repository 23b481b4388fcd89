// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "composition/consentends.h"

#include <QTest>

#include "core/service/keptlogin.h"
#include "service/programs/askedconsent.h"

using namespace keytender;
using service::AskedConsent;
using service::Consent;
using service::ConsentAnswer;

namespace {

const QString claude = QStringLiteral("claude-cli");
const QString anthropic = QStringLiteral("anthropic");
const QString git = QStringLiteral("/usr/bin/git");
const QString make = QStringLiteral("/usr/bin/make");

Consent::Request wish(const QString &profile, const QString &program)
{
    return {.profileId = profile,
            .label = profile,
            .consumer = {.program = {.pid = 100, .startedAt = 7, .executable = program}, .parent = {}},
            .purpose = QStringLiteral("For a test.")};
}

} // namespace

// What programs were allowed ends with the login (S-56).
class ConsentEndsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void init();
    void cleanup();

    void renewedToken_ofTheSameAccount_endsNothing();
    void anotherAccount_endsWhatWasAllowed_andLeavesWhatWasRefused();
    void anotherAccount_meanwhile_isNoticedAtTheNextStart();
    void signedOut_endsWhatWasAllowed();
    void otherLogins_stayAsTheyAre();

private:
    // A run of the program.
    void start();
    void say(const QString &profile, const QString &program, ConsentAnswer answer);
    [[nodiscard]] QStringList allowed() const { return programs(true); }
    [[nodiscard]] QStringList refused() const { return programs(false); }
    [[nodiscard]] QStringList programs(bool isAllowed) const;
    void signInTool(const fakes::ClaudeLogin &login)
    {
        m_home->write(QStringLiteral(".claude/.credentials.json"), fakes::recordOf(login));
    }

    std::unique_ptr<fakes::TemporaryHome> m_home;
    std::unique_ptr<fakes::RotatingIssuer> m_issuer;
    std::unique_ptr<fakes::NeighbourProgram> m_program;
    std::unique_ptr<AskedConsent> m_consent;
    base::SystemClock m_clock;
    base::SystemRandom m_random;
    QObject m_asker;
};

void ConsentEndsTest::init()
{
    m_home = std::make_unique<fakes::TemporaryHome>();
    m_issuer = std::make_unique<fakes::RotatingIssuer>();
    signInTool({});
    QVERIFY(fakes::keep(*m_home, {}));
    start();
    say(claude, git, ConsentAnswer::Always);
    say(claude, make, ConsentAnswer::Never);
    say(anthropic, git, ConsentAnswer::Always);
    QCOMPARE(allowed(), (QStringList{QStringLiteral("anthropic git"), QStringLiteral("claude-cli git")}));
}

void ConsentEndsTest::cleanup()
{
    m_program.reset();
    m_consent.reset();
}

void ConsentEndsTest::start()
{
    cleanup();
    m_program = std::make_unique<fakes::NeighbourProgram>(*m_home, *m_issuer);
    m_consent = std::make_unique<AskedConsent>(AskedConsent::World{.clock = m_clock,
                                                                   .random = m_random,
                                                                   .environment = m_home->environment(),
                                                                   .file = m_program->service.places().consents,
                                                                   .configuration = QStringLiteral("config.json")});
    m_consent->setCanAsk(true);
    composition::endConsentsWithLogins(m_program->service, *m_consent);
}

void ConsentEndsTest::say(const QString &profile, const QString &program, ConsentAnswer answer)
{
    m_consent->ask(wish(profile, program), &m_asker, [](const Consent::Verdict &) {});
    QCOMPARE(m_consent->questions().size(), 1U);
    m_consent->answer(m_consent->questions().front().id, answer);
}

QStringList ConsentEndsTest::programs(bool isAllowed) const
{
    QStringList all;
    for (const service::ConsentRule &rule : m_consent->rules()) {
        if (rule.isAllowed == isAllowed)
            all += rule.profileId + u' ' + rule.program.section(u'/', -1);
    }
    all.sort();
    return all;
}

void ConsentEndsTest::renewedToken_ofTheSameAccount_endsNothing()
{
    const auto before = m_program->row(claude).profile.credential.refreshToken;
    signInTool({.refreshToken = "sk-ant-ort01-ada-2", .left = std::chrono::hours(8)});
    QTRY_VERIFY(m_program->row(claude).profile.credential.refreshToken != before);
    QCOMPARE(allowed().size(), 2);
    start();
    QCOMPARE(allowed().size(), 2);
}

void ConsentEndsTest::anotherAccount_endsWhatWasAllowed_andLeavesWhatWasRefused()
{
    signInTool({.refreshToken = "sk-ant-ort01-eve-1",
                .left = std::chrono::hours(8),
                .account = "33333333-aaaa-4bbb-8ccc-000000000003"});
    QTRY_COMPARE(allowed(), QStringList{QStringLiteral("anthropic git")});
    QCOMPARE(refused(), QStringList{QStringLiteral("claude-cli make")});
    start();
    QCOMPARE(allowed(), QStringList{QStringLiteral("anthropic git")});
}

void ConsentEndsTest::anotherAccount_meanwhile_isNoticedAtTheNextStart()
{
    cleanup();
    signInTool({.refreshToken = "sk-ant-ort01-eve-1",
                .left = std::chrono::hours(8),
                .account = "33333333-aaaa-4bbb-8ccc-000000000003"});
    start();
    QTRY_COMPARE(allowed(), QStringList{QStringLiteral("anthropic git")});
}

void ConsentEndsTest::signedOut_endsWhatWasAllowed()
{
    m_program->service.signOut({.what = service::SignOutScope::What::Profile, .id = anthropic, .forgetsOnly = true});
    QTRY_COMPARE(allowed(), QStringList{QStringLiteral("claude-cli git")});
    start();
    QCOMPARE(allowed(), QStringList{QStringLiteral("claude-cli git")});
}

void ConsentEndsTest::otherLogins_stayAsTheyAre()
{
    m_consent->ask(wish(claude, QStringLiteral("/usr/bin/curl")), &m_asker, [](const Consent::Verdict &) {});
    m_program->service.signOut({.what = service::SignOutScope::What::Profile, .id = anthropic, .forgetsOnly = true});
    QTRY_VERIFY(!m_program->service.rows().contains(anthropic));
    QCOMPARE(m_consent->questions().size(), 1U); // of another login
    QCOMPARE(refused().size(), 1);
}

QTEST_GUILESS_MAIN(ConsentEndsTest)
#include "consentends.moc"
