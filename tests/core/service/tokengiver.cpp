// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// Tokens for programs, from a whole service whose authorization server kills a family when a spent token comes back.

#include "service/programs/tokens.h"

#include <QFileInfo>
#include <QSignalSpy>
#include <QTest>

#include "core/service/ears.h"
#include "core/service/keptlogin.h"

using namespace keytender;
using namespace std::chrono_literals;
using fakes::ClaudeLogin;
using fakes::Ears;
using fakes::KeptLogin;
using fakes::NeighbourProgram;
using profile::Care;
using service::GivenToken;
using service::TokenRefusal;
using Why = TokenRefusal::Why;

namespace {

const QString own = QStringLiteral("anthropic");
const QString claude = QStringLiteral("claude-cli");

} // namespace

class TestTokenGiver : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void init();

    void goodToken_isGivenAtOnce_andNothingIsSent();
    void fiftyAskersOfAnExpiredToken_areOneRefresh_andAllAreAnswered();
    void tokenThatEndsTooSoon_isRenewedFirst();
    void afterARotation_theNewTokenIsGiven();
    void key_isGivenAsItIs();
    void unknownLogin_isNotFound();
    void refusedGrant_needsSignIn();
    void withoutALine_unavailable_andTheLoginLives();
    void sharedLogin_isRenewedUnderItsToolsLocks();
    void watchedLogin_isGivenWhileItIsGood_andNeverRenewed();
    void refusedToken_isRenewedOnce_beforeItIsGivenAgain();
    void renew_renewsEvenWhatIsGood_andTellsWhenItIsTooSoon();
    void askerThatIsGone_isNotTold();

private:
    std::unique_ptr<fakes::TemporaryHome> m_home;
    std::unique_ptr<fakes::RotatingIssuer> m_issuer;
};

void TestTokenGiver::init()
{
    m_home = std::make_unique<fakes::TemporaryHome>();
    m_issuer = std::make_unique<fakes::RotatingIssuer>();
    m_issuer->issue("sk-ant-ort01-bob-1");
    m_issuer->issue("sk-ant-ort01-ada-1");
}

void TestTokenGiver::goodToken_isGivenAtOnce_andNothingIsSent()
{
    QVERIFY(fakes::keep(*m_home, {}));
    NeighbourProgram program(*m_home, *m_issuer);
    Ears ears;
    ears.ask(program, own);
    QCOMPARE(ears.answers.size(), std::size_t{1});
    QCOMPARE(ears.token(), QByteArray("sk-ant-oat01-bob-1"));
    QCOMPARE(ears.answers[0]->profileId, own);
    QCOMPARE(ears.answers[0]->account.email, QStringLiteral("bob@example.org"));
    QVERIFY(ears.answers[0]->expiresAt.has_value());
    QCOMPARE(m_issuer->posts, 0);
}

void TestTokenGiver::fiftyAskersOfAnExpiredToken_areOneRefresh_andAllAreAnswered()
{
    QVERIFY(fakes::keep(*m_home, {.left = -1min}));
    NeighbourProgram program(*m_home, *m_issuer);
    Ears ears;
    for (int number = 0; number < 50; ++number)
        ears.ask(program, own);
    QVERIFY(ears.haveHeard(50));
    for (std::size_t number = 0; number < 50; ++number)
        QCOMPARE(ears.token(number), QByteArray("sk-ant-oat01-bob-2"));
    QCOMPARE(m_issuer->posts, 1);
    QCOMPARE(m_issuer->reuses, 0);
}

void TestTokenGiver::tokenThatEndsTooSoon_isRenewedFirst()
{
    QVERIFY(fakes::keep(*m_home, {}));
    NeighbourProgram program(*m_home, *m_issuer);
    Ears ears;
    ears.ask(program, own, 7h + 30min);
    QVERIFY(ears.answers.empty());
    QVERIFY(ears.haveHeard());
    QCOMPARE(ears.token(), QByteArray("sk-ant-oat01-bob-2"));
    QVERIFY(*ears.answers[0]->expiresAt - program.service.now() > 7h + 30min);
    QCOMPARE(m_issuer->posts, 1);
}

// Nothing of before is kept (S-56).
void TestTokenGiver::afterARotation_theNewTokenIsGiven()
{
    QVERIFY(fakes::keep(*m_home, {}));
    NeighbourProgram program(*m_home, *m_issuer);
    Ears ears;
    ears.ask(program, own);
    program.service.refresh(own);
    QTRY_COMPARE(m_issuer->posts, 1);
    QTRY_VERIFY(program.row(own).condition.health != profile::Health::Refreshing);
    ears.ask(program, own);
    QVERIFY(ears.haveHeard(2));
    QCOMPARE(ears.token(1), QByteArray("sk-ant-oat01-bob-2"));
    QSignalSpy out(&program.service, &service::Service::signOutFinished);
    program.service.signOut({.what = service::SignOutScope::What::Profile, .id = own, .forgetsOnly = true});
    QVERIFY(out.count() == 1 || out.wait(10'000));
    ears.ask(program, own);
    QVERIFY(ears.haveHeard(3));
    QVERIFY(!ears.answers[2] && ears.answers[2].error().why == Why::NotFound);
}

void TestTokenGiver::key_isGivenAsItIs()
{
    QVERIFY(fakes::keep(*m_home, {.refreshToken = {},
                                  .accessToken = "sk-ant-api03-dummy-key",
                                  .kind = profile::CredentialKind::ApiKey,
                                  .left = std::nullopt}));
    NeighbourProgram program(*m_home, *m_issuer);
    Ears ears;
    ears.ask(program, own, 24h);
    QCOMPARE(ears.token(), QByteArray("sk-ant-api03-dummy-key"));
    QCOMPARE(int(ears.answers[0]->kind), int(profile::CredentialKind::ApiKey));
    QVERIFY(!ears.answers[0]->expiresAt);
}

void TestTokenGiver::unknownLogin_isNotFound()
{
    NeighbourProgram program(*m_home, *m_issuer);
    Ears ears;
    ears.ask(program, QStringLiteral("nobody"));
    QVERIFY(!ears.answers.at(0) && ears.answers[0].error().why == Why::NotFound);
}

void TestTokenGiver::refusedGrant_needsSignIn()
{
    QVERIFY(fakes::keep(*m_home, {.refreshToken = "sk-ant-ort01-dead-1", .left = -1min}));
    NeighbourProgram program(*m_home, *m_issuer);
    Ears ears;
    ears.ask(program, own);
    QVERIFY(ears.haveHeard());
    QVERIFY(!ears.answers[0]);
    QVERIFY2(ears.answers[0].error().why == Why::NeedsSignIn, qPrintable(ears.answers[0].error().text));
    // Not sent again for the next one.
    const int posts = m_issuer->posts;
    ears.ask(program, own);
    QVERIFY(ears.haveHeard(2));
    QVERIFY(!ears.answers[1] && ears.answers[1].error().why == Why::NeedsSignIn);
    QCOMPARE(m_issuer->posts, posts);
}

void TestTokenGiver::withoutALine_unavailable_andTheLoginLives()
{
    QVERIFY(fakes::keep(*m_home, {.left = -1min}));
    m_issuer->isDown = true;
    NeighbourProgram program(*m_home, *m_issuer);
    Ears ears;
    ears.ask(program, own);
    QVERIFY(ears.haveHeard());
    QVERIFY(!ears.answers[0]);
    QVERIFY2(ears.answers[0].error().why == Why::Unavailable, qPrintable(ears.answers[0].error().text));
    QVERIFY(!ears.answers[0].error().text.isEmpty());
    m_issuer->isDown = false;
    program.service.noteOnline();
    QTRY_COMPARE_WITH_TIMEOUT(m_issuer->posts, 1, 10'000);
    QTRY_VERIFY(program.row(own).condition.health == profile::Health::Fresh);
    ears.ask(program, own);
    QVERIFY(ears.haveHeard(2));
    QCOMPARE(ears.token(1), QByteArray("sk-ant-oat01-bob-2"));
}

void TestTokenGiver::sharedLogin_isRenewedUnderItsToolsLocks()
{
    m_home->write(QStringLiteral(".claude/.credentials.json"), fakes::recordOf({.left = -1min}));
    NeighbourProgram program(*m_home, *m_issuer);
    bool wasLocked = false;
    m_issuer->atPost = [&] { wasLocked = QFileInfo::exists(m_home->path(QStringLiteral(".claude.lock"))); };
    QVERIFY(program.neighbours().setCare(claude, Care::Shared));
    Ears ears;
    ears.ask(program, claude);
    QVERIFY(ears.haveHeard());
    QCOMPARE(ears.token(), QByteArray("sk-ant-oat01-ada-2"));
    QVERIFY(wasLocked);
    QTRY_VERIFY(m_home->read(QStringLiteral(".claude/.credentials.json")).contains("sk-ant-ort01-ada-2"));
    QCOMPARE(m_issuer->posts, 1);
}

void TestTokenGiver::watchedLogin_isGivenWhileItIsGood_andNeverRenewed()
{
    m_home->write(QStringLiteral(".claude/.credentials.json"), fakes::recordOf({.left = 20min}));
    NeighbourProgram program(*m_home, *m_issuer);
    Ears ears;
    ears.ask(program, claude);
    QCOMPARE(ears.token(), QByteArray("sk-ant-oat01-ada-1"));
    ears.ask(program, claude, 30min);
    QVERIFY(ears.haveHeard(2));
    QVERIFY(!ears.answers[1] && ears.answers[1].error().why == Why::Unavailable);
    QVERIFY2(ears.answers[1].error().text.contains(QStringLiteral("Claude Code")),
             qPrintable(ears.answers[1].error().text));
    QCOMPARE(m_issuer->posts, 0);
}

void TestTokenGiver::refusedToken_isRenewedOnce_beforeItIsGivenAgain()
{
    QVERIFY(fakes::keep(*m_home, {}));
    NeighbourProgram program(*m_home, *m_issuer);
    Ears ears;
    program.service.tokens()->noteRefused(own);
    ears.ask(program, own);
    QVERIFY(ears.haveHeard());
    QCOMPARE(ears.token(), QByteArray("sk-ant-oat01-bob-2"));
    QTRY_VERIFY(program.row(own).condition.health != profile::Health::Refreshing);
    // Whoever refuses that one too is not believed (F-70).
    program.service.tokens()->noteRefused(own);
    ears.ask(program, own);
    QCOMPARE(ears.answers.size(), std::size_t{2}); // at once: nobody is asked for another one
    QCOMPARE(ears.token(1), QByteArray("sk-ant-oat01-bob-2"));
    QCOMPARE(m_issuer->posts, 1);
}

void TestTokenGiver::renew_renewsEvenWhatIsGood_andTellsWhenItIsTooSoon()
{
    QVERIFY(fakes::keep(*m_home, {}));
    NeighbourProgram program(*m_home, *m_issuer);
    std::vector<std::optional<TokenRefusal>> ends;
    const auto hear = [&](const std::optional<TokenRefusal> &end) { ends.push_back(end); };
    program.service.tokens()->renew(own, this, hear);
    QTRY_COMPARE(ends.size(), std::size_t{1});
    QVERIFY2(!ends[0], qPrintable(ends[0] ? ends[0]->text : QString()));
    QCOMPARE(m_issuer->posts, 1);
    QTRY_VERIFY(program.row(own).condition.health != profile::Health::Refreshing);
    program.service.tokens()->renew(own, this, hear);
    QTRY_COMPARE(ends.size(), std::size_t{2});
    QVERIFY(ends[1] && ends[1]->why == Why::Unavailable && !ends[1]->text.isEmpty());
    QCOMPARE(m_issuer->posts, 1);
}

void TestTokenGiver::askerThatIsGone_isNotTold()
{
    QVERIFY(fakes::keep(*m_home, {.left = -1min}));
    NeighbourProgram program(*m_home, *m_issuer);
    auto gone = std::make_unique<QObject>();
    program.service.tokens()->give({.profileId = own}, gone.get(), [](service::Tokens::Answer) { QFAIL("told"); });
    gone.reset();
    Ears ears;
    ears.ask(program, own);
    QVERIFY(ears.haveHeard());
    QCOMPARE(ears.token(), QByteArray("sk-ant-oat01-bob-2"));
}

QTEST_GUILESS_MAIN(TestTokenGiver)
#include "tokengiver.moc"
