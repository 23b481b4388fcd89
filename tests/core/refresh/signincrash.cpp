// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// Sign-ins that are killed at every system call, and whose disk fails at every call, while they become the login of
// their profile: the first one on a fresh machine, and one that replaces another (F-106, F-108, W-22, G-1, G-5).

#include <cerrno>
#include <cstring>

#include <QTemporaryDir>
#include <QtTest>

#include "core/refresh/crashstories.h"
#include "faults/failingdisk.h"
#include "faults/killsweep.h"

using namespace keytender;
using refresh::KeepSignIn;
using refresh::KeptSignIn;
using tests::FailingDisk;
using tests::KillSweep;
using tests::Place;
using tests::SignOutDisk;

class TestSignInCrash : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void cleanup() { fakes::answerTo() = nullptr; }
    void firstLogin_killedAtEveryStep_isThereOrNot();
    void replacedLogin_killedAtEveryStep_isTheOldOneOrTheNewOne();
    void firstLogin_onAFailingDisk_isStillToBeKept_data() { addFaults(); }
    void firstLogin_onAFailingDisk_isStillToBeKept();
    void replacedLogin_onAFailingDisk_isTheOldOneOrTheNewOne_data() { addFaults(); }
    void replacedLogin_onAFailingDisk_isTheOldOneOrTheNewOne();
    void replacementNotKnownToBeDurable_isWrittenBeforeTheOldOneIsEnded();

private:
    static void addFaults();
};

// No vault, no directory: all of it is made on the way.
void TestSignInCrash::firstLogin_killedAtEveryStep_isThereOrNot()
{
    int absent = 0;
    bool wasThere = false;
    KillSweep sweep;
    while (sweep.goesOn()) {
        const QTemporaryDir home(tests::quickHome());
        const QString directory = home.filePath(QStringLiteral("state/vault"));
        const tests::SharedRevocationBook book;
        const bool isAsMeant = sweep.run([&] {
            tests::RevocationServer server(*book);
            SignOutDisk disk(directory);
            return tests::runSignIn(disk, server, Place::Free);
        });
        QVERIFY2(isAsMeant, sweep.where().constData());
        tests::RevocationServer server(*book);
        SignOutDisk disk(directory);
        QCOMPARE(tests::recover(disk, server), QString());
        QCOMPARE(tests::leftoversIn(directory), QStringList());
        QCOMPARE(book->posts.load(), 0);
        const auto facts = disk.vault->readFacts();
        QCOMPARE(facts.records.size(), disk.holds("rt-2") ? 1U : 0U);
        QVERIFY2(!wasThere || !facts.records.empty(), sweep.where().constData()); // and once there, it stays
        wasThere = !facts.records.empty();
        absent += wasThere ? 0 : 1;
    }
    QVERIFY(wasThere);
    qInfo("killed at %d points, %d of them before it was there", sweep.points(), absent);
    QVERIFY(sweep.points() > 100 && absent > 0 && absent < sweep.points());
}

void TestSignInCrash::replacedLogin_killedAtEveryStep_isTheOldOneOrTheNewOne()
{
    int old = 0;
    KillSweep sweep;
    while (sweep.goesOn()) {
        const QTemporaryDir home(tests::quickHome());
        const QString directory = home.filePath(QStringLiteral("vault"));
        tests::makeOwnVault(directory);
        const tests::SharedRevocationBook book;
        const bool isAsMeant = sweep.run([&] {
            tests::RevocationServer server(*book);
            SignOutDisk disk(directory);
            return tests::runSignIn(disk, server, Place::Taken);
        });
        const QByteArray where = sweep.where();
        QVERIFY2(isAsMeant, where.constData());
        tests::RevocationServer server(*book);
        SignOutDisk disk(directory);
        QVERIFY2(!book->isRefreshTokenDead || disk.holds("rt-2"), where.constData());
        QCOMPARE(tests::recover(disk, server), QString());
        QCOMPARE(tests::leftoversIn(directory), QStringList());
        QVERIFY(!book->isNewLoginDead);
        if (disk.holds("rt-1")) {
            ++old;
            QVERIFY2(!book->isRefreshTokenDead && !book->isAccessTokenDead, where.constData());
            continue;
        }
        QVERIFY2(disk.holds("rt-2"), where.constData());
        QVERIFY2(book->isRefreshTokenDead && book->isAccessTokenDead, where.constData());
    }
    qInfo("killed at %d points, %d of them with the old one", sweep.points(), old);
    QVERIFY(sweep.points() > 100 && old > 0 && old < sweep.points());
}

void TestSignInCrash::addFaults()
{
    QTest::addColumn<int>("error");
    QTest::addColumn<bool>("isForGood");
    for (const int error : {EIO, ENOSPC, EDQUOT, EROFS, EACCES, EMFILE, EINTR}) {
        QTest::newRow(strerrorname_np(error)) << error << false;
        if (error != EINTR)
            QTest::addRow("%s from then on", strerrorname_np(error)) << error << true;
    }
}

// From the making of the directories on. What was granted is in memory until it is kept (F-74, F-76).
void TestSignInCrash::firstLogin_onAFailingDisk_isStillToBeKept()
{
    QFETCH(const int, error);
    QFETCH(const bool, isForGood);
    bool wasHit = true;
    int step = 0;
    int refused = 0;
    for (step = 1; wasHit; ++step) {
        QVERIFY(step < 500);
        const QByteArray where = "call " + QByteArray::number(step);
        const QTemporaryDir home(tests::quickHome());
        const QString directory = home.filePath(QStringLiteral("state/vault"));
        const tests::SharedRevocationBook book;
        tests::RevocationServer server(*book);
        {
            const FailingDisk failing({.call = step, .error = error, .isForGood = isForGood});
            base::SystemRandom random;
            // The program does not get as far as a sign-in without its vault.
            const auto vault =
                vault::Vault::open(directory, tests::masterKey(), vault::Vault::Access::ReadWrite, random);
            const auto journal = vault ? (*vault)->openJournal() : base::unexpected(vault.error());
            wasHit = failing.hasHit();
            if (!journal) {
                ++refused;
                continue;
            }
        }
        std::optional<SignOutDisk> disk(std::in_place, directory);
        const auto pending = tests::pendingOf(*disk, server);
        KeepSignIn story(tests::freshSignIn(Place::Free), disk->world(server), *pending);
        KeptSignIn kept;
        {
            // Counted from the beginning of this half.
            const FailingDisk failing({.call = step, .error = error, .isForGood = isForGood});
            kept = tests::runToItsEnd(story, &KeepSignIn::finished);
            wasHit = wasHit || failing.hasHit();
        }
        QVERIFY2(kept.error || disk->holds("rt-2"), where.constData());
        refused += kept.error ? 1 : 0;
        QVERIFY2(!tests::runToItsEnd(story, &KeepSignIn::finished).error, where.constData()); // the disk is back
        QVERIFY2(disk->holds("rt-2"), where.constData());
        disk.reset();
        SignOutDisk after(directory);
        QCOMPARE(tests::recover(after, server), QString());
        QCOMPARE(tests::leftoversIn(directory), QStringList());
        QVERIFY(after.holds("rt-2") && book->posts == 0);
    }
    qInfo("%d calls, %d of them stood in the way", step - 2, refused);
    QVERIFY(step > 20);
}

void TestSignInCrash::replacedLogin_onAFailingDisk_isTheOldOneOrTheNewOne()
{
    QFETCH(const int, error);
    QFETCH(const bool, isForGood);
    int again = 0;
    bool wasHit = true;
    int step = 0;
    for (step = 1; wasHit; ++step) {
        QVERIFY(step < 500);
        const QTemporaryDir home(tests::quickHome());
        const QString directory = home.filePath(QStringLiteral("vault"));
        tests::makeOwnVault(directory);
        const tests::SharedRevocationBook book;
        tests::RevocationServer server(*book);
        KeptSignIn kept;
        const QByteArray where = "call " + QByteArray::number(step);
        {
            SignOutDisk disk(directory);
            const auto pending = tests::pendingOf(disk, server);
            KeepSignIn keep(tests::freshSignIn(Place::Taken), disk.world(server), *pending);
            {
                const FailingDisk failing({.call = step, .error = error, .isForGood = isForGood});
                kept = tests::runToItsEnd(keep, &KeepSignIn::finished);
                wasHit = failing.hasHit();
            }
            if (kept.error && step % 2 == 0) { // the disk is back, and so is the person; else the program ends here
                ++again;
                kept = tests::runToItsEnd(keep, &KeepSignIn::finished);
                QVERIFY2(!kept.error && kept.isRevoking, where.constData());
            }
        }
        SignOutDisk disk(directory);
        QVERIFY2(disk.holds("rt-2") || (kept.error && disk.holds("rt-1")), where.constData());
        QCOMPARE(tests::recover(disk, server), QString());
        QCOMPARE(tests::leftoversIn(directory), QStringList());
        QVERIFY2(disk.holds("rt-2") == (book->isRefreshTokenDead && book->isAccessTokenDead), where.constData());
        QVERIFY(!book->isNewLoginDead);
    }
    qInfo("%d calls, tried again after %d of them", step - 2, again);
    QVERIFY(step > 20);
}

// Its directory could not be synced: with the power the old login may come back, and must not be dead by then.
void TestSignInCrash::replacementNotKnownToBeDurable_isWrittenBeforeTheOldOneIsEnded()
{
    const QTemporaryDir home(tests::quickHome());
    const QString directory = home.filePath(QStringLiteral("vault"));
    tests::makeOwnVault(directory);
    const tests::SharedRevocationBook book;
    tests::RevocationServer server(*book);
    SignOutDisk disk(directory);
    const auto pending = tests::pendingOf(disk, server);
    KeepSignIn keep(tests::freshSignIn(Place::Taken), disk.world(server), *pending);
    int synced = 0;
    fakes::answerTo() = [&](const std::string &call) {
        const bool isLast = call == "fsync directory" && ++synced == 2; // the first is the note's
        return isLast ? fakes::Answer{.isReal = false, .error = EIO} : fakes::Answer();
    };
    QVERIFY(tests::runToItsEnd(keep, &KeepSignIn::finished).error);
    QVERIFY(disk.holds("rt-2"));
    QStringList calls;
    fakes::answerTo() = [&](const std::string &call) {
        calls += QString::fromStdString(call);
        return fakes::Answer();
    };
    QCOMPARE(tests::recover(disk, server), QString());
    const qsizetype renamed = calls.indexOf(QStringLiteral("renameat"));
    QVERIFY(renamed >= 0 && renamed < calls.indexOf(QStringLiteral("arrival")));
    QVERIFY(disk.holds("rt-2") && book->isRefreshTokenDead);
}

QTEST_GUILESS_MAIN(TestSignInCrash)
#include "signincrash.moc"
