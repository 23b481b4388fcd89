// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/locks/lockledger.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <functional>

#include <csignal>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fakes/fakeclock.h"
#include "tools/locks/lockset.h"
#include "tools/locks/writelocks.h"

using namespace keytender;
using namespace std::chrono_literals;
using tools::LockLedger;
using tools::LockSpec;
using Kind = LockSpec::Kind;

Q_DECLARE_METATYPE(keytender::tools::LockSpec::Kind)

namespace {

bool hidesBirths = false;

// Without it no directory can be told from the next of its number.
bool knowsBirths(const QString &path)
{
    struct statx facts {};
    return statx(AT_FDCWD, QFile::encodeName(path).constData(), 0, STATX_BTIME, &facts) == 0
           && (facts.stx_mask & STATX_BTIME) != 0;
}

} // namespace

// The linker takes it instead of the C library's: a file system that knows no times of birth.
extern "C" int statx(int directory, const char *path, int flags, unsigned mask, struct statx *facts) noexcept
{
    const auto answer = static_cast<int>(syscall(SYS_statx, directory, path, flags, mask, facts));
    if (answer == 0 && hidesBirths)
        facts->stx_mask &= ~unsigned{STATX_BTIME};
    return answer;
}

class LockLedgerTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void init();
    void cleanup()
    {
        hidesBirths = false;
        end();
    }

    void killedHolder_leavesNoOrphanAfterTheNextStart_data() { kinds(); }
    void killedHolder_leavesNoOrphanAfterTheNextStart();
    void manyLocks_areAllRemoved_andNothingElse();
    void lockReplacedMeanwhile_stays_data() { kinds(); }
    void lockReplacedMeanwhile_stays();
    void numberUsedAgain_staysByItsBirth_data() { kinds(); }
    void numberUsedAgain_staysByItsBirth();
    void withoutBirths_onlyFilesAreRemoved_data() { kinds(); }
    void withoutBirths_onlyFilesAreRemoved();
    void fileWithAnotherContent_stays_data() { files(); }
    void fileWithAnotherContent_stays();
    void holderThatLives_keepsItsLockAndItsList_data() { kinds(); }
    void holderThatLives_keepsItsLockAndItsList();
    void holdersNumber_usedAgain_isNotItsLife();
    void ownLocks_areNotOrphans();
    void damagedList_removesNothing_andIsNamed_data();
    void damagedList_removesNothing_andIsNamed();
    void listThatNamesOtherThings_removesNone_data();
    void listThatNamesOtherThings_removesNone();
    void list_saysWhatIsHeldNow_andIsOursAlone();
    void lockThatIsNotOursAnyMore_isNotNoted();

private:
    static void files()
    {
        QTest::addColumn<Kind>("kind");
        QTest::newRow("pid file") << Kind::PidFile;
        QTest::newRow("token file") << Kind::TokenFile;
    }
    static void kinds()
    {
        files();
        QTest::newRow("directory") << Kind::Directory;
    }
    [[nodiscard]] QString in(const QString &name) const { return m_directory->filePath(name); }
    [[nodiscard]] QString path() const { return in(QStringLiteral("tool.lock")); }
    [[nodiscard]] QString file() const { return in(QStringLiteral(".local/state/keytender/locks.json")); }
    [[nodiscard]] LockSpec spec(Kind kind) const { return {.kind = kind, .path = path(), .stale = 60s}; }
    [[nodiscard]] std::shared_ptr<LockLedger> ledger() { return std::make_shared<LockLedger>(file(), m_random); }
    // A process that holds these locks until it is killed.
    void hold(const std::vector<LockSpec> &specs);
    void end();
    void holdAndKill(Kind kind)
    {
        hold({spec(kind)});
        end();
        QVERIFY(QFileInfo::exists(path()));
    }
    [[nodiscard]] QByteArray read(const QString &name) const
    {
        QFile opened(name);
        return opened.open(QIODevice::ReadOnly) ? opened.readAll() : QByteArray("(none)");
    }
    void write(const QString &name, const QByteArray &content) const
    {
        QFile opened(name);
        QVERIFY(opened.open(QIODevice::WriteOnly));
        QCOMPARE(opened.write(content), content.size());
    }
    void changeList(const QString &pattern, const QString &replacement) const
    {
        const QString before = QString::fromUtf8(read(file()));
        QString text = before;
        text.replace(QRegularExpression(pattern), replacement);
        QVERIFY(text != before);
        write(file(), text.toUtf8());
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    fakes::FakeClock m_clock;
    base::SystemRandom m_random;
    pid_t m_child = 0;
};

void LockLedgerTest::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(m_directory->isValid());
    if (!knowsBirths(m_directory->path()))
        QSKIP("this file system knows no times of birth");
}

void LockLedgerTest::hold(const std::vector<LockSpec> &specs)
{
    int ready[2];
    QCOMPARE(pipe(ready), 0);
    m_child = fork();
    if (m_child == 0) {
        const auto kept = ledger();
        const auto locks = kept->removeOrphans() ? tools::WriteLocks::take(specs, {m_clock, m_random, kept})
                                                 : base::Result<tools::WriteLocks>(base::unexpected(base::Error{}));
        if (locks && ::write(ready[1], "x", 1) == 1)
            for (;;)
                pause();
        _exit(1);
    }
    close(ready[1]);
    char byte = 0;
    QCOMPARE(::read(ready[0], &byte, 1), ssize_t(1));
    close(ready[0]);
}

void LockLedgerTest::end()
{
    if (m_child == 0)
        return;
    QCOMPARE(kill(m_child, SIGKILL), 0);
    QCOMPARE(waitpid(m_child, nullptr, 0), m_child);
    m_child = 0;
}

void LockLedgerTest::killedHolder_leavesNoOrphanAfterTheNextStart() // F-03
{
    QFETCH(const Kind, kind);
    holdAndKill(kind);
    QVERIFY(ledger()->removeOrphans());
    QVERIFY(!QFileInfo::exists(path()));
    QVERIFY(tools::takeToolLock(spec(kind), {m_clock, m_random})); // no stale window to wait for
    // It is out of the list: the next start has nothing to do with what stands there now.
    QVERIFY(!read(file()).contains("tool.lock"));
}

void LockLedgerTest::manyLocks_areAllRemoved_andNothingElse()
{
    const auto named = [this](Kind kind, const QString &name) {
        return LockSpec{.kind = kind, .path = in(name), .stale = 60s};
    };
    QVERIFY(QDir().mkdir(in(QStringLiteral("others.lock"))));
    write(in(QStringLiteral("others.pid")), "{\"pid\": 1}");
    hold({named(Kind::Directory, QStringLiteral("a.lock")), named(Kind::PidFile, QStringLiteral("b \"\u00e4\".lock")),
          named(Kind::TokenFile, QStringLiteral("c.lock")), named(Kind::Flock, QStringLiteral("d.lock"))});
    end();
    QVERIFY(ledger()->removeOrphans());
    const QStringList left =
        QDir(m_directory->path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden | QDir::System);
    QCOMPARE(left, (QStringList{QStringLiteral(".local"), QStringLiteral("d.lock"), QStringLiteral("others.lock"),
                                QStringLiteral("others.pid")}));
}

void LockLedgerTest::lockReplacedMeanwhile_stays()
{
    QFETCH(const Kind, kind);
    holdAndKill(kind);
    const QByteArray ours = read(path());
    QVERIFY(QFile::rename(path(), path() + QStringLiteral(".kept"))); // so that its number is not given again
    if (kind == Kind::Directory)
        QVERIFY(QDir().mkdir(path()));
    else
        write(path(), ours);
    QVERIFY(ledger()->removeOrphans());
    QVERIFY(QFileInfo::exists(path()));
    QVERIFY(QFileInfo::exists(path() + QStringLiteral(".kept")));
}

void LockLedgerTest::numberUsedAgain_staysByItsBirth()
{
    QFETCH(const Kind, kind);
    holdAndKill(kind);
    changeList(QStringLiteral("(\"object\":\"[0-9]+-[0-9]+-)[0-9.]+"), QStringLiteral("\\11700000000.000000001"));
    QVERIFY(ledger()->removeOrphans());
    QVERIFY(QFileInfo::exists(path()));
}

void LockLedgerTest::withoutBirths_onlyFilesAreRemoved()
{
    QFETCH(const Kind, kind);
    hidesBirths = true;
    holdAndKill(kind);
    QVERIFY(read(file()).contains("-\",\"content\""));
    QVERIFY(ledger()->removeOrphans());
    QCOMPARE(QFileInfo::exists(path()), kind == Kind::Directory);
}

void LockLedgerTest::fileWithAnotherContent_stays()
{
    QFETCH(const Kind, kind);
    holdAndKill(kind);
    QByteArray content = read(path());
    content[content.size() - 3] = content[content.size() - 3] == '1' ? '2' : '1';
    write(path(), content); // in place: number and birth are the same
    QVERIFY(ledger()->removeOrphans());
    QCOMPARE(read(path()), content);
}

void LockLedgerTest::holderThatLives_keepsItsLockAndItsList()
{
    QFETCH(const Kind, kind);
    hold({spec(kind)});
    const QByteArray before = read(file());
    const auto second = ledger();
    QVERIFY(second->removeOrphans());
    QVERIFY(QFileInfo::exists(path()));
    LockSpec other = spec(kind);
    other.path += QStringLiteral(".other");
    const auto lock = tools::takeToolLock(other, {m_clock, m_random, second});
    QVERIFY(lock); // it is not in its way, and leaves the list to it
    QCOMPARE(read(file()), before);
    end();
    QVERIFY(ledger()->removeOrphans());
    QVERIFY(!QFileInfo::exists(path()));
    QVERIFY((*lock)->isOurs());
}

void LockLedgerTest::holdersNumber_usedAgain_isNotItsLife()
{
    holdAndKill(Kind::Directory);
    changeList(QStringLiteral("\"pid\":[0-9]+,\"startTime\":[0-9]+"),
               QStringLiteral("\"pid\":%1,\"startTime\":1").arg(getppid()));
    QVERIFY(ledger()->removeOrphans());
    QVERIFY(!QFileInfo::exists(path()));
}

void LockLedgerTest::ownLocks_areNotOrphans()
{
    const auto first = ledger();
    QVERIFY(first->removeOrphans());
    const auto lock = tools::takeToolLock(spec(Kind::Directory), {m_clock, m_random, first});
    QVERIFY(lock);
    QVERIFY(ledger()->removeOrphans());
    QVERIFY((*lock)->isOurs());
}

void LockLedgerTest::damagedList_removesNothing_andIsNamed_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QString>("replacement");
    const auto row = [](const char *name, const char *pattern, const char *replacement) {
        QTest::newRow(name) << QString::fromLatin1(pattern) << QString::fromLatin1(replacement);
    };
    row("cut off", "\\]\\}\\s*$", "");
    row("empty", "^[\\s\\S]*$", "");
    row("another version", "\"version\":1", "\"version\":2");
    row("no process", "\"pid\":[0-9]+", "\"pid\":0");
    row("every process", "\"pid\":[0-9]+", "\"pid\":-1");
    row("no start", "\"startTime\":[0-9]+,", "");
    row("another kind", "\"kind\":\"[a-zA-Z]+\"", "\"kind\":\"folder\"");
    row("no object", "\"object\":\"[^\"]*\"", "\"object\":7");
}

void LockLedgerTest::damagedList_removesNothing_andIsNamed()
{
    QFETCH(const QString, pattern);
    QFETCH(const QString, replacement);
    holdAndKill(Kind::Directory);
    changeList(pattern, replacement);
    const auto removed = ledger()->removeOrphans();
    QVERIFY(!removed);
    QCOMPARE(removed.error().subject, file());
    QVERIFY(QFileInfo::exists(path()));
}

void LockLedgerTest::listThatNamesOtherThings_removesNone_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QByteArray>("content"); // of a file; null = a directory with something in it
    QTest::newRow("directory with files") << Kind::Directory << QByteArray();
    QTest::newRow("text as a pid file") << Kind::PidFile << QByteArray("my only copy");
    QTest::newRow("text as a token file") << Kind::TokenFile << QByteArray("my only copy");
    QTest::newRow("lock of another process") << Kind::PidFile << QByteArray("{\n  \"pid\": 1,\n  \"createdAt\": \"\"}");
    QTest::newRow("empty file") << Kind::TokenFile << QByteArray("");
    QTest::newRow("long file") << Kind::PidFile << QByteArray(5000, 'x');
}

// The list says of it, truthfully, number, birth and content, as if it were a lock of ours.
void LockLedgerTest::listThatNamesOtherThings_removesNone()
{
    QFETCH(const Kind, kind);
    QFETCH(const QByteArray, content);
    struct Held final : tools::ToolLock {
        [[nodiscard]] bool isOurs() const override { return true; }
        [[nodiscard]] bool touch() override { return true; }
    };
    const bool isDirectory = kind == Kind::Directory;
    if (isDirectory) {
        QVERIFY(QDir().mkdir(path()));
        write(path() + QStringLiteral("/thesis.txt"), "my only copy");
    } else {
        write(path(), content);
    }
    const pid_t child = fork();
    if (child == 0) {
        const auto kept = ledger();
        _exit(kept->removeOrphans() && kept->note(spec(kind), Held()) > 0 ? 0 : 1);
    }
    int ended = 0;
    QCOMPARE(waitpid(child, &ended, 0), child);
    QCOMPARE(read(file()).contains("tool.lock"), content.size() < 4096); // a long one is not even noted
    const timespec longAgo[] = {{.tv_sec = 1, .tv_nsec = 0}, {.tv_sec = 1, .tv_nsec = 0}};
    const QByteArray around = QFile::encodeName(m_directory->path());
    QCOMPARE(utimensat(AT_FDCWD, around.constData(), longAgo, 0), 0);
    QVERIFY(ledger()->removeOrphans());
    QVERIFY(QFileInfo::exists(path()));
    struct stat status {};
    QCOMPARE(stat(around.constData(), &status), 0);
    QCOMPARE(status.st_mtim.tv_sec, 1); // nor was it moved and put back
    if (isDirectory)
        QCOMPARE(read(path() + QStringLiteral("/thesis.txt")), QByteArray("my only copy"));
    else
        QCOMPARE(read(path()), content);
}

void LockLedgerTest::list_saysWhatIsHeldNow_andIsOursAlone()
{
    const auto kept = ledger();
    QVERIFY(kept->removeOrphans());
    tools::LockSet set({m_clock, m_random, kept});
    bool isTaken = false;
    set.take({spec(Kind::Directory)}, 1s, [&](const base::Result<void> &taken) { isTaken = taken.has_value(); });
    QVERIFY(isTaken);
    QVERIFY(read(file()).contains("tool.lock"));
    QCOMPARE(QFile::permissions(file()), QFile::Permissions(0x6600));
    set.letGo();
    QVERIFY(!QFileInfo::exists(path()));
    QVERIFY(!read(file()).contains("tool.lock"));
    QCOMPARE(QFileInfo(file()).dir().entryList(QDir::Files), QStringList(QStringLiteral("locks.json")));
}

void LockLedgerTest::lockThatIsNotOursAnyMore_isNotNoted()
{
    struct Lost final : tools::ToolLock {
        [[nodiscard]] bool isOurs() const override { return false; }
        [[nodiscard]] bool touch() override { return false; }
    };
    const auto kept = ledger();
    QVERIFY(kept->removeOrphans());
    QVERIFY(QDir().mkdir(path()));
    QCOMPARE(kept->note(spec(Kind::Directory), Lost()), 0);
    QVERIFY(!read(file()).contains("tool.lock"));
}

QTEST_GUILESS_MAIN(LockLedgerTest)
#include "lockledger.moc"
