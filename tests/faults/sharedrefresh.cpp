// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// A refresh of a login that three tools hold, under the locks of all three, killed at every system call (G-1, G-20).

#include <QtTest>

#include "faults/killsweep.h"
#include "faults/sharedsinks.h"

using namespace keytender;
using namespace std::chrono_literals;
using refresh::Ending;
using tests::RefreshDisk;
using tests::RotatingServer;
using tests::SharedRotationBook;
using tests::SharedSinks;

namespace {

const char *said(const tests::KillSweep &sweep, const QString &what)
{
    static QByteArray text;
    text = sweep.where() + ": " + what.toLocal8Bit();
    return text.constData();
}

} // namespace

class TestSharedRefresh : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void refresh_reachesEveryCopy();
    void kill_atEveryStep_losesNoToken_data();
    void kill_atEveryStep_losesNoToken();
};

void TestSharedRefresh::refresh_reachesEveryCopy()
{
    const QTemporaryDir home(tests::quickHome());
    const SharedSinks sinks(home.path());
    sinks.prepare();
    QCOMPARE(sinks.faultOfFiles(1), QString());
    const SharedRotationBook book;
    RotatingServer server(*book);
    RefreshDisk disk(sinks.vault());
    const base::SystemClock clock;
    refresh::RefreshAttempt attempt(sinks.request(disk, clock), disk.world(server));
    const refresh::Outcome outcome = tests::runRefresh(attempt);
    QVERIFY2(outcome.ending == Ending::Renewed, outcome.error ? qPrintable(base::describe(*outcome.error)) : "");
    QCOMPARE(sinks.faultOfFiles(2), QString());
    QCOMPARE(sinks.faultOfLocks(), QString());
    QCOMPARE(sinks.leftovers(), QStringList());
}

void TestSharedRefresh::kill_atEveryStep_losesNoToken_data()
{
    QTest::addColumn<bool>("hasGrace");
    QTest::newRow("a server that answers the same token twice") << true;
    QTest::newRow("a server without grace") << false;
}

// F-01, F-02, F-03, F-21, F-43, F-73, F-89: every system call of a shared refresh.
void TestSharedRefresh::kill_atEveryStep_losesNoToken()
{
    QFETCH(const bool, hasGrace);
    int lost = 0;
    int between = 0;
    int left = 0;
    tests::KillSweep sweep;
    while (sweep.goesOn()) {
        const QTemporaryDir home(tests::quickHome());
        const SharedSinks sinks(home.path());
        sinks.prepare();
        const SharedRotationBook book;
        book->hasGrace = hasGrace;
        const bool isAsMeant = sweep.run([&] {
            RotatingServer server(*book);
            RefreshDisk disk(sinks.vault());
            const base::SystemClock clock;
            refresh::RefreshAttempt attempt(sinks.request(disk, clock), disk.world(server));
            QObject::connect(&attempt, &refresh::RefreshAttempt::stepTaken, &attempt, [&](refresh::Step taken) {
                if (taken == refresh::Step::Received)
                    book->isAnswerOnDisk = true;
            });
            return tests::runRefresh(attempt).ending == Ending::Renewed;
        });
        QVERIFY2(isAsMeant, sweep.where().constData());

        QSet<int> numbers; // no file is ever damaged, and each is wholly old or wholly new
        for (const QString &file : sinks.files())
            numbers += sinks.numberIn(file);
        QVERIFY2(!numbers.contains(0), sweep.where().constData());
        between += numbers.size() > 1 ? 1 : 0;
        QVERIFY2(numbers.size() == 1 || book->isAnswerOnDisk, sweep.where().constData());
        QVERIFY2(sinks.faultOfLocks().isEmpty(), said(sweep, sinks.faultOfLocks()));

        RotatingServer server(*book);
        RefreshDisk disk(sinks.vault());
        const QString problem = sinks.recover(disk, server);
        QVERIFY2(problem.isEmpty(), said(sweep, problem));
        QCOMPARE(tests::leftoversIn(sinks.vault()), QStringList());
        left += sinks.leftovers().isEmpty() ? 0 : 1;
        const bool isLost = !disk.holds(book->current);
        lost += isLost ? 1 : 0;
        const QString fault = sinks.faultOfFiles(isLost ? 1 : book->current.load());
        QVERIFY2(fault.isEmpty(), said(sweep, fault));
        // Taken by the server, and killed before the answer was on the disk: that much no client can help.
        QVERIFY2(!isLost || (!hasGrace && !book->isAnswerOnDisk), sweep.where().constData());
        QCOMPARE(book->reuses.load(), isLost ? 1 : 0); // the one resend that an open intent allows
    }
    qInfo(
        "killed at %d points, %d of them between two copies, %d answers lost on the way, %d times a file was left over",
        sweep.points(), between, lost, left);
    QVERIFY(sweep.points() > 300);
    QVERIFY(between > 0);
    QVERIFY(hasGrace == (lost == 0));
}

QTEST_GUILESS_MAIN(TestSharedRefresh)
#include "sharedrefresh.moc"
