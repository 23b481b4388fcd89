// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/locks/lockset.h"

#include <thread>

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

#include "fakes/fakeclock.h"
#include "tools/locks/writelocks.h"

using namespace keytender;
using namespace std::chrono_literals;
using tools::LockSet;
using tools::LockSpec;
using Kind = LockSpec::Kind;

class LockSetTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        m_result.reset();
    }

    void locksOf_plans_areTakenInOrderAndOnce();
    void take_ofSeveral_holdsAllUntilLetGo();
    void take_ofNothing_isHeld();
    void contentionOfALaterOne_letsTheEarlierGo();
    void deadline_namesWhoeverIsInTheWay();
    void whatWaitingDoesNotCure_endsAtOnce();
    void letGo_whileWaiting_isNotHeardOfAgain();
    void heartbeat_renewsWhatIsHeld();
    void heartbeatMissed_isLostForGood();
    void oneTakenOver_isNotHeld();
    void destruction_letsGo();
    void writeLocks_waitForABriefHolder();
    void writeLocks_doNotWaitForALongOne();

private:
    [[nodiscard]] LockSpec spec(const char *name, Kind kind = Kind::Directory) const
    {
        return {.kind = kind,
                .span = LockSpec::Span::Refresh,
                .path = m_directory->path() + u'/' + QString::fromLatin1(name),
                .stale = 10s};
    }
    [[nodiscard]] bool isThere(const char *name) const
    {
        return QFileInfo::exists(m_directory->path() + u'/' + QString::fromLatin1(name));
    }
    void take(LockSet &set, std::vector<LockSpec> locks, base::Milliseconds deadline = 5s)
    {
        set.take(std::move(locks), deadline, [this](const base::Result<void> &result) {
            QVERIFY(!m_result);
            m_result = result;
        });
    }
    [[nodiscard]] base::Timestamp modified(const char *name) const
    {
        return base::Timestamp(base::Milliseconds(
            QFileInfo(m_directory->path() + u'/' + QString::fromLatin1(name)).lastModified().toMSecsSinceEpoch()));
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::optional<base::Result<void>> m_result;
    base::SystemClock m_clock;
    base::SystemRandom m_random;
    tools::LockWorld m_world{m_clock, m_random};
};

void LockSetTest::locksOf_plans_areTakenInOrderAndOnce()
{
    LockSpec write = spec("w");
    write.span = LockSpec::Span::Write;
    const std::vector<tools::LockPlan> plans{{.locks = {spec("b"), write, spec("a")}},
                                             {.locks = {spec("a"), spec("c")}}};
    const auto refresh = tools::locksOf(plans, LockSpec::Span::Refresh);
    QCOMPARE(refresh.size(), std::size_t(3));
    QVERIFY(refresh[0] == spec("b") && refresh[1] == spec("a") && refresh[2] == spec("c"));
    QVERIFY(tools::locksOf(plans, LockSpec::Span::Write) == std::vector{write});
}

void LockSetTest::take_ofSeveral_holdsAllUntilLetGo()
{
    LockSet set(m_world);
    QVERIFY(!set.isHeld());
    take(set, {spec("a"), spec("b", Kind::Flock), spec("c", Kind::PidFile), spec("d", Kind::TokenFile)});
    QVERIFY(m_result && *m_result);
    QVERIFY(set.isHeld());
    QVERIFY(isThere("a") && isThere("b") && isThere("c") && isThere("d"));
    set.letGo();
    QVERIFY(!set.isHeld());
    QVERIFY(!isThere("a") && !isThere("c") && !isThere("d"));
}

void LockSetTest::take_ofNothing_isHeld()
{
    LockSet set(m_world);
    take(set, {});
    QVERIFY(m_result && *m_result);
    QVERIFY(set.isHeld());
}

void LockSetTest::contentionOfALaterOne_letsTheEarlierGo()
{
    auto other = tools::takeToolLock(spec("b"), m_world);
    QVERIFY(other);
    LockSet set(m_world);
    take(set, {spec("a"), spec("b")});
    for (int i = 0; i < 5; ++i) {
        QVERIFY(!m_result);
        QVERIFY(!isThere("a")); // between two tries
        QTest::qWait(30);
    }
    other->reset();
    QTRY_VERIFY(m_result && *m_result);
    QVERIFY(set.isHeld());
    QVERIFY(isThere("a") && isThere("b"));
}

void LockSetTest::deadline_namesWhoeverIsInTheWay() // F-09
{
    const auto other = tools::takeToolLock(spec("b"), m_world);
    LockSet set(m_world);
    take(set, {spec("a"), spec("b")}, 150ms);
    QTRY_VERIFY(m_result);
    QVERIFY(!*m_result);
    QCOMPARE(m_result->error().kind, base::ErrorKind::TimedOut);
    QCOMPARE(m_result->error().subject, spec("b").path);
    QVERIFY(!isThere("a"));
    QVERIFY(!set.isHeld());
    QVERIFY((*other)->isOurs());
}

void LockSetTest::whatWaitingDoesNotCure_endsAtOnce() // F-08
{
    QVERIFY(QDir().mkdir(spec("b").path));
    LockSet set(m_world);
    take(set, {spec("a"), spec("b", Kind::PidFile)});
    QVERIFY(m_result && !*m_result);
    QCOMPARE(m_result->error().kind, base::ErrorKind::NotAFile);
    QVERIFY(!isThere("a"));
    QVERIFY(isThere("b"));
}

void LockSetTest::letGo_whileWaiting_isNotHeardOfAgain()
{
    auto other = tools::takeToolLock(spec("a"), m_world);
    LockSet set(m_world);
    take(set, {spec("a")});
    QVERIFY(!m_result);
    set.letGo();
    other->reset();
    QTest::qWait(150); // longer than any pause between two tries
    QVERIFY(!m_result);
    QVERIFY(!isThere("a"));
}

void LockSetTest::heartbeat_renewsWhatIsHeld()
{
    fakes::FakeClock clock;
    LockSet set({clock, m_random});
    LockSpec renewed = spec("a");
    renewed.heartbeat = 20ms;
    take(set, {renewed, spec("b")});
    QVERIFY(m_result && *m_result);
    const base::Timestamp begin = clock.wall;
    clock.advance(9s);
    QTRY_COMPARE(modified("a"), begin + 9s);
    clock.advance(9s);
    QTRY_COMPARE(modified("a"), begin + 18s);
    QCOMPARE(modified("b"), begin);
}

void LockSetTest::heartbeatMissed_isLostForGood() // F-06
{
    fakes::FakeClock clock;
    {
        LockSet set({clock, m_random});
        LockSpec renewed = spec("a");
        renewed.heartbeat = 20ms;
        take(set, {renewed});
        clock.advance(11s);
        QVERIFY(!set.isHeld());
        QTest::qWait(60); // a late heartbeat does not bring it back
        QVERIFY(!set.isHeld());
        clock.wall -= 11s; // nor does a clock that is put back
        QVERIFY(!set.isHeld());
        clock.wall += 11s;
    }
    QVERIFY(isThere("a")); // whoever waits for it takes it by its own rule
}

void LockSetTest::oneTakenOver_isNotHeld()
{
    LockSet set(m_world);
    take(set, {spec("a"), spec("b")});
    QVERIFY(set.isHeld());
    QVERIFY(QDir().rmdir(spec("b").path));
    QVERIFY(!set.isHeld());
    QVERIFY(QDir().mkdir(spec("b").path));
    QVERIFY(!set.isHeld());
    set.letGo();
    QVERIFY(!isThere("a"));
    QVERIFY(isThere("b"));
}

void LockSetTest::destruction_letsGo()
{
    {
        LockSet set(m_world);
        take(set, {spec("a")});
        QVERIFY(isThere("a"));
    }
    QVERIFY(!isThere("a"));
}

void LockSetTest::writeLocks_waitForABriefHolder()
{
    auto other = tools::takeToolLock(spec("b", Kind::Flock), m_world);
    std::thread holder([&other] {
        std::this_thread::sleep_for(50ms);
        other->reset();
    });
    const auto locks = tools::WriteLocks::take({spec("a"), spec("b", Kind::Flock)}, m_world);
    holder.join();
    QVERIFY(locks);
    QVERIFY(locks->areHeld());
    QVERIFY(isThere("a"));
}

void LockSetTest::writeLocks_doNotWaitForALongOne()
{
    const auto other = tools::takeToolLock(spec("b"), m_world);
    const base::Milliseconds begin = m_clock.bootTime();
    const auto locks = tools::WriteLocks::take({spec("a"), spec("b")}, m_world);
    QVERIFY(!locks);
    QCOMPARE(locks.error().kind, base::ErrorKind::Locked);
    QVERIFY(m_clock.bootTime() - begin < 5s); // far less than tools bear; generous to a busy machine
    QVERIFY(!isThere("a"));
    QVERIFY((*other)->isOurs());
}

QTEST_GUILESS_MAIN(LockSetTest)
#include "lockset.moc"
