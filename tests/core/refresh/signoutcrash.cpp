// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// Sign-outs that are killed at every step, and whose disk fails at every step, against a provider whose memory outlives
// them (F-110, G-1, G-5).

#include <cerrno>
#include <cstring>

#include <QTemporaryDir>
#include <QtTest>

#include "core/refresh/crashstories.h"
#include "faults/failingdisk.h"
#include "faults/killsweep.h"

using namespace keytender;
using fakes::answerTo;
using refresh::SignOutOutcome;
using Ending = refresh::SignOutOutcome::Ending;
using Purpose = refresh::SignOutRequest::Purpose;
using tests::KillSweep;
using tests::makeOwnVault;
using tests::runSignOut;
using tests::SignOutDisk;

class TestSignOutCrash : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void cleanup() { answerTo() = nullptr; }
    void kill_atEveryStep_forgetsNothing_data();
    void kill_atEveryStep_forgetsNothing();
    void failingDisk_forgetsNothing_data();
    void failingDisk_forgetsNothing();
    void forgetHere_killedAtEveryStep_isAllOrNothing();
};

void TestSignOutCrash::kill_atEveryStep_forgetsNothing_data()
{
    QTest::addColumn<bool>("isDown");
    QTest::newRow("the provider answers") << false;
    QTest::newRow("the provider is down") << true;
}

// F-110.
void TestSignOutCrash::kill_atEveryStep_forgetsNothing()
{
    QFETCH(const bool, isDown);
    int untouched = 0;
    KillSweep sweep;
    while (sweep.goesOn()) {
        const QTemporaryDir home(tests::quickHome());
        const QString directory = home.filePath(QStringLiteral("vault"));
        makeOwnVault(directory);
        const tests::SharedRevocationBook book;
        const bool isAsMeant = sweep.run([&] {
            tests::RevocationServer server(*book);
            server.isDown = isDown;
            SignOutDisk disk(directory);
            return runSignOut(disk, server).ending == (isDown ? Ending::StillValid : Ending::SignedOut);
        });
        const QByteArray where = sweep.where();
        QVERIFY2(isAsMeant, where.constData());

        tests::RevocationServer server(*book);
        SignOutDisk disk(directory);
        const bool hasNote = !disk.notes->readAll().notes.empty();
        const bool wasTold = book->isRefreshTokenDead || book->isAccessTokenDead;
        const bool isDead = book->isRefreshTokenDead && book->isAccessTokenDead;
        QVERIFY2(!wasTold || hasNote || !disk.holds("rt-1"), where.constData());
        QVERIFY2(disk.holds("rt-1") || hasNote || isDead, where.constData());
        QCOMPARE(tests::recover(disk, server), QString());
        QCOMPARE(tests::leftoversIn(directory), QStringList());
        if (disk.holds("rt-1")) { // killed before it had begun
            ++untouched;
            QVERIFY2(!hasNote && !wasTold && !book->isRefreshTokenDead && !book->isAccessTokenDead, where.constData());
            continue;
        }
        QVERIFY2(book->isRefreshTokenDead && book->isAccessTokenDead, where.constData());
        QVERIFY2(disk.isEmpty(), where.constData());
    }
    qInfo("killed at %d points, %d of them before the note", sweep.points(), untouched);
    QVERIFY(sweep.points() > 100 && untouched > 0 && untouched < sweep.points());
}

void TestSignOutCrash::failingDisk_forgetsNothing_data()
{
    QTest::addColumn<int>("error");
    QTest::addColumn<bool>("isForGood");
    for (const int error : {EIO, ENOSPC, EDQUOT, EROFS, EACCES, EMFILE}) {
        QTest::newRow(strerrorname_np(error)) << error << false;
        QTest::addRow("%s from then on", strerrorname_np(error)) << error << true;
    }
}

void TestSignOutCrash::failingDisk_forgetsNothing()
{
    QFETCH(const int, error);
    QFETCH(const bool, isForGood);
    bool wasHit = true;
    int step = 0;
    for (step = 1; wasHit; ++step) {
        QVERIFY(step < 500);
        const QTemporaryDir home(tests::quickHome());
        const QString directory = home.filePath(QStringLiteral("vault"));
        makeOwnVault(directory);
        const tests::SharedRevocationBook book;
        tests::RevocationServer server(*book);
        SignOutOutcome outcome;
        const QByteArray where = "step " + QByteArray::number(step);
        {
            SignOutDisk disk(directory);
            const tests::FailingDisk failing({.call = step, .error = error, .isForGood = isForGood});
            outcome = runSignOut(disk, server);
            wasHit = failing.hasHit();
        }
        QVERIFY2(outcome.ending == Ending::SignedOut || outcome.error, where.constData());
        SignOutDisk disk(directory);
        const bool isHeld = disk.holds("rt-1");
        QVERIFY2(isHeld || outcome.ending == Ending::SignedOut || !disk.notes->readAll().notes.empty(),
                 where.constData());
        QVERIFY2(!isHeld || !outcome.hasLeftHere, where.constData());
        QCOMPARE(tests::recover(disk, server), QString());
        QCOMPARE(tests::leftoversIn(directory), QStringList());
        if (disk.holds("rt-1"))
            QVERIFY2(!book->isRefreshTokenDead && !book->isAccessTokenDead, where.constData());
        else
            QVERIFY2(disk.isEmpty() && book->isRefreshTokenDead && book->isAccessTokenDead, where.constData());
    }
    QVERIFY(step > 15);
}

void TestSignOutCrash::forgetHere_killedAtEveryStep_isAllOrNothing()
{
    KillSweep sweep;
    while (sweep.goesOn()) {
        const QTemporaryDir home(tests::quickHome());
        const QString directory = home.filePath(QStringLiteral("vault"));
        makeOwnVault(directory);
        const tests::SharedRevocationBook book;
        const bool isAsMeant = sweep.run([&] {
            tests::RevocationServer server(*book);
            SignOutDisk disk(directory);
            return runSignOut(disk, server, Purpose::ForgetHere).ending == Ending::Forgotten;
        });
        QVERIFY2(isAsMeant, sweep.where().constData());
        tests::RevocationServer server(*book);
        SignOutDisk disk(directory);
        QCOMPARE(tests::recover(disk, server), QString());
        QCOMPARE(tests::leftoversIn(directory), QStringList());
        QCOMPARE(book->posts.load(), 0);
        QVERIFY(disk.holds("rt-1") ? !disk.filesBeside(QStringLiteral("*.archive")).isEmpty() : disk.isEmpty());
    }
}

QTEST_GUILESS_MAIN(TestSignOutCrash)
#include "signoutcrash.moc"
