// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// Refreshes that are killed at every step, whose disk fails at every step, and that race one another, against a server
// whose memory outlives them: it rotates on every refresh and revokes the family when a token comes twice.

#include <atomic>
#include <cerrno>
#include <csignal>
#include <new>
#include <set>

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/refresh/refreshfixture.h"
#include "core/vault/records.h"
#include "fakes/faultycalls.h"
#include "refresh/rollforward.h"

using namespace keytender;
using namespace std::chrono_literals;
using fakes::Answer;
using fakes::answerTo;
using refresh::Ending;
using refresh::Outcome;

namespace {

// Shared by all processes.
struct Book {
    std::atomic<int> current{1};
    std::atomic<int> refreshes{0};
    std::atomic<int> reuses{0};
    std::atomic<bool> isRevoked{false};
    std::atomic<bool> isAnswerOnDisk{false}; // somebody has seen the last answer safely home
    bool hasGrace = true;
};

class SharedBook final {
public:
    SharedBook()
    {
        void *memory = mmap(nullptr, sizeof(Book), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        if (memory == MAP_FAILED)
            qFatal("no memory to share");
        m_book = new (memory) Book;
    }
    ~SharedBook() { munmap(m_book, sizeof(Book)); }
    Q_DISABLE_COPY_MOVE(SharedBook)
    [[nodiscard]] Book &operator*() const { return *m_book; }
    [[nodiscard]] Book *operator->() const { return m_book; }

private:
    Book *m_book;
};

// One delivery, in the turn in which it is sent; `step` is asked before and after the server has done its work.
class SharedServer final : public oauth::TokenTransport {
public:
    explicit SharedServer(Book &book) : m_book(book) {}
    void post(oauth::Post request, QObject *context, std::function<void(oauth::Delivery)> done) override
    {
        const std::string token = tests::tokenIn(request);
        QTimer::singleShot(0, context, [this, token, done = std::move(done)] {
            reach("arrival");
            oauth::Delivery delivery = take(std::stoi(token.substr(token.rfind('-') + 1)));
            reach("answer");
            done(std::move(delivery));
        });
    }

private:
    static void reach(const char *what)
    {
        if (answerTo())
            answerTo()(what);
    }
    oauth::Delivery take(int number)
    {
        oauth::Delivery delivery;
        delivery.fate = oauth::Fate::Answered;
        delivery.status = 200;
        int expected = number;
        const bool isRepeat = m_book.hasGrace && number == m_book.current - 1;
        if (!m_book.isRevoked && (isRepeat || m_book.current.compare_exchange_strong(expected, number + 1))) {
            ++m_book.refreshes;
            const std::string next = std::to_string(number + 1);
            delivery.body = base::Secret::copyOf(R"({"token_type":"bearer","expires_in":3600,"access_token":"at-1-)"
                                                 + next + R"(","refresh_token":"rt-1-)" + next + R"("})");
            return delivery;
        }
        m_book.reuses += m_book.isRevoked.exchange(true) ? 0 : 1;
        delivery.status = 400;
        delivery.body = base::Secret::copyOf(R"({"error":"invalid_grant"})");
        return delivery;
    }
    Book &m_book;
};

// The real vault, journal and archive in one directory.
struct Disk {
    explicit Disk(const QString &directory)
        : vault(*vault::Vault::open(directory, tests::masterKey(), vault::Vault::Access::ReadWrite, random)),
          journal(*vault->openJournal()), archive(*vault->openArchive()), credentials(*vault)
    {
    }
    [[nodiscard]] refresh::RefreshWorld world(oauth::TokenTransport &server)
    {
        return {.clock = clock,
                .random = random,
                .transport = server,
                .credentials = credentials,
                .journal = *journal,
                .archive = *archive};
    }
    [[nodiscard]] base::Fingerprint held() const
    {
        const auto record = vault->read(QStringLiteral("own"));
        return record ? vault->fingerprintKey().of(record->credential.tokens.refreshToken) : base::Fingerprint();
    }
    [[nodiscard]] bool holds(int number) const
    {
        return held() == vault->fingerprintKey().of(base::Secret::copyOf("rt-1-" + std::to_string(number)));
    }
    [[nodiscard]] refresh::RefreshRequest request() const
    {
        refresh::RefreshRequest request;
        request.profileIds = QStringList{QStringLiteral("own")};
        request.refreshToken = held();
        request.provider = tests::someProvider();
        return request;
    }

    base::SystemClock clock;
    base::SystemRandom random;
    std::unique_ptr<vault::Vault> vault;
    std::unique_ptr<vault::RefreshJournal> journal;
    std::unique_ptr<vault::TokenArchive> archive;
    refresh::VaultCredentials credentials;
};

void makeVault(const QString &directory)
{
    base::SystemRandom random;
    vault::Record record = tests::record(QStringLiteral("own"));
    record.credential.tokens.refreshToken = base::Secret::copyOf("rt-1-1");
    auto opened = vault::Vault::open(directory, tests::masterKey(), vault::Vault::Access::ReadWrite, random);
    if (!opened || !(*opened)->write(record))
        qFatal("no vault");
}

Outcome runToItsEnd(refresh::RefreshAttempt &attempt)
{
    Outcome outcome;
    bool isOver = false;
    QObject::connect(&attempt, &refresh::RefreshAttempt::finished, &attempt, [&](const Outcome &ended) {
        outcome = ended;
        isOver = true;
    });
    attempt.start();
    while (!isOver)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    return outcome;
}

// A program that starts after a crash.
void recover(Disk &disk, oauth::TokenTransport &server)
{
    refresh::RollForward roll(disk.world(server), [&](const vault::JournalEntry &) { return disk.request(); });
    QSignalSpy finished(&roll, &refresh::RollForward::finished);
    QSignalSpy problems(&roll, &refresh::RollForward::problemFound);
    roll.start();
    QVERIFY(!finished.isEmpty() || finished.wait());
    QCOMPARE(problems.size(), 0);
    QCOMPARE(disk.journal->readOpen().open.size(), 0u);
}

QStringList leftoversIn(const QString &directory)
{
    const QStringList names{QStringLiteral(".keytender-*")};
    return QDir(directory).entryList(names, QDir::Files | QDir::Hidden)
           + QDir(directory + QStringLiteral("/journal")).entryList(names, QDir::Files | QDir::Hidden);
}

} // namespace

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
    void twoProcesses_raceAThousandTimes_withoutAReuse();
};

void TestRefreshCrash::kill_atEveryStep_losesNoToken_data()
{
    QTest::addColumn<bool>("hasGrace");
    QTest::newRow("a server that answers the same token twice") << true;
    QTest::newRow("a server without grace") << false;
}

// G-1 for an own login: every call that touches the disk, and the two sides of the server.
void TestRefreshCrash::kill_atEveryStep_losesNoToken()
{
    QFETCH(const bool, hasGrace);
    bool hasFinished = false;
    int step = 0;
    int lost = 0;
    for (step = 1; !hasFinished; ++step) {
        QVERIFY(step < 1000);
        const QTemporaryDir home;
        const QString directory = home.filePath(QStringLiteral("vault"));
        makeVault(directory);
        const SharedBook book;
        book->hasGrace = hasGrace;
        const pid_t child = fork();
        if (child == 0) {
            int asked = 0;
            answerTo() = [&](const std::string &) {
                if (++asked == step)
                    kill(getpid(), SIGKILL);
                return Answer();
            };
            SharedServer server(*book);
            Disk disk(directory);
            refresh::RefreshAttempt attempt(disk.request(), disk.world(server));
            QObject::connect(&attempt, &refresh::RefreshAttempt::stepTaken, &attempt, [&](refresh::Step taken) {
                if (taken == refresh::Step::Received)
                    book->isAnswerOnDisk = true;
            });
            _exit(runToItsEnd(attempt).ending == Ending::Renewed ? 0 : 1);
        }
        int status = 0;
        QCOMPARE(waitpid(child, &status, 0), child);
        hasFinished = WIFEXITED(status);
        QVERIFY(!hasFinished || WEXITSTATUS(status) == 0);
        QVERIFY(hasFinished || WTERMSIG(status) == SIGKILL);

        SharedServer server(*book);
        Disk disk(directory);
        recover(disk, server);
        QCOMPARE(leftoversIn(directory), QStringList());
        QVERIFY(disk.vault->readFacts().problems.empty());
        const bool isLost = !disk.holds(book->current);
        lost += isLost ? 1 : 0;
        if (!isLost)
            continue;
        // Taken by the server, and killed before the answer was on the disk: that much no client can help. It is said.
        QVERIFY2(!hasGrace && !book->isAnswerOnDisk, qPrintable(QStringLiteral("step %1").arg(step)));
        const auto archived = disk.archive->of(QStringLiteral("own"));
        QVERIFY(archived && archived->size() == 1);
        QCOMPARE(archived->front().why, vault::ArchivedToken::Why::AnswerLost);
    }
    qInfo("killed at %d points, %d answers lost on the way", step - 2, lost);
    QVERIFY(step > 40);
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
    static const std::set<std::string> spared{"close written", "arrival", "answer"};
    QMap<Ending, int> endings;
    bool wasHit = true;
    int step = 0;
    for (step = 1; wasHit; ++step) {
        QVERIFY(step < 1000);
        const QTemporaryDir home;
        const QString directory = home.filePath(QStringLiteral("vault"));
        makeVault(directory);
        const SharedBook book;
        SharedServer server(*book);
        {
            Disk disk(directory);
            refresh::RefreshAttempt attempt(disk.request(), disk.world(server));
            connect(&attempt, &refresh::RefreshAttempt::storageFailing, this,
                    [](const base::Error &) { answerTo() = nullptr; }); // the disk comes back
            int asked = 0;
            answerTo() = [&](const std::string &call) {
                const bool isChosen = !spared.contains(call) && ++asked >= step && (isForGood || asked == step);
                return isChosen ? Answer{.isReal = false, .error = error} : Answer();
            };
            const Outcome outcome = runToItsEnd(attempt);
            answerTo() = nullptr;
            wasHit = asked >= step;
            ++endings[outcome.ending];
            QVERIFY2(!needsSignIn(outcome.ending), qPrintable(QStringLiteral("step %1").arg(step)));
            QVERIFY(outcome.ending == Ending::Renewed || outcome.error);
        }
        Disk disk(directory);
        recover(disk, server);
        QVERIFY2(disk.holds(book->current), qPrintable(QStringLiteral("step %1").arg(step)));
        QCOMPARE(book->reuses.load(), 0);
        QVERIFY(book->refreshes <= 1);
        QCOMPARE(leftoversIn(directory), QStringList());
    }
    QString text;
    for (auto at = endings.cbegin(); at != endings.cend(); ++at)
        text += QStringLiteral(" %1x%2").arg(int(at.key())).arg(at.value());
    qInfo("%d points, endings:%s", step - 2, qPrintable(text));
}

// F-74: neither the journal nor the vault takes the answer; it is not published, and it is not lost.
void TestRefreshCrash::diskThatTakesNothing_keepsTheTokenInMemory()
{
    const QTemporaryDir home;
    const QString directory = home.filePath(QStringLiteral("vault"));
    makeVault(directory);
    const SharedBook book;
    SharedServer server(*book);
    Disk disk(directory);
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

[[noreturn]] void race(const QString &directory, Book &book, int goal)
{
    base::SystemClock clock;
    base::SystemRandom random;
    FileCredentials credentials(directory);
    const base::Secret key = base::Secret::copyOf(std::string(32, 'j'));
    vault::RefreshJournal journal(directory, key, random);
    vault::TokenArchive archive(directory, key, random);
    SharedServer server(book);
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
        const Outcome outcome = runToItsEnd(attempt);
        if (outcome.ending != Ending::Renewed && outcome.ending != Ending::Adopted)
            _exit(3);
    }
    _exit(0);
}

} // namespace

// G-2.
void TestRefreshCrash::twoProcesses_raceAThousandTimes_withoutAReuse()
{
    const QTemporaryDir home;
    const SharedBook book;
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
