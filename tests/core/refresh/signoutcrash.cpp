// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// Sign-outs and replaced sign-ins that are killed at every step, and whose disk fails at every step, against a provider
// whose memory outlives them (F-108, F-110, G-1, G-5).

#include <cerrno>
#include <csignal>
#include <cstring>

#include <QTemporaryDir>
#include <QtTest>

#include <sys/wait.h>
#include <unistd.h>

#include "core/refresh/signoutfixture.h"
#include "refresh/keepsignin.h"

using namespace keytender;
using namespace std::chrono_literals;
using fakes::Answer;
using fakes::answerTo;
using refresh::KeepSignIn;
using refresh::PendingRevocations;
using refresh::SignOut;
using refresh::SignOutOutcome;
using Ending = refresh::SignOutOutcome::Ending;
using Purpose = refresh::SignOutRequest::Purpose;
using tests::SignOutDisk;

namespace {

void makeVault(const QString &directory)
{
    SignOutDisk disk(directory);
    vault::ArchivedToken archived;
    archived.profileId = QStringLiteral("own");
    archived.bytes = base::Secret::copyOf("rt-0");
    if (!disk.vault->write(tests::ownRecord()) || !disk.archive->keep(archived)
        || !disk.journal->lineage(QStringLiteral("own")))
        qFatal("no vault");
}

std::unique_ptr<PendingRevocations> pendingOf(SignOutDisk &disk, oauth::TokenTransport &server)
{
    return std::make_unique<PendingRevocations>(
        disk.world(server), [](const QString &) { return std::optional(tests::revokingProvider()); },
        [](base::Milliseconds pause, QObject *context, std::function<void()> next) {
            if (pause == 0ms)
                QTimer::singleShot(0, context, std::move(next));
        });
}

// A program that starts after a crash, the provider being well.
void recover(SignOutDisk &disk, oauth::TokenTransport &server)
{
    disk.clock.advance(1h);
    const auto pending = pendingOf(disk, server);
    int problems = 0;
    QObject::connect(pending.get(), &PendingRevocations::problemFound, pending.get(),
                     [&](const base::Error &) { ++problems; });
    pending->start();
    QTRY_VERIFY(disk.notes->readAll().notes.empty());
    QCOMPARE(problems, 0);
    QCOMPARE(disk.filesBeside(QStringLiteral(".keytender-*")), QStringList());
    QVERIFY(disk.vault->readFacts().problems.empty());
}

SignOutOutcome signOut(SignOutDisk &disk, oauth::TokenTransport &server, Purpose purpose = Purpose::SignOut)
{
    SignOut story({.purpose = purpose, .profileId = QStringLiteral("own"), .provider = tests::revokingProvider()},
                  disk.world(server));
    return tests::runToItsEnd(story, &SignOut::finished);
}

// A sign-in in place of the one that the vault holds, until the provider was told of that.
refresh::KeptSignIn replace(SignOutDisk &disk, oauth::TokenTransport &server)
{
    const auto pending = pendingOf(disk, server);
    bool isTold = false;
    QObject::connect(pending.get(), &PendingRevocations::tried, pending.get(), [&] { isTold = true; });
    refresh::SignInToKeep signIn;
    signIn.record = tests::ownRecord("rt-2", "at-2");
    signIn.placement = {.profileId = QStringLiteral("own"), .isKnown = true, .isOtherAccount = false};
    signIn.provider = tests::revokingProvider();
    KeepSignIn keep(std::move(signIn), disk.world(server), *pending);
    refresh::KeptSignIn kept = tests::runToItsEnd(keep, &KeepSignIn::finished);
    while (kept.isRevoking && !isTold && answerTo())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    return kept;
}

// Runs `story` in a process that is killed at its `step`th call; true where it came to its end.
template <class Story>
bool isKilledOrDone(int step, const Story &story, bool &isDone)
{
    const pid_t child = fork();
    if (child == 0) {
        int asked = 0;
        answerTo() = [&](const std::string &) {
            if (++asked == step)
                kill(getpid(), SIGKILL);
            return Answer();
        };
        _exit(story() ? 0 : 1);
    }
    int status = 0;
    if (waitpid(child, &status, 0) != child)
        return false;
    isDone = WIFEXITED(status);
    return isDone ? WEXITSTATUS(status) == 0 : WTERMSIG(status) == SIGKILL;
}

} // namespace

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
    void replacedLogin_killedAtEveryStep_isTheOldOneOrTheNewOne();
    void replacedLogin_onAFailingDisk_isTheOldOneOrTheNewOne();
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
    bool isDone = false;
    int step = 0;
    int untouched = 0;
    for (step = 1; !isDone; ++step) {
        QVERIFY(step < 500);
        const QTemporaryDir home;
        const QString directory = home.filePath(QStringLiteral("vault"));
        makeVault(directory);
        const tests::SharedRevocationBook book;
        QVERIFY(isKilledOrDone(
            step,
            [&] {
                tests::RevocationServer server(*book);
                server.isDown = isDown;
                SignOutDisk disk(directory);
                return signOut(disk, server).ending == (isDown ? Ending::StillValid : Ending::SignedOut);
            },
            isDone));

        tests::RevocationServer server(*book);
        SignOutDisk disk(directory);
        const QByteArray where = "step " + QByteArray::number(step);
        const bool hasNote = !disk.notes->readAll().notes.empty();
        const bool wasTold = book->isRefreshTokenDead || book->isAccessTokenDead;
        const bool isDead = book->isRefreshTokenDead && book->isAccessTokenDead;
        QVERIFY2(!wasTold || hasNote || !disk.holds("rt-1"), where.constData());
        QVERIFY2(disk.holds("rt-1") || hasNote || isDead, where.constData());
        recover(disk, server);
        if (disk.holds("rt-1")) { // killed before it had begun
            ++untouched;
            QVERIFY2(!hasNote && !wasTold && !book->isRefreshTokenDead && !book->isAccessTokenDead, where.constData());
            continue;
        }
        QVERIFY2(book->isRefreshTokenDead && book->isAccessTokenDead, where.constData());
        QVERIFY2(disk.isEmpty(), where.constData());
    }
    qInfo("killed at %d points, %d of them before the note", step - 2, untouched);
    QVERIFY(step > 30 && untouched > 0 && untouched < step - 2);
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

namespace {

// Chooses the Nth call that may fail, or all from the Nth on.
class Saboteur final {
public:
    Saboteur(int step, int error, bool isForGood)
    {
        answerTo() = [this, step, error, isForGood](const std::string &call) {
            const bool isSpared = call == "close written" || call == "arrival" || call == "answer";
            const bool isChosen = !isSpared && ++m_asked >= step && (isForGood || m_asked == step);
            m_hasHit = m_hasHit || isChosen;
            return isChosen ? Answer{.isReal = false, .error = error} : Answer();
        };
    }
    ~Saboteur() { answerTo() = nullptr; }
    Q_DISABLE_COPY_MOVE(Saboteur)
    [[nodiscard]] bool hasHit() const { return m_hasHit; }

private:
    int m_asked = 0;
    bool m_hasHit = false;
};

} // namespace

void TestSignOutCrash::failingDisk_forgetsNothing()
{
    QFETCH(const int, error);
    QFETCH(const bool, isForGood);
    bool wasHit = true;
    int step = 0;
    for (step = 1; wasHit; ++step) {
        QVERIFY(step < 500);
        const QTemporaryDir home;
        const QString directory = home.filePath(QStringLiteral("vault"));
        makeVault(directory);
        const tests::SharedRevocationBook book;
        tests::RevocationServer server(*book);
        SignOutOutcome outcome;
        const QByteArray where = "step " + QByteArray::number(step);
        {
            SignOutDisk disk(directory);
            const Saboteur saboteur(step, error, isForGood);
            outcome = signOut(disk, server);
            wasHit = saboteur.hasHit();
        }
        QVERIFY2(outcome.ending == Ending::SignedOut || outcome.error, where.constData());
        SignOutDisk disk(directory);
        const bool isHeld = disk.holds("rt-1");
        QVERIFY2(isHeld || outcome.ending == Ending::SignedOut || !disk.notes->readAll().notes.empty(),
                 where.constData());
        QVERIFY2(!isHeld || !outcome.hasLeftHere, where.constData());
        recover(disk, server);
        if (disk.holds("rt-1"))
            QVERIFY2(!book->isRefreshTokenDead && !book->isAccessTokenDead, where.constData());
        else
            QVERIFY2(disk.isEmpty() && book->isRefreshTokenDead && book->isAccessTokenDead, where.constData());
    }
    QVERIFY(step > 15);
}

void TestSignOutCrash::forgetHere_killedAtEveryStep_isAllOrNothing()
{
    bool isDone = false;
    for (int step = 1; !isDone; ++step) {
        const QTemporaryDir home;
        const QString directory = home.filePath(QStringLiteral("vault"));
        makeVault(directory);
        const tests::SharedRevocationBook book;
        QVERIFY(isKilledOrDone(
            step,
            [&] {
                tests::RevocationServer server(*book);
                SignOutDisk disk(directory);
                return signOut(disk, server, Purpose::ForgetHere).ending == Ending::Forgotten;
            },
            isDone));
        tests::RevocationServer server(*book);
        SignOutDisk disk(directory);
        recover(disk, server);
        QCOMPARE(book->posts.load(), 0);
        QVERIFY(disk.holds("rt-1") ? !disk.filesBeside(QStringLiteral("*.archive")).isEmpty() : disk.isEmpty());
    }
}

// F-108, W-22.
void TestSignOutCrash::replacedLogin_killedAtEveryStep_isTheOldOneOrTheNewOne()
{
    bool isDone = false;
    int step = 0;
    int old = 0;
    for (step = 1; !isDone; ++step) {
        QVERIFY(step < 500);
        const QTemporaryDir home;
        const QString directory = home.filePath(QStringLiteral("vault"));
        makeVault(directory);
        const tests::SharedRevocationBook book;
        QVERIFY(isKilledOrDone(
            step,
            [&] {
                tests::RevocationServer server(*book);
                SignOutDisk disk(directory);
                return !replace(disk, server).error;
            },
            isDone));
        tests::RevocationServer server(*book);
        SignOutDisk disk(directory);
        const QByteArray where = "step " + QByteArray::number(step);
        QVERIFY2(!book->isRefreshTokenDead || disk.holds("rt-2"), where.constData());
        recover(disk, server);
        QVERIFY(!book->isNewLoginDead);
        if (disk.holds("rt-1")) {
            ++old;
            QVERIFY2(!book->isRefreshTokenDead && !book->isAccessTokenDead, where.constData());
            continue;
        }
        QVERIFY2(disk.holds("rt-2"), where.constData());
        QVERIFY2(book->isRefreshTokenDead && book->isAccessTokenDead, where.constData());
    }
    qInfo("killed at %d points, %d of them with the old one", step - 2, old);
    QVERIFY(step > 25 && old > 0 && old < step - 2);
}

void TestSignOutCrash::replacedLogin_onAFailingDisk_isTheOldOneOrTheNewOne()
{
    for (const bool isForGood : {false, true}) {
        bool wasHit = true;
        for (int step = 1; wasHit; ++step) {
            QVERIFY(step < 500);
            const QTemporaryDir home;
            const QString directory = home.filePath(QStringLiteral("vault"));
            makeVault(directory);
            const tests::SharedRevocationBook book;
            tests::RevocationServer server(*book);
            refresh::KeptSignIn kept;
            const QByteArray where = "step " + QByteArray::number(step);
            {
                SignOutDisk disk(directory);
                const Saboteur saboteur(step, ENOSPC, isForGood);
                const auto pending = pendingOf(disk, server);
                refresh::SignInToKeep signIn{.record = tests::ownRecord("rt-2", "at-2"),
                                             .placement = {.profileId = QStringLiteral("own"), .isKnown = true},
                                             .provider = tests::revokingProvider()};
                KeepSignIn keep(std::move(signIn), disk.world(server), *pending);
                kept = tests::runToItsEnd(keep, &KeepSignIn::finished);
                wasHit = saboteur.hasHit();
            }
            SignOutDisk disk(directory);
            QVERIFY2(kept.error ? disk.holds("rt-1") || disk.holds("rt-2") : disk.holds("rt-2"), where.constData());
            recover(disk, server);
            QVERIFY2(disk.holds("rt-2") || !book->isRefreshTokenDead, where.constData());
            QVERIFY(!book->isNewLoginDead);
        }
    }
}

QTEST_GUILESS_MAIN(TestSignOutCrash)
#include "signoutcrash.moc"
