// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// What happens when the system fails us, or power is cut, in the middle of writing or reading. This program defines the
// calls that touch the disk itself, so that the linker takes them instead of the C library's.

#include <cerrno>
#include <cstdarg>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/durablefile.h"

using namespace keytender::base;

namespace {

struct Answer {
    bool isReal = true;          // the call goes to the system
    int error = 0;               // else: 0 or the errno it fails with
    std::size_t most = SIZE_MAX; // bytes that a read or a write may move
};

// Asked before each call while set; the name of the call is "openat", "write", "fsync file", "fsync directory" ...
std::function<Answer(const std::string &call)> &answerTo()
{
    static std::function<Answer(const std::string &)> instance;
    return instance;
}

struct Creation {
    int flags = 0;
    mode_t mode = 0;
};

Creation &lastCreation()
{
    static Creation instance;
    return instance;
}

Answer ask(const std::string &call)
{
    return answerTo() ? answerTo()(call) : Answer();
}

int failed(const Answer &answer)
{
    errno = answer.error;
    return answer.error == 0 ? 0 : -1;
}

bool isDirectory(int descriptor)
{
    struct stat status {};
    return fstat(descriptor, &status) == 0 && S_ISDIR(status.st_mode);
}

} // namespace

// NOLINTBEGIN(readability-inconsistent-declaration-parameter-name): the C library's names are reserved for it.
extern "C" {

int fsync(int descriptor)
{
    const Answer answer = ask(isDirectory(descriptor) ? "fsync directory" : "fsync file");
    return answer.isReal ? static_cast<int>(syscall(SYS_fsync, descriptor)) : failed(answer);
}

ssize_t write(int descriptor, const void *bytes, size_t size)
{
    const Answer answer = ask("write");
    return answer.isReal ? syscall(SYS_write, descriptor, bytes, std::min(size, answer.most)) : failed(answer);
}

ssize_t read(int descriptor, void *bytes, size_t size)
{
    const Answer answer = ask("read");
    return answer.isReal ? syscall(SYS_read, descriptor, bytes, std::min(size, answer.most)) : failed(answer);
}

int close(int descriptor)
{
    const bool wasWritten = (fcntl(descriptor, F_GETFL) & O_ACCMODE) == O_WRONLY;
    const Answer answer = ask(wasWritten ? "close written" : "close");
    const int outcome = static_cast<int>(syscall(SYS_close, descriptor)); // it is closed even if that fails
    return answer.isReal ? outcome : failed(answer);
}

int renameat(int fromDirectory, const char *from, int toDirectory, const char *to) noexcept
{
    const Answer answer = ask("renameat");
    return answer.isReal ? static_cast<int>(syscall(SYS_renameat, fromDirectory, from, toDirectory, to))
                         : failed(answer);
}

int openat(int directory, const char *path, int flags, ...)
{
    va_list arguments;
    va_start(arguments, flags);
    // NOLINTNEXTLINE(clang-analyzer-valist.Uninitialized): it is, one line above; version 14 does not see it.
    const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(arguments, mode_t) : 0;
    va_end(arguments);
    if ((flags & O_CREAT) != 0)
        lastCreation() = {flags, mode};
    const Answer answer = (flags & O_CREAT) != 0 ? ask("create") : Answer();
    return answer.isReal ? static_cast<int>(syscall(SYS_openat, directory, path, flags, mode)) : failed(answer);
}
}
// NOLINTEND(readability-inconsistent-declaration-parameter-name)

class FileFaultsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(initializeCrypto()); }
    void init();
    void cleanup();

    void write_createsPrivatelyAndExclusively();
    void write_syncsBeforeItRenames_andTheDirectoryAfter();
    void write_failingStep_keepsTheOldFileAndLeavesNothing_data();
    void write_failingStep_keepsTheOldFileAndLeavesNothing();
    void write_unsyncedDirectory_isNotWritten();
    void write_directoryThatCannotBeSynced_isFine();
    void write_interruptedAndShort_arrivesWhole();
    void write_killedAtEveryStep_leavesOldOrNew();
    void remove_unsyncedDirectory_isNotRemoved();
    void prepareDirectory_unsyncedParent_isNotMade();
    void readFile_interruptedAndShort_arrivesWhole();
    void readFile_failing_isAnError();
    void readFile_changedMeanwhile_isIncomplete_data();
    void readFile_changedMeanwhile_isIncomplete();

private:
    [[nodiscard]] QString path() const { return m_home->filePath(QStringLiteral("a")); }
    [[nodiscard]] QByteArray content() const;
    [[nodiscard]] QStringList entries() const;
    [[nodiscard]] DurableFile files() { return DurableFile(m_home->path(), m_random); }
    [[nodiscard]] Result<void> rewrite() { return files().write(QStringLiteral("a"), "the new content"); }

    std::unique_ptr<QTemporaryDir> m_home;
    SystemRandom m_random;
};

void FileFaultsTest::init()
{
    m_home = std::make_unique<QTemporaryDir>();
    QVERIFY(files().write(QStringLiteral("a"), "old"));
}

void FileFaultsTest::cleanup()
{
    answerTo() = nullptr;
    m_home.reset();
}

QByteArray FileFaultsTest::content() const
{
    QFile file(path());
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(unreadable)");
}

QStringList FileFaultsTest::entries() const
{
    return QDir(m_home->path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
}

void FileFaultsTest::write_createsPrivatelyAndExclusively()
{
    QVERIFY(rewrite());
    QCOMPARE(lastCreation().mode, mode_t(0600)); // from the first moment on, not after a chmod
    constexpr int wanted = O_EXCL | O_NOFOLLOW | O_CLOEXEC;
    QCOMPARE(lastCreation().flags & wanted, wanted);
    QCOMPARE(lastCreation().flags & O_TRUNC, 0);
}

void FileFaultsTest::write_syncsBeforeItRenames_andTheDirectoryAfter()
{
    std::vector<std::string> calls;
    answerTo() = [&calls](const std::string &call) {
        if (call != "close")
            calls.push_back(call);
        return Answer();
    };
    const auto written = rewrite();
    answerTo() = nullptr;
    QVERIFY(written);
    const std::vector<std::string> expected{"create",        "write",    "fsync file",
                                            "close written", "renameat", "fsync directory"};
    QVERIFY(calls == expected);
}

void FileFaultsTest::write_failingStep_keepsTheOldFileAndLeavesNothing_data()
{
    QTest::addColumn<QByteArray>("step");
    QTest::addColumn<int>("error");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("no room for a name") << QByteArray("create") << ENOSPC << ErrorKind::StorageFull;
    QTest::newRow("read-only") << QByteArray("create") << EROFS << ErrorKind::ReadOnly;
    QTest::newRow("no room") << QByteArray("write") << ENOSPC << ErrorKind::StorageFull;
    QTest::newRow("quota") << QByteArray("write") << EDQUOT << ErrorKind::StorageFull;
    QTest::newRow("broken disk") << QByteArray("write") << EIO << ErrorKind::Io;
    QTest::newRow("sync fails") << QByteArray("fsync file") << EIO << ErrorKind::Io;
    QTest::newRow("sync finds no room") << QByteArray("fsync file") << ENOSPC << ErrorKind::StorageFull;
    QTest::newRow("closing fails") << QByteArray("close written") << EIO << ErrorKind::Io;
    QTest::newRow("rename fails") << QByteArray("renameat") << EIO << ErrorKind::Io;
    QTest::newRow("a mount point") << QByteArray("renameat") << EBUSY << ErrorKind::Io;
}

void FileFaultsTest::write_failingStep_keepsTheOldFileAndLeavesNothing()
{
    QFETCH(const QByteArray, step);
    QFETCH(const int, error);
    QFETCH(const ErrorKind, kind);
    int asked = 0;
    answerTo() = [&](const std::string &call) {
        return call == step.toStdString() && asked++ == 0 ? Answer{.isReal = false, .error = error} : Answer();
    };
    const auto written = rewrite();
    answerTo() = nullptr;
    QVERIFY(!written);
    QCOMPARE(written.error().kind, kind);
    QCOMPARE(written.error().subject, path());
    QCOMPARE(asked, 1); // and not tried again on the same descriptor
    QCOMPARE(content(), QByteArray("old"));
    QCOMPARE(entries(), QStringList{QStringLiteral("a")});
}

void FileFaultsTest::write_unsyncedDirectory_isNotWritten()
{
    answerTo() = [](const std::string &call) {
        return call == "fsync directory" ? Answer{.isReal = false, .error = EIO} : Answer();
    };
    const auto written = rewrite();
    answerTo() = nullptr;
    QVERIFY(!written);
    QCOMPARE(written.error().kind, ErrorKind::Io);
    QCOMPARE(entries(), QStringList{QStringLiteral("a")});
}

void FileFaultsTest::write_directoryThatCannotBeSynced_isFine()
{
    answerTo() = [](const std::string &call) {
        return call == "fsync directory" ? Answer{.isReal = false, .error = EINVAL} : Answer();
    };
    const auto written = rewrite();
    answerTo() = nullptr;
    QVERIFY(written);
    QCOMPARE(content(), QByteArray("the new content"));
}

void FileFaultsTest::write_interruptedAndShort_arrivesWhole()
{
    int asked = 0;
    answerTo() = [&](const std::string &call) {
        if (call != "write")
            return Answer();
        return ++asked % 3 == 0 ? Answer{.isReal = false, .error = EINTR} : Answer{.most = 1};
    };
    const auto written = rewrite();
    answerTo() = nullptr;
    QVERIFY(written);
    QVERIFY(asked > 15);
    QCOMPARE(content(), QByteArray("the new content"));
}

void FileFaultsTest::write_killedAtEveryStep_leavesOldOrNew()
{
    bool hasFinished = false;
    bool sawOld = false;
    for (int step = 1; !hasFinished; ++step) {
        QVERIFY(step < 100);
        QVERIFY(files().write(QStringLiteral("a"), "old"));
        const pid_t child = fork();
        if (child == 0) {
            int asked = 0;
            answerTo() = [&](const std::string &call) {
                if (++asked == step)
                    _exit(9);
                return call == "write" ? Answer{.most = 4} : Answer();
            };
            _exit(rewrite() ? 0 : 1);
        }
        int status = 0;
        QCOMPARE(waitpid(child, &status, 0), child);
        QVERIFY(WIFEXITED(status));
        hasFinished = WEXITSTATUS(status) == 0;
        QVERIFY(hasFinished || WEXITSTATUS(status) == 9);
        QVERIFY2(content() == "old" || content() == "the new content", content().constData());
        sawOld = sawOld || content() == "old";
        files().sweepLeftovers();
        QCOMPARE(entries(), QStringList{QStringLiteral("a")});
    }
    QVERIFY(sawOld);
    QCOMPARE(content(), QByteArray("the new content"));
}

void FileFaultsTest::remove_unsyncedDirectory_isNotRemoved()
{
    answerTo() = [](const std::string &call) {
        return call == "fsync directory" ? Answer{.isReal = false, .error = EIO} : Answer();
    };
    QVERIFY(!files().remove(QStringLiteral("a")));
    QVERIFY(!files().remove(QStringLiteral("a"))); // gone by now, but still not for certain
    answerTo() = nullptr;
    QVERIFY(files().remove(QStringLiteral("a")));
}

void FileFaultsTest::prepareDirectory_unsyncedParent_isNotMade()
{
    answerTo() = [](const std::string &call) {
        return call == "fsync directory" ? Answer{.isReal = false, .error = EIO} : Answer();
    };
    const auto prepared = DurableFile(m_home->filePath(QStringLiteral("b/c")), m_random).prepareDirectory();
    answerTo() = nullptr;
    QVERIFY(!prepared);
    QCOMPARE(prepared.error().kind, ErrorKind::Io);
}

void FileFaultsTest::readFile_interruptedAndShort_arrivesWhole()
{
    int asked = 0;
    answerTo() = [&](const std::string &call) {
        if (call != "read")
            return Answer();
        return ++asked % 2 == 0 ? Answer{.isReal = false, .error = EINTR} : Answer{.most = 1};
    };
    const auto read = readFile(path(), {.owner = geteuid()});
    answerTo() = nullptr;
    QVERIFY(read);
    QVERIFY(read->bytes.expose() == "old");
}

void FileFaultsTest::readFile_failing_isAnError()
{
    answerTo() = [](const std::string &call) {
        return call == "read" ? Answer{.isReal = false, .error = EIO} : Answer();
    };
    const auto read = readFile(path(), {.owner = geteuid()});
    answerTo() = nullptr;
    QVERIFY(!read);
    QCOMPARE(read.error().kind, ErrorKind::Io);
}

void FileFaultsTest::readFile_changedMeanwhile_isIncomplete_data()
{
    QTest::addColumn<int>("flags");
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("grows") << (O_WRONLY | O_APPEND) << QByteArray("more");
    QTest::newRow("is emptied") << (O_WRONLY | O_TRUNC) << QByteArray();
    QTest::newRow("is emptied and filled to the same size") << (O_WRONLY | O_TRUNC) << QByteArray("new");
}

void FileFaultsTest::readFile_changedMeanwhile_isIncomplete()
{
    QFETCH(const int, flags);
    QFETCH(const QByteArray, bytes);
    // The file is old, so that its time of change is seen to move whatever the resolution of the clock.
    const timespec past[2]{{1'700'000'000, 0}, {1'700'000'000, 0}};
    QCOMPARE(utimensat(AT_FDCWD, QFile::encodeName(path()).constData(), past, 0), 0);
    bool isDone = false;
    answerTo() = [&](const std::string &call) {
        if (call == "read" && !std::exchange(isDone, true)) {
            const int other = open(QFile::encodeName(path()).constData(), flags);
            syscall(SYS_write, other, bytes.constData(), bytes.size());
            syscall(SYS_close, other);
        }
        return Answer();
    };
    const auto read = readFile(path(), {.owner = geteuid()});
    answerTo() = nullptr;
    QVERIFY(isDone);
    QVERIFY(!read);
    QCOMPARE(read.error().kind, ErrorKind::Incomplete);
}

QTEST_GUILESS_MAIN(FileFaultsTest)
#include "filefaults.moc"
