// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// G-8, S-10, S-11: nobody of the same user reads the memory of a program of ours, and a crash leaves none of it behind.

#include <csignal>

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <grp.h>
#include <sys/resource.h>
#include <unistd.h>

#include "fakes/privatekeyring.h"
#include "fakes/screen.h"

using namespace keytender;

namespace {

constexpr int patience = 20'000; // ms
constexpr uid_t nobody = 65534;

// Root reads everything: where this is root, both sides become somebody else, in a home of their own.
void becomeSomebody()
{
    const rlimit most{.rlim_cur = RLIM_INFINITY, .rlim_max = RLIM_INFINITY};
    ::setrlimit(RLIMIT_CORE, &most);
    if (::geteuid() == 0 && (::setgroups(0, nullptr) != 0 || ::setgid(nobody) != 0 || ::setuid(nobody) != 0))
        ::_exit(99);
}

std::unique_ptr<QProcess> startAsSomebody(const QString &program, const QStringList &arguments, const QString &home)
{
    auto process = std::make_unique<QProcess>();
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("HOME"), home);
    environment.insert(QStringLiteral("XDG_RUNTIME_DIR"), home);
    process->setProcessEnvironment(environment);
    process->setWorkingDirectory(home);
    process->setChildProcessModifier(becomeSomebody);
    process->start(program, arguments);
    process->waitForStarted();
    return process;
}

int exitCodeOf(QProcess &process)
{
    process.waitForFinished(patience);
    return process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
}

QStringList coresIn(const QString &directory)
{
    return QDir(directory).entryList({QStringLiteral("core*")}, QDir::Files | QDir::Hidden);
}

bool isPatternRelative()
{
    QFile pattern(QStringLiteral("/proc/sys/kernel/core_pattern"));
    return pattern.open(QIODevice::ReadOnly) && pattern.readAll().startsWith("core");
}

} // namespace

class MemoryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void sameUser_cannotReadIt_data();
    void sameUser_cannotReadIt();
    void aCrash_leavesNoCore_data();
    void aCrash_leavesNoCore();

private:
    [[nodiscard]] bool succeeds(const QString &attack, qint64 process);
    [[nodiscard]] QString home() const { return m_home->path(); }

    std::unique_ptr<QTemporaryDir> m_home;
};

void MemoryTest::init()
{
    m_home = std::make_unique<QTemporaryDir>(QStringLiteral("/var/tmp/keytender-memory-XXXXXX"));
    QVERIFY(m_home->isValid());
    if (::geteuid() != 0)
        return;
    QVERIFY(::chown(QFile::encodeName(home()).constData(), nobody, nobody) == 0);
    const auto probe =
        startAsSomebody(QStringLiteral(KEYTENDER_BIN "/keytenderd"), {QStringLiteral("--version")}, home());
    if (exitCodeOf(*probe) != 0)
        QSKIP("root reads everything, and nobody else may run the programs where they were built");
}

bool MemoryTest::succeeds(const QString &attack, qint64 process)
{
    const auto attacker = startAsSomebody(
        QStringLiteral("sh"), {QStringLiteral("-c"), attack, QStringLiteral("sh"), QString::number(process)}, home());
    return exitCodeOf(*attacker) == 0;
}

void MemoryTest::sameUser_cannotReadIt_data()
{
    QTest::addColumn<QString>("attack");
    QTest::newRow("by its memory file") << "exec 3< /proc/$1/mem";
    QTest::newRow("by its environment") << "cat /proc/$1/environ > /dev/null";
    QTest::newRow("by its map") << "cat /proc/$1/maps | grep -q .";
    QTest::newRow("by a debugger") << "gdb -nx -batch -p $1 -ex 'info proc' 2>&1 | grep -q '^process'";
    QTest::newRow("by a dump") << "gcore -o stolen $1 && ls stolen*";
}

void MemoryTest::sameUser_cannotReadIt()
{
    QFETCH(const QString, attack);
    const auto open = startAsSomebody(QStringLiteral("sleep"), {QStringLiteral("60")}, home());
    const bool isPossible = succeeds(attack, open->processId());
    open->kill();
    open->waitForFinished();
    if (!isPossible)
        QSKIP("on this machine nobody can do this to any program, or the tool for it is missing");
    const auto program =
        startAsSomebody(QStringLiteral(KEYTENDER_BIN "/keytenderd"), {QStringLiteral("--json")}, home());
    QVERIFY(program->waitForReadyRead(patience));
    QVERIFY(!succeeds(attack, program->processId()));
    program->terminate();
    QCOMPARE(exitCodeOf(*program), 0);
}

void MemoryTest::aCrash_leavesNoCore_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("keytenderd") << "keytenderd" << QStringList{QStringLiteral("--json")};
    QTest::newRow("keytender") << "keytender" << QStringList{};
}

void MemoryTest::aCrash_leavesNoCore()
{
    QFETCH(const QString, name);
    QFETCH(const QStringList, arguments);
    if (!isPatternRelative())
        QSKIP("cores do not go to the directory of the program here");
    const auto open =
        startAsSomebody(QStringLiteral("sh"), {QStringLiteral("-c"), QStringLiteral("kill -SEGV $$")}, home());
    open->waitForFinished(patience);
    if (coresIn(home()).isEmpty())
        QSKIP("no program leaves a core on this machine");
    for (const QString &core : coresIn(home()))
        QVERIFY(QFile::remove(home() + u'/' + core));

    std::unique_ptr<fakes::Screen> screen;
    if (arguments.isEmpty()) {
        if (const QString why = fakes::Screen::whyNot(); !why.isEmpty())
            QSKIP(qPrintable(why));
        screen = std::make_unique<fakes::Screen>();
        qunsetenv("QT_QPA_PLATFORM");
    }
    const auto program = startAsSomebody(QStringLiteral(KEYTENDER_BIN "/") + name, arguments, home());
    QVERIFY(screen ? screen->waitForWindow(QStringLiteral("Keytender")) : program->waitForReadyRead(patience));
    QVERIFY(::kill(pid_t(program->processId()), SIGSEGV) == 0);
    QVERIFY(program->waitForFinished(patience));
    QCOMPARE(program->exitStatus(), QProcess::CrashExit);
    QCOMPARE(coresIn(home()), QStringList());
}

int main(int argc, char *argv[])
{
    fakes::enterPrivateSession(argv);
    QCoreApplication application(argc, argv);
    MemoryTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "memory.moc"
