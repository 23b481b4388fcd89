// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <QSignalSpy>
#include <QtTest>

#include "core/refresh/refreshfixture.h"
#include "refresh/refreshschedule.h"
#include "refresh/rollforward.h"

using namespace keytender;
using namespace std::chrono_literals;
using refresh::Ending;
using refresh::Outcome;
using refresh::Plan;
using refresh::RefreshSchedule;
using Fault = tests::FakeServer::Fault;

class TestRefreshSchedule : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(base::initializeCrypto());
        qRegisterMetaType<Outcome>();
    }
    void init();
    void cleanup();

    void dueLogin_isRefreshed_andPlannedAnew();
    void freshLogin_isLeftAlone_untilItIsDue();
    void fiftyCallers_shareOneRequest();
    void identicalTokens_shareOneAttempt();
    void caller_askingAgainTooSoon_isToldSo();
    void caller_thatIsGone_isNotCalled();
    void callerOfAnEndedLogin_hearsTheRefusal_withoutARequest();
    void waitingCaller_whoseTokenWasReplaced_isAnswered();
    void refusedLogin_isNotSentAgain_untilItIsSignedInAnew();
    void refusals_areRememberedAcrossRestarts();
    void herd_isHeldToTwoAtOnce_andTwoStartsASecond();
    void silentServer_hasTwoAttemptsAtMost_andOneForEachToken();
    void herd_ofSeveralProviders_isHeldForEachAlone();
    void firstAttempt_goesAheadOfAllOthers();
    void wrongClock_isProbedOnce_andNobodyElseIsRefreshed();
    void wrongClock_ofWhichNoServerTells_isProbedOnceAllTheSame();
    void machineThatWasPaused_isProbedOnce_andAllAreRefreshed();
    void offline_isTriedAgain_andAtOnceWhenOnline();
    void retryAfter_isHeld();
    void apiRefusal_isRefreshedOnce_andNoMore();
    void stop_waitsForWhatIsInFlight();
    void stop_withNothingRunning_isSettled();
    void rollForward_bringsEachEntryToItsEnd();

private:
    void tend(const QString &id, const std::string &token, const QString &provider = QStringLiteral("some"));
    // Lets `count` attempts come to their end.
    void finish(int count);
    [[nodiscard]] QList<Ending> endings() const;

    std::unique_ptr<tests::RefreshFixture> m;
    std::unique_ptr<RefreshSchedule> m_schedule;
    std::unique_ptr<QSignalSpy> m_started;
    std::unique_ptr<QSignalSpy> m_finished;
};

void TestRefreshSchedule::init()
{
    m = std::make_unique<tests::RefreshFixture>();
    m->credentials.records.clear();
    m_schedule = std::make_unique<RefreshSchedule>(m->world());
    m_started = std::make_unique<QSignalSpy>(m_schedule.get(), &RefreshSchedule::attemptStarted);
    m_finished = std::make_unique<QSignalSpy>(m_schedule.get(), &RefreshSchedule::attemptFinished);
}

void TestRefreshSchedule::cleanup()
{
    m_finished.reset();
    m_started.reset();
    m_schedule.reset();
}

void TestRefreshSchedule::tend(const QString &id, const std::string &token, const QString &provider)
{
    if (!m->credentials.records.contains(id))
        m->addLogin(id, token);
    const vault::Record &record = m->credentials.records.at(id);
    auto facts = std::make_shared<provider::Provider>(tests::someProvider());
    facts->id = provider;
    m_schedule->tend({.profileId = id,
                      .credential = profile::factsOf(record.credential, m->credentials.fingerprintKey()),
                      .care = profile::Care::Own,
                      .firstSeenAt = m->clock.wall,
                      .provider = facts,
                      .copies = {}});
}

void TestRefreshSchedule::finish(int count)
{
    QTRY_COMPARE(m_finished->size(), count);
}

QList<Ending> TestRefreshSchedule::endings() const
{
    QList<Ending> endings;
    for (const QList<QVariant> &arguments : *m_finished)
        endings += arguments.constFirst().value<Outcome>().ending;
    return endings;
}

void TestRefreshSchedule::dueLogin_isRefreshed_andPlannedAnew()
{
    tend(QStringLiteral("own"), "rt-1-1");
    m->clock.advance(50min);
    m_schedule->start();
    finish(1);
    QCOMPARE(endings(), QList<Ending>{Ending::Renewed});
    QCOMPARE(m->held(), QStringLiteral("rt-1-2"));
    QCOMPARE(m_schedule->dueOf(QStringLiteral("own")).plan, Plan::Fresh);
    QVERIFY(m_schedule->dueOf(QStringLiteral("own")).in > 46min);
    tend(QStringLiteral("own"), "rt-1-1"); // as the vault has it now
    QVERIFY(m_schedule->dueOf(QStringLiteral("own")).in > 46min);
    QCOMPARE(m_schedule->lastOf(QStringLiteral("own"))->ending, Ending::Renewed);
}

void TestRefreshSchedule::freshLogin_isLeftAlone_untilItIsDue()
{
    tend(QStringLiteral("own"), "rt-1-1");
    m_schedule->start();
    QVERIFY(!m_started->wait(50));
    QVERIFY(m_schedule->nextLookIn() <= RefreshSchedule::longestPause);
    m->clock.advance(50min);
    m_schedule->look();
    finish(1);
}

// F-24.
void TestRefreshSchedule::fiftyCallers_shareOneRequest()
{
    tend(QStringLiteral("own"), "rt-1-1");
    m->clock.advance(2h);
    m_schedule->start();
    QList<Ending> heard;
    for (int caller = 0; caller < 50; ++caller)
        m_schedule->refresh(QStringLiteral("own"), this, [&](const Outcome &outcome) {
            QCOMPARE(outcome.held.refreshToken, m->credentials.of("rt-1-2"));
            heard += outcome.ending;
        });
    QTRY_COMPARE(heard.size(), 50);
    QCOMPARE(heard, QList<Ending>(50, Ending::Renewed));
    QCOMPARE(m->server.spent, QStringList{QStringLiteral("rt-1-1")});
}

// F-16.
void TestRefreshSchedule::identicalTokens_shareOneAttempt()
{
    tend(QStringLiteral("a"), "rt-1-1");
    tend(QStringLiteral("b"), "rt-1-1");
    m->clock.advance(2h);
    m_schedule->start();
    finish(1);
    QVERIFY(!m_started->wait(50));
    QCOMPARE(m->server.spent, QStringList{QStringLiteral("rt-1-1")});
    QCOMPARE(m->held(QStringLiteral("a")), QStringLiteral("rt-1-2"));
    QCOMPARE(m->held(QStringLiteral("b")), QStringLiteral("rt-1-2"));
    QCOMPARE(m_schedule->dueOf(QStringLiteral("b")).plan, Plan::Fresh);
}

void TestRefreshSchedule::caller_askingAgainTooSoon_isToldSo()
{
    tend(QStringLiteral("own"), "rt-1-1");
    m_schedule->start();
    std::optional<Outcome> heard;
    const auto hear = [&](const Outcome &outcome) { heard = outcome; };
    m_schedule->refresh(QStringLiteral("own"), this, hear);
    QTRY_VERIFY(heard);
    QCOMPARE(heard->ending, Ending::Renewed); // fresh, and still renewed when asked for
    heard.reset();
    m_schedule->refresh(QStringLiteral("own"), this, hear);
    QVERIFY(!heard); // never from within the call
    QTRY_VERIFY(heard);
    QCOMPARE(heard->ending, Ending::NotNow);
    QCOMPARE(heard->held.refreshToken, m->credentials.of("rt-1-2"));
    heard.reset();
    m_schedule->refresh(QStringLiteral("unknown"), this, hear);
    QTRY_VERIFY(heard);
    QCOMPARE(heard->ending, Ending::Gone);
    QCOMPARE(m->server.spent.size(), 1);
}

void TestRefreshSchedule::caller_thatIsGone_isNotCalled()
{
    tend(QStringLiteral("own"), "rt-1-1");
    m_schedule->start();
    auto gone = std::make_unique<QObject>();
    bool isCalled = false;
    m_schedule->refresh(QStringLiteral("own"), gone.get(), [&](const Outcome &) { isCalled = true; });
    gone.reset();
    finish(1);
    QVERIFY(!isCalled);
}

void TestRefreshSchedule::callerOfAnEndedLogin_hearsTheRefusal_withoutARequest()
{
    tend(QStringLiteral("own"), "rt-1-1");
    m->server.families["rt-1"].isRevoked = true;
    m->clock.advance(2h);
    m_schedule->start();
    finish(1);
    m->clock.advance(2h);
    std::optional<Outcome> heard;
    m_schedule->refresh(QStringLiteral("own"), this, [&](const Outcome &outcome) { heard = outcome; });
    QTRY_VERIFY(heard);
    QCOMPARE(heard->ending, Ending::Rejected);
    QCOMPARE(heard->errorCode, QStringLiteral("invalid_grant"));
    QCOMPARE(m->server.spent.size(), 1);
}

void TestRefreshSchedule::waitingCaller_whoseTokenWasReplaced_isAnswered()
{
    tend(QStringLiteral("own"), "rt-1-1");
    m_schedule->start();
    std::optional<Outcome> heard;
    m_schedule->refresh(QStringLiteral("own"), this, [&](const Outcome &outcome) { heard = outcome; });
    m->credentials.records.clear();
    tend(QStringLiteral("own"), "rt-1-2"); // somebody was faster
    QTRY_VERIFY(heard);
    QCOMPARE(heard->ending, Ending::Adopted);
    QVERIFY(m->server.spent.isEmpty());
}

// F-49.
void TestRefreshSchedule::refusedLogin_isNotSentAgain_untilItIsSignedInAnew()
{
    tend(QStringLiteral("own"), "rt-1-1");
    m->server.families["rt-1"].isRevoked = true;
    m->clock.advance(2h);
    m_schedule->start();
    finish(1);
    QCOMPARE(m_schedule->dueOf(QStringLiteral("own")).plan, Plan::Ended);
    m->clock.advance(72h);
    m_schedule->look();
    QVERIFY(!m_started->wait(50));
    m->credentials.records.clear();
    tend(QStringLiteral("own"), "rt-2-1");
    m->clock.advance(2h);
    m_schedule->look();
    finish(2);
    QCOMPARE(endings().constLast(), Ending::Renewed);
}

// N-32.
void TestRefreshSchedule::refusals_areRememberedAcrossRestarts()
{
    for (int number = 1; number <= 3; ++number) {
        vault::ArchivedToken token;
        token.profileId = QStringLiteral("own");
        token.spent.bytes[0] = static_cast<std::uint8_t>(number);
        token.at = m->clock.wall - std::chrono::hours(number);
        QVERIFY(m->archive.keep(token));
    }
    tend(QStringLiteral("own"), "rt-1-1");
    m->clock.advance(2h);
    m_schedule->start();
    QVERIFY(!m_started->wait(50));
    QCOMPARE(m_schedule->dueOf(QStringLiteral("own")).plan, Plan::BudgetSpent);
}

// F-23.
void TestRefreshSchedule::herd_isHeldToTwoAtOnce_andTwoStartsASecond()
{
    constexpr int many = 12;
    for (int number = 1; number <= many; ++number)
        tend(QString::number(number), "rt-" + std::to_string(number) + "-1");
    m->clock.advance(2h);
    std::vector<base::Milliseconds> starts;
    int running = 0;
    int most = 0;
    connect(m_schedule.get(), &RefreshSchedule::attemptStarted, this, [&] {
        starts.push_back(m->clock.boot);
        most = std::max(most, ++running);
    });
    connect(m_schedule.get(), &RefreshSchedule::attemptFinished, this, [&] { --running; });
    m_schedule->start();
    while (m_finished->size() < many && starts.size() <= std::size_t(many)) {
        QCoreApplication::processEvents();
        m->clock.advance(10ms);
        m_schedule->look();
    }
    for (std::size_t at = 2; at < starts.size(); ++at)
        QVERIFY(starts[at] - starts[at - 2] >= 1s);
    QCOMPARE(starts.size(), std::size_t(many));
    QVERIFY(most <= RefreshSchedule::mostAtOnce);
    QCOMPARE(m->server.reuses, 0);
}

void TestRefreshSchedule::silentServer_hasTwoAttemptsAtMost_andOneForEachToken()
{
    tend(QStringLiteral("a"), "rt-1-1");
    tend(QStringLiteral("b"), "rt-1-1");
    m->clock.advance(2h);
    m->server.faults.assign(10, Fault::Silence);
    m_schedule->start();
    QTRY_COMPARE(m->server.spent.size(), 1);
    const auto lookForAWhile = [this] {
        for (int tick = 0; tick < 20; ++tick) {
            m->clock.advance(RefreshSchedule::startInterval);
            m_schedule->look();
            QCoreApplication::processEvents();
        }
    };
    lookForAWhile();
    QCOMPARE(m_started->size(), 1);
    for (const char *name : {"2", "3", "4"})
        tend(QString::fromLatin1(name), std::string("rt-") + name + "-1");
    m->clock.advance(2h);
    lookForAWhile();
    QCOMPARE(m_started->size(), RefreshSchedule::mostAtOnce);
    QCOMPARE(m->server.spent.size(), RefreshSchedule::mostAtOnce);
}

void TestRefreshSchedule::herd_ofSeveralProviders_isHeldForEachAlone()
{
    tend(QStringLiteral("first"), "rt-9-1", QStringLiteral("other"));
    m->clock.advance(2h);
    m_schedule->start();
    finish(1); // nobody waits for a first one any more
    m->server.faults.assign(4, Fault::Silence);
    for (int number = 1; number <= 4; ++number)
        tend(QString::number(number), "rt-" + std::to_string(number) + "-1",
             number <= 2 ? QStringLiteral("one") : QStringLiteral("two"));
    m->clock.advance(2h);
    tend(QStringLiteral("first"), "", QStringLiteral("other"));
    m_schedule->release(QStringLiteral("first"));
    m_schedule->look();
    QCOMPARE(m_started->size(), 1 + 1); // one in a turn of the event loop
    QVERIFY(m_schedule->nextLookIn() < 20ms);
    QTRY_COMPARE(m_started->size(), 1 + 2); // one of each provider
    QVERIFY(!m_started->wait(50));
    m->clock.advance(RefreshSchedule::startInterval);
    m_schedule->look();
    QTRY_COMPARE(m_started->size(), 1 + 4);
}

// F-98.
void TestRefreshSchedule::firstAttempt_goesAheadOfAllOthers()
{
    for (int number = 1; number <= 3; ++number)
        tend(QString::number(number), "rt-" + std::to_string(number) + "-1", QString::number(number));
    m->clock.advance(2h);
    m_schedule->start();
    QList<qsizetype> finishedBefore;
    connect(m_schedule.get(), &RefreshSchedule::attemptStarted, this, [&] { finishedBefore += m_finished->size(); });
    finish(3);
    QCOMPARE(finishedBefore.size(), 3);
    QCOMPARE(finishedBefore.at(0), 0);
    QVERIFY(finishedBefore.at(1) > 0);
}

void TestRefreshSchedule::wrongClock_isProbedOnce_andNobodyElseIsRefreshed()
{
    for (int number = 1; number <= 5; ++number)
        tend(QString::number(number), "rt-" + std::to_string(number) + "-1");
    m_schedule->start();
    QVERIFY(!m_started->wait(20));
    const base::Timestamp truth = m->clock.wall;
    m->server.serverTime = truth;
    m->clock.wall += std::chrono::hours(87600);
    m_schedule->look();
    finish(1);
    m_schedule->look();
    QVERIFY(!m_started->wait(50));
    QCOMPARE(m_schedule->now().wall, truth);
    m->clock.advance(50min);
    m->server.serverTime = truth + 50min;
    m_schedule->look();
    for (int tick = 0; tick < 500 && m_finished->size() < 6; ++tick) {
        QTest::qWait(1);
        m->clock.advance(100ms);
        m_schedule->look();
    }
    QCOMPARE(m_finished->size(), 6);
}

// F-98: an answer without a date settles nothing, and is no reason to ask for all the others.
void TestRefreshSchedule::wrongClock_ofWhichNoServerTells_isProbedOnceAllTheSame()
{
    constexpr int all = 3;
    for (int number = 1; number <= all; ++number)
        tend(QString::number(number), "rt-" + std::to_string(number) + "-1");
    m->clock.advance(2h);
    m_schedule->start();
    const auto look = [this] {
        QTest::qWait(1);
        m->clock.advance(100ms);
        m_schedule->look();
    };
    for (int tick = 0; tick < 500 && m_finished->size() < all; ++tick)
        look();
    QCOMPARE(m_finished->size(), all);
    m->clock.advance(2min);
    m->clock.wall += std::chrono::hours(87600);
    for (int tick = 0; tick < 50; ++tick)
        look();
    QCOMPARE(m_finished->size(), all + 1);
}

// Boot time stands still while a virtual machine is paused; the wall clock is set afterwards.
void TestRefreshSchedule::machineThatWasPaused_isProbedOnce_andAllAreRefreshed()
{
    for (int number = 1; number <= 3; ++number)
        tend(QString::number(number), "rt-" + std::to_string(number) + "-1");
    m->clock.advance(2h);
    m->server.serverTime = m->clock.wall;
    m_schedule->start();
    const auto settle = [this](int count) {
        for (int tick = 0; tick < 500 && m_finished->size() < count; ++tick) {
            QTest::qWait(1);
            m->clock.advance(100ms);
            m_schedule->look();
        }
        QCOMPARE(m_finished->size(), count);
    };
    settle(3);
    m->clock.advance(2min);
    m->clock.wall += 8h;
    m->server.serverTime = m->clock.wall;
    m_schedule->look();
    QCOMPARE(m_started->size(), 4);
    settle(6);
}

void TestRefreshSchedule::offline_isTriedAgain_andAtOnceWhenOnline()
{
    tend(QStringLiteral("own"), "rt-1-1");
    m->clock.advance(2h);
    m->server.faults.assign(3, Fault::NotSent);
    m_schedule->start();
    finish(1);
    m_schedule->look();
    QVERIFY(!m_started->wait(20) && m_started->size() == 1);
    m->clock.advance(6s);
    m_schedule->look();
    finish(2);
    m->clock.advance(RefreshSchedule::startInterval);
    m_schedule->noteOnline();
    finish(3);
    m->clock.advance(RefreshSchedule::startInterval);
    m_schedule->noteOnline(); // a hint only: it may be wrong
    finish(4);
    QCOMPARE(endings(), (QList<Ending>{Ending::NotSent, Ending::NotSent, Ending::NotSent, Ending::Renewed}));
}

// F-47.
void TestRefreshSchedule::retryAfter_isHeld()
{
    tend(QStringLiteral("own"), "rt-1-1");
    m->clock.advance(2h);
    m->server.faults = {Fault::TooMany};
    m_schedule->start();
    finish(1);
    QCOMPARE(m_schedule->dueOf(QStringLiteral("own")).plan, Plan::BackedOff);
    m_schedule->noteOnline();
    QVERIFY(!m_started->wait(20));
    m->clock.advance(72s + 1ms);
    m_schedule->look();
    finish(2);
}

// F-70.
void TestRefreshSchedule::apiRefusal_isRefreshedOnce_andNoMore()
{
    tend(QStringLiteral("own"), "rt-1-1");
    m_schedule->start();
    m_schedule->noteRefused(QStringLiteral("own"), m->credentials.of("at-9-9")); // not the one we hold
    QVERIFY(!m_started->wait(20));
    m_schedule->noteRefused(QStringLiteral("own"), m->credentials.of("at-1-1"));
    finish(1);
    m->clock.advance(2min);
    m_schedule->noteRefused(QStringLiteral("own"), m->credentials.of("at-1-2"));
    QVERIFY(!m_started->wait(20));
    QCOMPARE(m->server.spent.size(), 1);
}

void TestRefreshSchedule::stop_waitsForWhatIsInFlight()
{
    QSignalSpy settled(m_schedule.get(), &RefreshSchedule::settled);
    tend(QStringLiteral("own"), "rt-1-1");
    m->clock.advance(2h);
    bool wasInFlight = false;
    connect(m_schedule.get(), &RefreshSchedule::stepTaken, this, [&](const QStringList &, refresh::Step step) {
        if (step != refresh::Step::Sent)
            return;
        m_schedule->stop();
        wasInFlight = m_schedule->isInFlight();
    });
    m_schedule->start();
    QVERIFY(settled.wait());
    QVERIFY(wasInFlight);
    QVERIFY(!m_schedule->isInFlight());
    QCOMPARE(endings(), QList<Ending>{Ending::Renewed});
    m->clock.advance(2h);
    m_schedule->look();
    QVERIFY(!m_started->wait(20));
}

void TestRefreshSchedule::stop_withNothingRunning_isSettled()
{
    QSignalSpy settled(m_schedule.get(), &RefreshSchedule::settled);
    m_schedule->start();
    m_schedule->stop();
    QVERIFY(settled.wait());
    QCOMPARE(settled.size(), 1);
}

void TestRefreshSchedule::rollForward_bringsEachEntryToItsEnd()
{
    m->server.hasGrace = true;
    for (const char *name : {"1", "2", "3"}) {
        const QString id = QString::fromLatin1(name);
        const std::string token = std::string("rt-") + name + "-1";
        m->addLogin(id, token);
        m->server.faults = {Fault::LostAnswer, Fault::NotSent};
        QCOMPARE(m->run(m->request(token, {id})).ending, Ending::Unsure);
    }
    m->credentials.records.erase(QStringLiteral("2")); // signed out meanwhile
    refresh::RollForward roll(m->world(), [this](const vault::JournalEntry &entry) {
        return entry.profileIds.contains(QStringLiteral("3")) ? std::nullopt : std::optional(m->request());
    });
    QSignalSpy rolled(&roll, &refresh::RollForward::rolled);
    QSignalSpy problems(&roll, &refresh::RollForward::problemFound);
    QSignalSpy finished(&roll, &refresh::RollForward::finished);
    roll.start();
    QVERIFY(finished.wait());
    QCOMPARE(finished.size(), 1);
    QCOMPARE(rolled.size(), 2);
    QCOMPARE(problems.size(), 1); // nobody knows its provider: it stays
    QCOMPARE(m->held(QStringLiteral("1")), QStringLiteral("rt-1-2"));
    QVERIFY(!m->journaled(QStringLiteral("1")).isOpen());
    QVERIFY(!m->journaled(QStringLiteral("2")).isOpen());
    QVERIFY(m->journaled(QStringLiteral("3")).isOpen());
    QCOMPARE(m->held(QStringLiteral("3")), QStringLiteral("rt-3-1"));
}

QTEST_GUILESS_MAIN(TestRefreshSchedule)
#include "refreshschedule.moc"
