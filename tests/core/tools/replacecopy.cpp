// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/replacecopy.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fakes/faultycalls.h"
#include "fakes/lockingtool.h"
#include "faults/failingdisk.h"
#include "tools/locks/toollock.h"

using namespace keytender;
using namespace std::chrono_literals;
using tools::CopyWriter;
using tools::LockSpec;
using tools::ReplacementState;

Q_DECLARE_METATYPE(keytender::base::ErrorKind)
Q_DECLARE_METATYPE(keytender::tools::LockSpec::Kind)

namespace {

const QByteArray before =
    "{\r\n  \"other\": {\"access\":\"o\", \"big\": 12345678901234567890},\r\n  \"main\": {\"access\":\"a1\","
    "\"refresh\":\"r1\",\"x\":1,\"account\":\"ann\"}\r\n}\r\n";
const QByteArray after =
    "{\r\n  \"other\": {\"access\":\"o\", \"big\": 12345678901234567890},\r\n  \"main\": {\"access\":\"a2\","
    "\"refresh\":\"r2\",\"x\":1,\"account\":\"ann\"}\r\n}\r\n";

} // namespace

class ReplaceCopyTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(base::initializeCrypto());
        m_tokens.accessToken = base::Secret::copyOf("a2");
        m_tokens.refreshToken = base::Secret::copyOf("r2");
        m_account.id = QStringLiteral("ann");
    }
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        m_tool = std::make_unique<fakes::LockingTool>();
        m_place = {};
        m_place.path = at("auth.json");
        m_kept.clear();
        m_mayReplace = [](const tools::CopyReading &reading) {
            return reading.credential && reading.credential->tokens.refreshToken.expose() == "r1";
        };
        m_keep = {};
        write("auth.json", before);
    }
    void cleanup() { fakes::answerTo() = nullptr; }

    void copyThatHoldsWhatWasSpent_isReplacedByteExactly();
    void copyThatHoldsItAlready_isLeftAlone();
    void copyThatHoldsSomethingElse_isLeftAlone_data();
    void copyThatHoldsSomethingElse_isLeftAlone();
    void unreadableCopy_isAnErrorAndStays_data();
    void unreadableCopy_isAnErrorAndStays();
    void halfWrittenCopy_isLookedAtAgain();
    void rewrittenBeforeTheRename_isJudgedAnew();
    void rewrittenAllTheTime_isGivenUp();
    void bytesBefore_areKeptAndMayStopIt();
    void whatTheToolWouldNotRead_isNotWritten();
    void reader_getsTheAccessTokenAlone();
    void writeLock_isHeldAroundIt_data();
    void writeLock_isHeldAroundIt();
    void writeLockOfSomebodyElse_isAnErrorAndNothingIsWritten();
    void lockTakenOverBeforeTheRename_isNotWritten();
    void allLocks_areTakenOrNothingIsWritten();
    void lockOfTheWrongKind_isAnError();
    void link_isKeptOrReplacedAsTheToolDoes_data();
    void link_isKeptOrReplacedAsTheToolDoes();
    void hardLink_isRefused();
    void mode_isTheToolsOwn_data();
    void mode_isTheToolsOwn();
    void diskThatFailsAnywhere_leavesTheOldOrTheNewOne_data();
    void diskThatFailsAnywhere_leavesTheOldOrTheNewOne();
    void readOnlyDirectory_isAnError();
    void fileMountedByItself_isAnErrorThatSaysSo();
    void leftoverOfAKilledWrite_isSweptWhenItIsOld();
    void companions_areWrittenUnderTheirOwnLocks();
    void killedAnywhere_leavesTheOldOrTheNewOne();

private:
    [[nodiscard]] QString at(const char *name) const { return m_directory->path() + u'/' + QString::fromLatin1(name); }
    void write(const char *name, const QByteArray &bytes, mode_t mode = 0600) const
    {
        const int file = open(QFile::encodeName(at(name)).constData(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
        QVERIFY(file >= 0);
        QCOMPARE(::write(file, bytes.constData(), size_t(bytes.size())), ssize_t(bytes.size()));
        fchmod(file, mode);
        close(file);
    }
    [[nodiscard]] QByteArray content(const char *name = "auth.json") const
    {
        QFile file(at(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(none)");
    }
    [[nodiscard]] mode_t modeOf(const char *name) const
    {
        struct stat status {};
        return lstat(QFile::encodeName(at(name)).constData(), &status) == 0 ? status.st_mode & 07777 : 0;
    }
    [[nodiscard]] QStringList names() const
    {
        return QDir(m_directory->path())
            .entryList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden | QDir::System);
    }
    [[nodiscard]] tools::Replacement replacement() const
    {
        return {.tool = *m_tool,
                .place = m_place,
                .slot = m_slot,
                .successor = {.tokens = m_tokens, .account = m_account, .acquiredAt = {}},
                .mayReplace = m_mayReplace,
                .keepBefore = m_keep};
    }
    base::Result<ReplacementState> replace() { return tools::replaceCopy(replacement(), {m_random, m_clock, {}}); }
    [[nodiscard]] LockSpec lock(LockSpec::Kind kind, LockSpec::Span span = LockSpec::Span::Write) const
    {
        return {.kind = kind, .span = span, .path = at("auth.json.lock"), .stale = 10s};
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<fakes::LockingTool> m_tool;
    tools::CopyPlace m_place;
    const QString m_slot = QStringLiteral("main");
    profile::TokenSet m_tokens;
    profile::Account m_account;
    std::function<bool(const tools::CopyReading &)> m_mayReplace;
    std::function<base::Result<void>(const base::Secret &)> m_keep;
    QByteArrayList m_kept;
    base::SystemClock m_clock;
    base::SystemRandom m_random;
};

void ReplaceCopyTest::copyThatHoldsWhatWasSpent_isReplacedByteExactly() // INV-5, INV-7
{
    const auto state = replace();
    QVERIFY2(state, state ? "" : qPrintable(base::describe(state.error())));
    QCOMPARE(*state, ReplacementState::Replaced);
    QCOMPARE(content(), after);
    QCOMPARE(names(), QStringList(QStringLiteral("auth.json")));
}

void ReplaceCopyTest::copyThatHoldsItAlready_isLeftAlone()
{
    write("auth.json", after);
    const quint64 inode = QFileInfo(m_place.path).size();
    const auto state = replace();
    QVERIFY(state);
    QCOMPARE(*state, ReplacementState::AlreadyThere);
    QCOMPARE(content(), after);
    QCOMPARE(quint64(QFileInfo(m_place.path).size()), inode);
}

void ReplaceCopyTest::copyThatHoldsSomethingElse_isLeftAlone_data()
{
    QTest::addColumn<QByteArray>("there");
    QTest::newRow("another token") << QByteArray(R"({"main":{"access":"b","refresh":"rB"}})");
    QTest::newRow("blanked") << QByteArray(R"({"main":{"access":"","refresh":""}})"); // F-14
    QTest::newRow("signed out") << QByteArray(R"({"other":{"access":"o"}})");         // F-13
    QTest::newRow("no file") << QByteArray();
}

void ReplaceCopyTest::copyThatHoldsSomethingElse_isLeftAlone()
{
    QFETCH(const QByteArray, there);
    if (there.isEmpty())
        QVERIFY(QFile::remove(m_place.path));
    else
        write("auth.json", there);
    const auto state = replace();
    QVERIFY(state);
    QCOMPARE(*state, ReplacementState::ChangedMeanwhile);
    QCOMPARE(content(), there.isEmpty() ? QByteArray("(none)") : there);
}

void ReplaceCopyTest::unreadableCopy_isAnErrorAndStays_data()
{
    QTest::addColumn<QByteArray>("there");
    QTest::newRow("empty") << QByteArray("");
    QTest::newRow("cut off") << before.first(60);
    QTest::newRow("damaged") << QByteArray("{\"main\": x}");
    QTest::newRow("a key stands twice") << QByteArray(R"({"main":{"access":"a1","access":"a3","refresh":"r1"}})");
    QTest::newRow("two logins of one name") << QByteArray(R"({"main":{"refresh":"r1"},"main":{"refresh":"r1"}})");
}

void ReplaceCopyTest::unreadableCopy_isAnErrorAndStays() // F-11, F-12
{
    QFETCH(const QByteArray, there);
    write("auth.json", there);
    const auto state = replace();
    QVERIFY(!state || *state == ReplacementState::ChangedMeanwhile);
    QCOMPARE(content(), there);
    QCOMPARE(names(), QStringList(QStringLiteral("auth.json")));
}

void ReplaceCopyTest::halfWrittenCopy_isLookedAtAgain() // F-11
{
    write("auth.json", before.first(60));
    int opened = 0;
    fakes::answerTo() = [&](const std::string &call) {
        if (call == "open" && ++opened == 2) {
            fakes::answerTo() = nullptr;
            write("auth.json", before);
        }
        return fakes::Answer();
    };
    const auto state = replace();
    QVERIFY(state);
    QCOMPARE(*state, ReplacementState::Replaced);
    QCOMPARE(content(), after);
}

void ReplaceCopyTest::rewrittenBeforeTheRename_isJudgedAnew() // F-85
{
    // Harmless: it holds what was spent still, but more beside it.
    QByteArray more = before;
    more.replace("\"x\":1", "\"x\":2");
    m_keep = [&](const base::Secret &) {
        m_keep = {};
        write("auth.json", more);
        return base::Result<void>();
    };
    const auto harmless = replace();
    QVERIFY(harmless);
    QCOMPARE(*harmless, ReplacementState::Replaced);
    QCOMPARE(content(), QByteArray(after).replace("\"x\":1", "\"x\":2"));

    // Another account's login: it is theirs.
    init();
    m_keep = [&](const base::Secret &) {
        write("auth.json", R"({"main":{"access":"b","refresh":"rB"}})");
        return base::Result<void>();
    };
    const auto other = replace();
    QVERIFY(other);
    QCOMPARE(*other, ReplacementState::ChangedMeanwhile);
    QCOMPARE(content(), QByteArray(R"({"main":{"access":"b","refresh":"rB"}})"));
    QCOMPARE(names(), QStringList(QStringLiteral("auth.json")));
}

void ReplaceCopyTest::rewrittenAllTheTime_isGivenUp()
{
    int times = 0;
    m_keep = [&](const base::Secret &) {
        write("auth.json", QByteArray(before).replace("\"x\":1", "\"x\":" + QByteArray::number(++times)));
        return base::Result<void>();
    };
    write("auth.json", QByteArray(before).replace("\"x\":1", "\"x\":0"));
    const auto state = replace();
    QVERIFY(!state);
    QCOMPARE(times, 3);
    QVERIFY(content().contains("\"refresh\":\"r1\""));
    QCOMPARE(names(), QStringList(QStringLiteral("auth.json")));
}

void ReplaceCopyTest::bytesBefore_areKeptAndMayStopIt()
{
    QByteArray kept;
    m_keep = [&](const base::Secret &bytes) {
        kept = QByteArray(bytes.expose().data(), qsizetype(bytes.size()));
        return base::Result<void>(base::unexpected(base::errorFromErrno(ENOSPC, QStringLiteral("backup"))));
    };
    const auto stopped = replace();
    QVERIFY(!stopped);
    QCOMPARE(stopped.error().kind, base::ErrorKind::StorageFull);
    QCOMPARE(content(), before);
    QCOMPARE(kept, before);
    QCOMPARE(names(), QStringList(QStringLiteral("auth.json")));
}

void ReplaceCopyTest::whatTheToolWouldNotRead_isNotWritten()
{
    m_tool->writes.garbles = true;
    const auto state = replace();
    QVERIFY(!state);
    QCOMPARE(content(), before);
}

void ReplaceCopyTest::reader_getsTheAccessTokenAlone() // F-94
{
    const base::Secret kept = std::move(m_tokens.refreshToken);
    m_tokens.refreshToken = {};
    write("auth.json", R"({"main":{"access":"a1"}})");
    m_mayReplace = [](const tools::CopyReading &) { return true; };
    const auto state = replace();
    m_tokens.refreshToken = kept.clone();
    QVERIFY(state);
    QCOMPARE(*state, ReplacementState::Replaced);
    QCOMPARE(content(), QByteArray(R"({"main":{"access":"a2"}})"));
}

void ReplaceCopyTest::writeLock_isHeldAroundIt_data()
{
    QTest::addColumn<LockSpec::Kind>("kind");
    QTest::newRow("directory") << LockSpec::Kind::Directory;
    QTest::newRow("flock") << LockSpec::Kind::Flock;
    QTest::newRow("pid file") << LockSpec::Kind::PidFile;
    QTest::newRow("token file") << LockSpec::Kind::TokenFile;
}

void ReplaceCopyTest::writeLock_isHeldAroundIt()
{
    QFETCH(const LockSpec::Kind, kind);
    m_tool->writes.locks = {lock(kind)};
    bool wasHeld = false;
    m_keep = [&](const base::Secret &) {
        wasHeld = !tools::takeToolLock(lock(kind), {m_clock, m_random});
        return base::Result<void>();
    };
    const auto state = replace();
    QVERIFY(state);
    QCOMPARE(*state, ReplacementState::Replaced);
    QVERIFY(wasHeld);
    QVERIFY(tools::takeToolLock(lock(kind), {m_clock, m_random})); // and let go
}

void ReplaceCopyTest::writeLockOfSomebodyElse_isAnErrorAndNothingIsWritten()
{
    m_tool->writes.locks = {lock(LockSpec::Kind::Directory)};
    const auto other = tools::takeToolLock(lock(LockSpec::Kind::Directory), {m_clock, m_random});
    const auto state = replace();
    QVERIFY(!state);
    QCOMPARE(state.error().kind, base::ErrorKind::Locked);
    QCOMPARE(content(), before);
    QVERIFY((*other)->isOurs());
}

void ReplaceCopyTest::lockTakenOverBeforeTheRename_isNotWritten() // F-06
{
    m_tool->writes.locks = {lock(LockSpec::Kind::Directory)};
    m_keep = [&](const base::Secret &) {
        QDir().rmdir(at("auth.json.lock"));
        QDir().mkdir(at("auth.json.lock"));
        return base::Result<void>();
    };
    const auto state = replace();
    QVERIFY(!state);
    QCOMPARE(content(), before);
    QVERIFY(QFileInfo::exists(at("auth.json.lock")));
}

void ReplaceCopyTest::allLocks_areTakenOrNothingIsWritten()
{
    LockSpec refresh = lock(LockSpec::Kind::Flock, LockSpec::Span::Refresh);
    refresh.path = at("refresh.lock");
    m_tool->writes.locks = {refresh, lock(LockSpec::Kind::Flock)};
    auto other = tools::takeToolLock(refresh, {m_clock, m_random});
    tools::Replacement all = replacement();
    all.locks = tools::Replacement::Locks::All;
    const auto refused = tools::replaceCopy(all, {m_random, m_clock, {}});
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, base::ErrorKind::Locked);
    QCOMPARE(content(), before);
    QVERIFY(replace()); // who renews holds that one already
    QCOMPARE(content(), after);
}

void ReplaceCopyTest::lockOfTheWrongKind_isAnError()
{
    m_tool->writes.locks = {lock(LockSpec::Kind::PidFile)};
    QVERIFY(QDir().mkdir(at("auth.json.lock")));
    const auto state = replace();
    QVERIFY(!state);
    QCOMPARE(state.error().kind, base::ErrorKind::NotAFile);
    QCOMPARE(state.error().subject, at("auth.json.lock"));
    QCOMPARE(content(), before);
}

void ReplaceCopyTest::link_isKeptOrReplacedAsTheToolDoes_data()
{
    QTest::addColumn<CopyWriter::LinkHabit>("habit");
    QTest::newRow("follows") << CopyWriter::LinkHabit::Follow;
    QTest::newRow("replaces") << CopyWriter::LinkHabit::Replace;
}

void ReplaceCopyTest::link_isKeptOrReplacedAsTheToolDoes() // S-04, F-90
{
    QFETCH(const CopyWriter::LinkHabit, habit);
    m_tool->writes.habit = habit;
    QVERIFY(QDir().mkdir(at("real")));
    QVERIFY(QFile::rename(m_place.path, at("real/auth.json")));
    QVERIFY(QFile::link(QStringLiteral("real/auth.json"), at("second")));
    QVERIFY(QFile::link(QStringLiteral("second"), m_place.path));
    const auto state = replace();
    QVERIFY(state);
    QCOMPARE(*state, ReplacementState::Replaced);
    QCOMPARE(content(), after);
    const bool follows = habit == CopyWriter::LinkHabit::Follow;
    QCOMPARE(QFileInfo(m_place.path).isSymLink(), follows);
    QVERIFY(QFileInfo(at("second")).isSymLink());
    QCOMPARE(content("real/auth.json"), follows ? after : before);
    QCOMPARE(QDir(at("real")).entryList(QDir::Files | QDir::Hidden), QStringList(QStringLiteral("auth.json")));
}

void ReplaceCopyTest::hardLink_isRefused() // S-03
{
    QCOMPARE(link(QFile::encodeName(m_place.path).constData(), QFile::encodeName(at("second")).constData()), 0);
    const auto state = replace();
    QVERIFY(!state);
    QCOMPARE(state.error().kind, base::ErrorKind::Unsafe);
    QCOMPARE(content("second"), before);
}

void ReplaceCopyTest::mode_isTheToolsOwn_data()
{
    QTest::addColumn<uint>("modeBefore");
    QTest::addColumn<int>("given"); // -1 = as it was
    QTest::addColumn<uint>("after");
    QTest::newRow("0644 stays") << 0644u << -1 << 0644u;
    QTest::newRow("0600 stays") << 0600u << -1 << 0600u;
    QTest::newRow("0640 becomes 0600") << 0640u << 0600 << 0600u;
}

void ReplaceCopyTest::mode_isTheToolsOwn()
{
    QFETCH(const uint, modeBefore);
    QFETCH(const int, given);
    if (given >= 0)
        m_tool->writes.mode = mode_t(given);
    write("auth.json", before, modeBefore);
    QVERIFY(replace());
    QTEST(uint(modeOf("auth.json")), "after");
}

void ReplaceCopyTest::diskThatFailsAnywhere_leavesTheOldOrTheNewOne_data()
{
    QTest::addColumn<int>("error");
    QTest::newRow("full") << ENOSPC;
    QTest::newRow("over quota") << EDQUOT;
    QTest::newRow("broken") << EIO;
    QTest::newRow("read-only") << EROFS;
    QTest::newRow("not ours to write") << EACCES;
}

void ReplaceCopyTest::diskThatFailsAnywhere_leavesTheOldOrTheNewOne()
{
    QFETCH(const int, error);
    m_tool->writes.locks = {lock(LockSpec::Kind::Flock)};
    int failures = 0;
    for (int call = 1;; ++call) {
        write("auth.json", before);
        base::Result<ReplacementState> state = base::unexpected(base::Error());
        bool hasHit = false;
        {
            const tests::FailingDisk disk({.call = call, .error = error});
            state = replace();
            hasHit = disk.hasHit();
        }
        if (!hasHit)
            break;
        QVERIFY(content() == before || content() == after);
        if (state && *state == ReplacementState::Replaced)
            QCOMPARE(content(), after);
        failures += state ? 0 : 1;
        QVERIFY2(names().filter(QStringLiteral("keytender")).size() <= 1, qPrintable(names().join(u' ')));
        for (const QString &left : names().filter(QStringLiteral("keytender"))) // its removal was what failed
            QVERIFY(QFile::remove(at(left.toLatin1().constData())));
    }
    QVERIFY(failures > 5);
}

void ReplaceCopyTest::readOnlyDirectory_isAnError()
{
    const QByteArray directory = QFile::encodeName(m_directory->path());
    const uid_t us = geteuid();
    if (us == 0) // who may write everywhere; so the file goes to somebody else
        QCOMPARE(chown(QFile::encodeName(m_place.path).constData(), 65534, gid_t(-1)), 0);
    QCOMPARE(chmod(directory.constData(), 0555), 0);
    QVERIFY(us != 0 || seteuid(65534) == 0);
    const auto state = replace();
    QCOMPARE(seteuid(us), 0);
    QCOMPARE(chmod(directory.constData(), 0700), 0);
    QVERIFY(!state);
    QCOMPARE(state.error().kind, base::ErrorKind::PermissionDenied);
    QCOMPARE(content(), before);
}

// In a child with mounts of its own; what it finds is its exit code.
void ReplaceCopyTest::fileMountedByItself_isAnErrorThatSaysSo() // F-91
{
    const uid_t us = geteuid();
    const pid_t child = fork();
    if (child == 0) {
        if (unshare(us == 0 ? CLONE_NEWNS : CLONE_NEWNS | CLONE_NEWUSER) != 0)
            _exit(2);
        if (us != 0) {
            QFile map(QStringLiteral("/proc/self/uid_map"));
            const QByteArray line = QByteArray::number(us) + ' ' + QByteArray::number(us) + " 1";
            if (!map.open(QIODevice::WriteOnly | QIODevice::Unbuffered) || map.write(line) != line.size())
                _exit(2);
        }
        const QByteArray path = QFile::encodeName(m_place.path);
        if (mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0
            || mount(path.constData(), path.constData(), nullptr, MS_BIND, nullptr) != 0)
            _exit(2);
        const auto state = replace();
        const bool isRight = !state && state.error().kind == base::ErrorKind::Unavailable
                             && state.error().detail.contains(QStringLiteral("mounted")) && content() == before
                             && names() == QStringList(QStringLiteral("auth.json"));
        _exit(isRight ? 0 : 1);
    }
    int status = 0;
    QCOMPARE(waitpid(child, &status, 0), child);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 2)
        QSKIP("this machine allows no mounts of one's own (unshare)");
    QVERIFY(WIFEXITED(status));
    QCOMPARE(WEXITSTATUS(status), 0);
    QCOMPARE(content(), before);
}

void ReplaceCopyTest::leftoverOfAKilledWrite_isSweptWhenItIsOld()
{
    const char *old = ".keytender-copy-0123456789abcdef0123456789abcdef";
    const char *young = ".keytender-copy-1123456789abcdef0123456789abcdef";
    write(old, "x");
    write(young, "x");
    const timespec times[] = {{.tv_sec = 1'700'000'000, .tv_nsec = 0}, {.tv_sec = 1'700'000'000, .tv_nsec = 0}};
    QCOMPARE(utimensat(AT_FDCWD, QFile::encodeName(at(old)).constData(), times, 0), 0);
    QVERIFY(replace());
    QVERIFY(!QFileInfo::exists(at(old)));
    QVERIFY(QFileInfo::exists(at(young)));
}

void ReplaceCopyTest::companions_areWrittenUnderTheirOwnLocks()
{
    write("config.json", "old", 0640);
    m_place.companions = QStringList{at("config.json")};
    m_tool->writes.beside.push_back(
        {at("config.json"), {lock(LockSpec::Kind::Directory)}, base::Secret::copyOf("new")});
    const tools::Fetched there{.content = base::FileContent{base::Secret::copyOf("x"), {}}, .companions = {}};
    auto other = tools::takeToolLock(lock(LockSpec::Kind::Directory), {m_clock, m_random});
    const auto locked = tools::replaceCompanions(replacement(), there, {m_random, m_clock, {}});
    QVERIFY(!locked);
    QCOMPARE(locked.error().kind, base::ErrorKind::Locked);
    QCOMPARE(content("config.json"), QByteArray("old"));
    other->reset();
    QVERIFY(tools::replaceCompanions(replacement(), there, {m_random, m_clock, {}}));
    QCOMPARE(content("config.json"), QByteArray("new"));
    QCOMPARE(modeOf("config.json"), mode_t(0640));
    QCOMPARE(names(), QStringList({QStringLiteral("auth.json"), QStringLiteral("config.json")}));
}

// F-89: killed at each call that touches the disk, in a child.
void ReplaceCopyTest::killedAnywhere_leavesTheOldOrTheNewOne()
{
    m_tool->writes.locks = {lock(LockSpec::Kind::PidFile)};
    int killed = 0;
    for (int call = 1;; ++call) {
        write("auth.json", before);
        const pid_t child = fork();
        if (child == 0) {
            int asked = 0;
            fakes::answerTo() = [&](const std::string &) {
                if (++asked == call)
                    ::kill(getpid(), SIGKILL);
                return fakes::Answer();
            };
            (void)replace();
            _exit(0);
        }
        int status = 0;
        QCOMPARE(waitpid(child, &status, 0), child);
        QVERIFY(content() == before || content() == after);
        // The next one is not held up by what is left, and comes to the same end.
        const auto state = replace();
        QVERIFY2(state, state ? "" : qPrintable(base::describe(state.error())));
        QCOMPARE(content(), after);
        if (WIFEXITED(status))
            break;
        ++killed;
    }
    QVERIFY(killed > 10);
}

QTEST_GUILESS_MAIN(ReplaceCopyTest)
#include "replacecopy.moc"
