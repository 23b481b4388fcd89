// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// Refreshes that are killed at every step, whose disk fails at every step, and that race one another, against a server
// whose memory outlives them: it rotates on every refresh and revokes the family when a token comes twice.

#include <cerrno>

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include <sys/wait.h>
#include <unistd.h>

#include "core/refresh/crashstories.h"
#include "faults/failingdisk.h"
#include "faults/killsweep.h"

using namespace keytender;
using namespace std::chrono_literals;
using fakes::Answer;
using fakes::answerTo;
using refresh::Ending;
using refresh::Outcome;
using tests::makeRefreshableVault;
using tests::RefreshDisk;
using tests::RotatingServer;
using tests::SharedRotationBook;

class TestRefreshCrash : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void cleanup() { answerTo() = nullptr; }
    void kill_atEveryStep_losesNoToken_data();
    void kill_atEveryStep_losesNoToken();
    void failingDisk_losesNoToken_data();
    void failingDisk_losesNoToken();
    void diskThatTakesNothing_keepsTheTokenInMemory();
    void vaultNotKnownToBeDurable_isWrittenOnceMore();
    void twoProcesses_raceAThousandTimes_withoutAReuse();
};

void TestRefreshCrash::kill_atEveryStep_losesNoToken_data()
{
    QTest::addColumn<bool>("hasGrace");
    QTest::newRow("a server that answers the same token twice") << true;
    QTest::newRow("a server without grace") << false;
}

// G-1, F-01, F-02, F-21, F-43, F-73 for an own login: every system call of a refresh.
void TestRefreshCrash::kill_atEveryStep_losesNoToken()
{
    QFETCH(const bool, hasGrace);
    int lost = 0;
    tests::KillSweep sweep;
    while (sweep.goesOn()) {
        const QTemporaryDir home(tests::quickHome());
        const QString directory = home.filePath(QStringLiteral("vault"));
        makeRefreshableVault(directory);
        const SharedRotationBook book;
        book->hasGrace = hasGrace;
        const bool isAsMeant = sweep.run([&] {
            RotatingServer server(*book);
            RefreshDisk disk(directory);
            refresh::RefreshAttempt attempt(disk.request(), disk.world(server));
            QObject::connect(&attempt, &refresh::RefreshAttempt::stepTaken, &attempt, [&](refresh::Step taken) {
                if (taken == refresh::Step::Received)
                    book->isAnswerOnDisk = true;
            });
            return tests::runRefresh(attempt).ending == Ending::Renewed;
        });
        QVERIFY2(isAsMeant, sweep.where().constData());

        RotatingServer server(*book);
        RefreshDisk disk(directory);
        QCOMPARE(tests::recover(disk, server), QString());
        QCOMPARE(tests::leftoversIn(directory), QStringList());
        const bool isLost = !disk.holds(book->current);
        lost += isLost ? 1 : 0;
        if (!isLost)
            continue;
        // Taken by the server, and killed before the answer was on the disk: that much no client can help. It is said.
        QVERIFY2(!hasGrace && !book->isAnswerOnDisk, sweep.where().constData());
        const auto archived = disk.archive->of(QStringLiteral("own"));
        QVERIFY(archived && archived->size() == 1);
        QCOMPARE(archived->front().why, vault::ArchivedToken::Why::AnswerLost);
    }
    qInfo("killed at %d points, %d answers lost on the way", sweep.points(), lost);
    QVERIFY(sweep.points() > 100);
    QVERIFY(hasGrace == (lost == 0));
}

void TestRefreshCrash::failingDisk_losesNoToken_data()
{
    QTest::addColumn<int>("error");
    QTest::addColumn<bool>("isForGood");
    for (const int error : {EIO, ENOSPC, EDQUOT, EROFS, EACCES, EMFILE, EINTR}) {
        QTest::newRow(strerrorname_np(error)) << error << false;
        if (error != EINTR)
            QTest::addRow("%s from then on", strerrorname_np(error)) << error << true;
    }
}

// G-5: the Nth call fails, or all from the Nth on, until the attempt has ended or a quarter of a second has passed.
void TestRefreshCrash::failingDisk_losesNoToken()
{
    QFETCH(const int, error);
    QFETCH(const bool, isForGood);
    QMap<Ending, int> endings;
    bool wasHit = true;
    int step = 0;
    for (step = 1; wasHit; ++step) {
        QVERIFY(step < 1000);
        const QTemporaryDir home(tests::quickHome());
        const QString directory = home.filePath(QStringLiteral("vault"));
        makeRefreshableVault(directory);
        const SharedRotationBook book;
        RotatingServer server(*book);
        {
            RefreshDisk disk(directory);
            refresh::RefreshAttempt attempt(disk.request(), disk.world(server));
            connect(&attempt, &refresh::RefreshAttempt::storageFailing, this,
                    [](const base::Error &) { answerTo() = nullptr; }); // the disk comes back
            int asked = 0;
            answerTo() = [&](const std::string &call) {
                const bool isChosen = tests::mayFail(call) && ++asked >= step && (isForGood || asked == step);
                return isChosen ? Answer{.isReal = false, .error = error} : Answer();
            };
            const Outcome outcome = tests::runRefresh(attempt);
            answerTo() = nullptr;
            wasHit = asked >= step;
            ++endings[outcome.ending];
            QVERIFY2(!needsSignIn(outcome.ending), qPrintable(QStringLiteral("step %1").arg(step)));
            QVERIFY(outcome.ending == Ending::Renewed || outcome.error);
        }
        RefreshDisk disk(directory);
        QCOMPARE(tests::recover(disk, server), QString());
        QVERIFY2(disk.holds(book->current), qPrintable(QStringLiteral("step %1").arg(step)));
        QCOMPARE(book->reuses.load(), 0);
        QVERIFY(book->refreshes <= 1);
        QCOMPARE(tests::leftoversIn(directory), QStringList());
    }
    QString text;
    for (auto at = endings.cbegin(); at != endings.cend(); ++at)
        text += QStringLiteral(" %1x%2").arg(int(at.key())).arg(at.value());
    qInfo("%d points, endings:%s", step - 2, qPrintable(text));
}

// F-74: neither the journal nor the vault takes the answer; it is not published, and it is not lost.
void TestRefreshCrash::diskThatTakesNothing_keepsTheTokenInMemory()
{
    const QTemporaryDir home(tests::quickHome());
    const QString directory = home.filePath(QStringLiteral("vault"));
    makeRefreshableVault(directory);
    const SharedRotationBook book;
    RotatingServer server(*book);
    RefreshDisk disk(directory);
    refresh::RefreshAttempt attempt(disk.request(), disk.world(server));
    QSignalSpy failing(&attempt, &refresh::RefreshAttempt::storageFailing);
    QSignalSpy finished(&attempt, &refresh::RefreshAttempt::finished);
    bool hasArrived = false;
    answerTo() = [&](const std::string &call) {
        hasArrived = hasArrived || call == "answer";
        const bool isWrite = call == "pwrite" || call == "create" || call == "fdatasync";
        return hasArrived && isWrite ? Answer{.isReal = false, .error = ENOSPC} : Answer();
    };
    attempt.start();
    QTRY_VERIFY(failing.size() >= 2);
    QVERIFY(attempt.isInFlight());
    attempt.cancel();
    QVERIFY(attempt.isInFlight()); // exit is to wait
    QVERIFY(finished.isEmpty());
    QVERIFY(disk.holds(1));
    answerTo() = nullptr;
    QVERIFY(finished.wait());
    QCOMPARE(finished.constFirst().constFirst().value<Outcome>().ending, Ending::Renewed);
    QVERIFY(disk.holds(2));
    QCOMPARE(book->refreshes.load(), 1);
}

// F-18, F-75: the new token stands in the vault, but its name may be lost with the power. The journal stays open on it
// until the vault was written again.
void TestRefreshCrash::vaultNotKnownToBeDurable_isWrittenOnceMore()
{
    const QTemporaryDir home(tests::quickHome());
    const QString directory = home.filePath(QStringLiteral("vault"));
    makeRefreshableVault(directory);
    const SharedRotationBook book;
    RotatingServer server(*book);
    RefreshDisk disk(directory);
    refresh::RefreshAttempt attempt(disk.request(), disk.world(server));
    bool hasArrived = false;
    answerTo() = [&](const std::string &call) {
        hasArrived = hasArrived || call == "answer";
        return hasArrived && call == "fsync directory" ? Answer{.isReal = false, .error = EIO} : Answer();
    };
    QCOMPARE(tests::runRefresh(attempt).ending, Ending::KeptInJournal);
    QVERIFY(disk.holds(2));
    QStringList calls;
    answerTo() = [&](const std::string &call) {
        calls += QString::fromStdString(call);
        return Answer();
    };
    QCOMPARE(tests::recover(disk, server), QString());
    const qsizetype renamed = calls.indexOf(QStringLiteral("renameat"));
    QVERIFY(renamed >= 0 && renamed < calls.lastIndexOf(QStringLiteral("pwrite")));
    QVERIFY(disk.holds(2));
    QCOMPARE(book->refreshes.load(), 1);
}

namespace {

// What two Keytenders share when the vault's own lock does not keep them apart: a home on two machines.
class FileCredentials final : public refresh::CredentialStore {
public:
    explicit FileCredentials(const QString &directory)
        : m_path(directory + QStringLiteral("/store")), m_files(directory, m_random)
    {
    }
    [[nodiscard]] base::Result<vault::Record> read(const QString &profileId) const override
    {
        auto content = base::readFile(m_path, {.owner = geteuid()});
        if (!content)
            return base::unexpected(content.error());
        vault::Record record;
        record.id = profileId;
        record.credential.tokens.accessToken = base::Secret::copyOf("at");
        record.credential.tokens.refreshToken = std::move(content->bytes);
        return record;
    }
    [[nodiscard]] base::Result<void> write(const vault::Record &record) override
    {
        return m_files.write(QStringLiteral("store"), record.credential.tokens.refreshToken.expose());
    }
    [[nodiscard]] const base::FingerprintKey &fingerprintKey() const override { return m_key; }

private:
    base::SystemRandom m_random;
    QString m_path;
    base::DurableFile m_files;
    base::FingerprintKey m_key{base::Secret::copyOf(std::string(32, 'f'))};
};

[[noreturn]] void race(const QString &directory, tests::RotationBook &book, int goal)
{
    base::SystemClock clock;
    base::SystemRandom random;
    FileCredentials credentials(directory);
    const base::Secret key = base::Secret::copyOf(std::string(32, 'j'));
    vault::RefreshJournal journal(directory, key, random);
    vault::TokenArchive archive(directory, key, random);
    RotatingServer server(book);
    while (book.refreshes < goal && !book.isRevoked) {
        refresh::RefreshRequest request;
        request.profileIds = QStringList{QStringLiteral("own")};
        const auto seen = credentials.read(QStringLiteral("own"));
        // Without the lock a look may meet the other one's rename; the attempt looks again under it.
        if (!seen && seen.error().kind == base::ErrorKind::Incomplete)
            continue;
        if (!seen)
            _exit(2);
        request.refreshToken = credentials.fingerprintKey().of(seen->credential.tokens.refreshToken);
        request.provider = tests::someProvider();
        refresh::RefreshAttempt attempt(request, {.clock = clock,
                                                  .random = random,
                                                  .transport = server,
                                                  .credentials = credentials,
                                                  .journal = journal,
                                                  .archive = archive});
        const Outcome outcome = tests::runRefresh(attempt);
        if (outcome.ending != Ending::Renewed && outcome.ending != Ending::Adopted)
            _exit(3);
    }
    _exit(0);
}

} // namespace

// G-2.
void TestRefreshCrash::twoProcesses_raceAThousandTimes_withoutAReuse()
{
    const QTemporaryDir home(tests::quickHome());
    const SharedRotationBook book;
    book->hasGrace = false;
    tests::put(home.filePath(QStringLiteral("store")), "rt-1-1");
    answerTo() = [](const std::string &call) { // what is durable is not the question here
        const bool isSync = call == "fsync" || call == "fdatasync" || call == "fsync directory";
        return isSync ? Answer{.isReal = false} : Answer();
    };
    constexpr int goal = 1000;
    std::vector<pid_t> children;
    for (int number = 0; number < 2; ++number) {
        children.push_back(fork());
        if (children.back() == 0)
            race(home.path(), *book, goal);
    }
    for (const pid_t child : children) {
        int status = 0;
        QCOMPARE(waitpid(child, &status, 0), child);
        QVERIFY(WIFEXITED(status));
        QCOMPARE(WEXITSTATUS(status), 0);
    }
    QVERIFY(book->refreshes >= goal);
    QCOMPARE(book->reuses.load(), 0);
    QCOMPARE(tests::bytesOf(home.filePath(QStringLiteral("store"))), "rt-1-" + QByteArray::number(book->current));
}

QTEST_GUILESS_MAIN(TestRefreshCrash)
#include "refreshcrash.moc"
