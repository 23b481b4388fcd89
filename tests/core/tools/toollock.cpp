// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/locks/toollock.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <functional>
#include <utility>

#include <csignal>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fakes/fakeclock.h"

using namespace keytender;
using namespace std::chrono_literals;
using tools::LockSpec;
using Kind = LockSpec::Kind;

Q_DECLARE_METATYPE(keytender::tools::LockSpec::Kind)
Q_DECLARE_METATYPE(keytender::base::ErrorKind)
Q_DECLARE_METATYPE(std::chrono::milliseconds)

namespace {

QByteArray startTimeOf(pid_t pid)
{
    QFile file(QStringLiteral("/proc/%1/stat").arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray line = file.readAll();
    return line.sliced(line.lastIndexOf(')') + 2).split(' ').value(19);
}

// A process that is over and collected, so that its number is free.
pid_t deadProcess()
{
    const pid_t child = fork();
    if (child == 0)
        _exit(0);
    waitpid(child, nullptr, 0);
    return child;
}

// Names are asked for right before something is moved: the moment in which others may be faster.
class InterruptedRandom final : public base::Random {
public:
    explicit InterruptedRandom(std::function<void()> first) : m_first(std::move(first)) {}
    void fill(std::span<std::byte> bytes) override
    {
        if (const auto first = std::exchange(m_first, nullptr))
            first();
        m_random.fill(bytes);
    }

private:
    std::function<void()> m_first;
    base::SystemRandom m_random;
};

} // namespace

class ToolLockTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        QVERIFY(m_directory->isValid());
        m_clock.wall = fakes::FakeClock().wall;
    }

    void take_ofAFreeLock_isOursUntilLetGo_data() { kinds(); }
    void take_ofAFreeLock_isOursUntilLetGo();
    void take_ofAHeldLock_isLocked_data() { kinds(); }
    void take_ofAHeldLock_isLocked();
    void othersLock_isBrokenByItsKindsRule_data();
    void othersLock_isBrokenByItsKindsRule();
    void pidFile_isBrokenOnlyWhenItsHolderIsGone_data();
    void pidFile_isBrokenOnlyWhenItsHolderIsGone();
    void futureDatedLock_isNamedAndStays_data();
    void futureDatedLock_isNamedAndStays();
    void wrongKind_isNamedAndStays_data();
    void wrongKind_isNamedAndStays();
    void holderKilled_isNotWaitedForLongerThanItsWindow_data() { kinds(); }
    void holderKilled_isNotWaitedForLongerThanItsWindow();
    void takenOver_isNoticedAndLeftAlone_data() { kinds(); }
    void takenOver_isNoticedAndLeftAlone();
    void sleptThrough_isLostAndLeftToOthers_data();
    void sleptThrough_isLostAndLeftToOthers();
    void touch_renewsForOthers_data();
    void touch_renewsForOthers();
    void directoryWithSomethingInIt_isPutBack();
    void pidFile_isWrittenAsOpenClawWritesIt();
    void tokenFile_holdsAUuid();
    void flock_givesItsFileTheModeAsked();
    void sentinel_isMadeAndStays();
    void missingDirectory_isMadeForPidFilesAlone();
    void abandonedLock_takenByAnother_isPutBack_data();
    void abandonedLock_takenByAnother_isPutBack();
    void abandonedLock_isTakenByOneOfMany_data() { kinds(); }
    void abandonedLock_isTakenByOneOfMany();
    void readOnlyDirectory_isAnErrorThatStays_data() { kinds(); }
    void readOnlyDirectory_isAnErrorThatStays();

private:
    static void kinds()
    {
        QTest::addColumn<Kind>("kind");
        QTest::newRow("directory") << Kind::Directory;
        QTest::newRow("flock") << Kind::Flock;
        QTest::newRow("pid file") << Kind::PidFile;
        QTest::newRow("token file") << Kind::TokenFile;
    }
    [[nodiscard]] QString path() const { return m_directory->path() + QStringLiteral("/tool.lock"); }
    [[nodiscard]] LockSpec spec(Kind kind) const
    {
        return {.kind = kind, .span = LockSpec::Span::Refresh, .path = path(), .stale = 10s};
    }
    [[nodiscard]] tools::TakenLock take(const LockSpec &wanted) { return tools::takeToolLock(wanted, m_world); }
    void write(const QByteArray &content, base::Milliseconds age = 0ms) const
    {
        QFile file(path());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
        file.close();
        setAge(age);
    }
    void setAge(base::Milliseconds age) const
    {
        const auto at = (m_clock.wallTime() - age).time_since_epoch();
        const timespec time{.tv_sec = at.count() / 1000, .tv_nsec = (at.count() % 1000) * 1'000'000};
        const timespec times[] = {time, time};
        QCOMPARE(utimensat(AT_FDCWD, QFile::encodeName(path()).constData(), times, AT_SYMLINK_NOFOLLOW), 0);
    }
    [[nodiscard]] QByteArray content() const
    {
        QFile file(path());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(none)");
    }
    [[nodiscard]] QStringList names() const
    {
        return QDir(m_directory->path())
            .entryList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden | QDir::System);
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    fakes::FakeClock m_clock;
    base::SystemRandom m_random;
    tools::LockWorld m_world{m_clock, m_random};
};

void ToolLockTest::take_ofAFreeLock_isOursUntilLetGo()
{
    QFETCH(const Kind, kind);
    {
        const auto lock = take(spec(kind));
        QVERIFY(lock);
        QVERIFY((*lock)->isOurs());
        QVERIFY((*lock)->touch());
        QVERIFY((*lock)->isOurs());
        QCOMPARE(QFileInfo(path()).isDir(), kind == Kind::Directory);
        QCOMPARE(names(), QStringList(QStringLiteral("tool.lock")));
    }
    QCOMPARE(QFileInfo::exists(path()), kind == Kind::Flock);
    QVERIFY(take(spec(kind)));
}

void ToolLockTest::take_ofAHeldLock_isLocked()
{
    QFETCH(const Kind, kind);
    const auto lock = take(spec(kind));
    QVERIFY(lock);
    const auto second = take(spec(kind));
    QVERIFY(!second);
    QCOMPARE(second.error().kind, base::ErrorKind::Locked);
    QCOMPARE(second.error().subject, path());
    QVERIFY((*lock)->isOurs());
}

void ToolLockTest::othersLock_isBrokenByItsKindsRule_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<base::Milliseconds>("stale");
    QTest::addColumn<base::Milliseconds>("age");
    QTest::addColumn<bool>("isBroken");
    for (const Kind kind : {Kind::Directory, Kind::TokenFile}) {
        const auto row = [kind](const char *name, base::Milliseconds stale, base::Milliseconds age, bool isBroken) {
            QTest::addRow("%s, %s", kind == Kind::Directory ? "directory" : "token file", name)
                << kind << stale << age << isBroken;
        };
        row("just renewed", 10s, 0ms, false);
        row("just within its window", 10s, 10s, false);
        row("just outside", 10s, 10001ms, true);
        row("an hour old", 10s, 1h, true);
        row("an hour old, of a kind that never grows stale", 0ms, 1h, false);
        row("a little ahead of our clock", 10s, -4s, false);
    }
}

void ToolLockTest::othersLock_isBrokenByItsKindsRule()
{
    QFETCH(const Kind, kind);
    QFETCH(const base::Milliseconds, stale);
    QFETCH(const base::Milliseconds, age);
    QFETCH(const bool, isBroken);
    if (kind == Kind::Directory) {
        QVERIFY(QDir().mkdir(path()));
        setAge(age);
    } else {
        write("0b0f7a54-8a4e-4a88-9d3f-2f0f3f5d2d11", age);
    }
    LockSpec wanted = spec(kind);
    wanted.stale = stale;
    const auto lock = take(wanted);
    QCOMPARE(lock.has_value(), isBroken);
    if (!isBroken)
        QCOMPARE(lock.error().kind, base::ErrorKind::Locked);
    QCOMPARE(names(), QStringList(QStringLiteral("tool.lock"))); // nothing is left of the old one
}

void ToolLockTest::pidFile_isBrokenOnlyWhenItsHolderIsGone_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<bool>("isBroken");
    const QByteArray live = QByteArray::number(getpid());
    const QByteArray start = startTimeOf(getpid());
    const QByteArray created = R"("createdAt":"2026-11-22T08:59:59.000Z")"; // a second ago
    const QByteArray old = R"("createdAt":"2026-11-22T08:00:00.000Z")";
    const auto row = [](const char *name, const QByteArray &content, bool isBroken) {
        QTest::newRow(name) << content << isBroken;
    };
    row("lives", "{\"pid\":" + live + ',' + created + ",\"starttime\":" + start + '}', false);
    row("lives, an hour already", "{\"pid\":" + live + ',' + old + ",\"starttime\":" + start + '}', false);
    row("lives, as old versions write it", "{\"pid\":" + live + ',' + old + '}', false);
    row("its number belongs to another process now", "{\"pid\":" + live + ',' + created + ",\"starttime\":1}", true);
    row("dead", "{\"pid\":" + QByteArray::number(deadProcess()) + ',' + created + '}', true);
    row("no process, young", '{' + created + '}', false);
    row("no process, old", '{' + old + '}', true);
    row("no process, no date", "{}", false);
    row("empty", "", false);
    row("cut off", "{\"pid\":", false);
    row("garbage", "4711", false);
    row("a process that cannot be", "{\"pid\":0}", false);
    row("a group of processes", "{\"pid\":-1}", false);
    row("no number", "{\"pid\":\"1\"}", false);
    row("far too many", "{\"pid\":99999999999}", false);
}

void ToolLockTest::pidFile_isBrokenOnlyWhenItsHolderIsGone()
{
    QFETCH(const QByteArray, content);
    QFETCH(const bool, isBroken);
    write(content, 1h); // whatever the file's own time says
    const auto lock = take(spec(Kind::PidFile));
    QCOMPARE(lock.has_value(), isBroken);
    if (isBroken)
        return;
    QCOMPARE(lock.error().kind, base::ErrorKind::Locked);
    QCOMPARE(this->content(), content);
}

void ToolLockTest::futureDatedLock_isNamedAndStays_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::newRow("directory") << Kind::Directory;
    QTest::newRow("token file") << Kind::TokenFile;
}

void ToolLockTest::futureDatedLock_isNamedAndStays() // F-05
{
    QFETCH(const Kind, kind);
    if (kind == Kind::Directory)
        QVERIFY(QDir().mkdir(path()));
    else
        write("x");
    setAge(-24h);
    const auto lock = take(spec(kind));
    QVERIFY(!lock);
    QCOMPARE(lock.error().kind, base::ErrorKind::Locked);
    QVERIFY(lock.error().detail.contains(QStringLiteral("dated in the future")));
    QVERIFY(QFileInfo::exists(path()));
}

void ToolLockTest::wrongKind_isNamedAndStays_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QString>("there");
    const std::pair<const char *, Kind> kinds[] = {{"directory", Kind::Directory},
                                                   {"flock", Kind::Flock},
                                                   {"pid file", Kind::PidFile},
                                                   {"token file", Kind::TokenFile}};
    for (const auto &[name, kind] : kinds)
        for (const char *there : {"file", "directory", "link", "dangling link", "pipe"})
            if (QLatin1String(there) != QLatin1String(kind == Kind::Directory ? "directory" : "file"))
                QTest::addRow("%s, a %s is there", name, there) << kind << QString::fromLatin1(there);
}

void ToolLockTest::wrongKind_isNamedAndStays()
{
    QFETCH(const Kind, kind);
    QFETCH(const QString, there);
    const QByteArray name = QFile::encodeName(path());
    const QByteArray target = QFile::encodeName(m_directory->path()) + "/target";
    if (there == QStringLiteral("file")) {
        write("{\"pid\":1}");
    } else if (there == QStringLiteral("directory")) {
        QVERIFY(QDir().mkdir(path()));
    } else if (there == QStringLiteral("pipe")) {
        QCOMPARE(mkfifo(name.constData(), 0600), 0);
    } else {
        if (there == QStringLiteral("link"))
            QVERIFY(kind == Kind::Directory ? mkdir(target.constData(), 0700) == 0
                                            : QFile(QFile::decodeName(target)).open(QIODevice::WriteOnly));
        QCOMPARE(symlink(target.constData(), name.constData()), 0);
    }
    setAge(2h);
    const QStringList before = names();
    const auto lock = take(spec(kind));
    QVERIFY(!lock);
    QCOMPARE(lock.error().kind, base::ErrorKind::NotAFile);
    QCOMPARE(lock.error().subject, path());
    QVERIFY(lock.error().detail.contains(QStringLiteral("stands where the tool's lock is")));
    QCOMPARE(names(), before);
}

void ToolLockTest::holderKilled_isNotWaitedForLongerThanItsWindow() // F-03
{
    QFETCH(const Kind, kind);
    int ready[2];
    QCOMPARE(pipe(ready), 0);
    const pid_t child = fork();
    if (child == 0) {
        const auto lock = take(spec(kind));
        if (lock && ::write(ready[1], "x", 1) == 1)
            for (;;)
                pause();
        _exit(1);
    }
    char byte = 0;
    QCOMPARE(::read(ready[0], &byte, 1), ssize_t(1));
    QVERIFY(!take(spec(kind)));
    QCOMPARE(kill(child, SIGKILL), 0);
    QCOMPARE(waitpid(child, nullptr, 0), child);
    close(ready[0]);
    close(ready[1]);
    if (kind == Kind::Directory || kind == Kind::TokenFile) {
        QVERIFY(!take(spec(kind)));
        m_clock.advance(10001ms);
    }
    QVERIFY(take(spec(kind)));
}

void ToolLockTest::takenOver_isNoticedAndLeftAlone() // F-06, F-07
{
    QFETCH(const Kind, kind);
    const QString other = path() + QStringLiteral(".kept"); // so that its number is not given to the next one
    {
        const auto lock = take(spec(kind));
        QVERIFY(lock);
        const QByteArray ours = content();
        QVERIFY(QFile::rename(path(), other));
        QVERIFY(!(*lock)->isOurs());
        QVERIFY(!(*lock)->touch());
        if (kind == Kind::Directory)
            QVERIFY(QDir().mkdir(path()));
        else
            write(ours);
        QVERIFY(!(*lock)->isOurs());
        QVERIFY(!(*lock)->touch());
    }
    QVERIFY(QFileInfo::exists(path()));
    QVERIFY(QFileInfo::exists(other));
}

void ToolLockTest::sleptThrough_isLostAndLeftToOthers_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<bool>("stays");
    QTest::newRow("directory") << Kind::Directory << true;
    QTest::newRow("token file") << Kind::TokenFile << true;
    QTest::newRow("pid file") << Kind::PidFile << false; // nobody breaks it as long as we live
}

void ToolLockTest::sleptThrough_isLostAndLeftToOthers()
{
    QFETCH(const Kind, kind);
    QFETCH(const bool, stays);
    {
        const auto lock = take(spec(kind));
        QVERIFY(lock);
        m_clock.advance(10001ms);
        QVERIFY(!(*lock)->isOurs());
        QVERIFY(!(*lock)->touch());
    }
    QCOMPARE(QFileInfo::exists(path()), stays);
}

void ToolLockTest::touch_renewsForOthers_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::newRow("directory") << Kind::Directory;
    QTest::newRow("token file") << Kind::TokenFile;
}

void ToolLockTest::touch_renewsForOthers()
{
    QFETCH(const Kind, kind);
    const auto lock = take(spec(kind));
    QVERIFY(lock);
    for (int i = 0; i < 3; ++i) {
        m_clock.advance(9s);
        QVERIFY((*lock)->touch());
    }
    QVERIFY((*lock)->isOurs());
    QVERIFY(!take(spec(kind)));
    setAge(1s); // somebody else renewed it: it is theirs
    QCOMPARE((*lock)->isOurs(), kind == Kind::TokenFile);
}

void ToolLockTest::directoryWithSomethingInIt_isPutBack()
{
    QVERIFY(QDir().mkpath(path() + QStringLiteral("/inside")));
    setAge(1h);
    const auto lock = take(spec(Kind::Directory));
    QVERIFY(!lock);
    QVERIFY(lock.error().kind != base::ErrorKind::Locked);
    QVERIFY(QFileInfo::exists(path() + QStringLiteral("/inside")));
    QCOMPARE(names(), QStringList(QStringLiteral("tool.lock")));
}

void ToolLockTest::pidFile_isWrittenAsOpenClawWritesIt()
{
    const auto lock = take(spec(Kind::PidFile));
    QVERIFY(lock);
    QCOMPARE(content(), "{\n  \"pid\": " + QByteArray::number(getpid())
                            + ",\n  \"createdAt\": \"2026-11-22T09:00:00.000Z\",\n  \"starttime\": "
                            + startTimeOf(getpid()) + "\n}\n");
}

void ToolLockTest::tokenFile_holdsAUuid()
{
    const auto lock = take(spec(Kind::TokenFile));
    QVERIFY(lock);
    static const QRegularExpression uuid(
        QStringLiteral("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$"));
    QVERIFY2(uuid.match(QString::fromLatin1(content())).hasMatch(), content().constData());
}

void ToolLockTest::flock_givesItsFileTheModeAsked()
{
    LockSpec wanted = spec(Kind::Flock);
    wanted.mode = 0640;
    QVERIFY(take(wanted));
    struct stat status {};
    QCOMPARE(stat(QFile::encodeName(path()).constData(), &status), 0);
    QCOMPARE(status.st_mode & 0777, mode_t(0640));
    wanted.mode = 0600; // of a file that is there nothing changes
    QVERIFY(take(wanted));
    QCOMPARE(stat(QFile::encodeName(path()).constData(), &status), 0);
    QCOMPARE(status.st_mode & 0777, mode_t(0640));
}

void ToolLockTest::sentinel_isMadeAndStays()
{
    LockSpec wanted = spec(Kind::Directory);
    wanted.sentinel = m_directory->path() + QStringLiteral("/new/tool");
    wanted.path = wanted.sentinel + QStringLiteral(".lock");
    QVERIFY(take(wanted));
    QVERIFY(QFileInfo(wanted.sentinel).isFile());
    QFile file(wanted.sentinel);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("theirs");
    file.close();
    QVERIFY(take(wanted));
    QCOMPARE(QFileInfo(wanted.sentinel).size(), 6);
}

void ToolLockTest::missingDirectory_isMadeForPidFilesAlone()
{
    for (const Kind kind : {Kind::Directory, Kind::Flock, Kind::TokenFile, Kind::PidFile}) {
        LockSpec wanted = spec(kind);
        wanted.path = m_directory->path() + QStringLiteral("/locks/oauth-refresh/tool.lock");
        const auto lock = take(wanted);
        QCOMPARE(lock.has_value(), kind == Kind::PidFile);
        if (!lock)
            QCOMPARE(lock.error().kind, base::ErrorKind::NotFound);
    }
    LockSpec wanted = spec(Kind::PidFile);
    wanted.path = m_directory->path() + QStringLiteral("/a/b/c/tool.lock"); // too much is missing to be right
    QVERIFY(!take(wanted));
}

void ToolLockTest::abandonedLock_takenByAnother_isPutBack_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::newRow("directory") << Kind::Directory;
    QTest::newRow("pid file") << Kind::PidFile;
    QTest::newRow("token file") << Kind::TokenFile;
}

void ToolLockTest::abandonedLock_takenByAnother_isPutBack() // F-04
{
    QFETCH(const Kind, kind);
    if (kind == Kind::Directory)
        QVERIFY(QDir().mkdir(path()));
    else
        write(kind == Kind::PidFile ? "{\"pid\":" + QByteArray::number(deadProcess()) + '}' : QByteArray("x"));
    setAge(1h);
    std::optional<tools::TakenLock> other;
    InterruptedRandom random([&] { other.emplace(take(spec(kind))); });
    const auto lock = tools::takeToolLock(spec(kind), {m_clock, random});
    QVERIFY(other && *other);
    QVERIFY(!lock);
    QCOMPARE(lock.error().kind, base::ErrorKind::Locked);
    QVERIFY((**other)->isOurs());
    QCOMPARE(names(), QStringList(QStringLiteral("tool.lock")));
}

// F-04. Processes that come upon an abandoned lock together: whoever holds it notes in a file that it is alone.
void ToolLockTest::abandonedLock_isTakenByOneOfMany()
{
    QFETCH(const Kind, kind);
    const QByteArray alone = QFile::encodeName(m_directory->path()) + "/alone";
    for (int round = 0; round < 10; ++round) {
        if (kind == Kind::Directory)
            QVERIFY(QDir().mkdir(path()));
        else
            write(kind == Kind::PidFile ? "{\"pid\":" + QByteArray::number(deadProcess()) + '}' : QByteArray("x"));
        setAge(1h);
        std::vector<pid_t> children;
        for (int i = 0; i < 6; ++i) {
            const pid_t child = fork();
            if (child != 0) {
                children.push_back(child);
                continue;
            }
            for (int tries = 0; tries < 2000; ++tries) {
                auto lock = take(spec(kind));
                if (!lock) {
                    usleep(500);
                    continue;
                }
                const int mark = open(alone.constData(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
                usleep(1000);
                const bool isRight = mark >= 0 && (*lock)->isOurs() && unlink(alone.constData()) == 0;
                lock->reset();
                _exit(isRight ? 0 : 1);
            }
            _exit(2);
        }
        for (const pid_t child : children) {
            int status = 0;
            QCOMPARE(waitpid(child, &status, 0), child);
            QVERIFY(WIFEXITED(status));
            QCOMPARE(WEXITSTATUS(status), 0);
        }
        QCOMPARE(names(), kind == Kind::Flock ? QStringList(QStringLiteral("tool.lock")) : QStringList());
        QFile::remove(path());
    }
}

void ToolLockTest::readOnlyDirectory_isAnErrorThatStays() // F-08
{
    QFETCH(const Kind, kind);
    const QByteArray directory = QFile::encodeName(m_directory->path());
    const uid_t us = geteuid();
    QCOMPARE(chmod(directory.constData(), 0555), 0);
    QVERIFY(us != 0 || seteuid(65534) == 0); // root may write everywhere
    const auto lock = take(spec(kind));
    QCOMPARE(seteuid(us), 0);
    QCOMPARE(chmod(directory.constData(), 0700), 0);
    QVERIFY(!lock);
    QCOMPARE(lock.error().kind, base::ErrorKind::PermissionDenied);
}

QTEST_GUILESS_MAIN(ToolLockTest)
#include "toollock.moc"
