// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ipc/peer.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <sys/socket.h>
#include <unistd.h>

#include "base/filedescriptor.h"

using namespace keytender;
using ipc::consumerOf;

Q_DECLARE_METATYPE(std::optional<ipc::ProcessFacts>)

namespace {

// A program by another name: it sleeps until it is killed.
QString sleeperAt(const QString &path)
{
    const QString original = QFileInfo(QStringLiteral("/bin/sleep")).canonicalFilePath();
    if (!QFile::copy(original, path))
        qFatal("cannot copy %s to %s", qPrintable(original), qPrintable(path));
    return path;
}

class Sleeper final {
public:
    explicit Sleeper(const QString &path)
    {
        m_process.start(path, {QStringLiteral("600")});
        if (!m_process.waitForStarted())
            qFatal("cannot start %s", qPrintable(path));
    }
    ~Sleeper() { end(); }
    void end()
    {
        m_process.kill();
        m_process.waitForFinished();
    }
    [[nodiscard]] pid_t pid() const { return static_cast<pid_t>(m_process.processId()); }

private:
    QProcess m_process;
};

QString ownExecutable()
{
    return QFile::symLinkTarget(QStringLiteral("/proc/self/exe"));
}

} // namespace

class TestPeer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void statLine_isReadFromItsLastBracket_data();
    void statLine_isReadFromItsLastBracket();
    void program_isNamedWithWhoStartedIt();
    void ourControl_standsForWhoStartedIt();
    void anotherControl_isAProgramLikeAny();
    void programThatWasReplaced_keepsItsPath();
    void processThatEnded_isNobody();
    void startTime_tellsTwoProcessesApart();
    void otherEnd_isWhoConnected();
};

void TestPeer::statLine_isReadFromItsLastBracket_data()
{
    QTest::addColumn<QByteArray>("stat");
    QTest::addColumn<std::optional<ipc::ProcessFacts>>("facts");
    const QByteArray rest = " S 17 1 1 0 -1 4194304 1 2 3 4 5 6 7 8 20 0 1 0 987654 1000 10\n";
    const auto facts = [](const QByteArray &name) {
        return std::optional(ipc::ProcessFacts{.name = name, .parent = 17, .startedAt = 987654});
    };
    QTest::newRow("plain") << "4 (git)" + rest << facts("git");
    QTest::newRow("blanks and brackets") << "4 (a) R 1 (b)" + rest << facts("a) R 1 (b");
    QTest::newRow("line break") << "4 (a\nb)" + rest << facts("a\nb");
    QTest::newRow("cut off") << QByteArray("4 (git) S 17 1 1") << std::optional<ipc::ProcessFacts>();
    QTest::newRow("no bracket") << QByteArray("4 git S 17") << std::optional<ipc::ProcessFacts>();
    QTest::newRow("no number") << QByteArray("4 (git) S x 1 1 0 -1 4194304 1 2 3 4 5 6 7 8 20 0 1 0 987654 1")
                               << std::optional<ipc::ProcessFacts>();
    QTest::newRow("empty") << QByteArray() << std::optional<ipc::ProcessFacts>();
}

void TestPeer::statLine_isReadFromItsLastBracket()
{
    QFETCH(const QByteArray, stat);
    QFETCH(const std::optional<ipc::ProcessFacts>, facts);
    QVERIFY(ipc::readProcessFacts(stat) == facts);
}

void TestPeer::program_isNamedWithWhoStartedIt()
{
    const QTemporaryDir directory;
    const QString path = sleeperAt(directory.filePath(QStringLiteral("asks (for) tokens")));
    const Sleeper sleeper(path);
    const auto consumer = consumerOf(sleeper.pid(), QStringLiteral("/nowhere"));
    QCOMPARE(consumer.program.pid, sleeper.pid());
    QCOMPARE(consumer.program.executable, path);
    QVERIFY(consumer.program.startedAt > 0);
    QVERIFY(consumer.parent);
    QCOMPARE(consumer.parent->pid, getpid());
    QCOMPARE(consumer.parent->executable, ownExecutable());
}

void TestPeer::ourControl_standsForWhoStartedIt()
{
    const QTemporaryDir directory;
    const Sleeper control(sleeperAt(directory.filePath(QStringLiteral("keytenderctl"))));
    const auto consumer = consumerOf(control.pid(), directory.path());
    QCOMPARE(consumer.program.pid, getpid());
    QCOMPARE(consumer.program.executable, ownExecutable());
    QVERIFY(consumer.parent);
    QCOMPARE(consumer.parent->pid, getppid());
}

void TestPeer::anotherControl_isAProgramLikeAny()
{
    const QTemporaryDir directory;
    const QString path = sleeperAt(directory.filePath(QStringLiteral("keytenderctl")));
    const Sleeper control(path);
    QCOMPARE(consumerOf(control.pid(), QStringLiteral("/usr/bin")).program.executable, path);
}

void TestPeer::programThatWasReplaced_keepsItsPath()
{
    const QTemporaryDir directory;
    const QString path = sleeperAt(directory.filePath(QStringLiteral("updated")));
    const Sleeper sleeper(path);
    QVERIFY(QFile::remove(path));
    QCOMPARE(consumerOf(sleeper.pid(), QStringLiteral("/nowhere")).program.executable, path);
}

void TestPeer::processThatEnded_isNobody()
{
    const QTemporaryDir directory;
    Sleeper sleeper(sleeperAt(directory.filePath(QStringLiteral("brief"))));
    const pid_t pid = sleeper.pid();
    sleeper.end();
    QVERIFY(consumerOf(pid, QStringLiteral("/nowhere")) == service::Consumer());
    QVERIFY(consumerOf(0, QStringLiteral("/nowhere")) == service::Consumer());
}

void TestPeer::startTime_tellsTwoProcessesApart()
{
    const auto ours = consumerOf(getpid(), QStringLiteral("/nowhere"));
    const auto again = consumerOf(getpid(), QStringLiteral("/nowhere"));
    QVERIFY(ours == again);
    QVERIFY(ours.parent);
    QVERIFY(ours.parent->startedAt <= ours.program.startedAt);
}

void TestPeer::otherEnd_isWhoConnected()
{
    int ends[2] = {-1, -1};
    QCOMPARE(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
    const base::FileDescriptor one(ends[0]);
    const base::FileDescriptor other(ends[1]);
    const auto peer = ipc::peerOf(one.number());
    QVERIFY(peer);
    QCOMPARE(peer->user, getuid());
    QCOMPARE(peer->pid, getpid());
    QCOMPARE(ipc::ownDirectory(), QFileInfo(ownExecutable()).path());
}

QTEST_GUILESS_MAIN(TestPeer)
#include "peer.moc"
