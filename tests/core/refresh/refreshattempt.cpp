// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <cerrno>

#include <QSignalSpy>
#include <QtTest>

#include "core/refresh/refreshfixture.h"
#include "vault/directorylock.h"

using namespace keytender;
using namespace std::chrono_literals;
using refresh::CopiesReading;
using refresh::Ending;
using refresh::Outcome;
using refresh::RefreshAttempt;
using refresh::RefreshRequest;
using refresh::Step;
using tests::FakeServer;
using tests::RefreshFixture;
using tests::ScriptedCopies;
using Fault = tests::FakeServer::Fault;
using Phase = vault::JournalEntry::Phase;
using Why = vault::ArchivedToken::Why;

Q_DECLARE_METATYPE(Ending)
Q_DECLARE_METATYPE(CopiesReading::State)

namespace {

QStringList tokens(std::initializer_list<const char *> names)
{
    QStringList list;
    for (const char *name : names)
        list += QString::fromLatin1(name);
    return list;
}

QList<Step> stepsOf(const Outcome &outcome)
{
    QList<Step> steps;
    for (const refresh::StepTaken &taken : outcome.steps)
        steps += taken.step;
    return steps;
}

CopiesReading readingOf(CopiesReading::State state)
{
    CopiesReading reading;
    reading.state = state;
    return reading;
}

} // namespace

class TestRefreshAttempt : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(base::initializeCrypto());
        qRegisterMetaType<Outcome>();
    }
    void init()
    {
        m = std::make_unique<RefreshFixture>();
        m->copies = nullptr;
    }

    void refresh_renewsAndTellsItsSteps();
    void refresh_intentIsDurableBeforeTheRequest_andTheAnswerBeforeAnybodyHears();
    void refresh_ofSharedToken_renewsAllItsProfiles();
    void answer_endsAs_data();
    void answer_endsAs();
    void answerWithoutRefreshToken_keepsTheOldOne();
    void refreshTokenWithoutAccessToken_isSaved();
    void answerOfAnotherAccount_isPutAside_andTheTokenNeverSentAgain();
    void somebodyWasFaster_nothingIsSent();
    void refusedToken_isArchived_stillInTheVault_andNeverSentAgain();
    void lostRequest_isSentOnceMore();
    void lostAnswer_withGrace_isRecovered();
    void lostAnswer_withoutGrace_saysSo();
    void lostTwice_staysUnsure_andIsSentWhenOnline();
    void unsure_serverError_staysUnsure();
    void silentTransport_isUnsureAfterItsDeadline();
    void lockHeldByAnother_isBusy_andNothingIsSent();
    void unreadableWorld_nothingIsSent_data();
    void unreadableWorld_nothingIsSent();
    void fullDisk_keepsTheAnswerInTheJournal_andTheNextAttemptStoresIt();
    void journalLost_butVaultWritten_goesOn();
    void rollForward_withNothingOpen_sendsNothing();
    void rollForward_ofIntent_resends();
    void rollForward_ofIntentThatWasOvertaken_closesIt();
    void cancel_beforeTheRequest_endsAtOnce();
    void cancel_inFlight_stillTakesTheAnswer();
    void cancel_inFlight_withoutAnswer_endsUnsureInFiveSeconds();

    void copies_areLockedReadPublishedAndUnlocked();
    void copies_thatForbid_nothingIsSent_data();
    void copies_thatForbid_nothingIsSent();
    void copies_newer_isAdopted_nothingSent();
    void copies_ofAnotherAccount_areNotAdopted();
    void copies_lockTakenOverWhileWeSlept_nothingIsSent();
    void copies_lockNotToBeHad_nothingIsSent();
    void refusal_newerCopy_isAdopted_withoutAnotherRequestWhileItLasts();
    void refusal_newerButLapsedCopy_isRefreshedOnce();
    void refusal_unreadableCopy_retiresNothing();
    void unsure_newerCopy_isAdopted_andNotResent();
    void unsure_ownersImpatient_locksAreTakenAnew();
    void deadline_fitsIntoTheOwnersTolerance();
    void publishing_failingCopy_isTold();

private:
    void share() { m->copies = std::make_shared<ScriptedCopies>(); }
    std::unique_ptr<RefreshFixture> m;
};

void TestRefreshAttempt::refresh_renewsAndTellsItsSteps()
{
    const Outcome outcome = m->run(m->request());
    QCOMPARE(outcome.ending, Ending::Renewed);
    QCOMPARE(m->server.spent, tokens({"rt-1-1"}));
    QCOMPARE(m->held(), QStringLiteral("rt-1-2"));
    QCOMPARE(m->accessToken(), QStringLiteral("at-1-2"));
    QCOMPARE(outcome.deliveries, 1);
    QCOMPARE(outcome.spent, m->credentials.of("rt-1-1"));
    QCOMPARE(outcome.held.refreshToken, m->credentials.of("rt-1-2"));
    QCOMPARE(outcome.held.expiresAt, std::optional(m->clock.wall + 1h));
    QCOMPARE(stepsOf(outcome), (QList<Step>{Step::Locked, Step::Reread, Step::Intent, Step::Sent, Step::Received,
                                            Step::Stored, Step::Done}));
    QVERIFY(!m->journaled().isOpen());
    QCOMPARE(m->run(m->request("rt-1-2")).ending, Ending::Renewed);
    QCOMPARE(m->server.reuses, 0);
}

// INV-2, INV-3.
void TestRefreshAttempt::refresh_intentIsDurableBeforeTheRequest_andTheAnswerBeforeAnybodyHears()
{
    bool hasIntent = false;
    m->server.beforeAnswer = [&] {
        const vault::JournalEntry entry = m->journaled();
        hasIntent = entry.phase == Phase::Intent && entry.spent == m->credentials.of("rt-1-1") && entry.deliveries == 1;
    };
    RefreshAttempt attempt(m->request(), m->world());
    QSignalSpy finished(&attempt, &RefreshAttempt::finished);
    bool wasJournaled = false;
    bool wasStored = false;
    connect(&attempt, &RefreshAttempt::stepTaken, this, [&](Step step) {
        if (step == Step::Received)
            wasJournaled = m->journaled().phase == Phase::Received && m->held() == QStringLiteral("rt-1-1");
        if (step == Step::Stored)
            wasStored = m->journaled().phase == Phase::Received && m->held() == QStringLiteral("rt-1-2");
    });
    QVERIFY(!attempt.isInFlight());
    attempt.start();
    QVERIFY(attempt.isInFlight());
    QVERIFY(finished.wait());
    QVERIFY(!attempt.isInFlight());
    QVERIFY(hasIntent);
    QVERIFY(wasJournaled);
    QVERIFY(wasStored);
}

// F-16.
void TestRefreshAttempt::refresh_ofSharedToken_renewsAllItsProfiles()
{
    m->addLogin(QStringLiteral("same"), "rt-1-1");
    m->addLogin(QStringLiteral("other"), "rt-2-1");
    const auto request = m->request("rt-1-1", tokens({"own", "same", "other"}));
    QCOMPARE(m->run(request).ending, Ending::Renewed);
    QCOMPARE(m->server.spent, tokens({"rt-1-1"}));
    QCOMPARE(m->held(QStringLiteral("same")), QStringLiteral("rt-1-2"));
    QCOMPARE(m->held(QStringLiteral("other")), QStringLiteral("rt-2-1"));
}

void TestRefreshAttempt::answer_endsAs_data()
{
    QTest::addColumn<int>("fault");
    QTest::addColumn<Ending>("ending");
    QTest::newRow("nothing left this machine") << int(Fault::NotSent) << Ending::NotSent;
    QTest::newRow("F-46: 503") << int(Fault::ServerError) << Ending::TryLater;
    QTest::newRow("F-47: 429") << int(Fault::TooMany) << Ending::TryLater;
    QTest::newRow("F-38: a captive portal") << int(Fault::Html) << Ending::TryLater;
    QTest::newRow("F-52: invalid_client") << int(Fault::BadClient) << Ending::Misconfigured;
}

// Whatever this is, the token stays, and the next attempt may be the good one.
void TestRefreshAttempt::answer_endsAs()
{
    QFETCH(const int, fault);
    QFETCH(const Ending, ending);
    m->server.faults = {Fault(fault)};
    const Outcome outcome = m->run(m->request());
    QCOMPARE(outcome.ending, ending);
    QCOMPARE(outcome.retryAfter.has_value(), Fault(fault) == Fault::TooMany);
    QCOMPARE(outcome.deliveries, Fault(fault) == Fault::NotSent ? 0 : 1);
    QCOMPARE(m->held(), QStringLiteral("rt-1-1"));
    QVERIFY(!m->journaled().isOpen());
    QVERIFY(m->archived().empty());
    QCOMPARE(m->run(m->request()).ending, Ending::Renewed);
}

// N-28, F-59.
void TestRefreshAttempt::answerWithoutRefreshToken_keepsTheOldOne()
{
    m->server.faults = {Fault::NoRotation};
    const Outcome outcome = m->run(m->request());
    QCOMPARE(outcome.ending, Ending::Renewed);
    QCOMPARE(m->held(), QStringLiteral("rt-1-1"));
    QCOMPARE(outcome.held.expiresAt, std::optional(m->clock.wall + 1h));
    QVERIFY(!m->journaled().isOpen());
}

// F-58.
void TestRefreshAttempt::refreshTokenWithoutAccessToken_isSaved()
{
    m->server.faults = {Fault::NoAccess};
    const Outcome outcome = m->run(m->request());
    QCOMPARE(outcome.ending, Ending::Unusable);
    QCOMPARE(m->held(), QStringLiteral("rt-1-2"));
    QCOMPARE(m->accessToken(), QStringLiteral("at-1-1"));
    QCOMPARE(m->archived().size(), 1u);
    QCOMPARE(m->archived().front().why, Why::Unusable);
    QCOMPARE(m->run(m->request("rt-1-2")).ending, Ending::Renewed);
    QCOMPARE(m->server.reuses, 0);
}

// F-71.
void TestRefreshAttempt::answerOfAnotherAccount_isPutAside_andTheTokenNeverSentAgain()
{
    share();
    m->server.faults = {Fault::OtherAccount};
    QCOMPARE(m->run(m->request()).ending, Ending::OtherAccount);
    QCOMPARE(m->held(), QStringLiteral("rt-1-1"));
    QCOMPARE(m->copies->diary, tokens({"lock", "reread", "unlock"}));
    QCOMPARE(m->archived().size(), 1u);
    QCOMPARE(m->archived().front().why, Why::OtherAccount);
    QVERIFY(m->archived().front().bytes.expose().find("rt-1-2") != std::string_view::npos);
    QCOMPARE(m->run(m->request()).ending, Ending::Rejected);
    QCOMPARE(m->server.spent, tokens({"rt-1-1"}));
}

// F-10.
void TestRefreshAttempt::somebodyWasFaster_nothingIsSent()
{
    m->addLogin(QStringLiteral("own"), "rt-1-2");
    const Outcome outcome = m->run(m->request("rt-1-1"));
    QCOMPARE(outcome.ending, Ending::Adopted);
    QCOMPARE(outcome.held.refreshToken, m->credentials.of("rt-1-2"));
    QVERIFY(m->server.spent.isEmpty());
}

// F-49, INV-4.
void TestRefreshAttempt::refusedToken_isArchived_stillInTheVault_andNeverSentAgain()
{
    m->server.families["rt-1"].isRevoked = true;
    const Outcome outcome = m->run(m->request());
    QCOMPARE(outcome.ending, Ending::Rejected);
    QVERIFY(needsSignIn(outcome.ending));
    QCOMPARE(outcome.errorCode, QStringLiteral("invalid_grant"));
    QCOMPARE(outcome.errorText, QStringLiteral("spent before"));
    QCOMPARE(m->held(), QStringLiteral("rt-1-1"));
    QCOMPARE(m->archived().size(), 1u);
    QVERIFY(m->archived().front().bytes == base::Secret::copyOf("rt-1-1"));
    QCOMPARE(m->archived().front().why, Why::Retired);
    QCOMPARE(m->run(m->request()).ending, Ending::Rejected);
    QCOMPARE(m->server.spent.size(), 1);
}

// Section 4.
void TestRefreshAttempt::lostRequest_isSentOnceMore()
{
    m->server.faults = {Fault::LostRequest};
    const Outcome outcome = m->run(m->request());
    QCOMPARE(outcome.ending, Ending::Renewed);
    QCOMPARE(outcome.deliveries, 2);
    QCOMPARE(m->server.spent, tokens({"rt-1-1", "rt-1-1"}));
    QVERIFY(stepsOf(outcome).contains(Step::Resent));
    QCOMPARE(m->held(), QStringLiteral("rt-1-2"));
}

void TestRefreshAttempt::lostAnswer_withGrace_isRecovered()
{
    m->server.hasGrace = true;
    m->server.faults = {Fault::LostAnswer};
    QCOMPARE(m->run(m->request()).ending, Ending::Renewed);
    QCOMPARE(m->held(), QStringLiteral("rt-1-2"));
}

void TestRefreshAttempt::lostAnswer_withoutGrace_saysSo()
{
    m->server.faults = {Fault::LostAnswer};
    const Outcome outcome = m->run(m->request());
    QCOMPARE(outcome.ending, Ending::AnswerLost);
    QVERIFY(needsSignIn(outcome.ending));
    QCOMPARE(outcome.deliveries, 2);
    QCOMPARE(m->archived().front().why, Why::AnswerLost);
    QVERIFY(!m->journaled().isOpen());
}

void TestRefreshAttempt::lostTwice_staysUnsure_andIsSentWhenOnline()
{
    m->server.hasGrace = true;
    m->server.faults = {Fault::LostAnswer, Fault::LostAnswer, Fault::NotSent, Fault::LostRequest};
    QCOMPARE(m->run(m->request()).ending, Ending::Unsure);
    QCOMPARE(m->server.spent.size(), 2);
    QVERIFY(m->journaled().isOpen());
    QCOMPARE(m->journaled().deliveries, 2u);
    QCOMPARE(m->run(m->request()).ending, Ending::Unsure); // offline
    QCOMPARE(m->run(m->request()).ending, Ending::Unsure); // one more each time, not two
    QCOMPARE(m->server.spent.size(), 3);
    QCOMPARE(m->held(), QStringLiteral("rt-1-1"));
    QCOMPARE(m->run(m->request()).ending, Ending::Renewed);
    QCOMPARE(m->held(), QStringLiteral("rt-1-2"));
}

void TestRefreshAttempt::unsure_serverError_staysUnsure()
{
    m->server.hasGrace = true;
    m->server.faults = {Fault::LostAnswer, Fault::ServerError};
    QCOMPARE(m->run(m->request()).ending, Ending::Unsure);
    QCOMPARE(m->journaled().phase, Phase::Intent);
    QCOMPARE(m->run(m->request()).ending, Ending::Renewed);
}

void TestRefreshAttempt::silentTransport_isUnsureAfterItsDeadline()
{
    m->server.hasGrace = true;
    m->server.faults = {Fault::Silence};
    refresh::RefreshWorld world = m->world();
    const auto post = world.post;
    world.post = [post](const provider::Provider &provider, const profile::TokenSet &tokens) {
        oauth::Post request = post(provider, tokens);
        request.deadline = -4900ms; // with the overtime 100 ms
        return request;
    };
    RefreshAttempt attempt(m->request(), world);
    QSignalSpy finished(&attempt, &RefreshAttempt::finished);
    attempt.start();
    QVERIFY(finished.wait());
    QCOMPARE(finished.constFirst().constFirst().value<Outcome>().ending, Ending::Renewed);
    QCOMPARE(m->server.spent.size(), 2);
}

// F-09, INV-1.
void TestRefreshAttempt::lockHeldByAnother_isBusy_andNothingIsSent()
{
    const QByteArray name = m->journal.lockName(QStringLiteral("own")).toLatin1();
    auto held = vault::DirectoryLock::take(m->home.path(), name.constData());
    QVERIFY(held);
    RefreshAttempt attempt(m->request(), m->world());
    QSignalSpy finished(&attempt, &RefreshAttempt::finished);
    attempt.start();
    QVERIFY(!finished.wait(100));
    m->clock.advance(RefreshAttempt::lockDeadline);
    QVERIFY(finished.wait());
    QCOMPARE(finished.constFirst().constFirst().value<Outcome>().ending, Ending::Busy);
    QVERIFY(m->server.spent.isEmpty());

    RefreshAttempt second(m->request(), m->world());
    QSignalSpy secondFinished(&second, &RefreshAttempt::finished);
    second.start();
    QVERIFY(!secondFinished.wait(100));
    {
        const auto released = *std::move(held);
    }
    QVERIFY(secondFinished.wait());
    QCOMPARE(secondFinished.constFirst().constFirst().value<Outcome>().ending, Ending::Renewed);
}

void TestRefreshAttempt::unreadableWorld_nothingIsSent_data()
{
    QTest::addColumn<QString>("what");
    QTest::newRow("F-19: the vault is locked") << QStringLiteral("vault");
    QTest::newRow("F-82: the journal does not open") << QStringLiteral("journal");
    QTest::newRow("F-17: the journal cannot be made") << QStringLiteral("directory");
    QTest::newRow("the archive does not open") << QStringLiteral("archive");
}

void TestRefreshAttempt::unreadableWorld_nothingIsSent()
{
    QFETCH(const QString, what);
    if (what == QStringLiteral("vault"))
        m->credentials.readFault = base::ErrorKind::Locked;
    if (what == QStringLiteral("directory"))
        QVERIFY(QDir().mkpath(m->home.filePath(
            m->journal.lockName(QStringLiteral("own")).replace(QStringLiteral(".lock"), QStringLiteral(".journal")))));
    if (what == QStringLiteral("journal") || what == QStringLiteral("archive")) {
        QFile file(m->home.filePath(m->journal.lockName(QStringLiteral("own")).replace(QStringLiteral("lock"), what)));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(QByteArray(131072, 'x')) > 0);
    }
    const Outcome outcome = m->run(m->request());
    QCOMPARE(outcome.ending, Ending::StorageFault);
    QVERIFY(outcome.error);
    QVERIFY(m->server.spent.isEmpty());
    QCOMPARE(m->credentials.writes, 0);
}

// F-74.
void TestRefreshAttempt::fullDisk_keepsTheAnswerInTheJournal_andTheNextAttemptStoresIt()
{
    share();
    m->credentials.writeFault = base::ErrorKind::StorageFull;
    const Outcome outcome = m->run(m->request());
    QCOMPARE(outcome.ending, Ending::KeptInJournal);
    QCOMPARE(outcome.error->kind, base::ErrorKind::StorageFull);
    QCOMPARE(m->journaled().phase, Phase::Received);
    QVERIFY(!m->copies->diary.join(u' ').contains(QStringLiteral("publish"))); // INV-3
    QCOMPARE(m->run(m->request()).ending, Ending::KeptInJournal);
    m->credentials.writeFault.reset();
    QCOMPARE(m->run(m->request()).ending, Ending::Renewed);
    QCOMPARE(m->held(), QStringLiteral("rt-1-2"));
    QCOMPARE(m->server.spent.size(), 1);
    QVERIFY(m->copies->diary.contains(QStringLiteral("publish rt-1-2")));
}

void TestRefreshAttempt::journalLost_butVaultWritten_goesOn()
{
    m->server.beforeAnswer = [&] {
        for (const QString &name : QDir(m->home.path()).entryList({QStringLiteral("*.journal")}, QDir::Files))
            QVERIFY(QFile::remove(m->home.filePath(name)));
    };
    QCOMPARE(m->run(m->request()).ending, Ending::Renewed);
    QCOMPARE(m->held(), QStringLiteral("rt-1-2"));
}

void TestRefreshAttempt::rollForward_withNothingOpen_sendsNothing()
{
    RefreshRequest request = m->request();
    request.purpose = RefreshRequest::Purpose::RollForward;
    QCOMPARE(m->run(request).ending, Ending::NothingOpen);
    QVERIFY(m->server.spent.isEmpty());
}

// F-43.
void TestRefreshAttempt::rollForward_ofIntent_resends()
{
    m->server.hasGrace = true;
    m->server.faults = {Fault::LostAnswer, Fault::NotSent};
    QCOMPARE(m->run(m->request()).ending, Ending::Unsure);
    RefreshRequest request = m->request();
    request.purpose = RefreshRequest::Purpose::RollForward;
    const Outcome outcome = m->run(request);
    QCOMPARE(outcome.ending, Ending::Renewed);
    QCOMPARE(outcome.deliveries, 1);
    QCOMPARE(m->held(), QStringLiteral("rt-1-2"));
}

void TestRefreshAttempt::rollForward_ofIntentThatWasOvertaken_closesIt()
{
    m->server.faults = {Fault::LostRequest, Fault::LostRequest};
    QCOMPARE(m->run(m->request()).ending, Ending::Unsure);
    m->addLogin(QStringLiteral("own"), "rt-5-1"); // signed in again
    RefreshRequest request = m->request();
    request.purpose = RefreshRequest::Purpose::RollForward;
    QCOMPARE(m->run(request).ending, Ending::NothingOpen);
    QVERIFY(!m->journaled().isOpen());
    QCOMPARE(m->server.spent.size(), 2);
}

void TestRefreshAttempt::cancel_beforeTheRequest_endsAtOnce()
{
    share();
    RefreshAttempt attempt(m->request(), m->world());
    QSignalSpy finished(&attempt, &RefreshAttempt::finished);
    attempt.start();
    attempt.cancel();
    QCOMPARE(finished.size(), 1);
    QCOMPARE(finished.constFirst().constFirst().value<Outcome>().ending, Ending::Cancelled);
    QVERIFY(!finished.wait(50));
    QVERIFY(m->server.spent.isEmpty());
}

// F-44.
void TestRefreshAttempt::cancel_inFlight_stillTakesTheAnswer()
{
    RefreshAttempt attempt(m->request(), m->world());
    QSignalSpy finished(&attempt, &RefreshAttempt::finished);
    attempt.start();
    attempt.cancel();
    QVERIFY(attempt.isInFlight());
    QVERIFY(finished.wait());
    QCOMPARE(finished.constFirst().constFirst().value<Outcome>().ending, Ending::Renewed);
    QCOMPARE(m->held(), QStringLiteral("rt-1-2"));
}

void TestRefreshAttempt::cancel_inFlight_withoutAnswer_endsUnsureInFiveSeconds()
{
    m->server.faults = {Fault::Silence};
    RefreshAttempt attempt(m->request(), m->world());
    QSignalSpy finished(&attempt, &RefreshAttempt::finished);
    attempt.start();
    QElapsedTimer elapsed;
    elapsed.start();
    attempt.cancel();
    QVERIFY(finished.wait(8000));
    QVERIFY2(elapsed.elapsed() < 5500, qPrintable(QString::number(elapsed.elapsed())));
    QCOMPARE(finished.constFirst().constFirst().value<Outcome>().ending, Ending::Unsure);
    QCOMPARE(m->server.spent.size(), 1); // nothing is sent again on the way out
    QVERIFY(m->journaled().isOpen());
}

void TestRefreshAttempt::copies_areLockedReadPublishedAndUnlocked()
{
    share();
    m->server.beforeAnswer = [&] { QVERIFY(m->copies->isHeld); };
    const Outcome outcome = m->run(m->request());
    QCOMPARE(outcome.ending, Ending::Renewed);
    QCOMPARE(m->copies->diary, tokens({"lock", "reread", "publish rt-1-2", "unlock"}));
    QCOMPARE(outcome.copies, m->copies->published);
}

void TestRefreshAttempt::copies_thatForbid_nothingIsSent_data()
{
    using State = CopiesReading::State;
    QTest::addColumn<State>("state");
    QTest::addColumn<Ending>("ending");
    QTest::newRow("F-12: unreadable") << State::Unreadable << Ending::StorageFault;
    QTest::newRow("F-13: signed out there") << State::Gone << Ending::Gone;
    QTest::newRow("F-15: another account") << State::OtherAccount << Ending::OtherAccount;
    QTest::newRow("ambiguous") << State::Ambiguous << Ending::CopiesDisagree;
}

void TestRefreshAttempt::copies_thatForbid_nothingIsSent()
{
    QFETCH(const CopiesReading::State, state);
    QFETCH(const Ending, ending);
    share();
    m->copies->readings.push_back(readingOf(state));
    QCOMPARE(m->run(m->request()).ending, ending);
    QVERIFY(m->server.spent.isEmpty());
    QCOMPARE(m->copies->diary, tokens({"lock", "reread", "unlock"}));
    QCOMPARE(m->held(), QStringLiteral("rt-1-1"));
}

void TestRefreshAttempt::copies_newer_isAdopted_nothingSent()
{
    share();
    m->copies->readings.push_back(tests::newerCopy("rt-1-7", m->clock.wall + 2h));
    const Outcome outcome = m->run(m->request());
    QCOMPARE(outcome.ending, Ending::Adopted);
    QCOMPARE(m->held(), QStringLiteral("rt-1-7"));
    QCOMPARE(outcome.held.refreshToken, m->credentials.of("rt-1-7"));
    QVERIFY(m->server.spent.isEmpty());
}

void TestRefreshAttempt::copies_ofAnotherAccount_areNotAdopted()
{
    share();
    m->copies->readings.push_back(tests::newerCopy("rt-1-7", m->clock.wall + 2h));
    m->copies->readings.front().account.id = QStringLiteral("somebody-else");
    QCOMPARE(m->run(m->request()).ending, Ending::OtherAccount);
    QCOMPARE(m->held(), QStringLiteral("rt-1-1"));
}

// F-06.
void TestRefreshAttempt::copies_lockTakenOverWhileWeSlept_nothingIsSent()
{
    share();
    m->copies->isStolen = true;
    QCOMPARE(m->run(m->request()).ending, Ending::Busy);
    QVERIFY(m->server.spent.isEmpty());
    QVERIFY(!m->journaled().isOpen());
}

void TestRefreshAttempt::copies_lockNotToBeHad_nothingIsSent()
{
    share();
    m->copies->lockFault = base::ErrorKind::TimedOut;
    QCOMPARE(m->run(m->request()).ending, Ending::Busy);
    QVERIFY(m->server.spent.isEmpty());
}

// F-48.
void TestRefreshAttempt::refusal_newerCopy_isAdopted_withoutAnotherRequestWhileItLasts()
{
    share();
    m->server.families["rt-1"].isRevoked = true;
    m->copies->readings.push_back({});
    m->copies->readings.push_back(tests::newerCopy("rt-2-1", m->clock.wall + 2h));
    QCOMPARE(m->run(m->request()).ending, Ending::Adopted);
    QCOMPARE(m->held(), QStringLiteral("rt-2-1"));
    QCOMPARE(m->server.spent, tokens({"rt-1-1"}));
    QCOMPARE(m->copies->diary, tokens({"lock", "reread", "reread patiently", "unlock"}));
    QVERIFY(m->archived().empty());
    QVERIFY(!m->journaled().isOpen());
}

void TestRefreshAttempt::refusal_newerButLapsedCopy_isRefreshedOnce()
{
    share();
    m->server.families["rt-1"].isRevoked = true;
    m->copies->readings.push_back({});
    m->copies->readings.push_back(tests::newerCopy("rt-2-1", m->clock.wall));
    QCOMPARE(m->run(m->request()).ending, Ending::Renewed);
    QCOMPARE(m->held(), QStringLiteral("rt-2-2"));
    QCOMPARE(m->server.spent, tokens({"rt-1-1", "rt-2-1"}));
}

void TestRefreshAttempt::refusal_unreadableCopy_retiresNothing()
{
    share();
    m->server.families["rt-1"].isRevoked = true;
    m->copies->readings.push_back({});
    m->copies->readings.push_back(readingOf(CopiesReading::State::Unreadable));
    QCOMPARE(m->run(m->request()).ending, Ending::StorageFault);
    QVERIFY(m->archived().empty());
    QCOMPARE(m->run(m->request()).ending, Ending::Rejected); // read once more, without another request
    QCOMPARE(m->server.spent.size(), 1);
    QCOMPARE(m->archived().size(), 1u);
}

void TestRefreshAttempt::unsure_newerCopy_isAdopted_andNotResent()
{
    share();
    m->server.faults = {Fault::LostAnswer};
    m->copies->readings.push_back({});
    m->copies->readings.push_back(tests::newerCopy("rt-1-2", m->clock.wall + 2h));
    QCOMPARE(m->run(m->request()).ending, Ending::Adopted);
    QCOMPARE(m->server.spent.size(), 1);
    QVERIFY(!m->journaled().isOpen());
}

void TestRefreshAttempt::unsure_ownersImpatient_locksAreTakenAnew()
{
    share();
    m->copies->bears = 6s;
    m->server.hasGrace = true;
    m->server.faults = {Fault::LostAnswer};
    m->server.beforeAnswer = [&] {
        if (m->server.spent.isEmpty())
            m->clock.advance(5s);
    };
    QCOMPARE(m->run(m->request()).ending, Ending::Renewed);
    QCOMPARE(m->copies->diary, tokens({"lock", "reread", "unlock", "lock", "reread", "publish rt-1-2", "unlock"}));
}

void TestRefreshAttempt::deadline_fitsIntoTheOwnersTolerance()
{
    share();
    m->copies->bears = 6s;
    base::Milliseconds given{0};
    struct Recorder final : oauth::TokenTransport {
        Recorder(FakeServer &real, base::Milliseconds &deadline) : m_real(real), m_deadline(deadline) {}
        void post(oauth::Post request, QObject *context, std::function<void(oauth::Delivery)> done) override
        {
            m_deadline = request.deadline;
            m_real.post(std::move(request), context, std::move(done));
        }
        FakeServer &m_real;
        base::Milliseconds &m_deadline;
    } recorder(m->server, given);
    const refresh::RefreshWorld world = m->world();
    RefreshAttempt attempt(m->request(), {.clock = world.clock,
                                          .random = world.random,
                                          .transport = recorder,
                                          .credentials = world.credentials,
                                          .journal = world.journal,
                                          .archive = world.archive});
    QSignalSpy finished(&attempt, &RefreshAttempt::finished);
    attempt.start();
    QVERIFY(finished.wait());
    QCOMPARE(given, base::Milliseconds(5500));
}

// F-88.
void TestRefreshAttempt::publishing_failingCopy_isTold()
{
    share();
    m->copies->published.push_back({.path = QStringLiteral("/other"),
                                    .state = refresh::PublishedCopy::State::Failed,
                                    .error = base::errorFromErrno(EROFS, QStringLiteral("/other"))});
    const Outcome outcome = m->run(m->request());
    QCOMPARE(outcome.ending, Ending::Renewed);
    QCOMPARE(outcome.copies.size(), 2u);
    QCOMPARE(outcome.copies.back().state, refresh::PublishedCopy::State::Failed);
}

QTEST_GUILESS_MAIN(TestRefreshAttempt)
#include "refreshattempt.moc"
