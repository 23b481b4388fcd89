// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// What the doctor may change: the modes of files and locks that were left behind, each only if it is still the very
// thing that was looked at.
#include <QDir>
#include <QFile>
#include <QTest>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/random.h"
#include "base/secret.h"
#include "fakes/temporaryhome.h"
#include "service/doctor/credentialfiles.h"
#include "tools/locks/lockstanding.h"

using namespace keytender;
using namespace service::doctor;
using namespace std::chrono_literals;
using State = tools::LockStanding::State;

namespace {

mode_t modeOf(const QString &path)
{
    struct stat status {};
    return ::lstat(QFile::encodeName(path).constData(), &status) == 0 ? status.st_mode & 07777 : 0;
}

void setMode(const QString &path, mode_t mode)
{
    QVERIFY(::chmod(QFile::encodeName(path).constData(), mode) == 0);
}

FileLook lookAt(const QString &path)
{
    const auto looks = lookAtFiles({{.path = path, .tools = {QStringLiteral("Codex")}}}, ::geteuid());
    return looks.empty() ? FileLook() : looks.front();
}

void setTime(const QString &path, base::Timestamp time)
{
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time.time_since_epoch()).count();
    const timespec times[] = {{.tv_sec = seconds, .tv_nsec = 0}, {.tv_sec = seconds, .tv_nsec = 0}};
    QVERIFY(::utimensat(AT_FDCWD, QFile::encodeName(path).constData(), times, 0) == 0);
}

base::Timestamp now()
{
    return base::SystemClock().wallTime();
}

} // namespace

class DoctorCuresTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }

    void sharedFile_isFound_andMadePrivate();
    void everybodysFile_isTheLoudest();
    void file_thatWasReplaced_isLeftAlone();
    void link_isLeftAlone();
    void secondName_isLeftAlone();
    void pipe_isNeitherWaitedForNorTouched();
    void filesBesideADatabase_goWithIt();
    void fileThatIsGone_isNoFinding();
    void lock_isJudgedByItsKind_data();
    void lock_isJudgedByItsKind();
    void lock_thatWasTakenAnew_isLeftAlone();
    void lock_thatIsHeld_isNeverRemoved();
    void abandonedLock_isRemoved();
    void lockDirectory_thatHoldsSomething_stays();

private:
    [[nodiscard]] tools::LockSpec spec(tools::LockSpec::Kind kind, const QString &name) const
    {
        return {.kind = kind, .path = m_home.path(name), .stale = 60s};
    }
    [[nodiscard]] QString pidFile(const QString &name, const QByteArray &pid) const
    {
        return m_home.write(name, "{\"pid\": " + pid + ", \"createdAt\": \"2026-11-22T09:00:00.000Z\"}");
    }

    fakes::TemporaryHome m_home;
    base::SystemRandom m_random;
};

void DoctorCuresTest::sharedFile_isFound_andMadePrivate()
{
    const QString path = m_home.write(QStringLiteral("a/auth.json"), "{}");
    setMode(path, 0640);
    const FileLook look = lookAt(path);
    QVERIFY(look.isShared() && look.isPlain);
    const auto findings = fileFindings({look}, m_home.environment());
    QCOMPARE(findings[0].id, sharedFileId(path));
    QCOMPARE(findings[0].severity, profile::Severity::Due);
    QCOMPARE(findings[0].places, QStringList{QStringLiteral("~/a/auth.json")});
    QVERIFY(findings[0].text.contains(QStringLiteral("0640")));
    QVERIFY(!findings[0].safeCure.isEmpty());
    QVERIFY(makePrivate({look.identity}, ::geteuid()).has_value());
    QCOMPARE(modeOf(path), mode_t{0600});
    QCOMPARE(m_home.read(QStringLiteral("a/auth.json")), QByteArray("{}"));
    QVERIFY(!lookAt(path).isShared());
    QCOMPARE(fileFindings({lookAt(path)}, m_home.environment())[0].severity, profile::Severity::Well);
}

void DoctorCuresTest::everybodysFile_isTheLoudest()
{
    const QString path = m_home.write(QStringLiteral("e/auth.json"), "{}");
    setMode(path, 0644);
    QCOMPARE(fileFindings({lookAt(path)}, m_home.environment())[0].severity, profile::Severity::ActNow);
}

void DoctorCuresTest::file_thatWasReplaced_isLeftAlone()
{
    const QString path = m_home.write(QStringLiteral("b/auth.json"), "{}");
    setMode(path, 0644);
    const FileLook look = lookAt(path);
    const QString other = m_home.write(QStringLiteral("b/other.json"), "{}");
    setMode(other, 0644);
    QVERIFY(::rename(QFile::encodeName(other).constData(), QFile::encodeName(path).constData()) == 0);
    QCOMPARE(makePrivate({look.identity}, ::geteuid()).error().kind, base::ErrorKind::Refused);
    QCOMPARE(modeOf(path), mode_t{0644});
}

void DoctorCuresTest::link_isLeftAlone()
{
    const QString target = m_home.write(QStringLiteral("c/target.json"), "{}");
    setMode(target, 0644);
    const QString link = m_home.path(QStringLiteral("c/auth.json"));
    QVERIFY(QFile::link(target, link));
    const FileLook look = lookAt(link);
    QVERIFY(look.isShared() && !look.isPlain);
    QVERIFY(fileFindings({look}, m_home.environment())[0].safeCure.isEmpty());
    QVERIFY(!makePrivate({look.identity}, ::geteuid()).has_value());
    QCOMPARE(modeOf(target), mode_t{0644});
}

void DoctorCuresTest::secondName_isLeftAlone()
{
    const QString path = m_home.write(QStringLiteral("d/auth.json"), "{}");
    setMode(path, 0644);
    const FileLook look = lookAt(path);
    QVERIFY(::link(QFile::encodeName(path).constData(),
                   QFile::encodeName(m_home.path(QStringLiteral("d/second"))).constData())
            == 0);
    QVERIFY(!lookAt(path).isPlain);
    QCOMPARE(makePrivate({look.identity}, ::geteuid()).error().kind, base::ErrorKind::Refused);
    QCOMPARE(modeOf(path), mode_t{0644});
}

void DoctorCuresTest::pipe_isNeitherWaitedForNorTouched()
{
    m_home.write(QStringLiteral("p/x"), {});
    const QString path = m_home.path(QStringLiteral("p/auth.json"));
    QVERIFY(::mkfifo(QFile::encodeName(path).constData(), 0644) == 0);
    const FileLook look = lookAt(path);
    QVERIFY(!look.isPlain);
    QVERIFY(!makePrivate({look.identity}, ::geteuid()).has_value());
}

void DoctorCuresTest::filesBesideADatabase_goWithIt()
{
    const QString path = m_home.write(QStringLiteral("s/openclaw.sqlite"), "x");
    const QString wal = m_home.write(QStringLiteral("s/openclaw.sqlite-wal"), "y");
    setMode(wal, 0644);
    const FileLook look = lookAt(path);
    QVERIFY(look.isShared());
    QCOMPARE(look.beside.size(), 1U);
    QVERIFY(makePrivate(look.beside, ::geteuid()).has_value());
    QCOMPARE(modeOf(wal), mode_t{0600});
}

void DoctorCuresTest::fileThatIsGone_isNoFinding()
{
    QVERIFY(lookAtFiles({{.path = m_home.path(QStringLiteral("nowhere")), .tools = {}}}, ::geteuid()).empty());
}

void DoctorCuresTest::lock_isJudgedByItsKind_data()
{
    using Kind = tools::LockSpec::Kind;
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("secondsAgo");
    QTest::addColumn<int>("state");
    QTest::newRow("a directory that is renewed") << int(Kind::Directory) << 5 << int(State::Held);
    QTest::newRow("a directory that nobody renews") << int(Kind::Directory) << 3600 << int(State::Abandoned);
    QTest::newRow("a directory of the future") << int(Kind::Directory) << -86400 << int(State::Future);
    QTest::newRow("a token file that is new") << int(Kind::TokenFile) << 5 << int(State::Held);
    QTest::newRow("a token file that is old") << int(Kind::TokenFile) << 3600 << int(State::Abandoned);
    QTest::newRow("an flock file, however old") << int(Kind::Flock) << 999999 << int(State::Free);
    QTest::newRow("something else in its place") << int(Kind::PidFile) << 0 << int(State::Unknown);
}

void DoctorCuresTest::lock_isJudgedByItsKind()
{
    QFETCH(int, kind);
    QFETCH(int, secondsAgo);
    const auto wanted = static_cast<tools::LockSpec::Kind>(kind);
    const QString name = QStringLiteral("locks-%1-%2").arg(kind).arg(secondsAgo);
    const bool isFile = wanted == tools::LockSpec::Kind::TokenFile || wanted == tools::LockSpec::Kind::Flock;
    if (isFile)
        m_home.write(name, "x");
    else
        QVERIFY(QDir(m_home.path()).mkdir(name));
    setTime(m_home.path(name), now() - std::chrono::seconds(secondsAgo));
    QTEST(int(standingOf(spec(wanted, name), now()).state), "state");
    QCOMPARE(standingOf(spec(wanted, name + u'x'), now()).state, State::Free);
}

void DoctorCuresTest::lock_thatWasTakenAnew_isLeftAlone()
{
    const QString name = QStringLiteral("anew.lock");
    QVERIFY(QDir(m_home.path()).mkdir(name));
    setTime(m_home.path(name), now() - 1h);
    const auto wanted = spec(tools::LockSpec::Kind::Directory, name);
    const auto judged = standingOf(wanted, now());
    QCOMPARE(judged.state, State::Abandoned);
    setTime(m_home.path(name), now() - 2h); // somebody else's, and abandoned too: not the one that was shown
    QCOMPARE(removeAbandoned(wanted, *judged.entry, now(), m_random).error().kind, base::ErrorKind::Locked);
    setTime(m_home.path(name), now());
    QCOMPARE(removeAbandoned(wanted, *judged.entry, now(), m_random).error().kind, base::ErrorKind::Locked);
    QVERIFY(QFile::exists(m_home.path(name)));
}

void DoctorCuresTest::lock_thatIsHeld_isNeverRemoved()
{
    const QString path = pidFile(QStringLiteral("held.lock"), QByteArray::number(::getpid()));
    setTime(path, now() - 24h);
    const auto wanted = spec(tools::LockSpec::Kind::PidFile, QStringLiteral("held.lock"));
    const auto standing = standingOf(wanted, now());
    QCOMPARE(standing.state, State::Held);
    QCOMPARE(removeAbandoned(wanted, *standing.entry, now(), m_random).error().kind, base::ErrorKind::Locked);
    QVERIFY(QFile::exists(path));
}

void DoctorCuresTest::abandonedLock_isRemoved()
{
    const QString path = pidFile(QStringLiteral("dead.lock"), "4194303"); // beyond what this machine gives out
    const auto wanted = spec(tools::LockSpec::Kind::PidFile, QStringLiteral("dead.lock"));
    const auto standing = standingOf(wanted, now());
    QCOMPARE(standing.state, State::Abandoned);
    QVERIFY(removeAbandoned(wanted, *standing.entry, now(), m_random).has_value());
    QVERIFY(!QFile::exists(path));
}

void DoctorCuresTest::lockDirectory_thatHoldsSomething_stays()
{
    m_home.write(QStringLiteral("full.lock/file"), "x");
    setTime(m_home.path(QStringLiteral("full.lock")), now() - 1h);
    const auto wanted = spec(tools::LockSpec::Kind::Directory, QStringLiteral("full.lock"));
    const auto standing = standingOf(wanted, now());
    QVERIFY(!removeAbandoned(wanted, *standing.entry, now(), m_random).has_value());
    QCOMPARE(m_home.read(QStringLiteral("full.lock/file")), QByteArray("x"));
}

QTEST_GUILESS_MAIN(DoctorCuresTest)
#include "doctorcures.moc"
