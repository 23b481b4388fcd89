// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <csignal>

#include <QSignalSpy>
#include <QtTest>

#include <fcntl.h>
#include <unistd.h>

#include "base/secret.h"
#include "fakes/temporaryhome.h"
#include "refresh/delegation.h"

using namespace keytender;
using namespace std::chrono_literals;
using refresh::Command;
using refresh::CommandEnd;
using refresh::Delegation;
using refresh::DelegationOutcome;
using Ending = refresh::DelegationOutcome::Ending;

Q_DECLARE_METATYPE(keytender::refresh::DelegationOutcome::Ending)

namespace {

constexpr base::Milliseconds shortly{50};

// A shell script that stands for a tool, first on a PATH of its own.
class ToolScript final {
public:
    explicit ToolScript(const QByteArray &body)
    {
        const QString path = home.write(QStringLiteral("bin/tool"), "#!/bin/sh\n" + body);
        QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        home.environment().variables.insert(QStringLiteral("PATH"),
                                            home.path(QStringLiteral("bin")) + QStringLiteral(":/usr/bin:/bin"));
    }
    [[nodiscard]] Command command(const QStringList &arguments = {}) const
    {
        Command command;
        command.words = QStringList{QStringLiteral("tool")} + arguments;
        command.environment = home.environment();
        return command;
    }
    [[nodiscard]] QByteArray said(const QString &name = QStringLiteral("said")) const { return home.read(name); }

    fakes::TemporaryHome home;
};

std::optional<DelegationOutcome> outcomeOf(Delegation &delegation)
{
    std::optional<DelegationOutcome> outcome;
    QObject::connect(&delegation, &Delegation::finished, &delegation,
                     [&outcome](const DelegationOutcome &how) { outcome = how; });
    QSignalSpy spy(&delegation, &Delegation::finished);
    delegation.start();
    if (spy.isEmpty())
        (void)spy.wait(20'000);
    return outcome;
}

} // namespace

class DelegationTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }

    void command_whateverItSays_isSuccessOnlyWithAChange_data()
    {
        QTest::addColumn<QByteArray>("script");
        QTest::addColumn<Ending>("ending");
        QTest::addColumn<int>("exitCode");
        QTest::newRow("ends well") << QByteArray("echo Refreshed; exit 0") << Ending::NothingChanged << 0;
        QTest::newRow("fails") << QByteArray("exit 7") << Ending::CommandFailed << 7;
        QTest::newRow("is killed") << QByteArray("kill -SEGV $$") << Ending::CommandFailed << 0;
    }

    void command_whateverItSays_isSuccessOnlyWithAChange()
    {
        QFETCH(QByteArray, script);
        const ToolScript tool(script);
        Delegation without(tool.command(), shortly);
        const auto outcome = outcomeOf(without);
        QVERIFY(outcome);
        QTEST(outcome->ending, "ending");
        QTEST(outcome->exitCode, "exitCode");

        Delegation with(tool.command(), shortly);
        with.noteChange();
        QCOMPARE(outcomeOf(with)->ending, Ending::Renewed);
    }

    void change_withinTheSettlingTime_counts()
    {
        const ToolScript tool("exit 3"); // such as a role that is gone, after the session was renewed
        Delegation delegation(tool.command(), 20s);
        QSignalSpy spy(&delegation, &Delegation::finished);
        delegation.start();
        QTimer seen;
        connect(&seen, &QTimer::timeout, &delegation, &Delegation::noteChange);
        seen.start(300ms);
        QVERIFY(spy.wait(10'000));
        QCOMPARE(spy.front().front().value<DelegationOutcome>().ending, Ending::Renewed);
        QCOMPARE(spy.count(), 1);
    }

    void change_afterTheEnd_isNotTold()
    {
        const ToolScript tool("exit 0");
        Delegation delegation(tool.command(), shortly);
        QCOMPARE(outcomeOf(delegation)->ending, Ending::NothingChanged);
        QSignalSpy spy(&delegation, &Delegation::finished);
        delegation.noteChange();
        QVERIFY(!spy.wait(200));
    }

    void command_thatIsNotThere_isMissing_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("not on the PATH") << QStringLiteral("no-such-tool");
        QTest::newRow("a relative path") << QStringLiteral("bin/tool");
        QTest::newRow("not to be run") << QStringLiteral("/etc/passwd");
        QTest::newRow("a directory") << QStringLiteral("/tmp");
        QTest::newRow("nothing") << QString();
    }

    void command_thatIsNotThere_isMissing()
    {
        QFETCH(QString, name);
        const ToolScript tool("exit 0");
        Command command = tool.command();
        command.words = QStringList{name};
        command.directory = tool.home.path();
        Delegation delegation(std::move(command), 20s);
        const auto outcome = outcomeOf(delegation);
        QCOMPARE(outcome->ending, Ending::CommandMissing);
        QCOMPARE(outcome->error, name);
    }

    void command_ofARelativeDirectoryOfPath_isMissing()
    {
        ToolScript tool("exit 0");
        tool.home.environment().variables.insert(QStringLiteral("PATH"), QStringLiteral("bin:."));
        Delegation delegation(tool.command(), shortly);
        QCOMPARE(outcomeOf(delegation)->ending, Ending::CommandMissing);
    }

    void command_thatHangs_isEndedWithAllThatItStarted()
    {
        // Neither of them heeds SIGTERM.
        const ToolScript tool("trap '' TERM; (trap '' TERM; while :; do sleep 1; done) & echo $! > \"$HOME/child\"\n"
                              "while :; do sleep 1; done");
        Command command = tool.command();
        command.limit = 500ms;
        Delegation delegation(std::move(command), shortly);
        QElapsedTimer watch;
        watch.start();
        QCOMPARE(outcomeOf(delegation)->ending, Ending::TimedOut);
        QVERIFY(watch.elapsed() > refresh::CommandRun::grace.count());
        const int child = tool.said(QStringLiteral("child")).trimmed().toInt();
        QVERIFY(child > 1);
        QTRY_COMPARE(::kill(child, 0), -1);
    }

    void cancel_whileItRuns_endsIt()
    {
        const ToolScript tool("exec sleep 600");
        Delegation delegation(tool.command(), 20s);
        QSignalSpy spy(&delegation, &Delegation::finished);
        delegation.start();
        delegation.cancel();
        delegation.cancel();
        QVERIFY(spy.isEmpty());
        QVERIFY(spy.wait(10'000));
        QCOMPARE(spy.front().front().value<DelegationOutcome>().ending, Ending::Cancelled);
        QCOMPARE(spy.count(), 1);
    }

    void cancel_whileItSettles_endsTheWaiting()
    {
        const ToolScript tool("touch \"$HOME/said\"");
        Delegation delegation(tool.command(), 60s);
        QSignalSpy spy(&delegation, &Delegation::finished);
        delegation.start();
        QTRY_VERIFY(QFile::exists(tool.home.path(QStringLiteral("said"))));
        QTimer::singleShot(300, &delegation, &Delegation::cancel);
        QVERIFY(spy.wait(10'000));
        QCOMPARE(spy.front().front().value<DelegationOutcome>().ending, Ending::Cancelled);
    }

    void deleted_whileItRuns_endsIt()
    {
        const ToolScript tool("echo $$ > \"$HOME/said\"; exec sleep 600");
        auto delegation = std::make_unique<Delegation>(tool.command(), 20s);
        delegation->start();
        QTRY_VERIFY(tool.said().endsWith('\n'));
        const int process = tool.said().trimmed().toInt();
        delegation.reset();
        QCOMPARE(::kill(process, 0), -1);
    }

    // S-32, S-34: words as they are, an environment of known names, no descriptor, nothing to read, nobody to talk to.
    void command_seesNothingOfUs()
    {
        ToolScript tool("{ for word in \"$@\"; do echo \"[$word]\"; done; env | sort; pwd; ls /proc/self/fd | wc -l;"
                        " readlink /proc/self/fd/2; cat; } > \"$HOME/said\"");
        auto &variables = tool.home.environment().variables;
        variables.insert(QStringLiteral("MINIMAX_API_KEY"), QStringLiteral("secret"));
        variables.insert(QStringLiteral("LD_PRELOAD"), QStringLiteral("/x"));
        variables.insert(QStringLiteral("DISPLAY"), QStringLiteral(":0"));
        variables.insert(QStringLiteral("AWS_CONFIG_FILE"), base::Environment::withheld);
        variables.insert(QStringLiteral("LC_ALL"), QStringLiteral("C"));
        const QStringList words{QStringLiteral("$HOME; id"), QStringLiteral(""), QStringLiteral("a b\n*")};
        const tools::RenewCommand renew{.words = QStringList{QStringLiteral("tool")} + words,
                                        .variables = {QStringLiteral("MMX_CONFIG_DIR=/x y")}};
        const int open = ::open("/dev/null", O_RDONLY); // stands for one that some library forgot to mark CLOEXEC
        Delegation delegation(refresh::commandFor(renew, tool.home.environment()), shortly);
        QCOMPARE(outcomeOf(delegation)->ending, Ending::NothingChanged);
        ::close(open);
        const QByteArray home = tool.home.path().toUtf8();
        QCOMPARE(tool.said(),
                 QByteArray("[$HOME; id]\n[]\n[a b\n*]\nHOME=" + home + "\nLC_ALL=C\nMMX_CONFIG_DIR=/x y\nPATH=" + home
                            + "/bin:/usr/bin:/bin\nPWD=" + home + '\n' + home + "\n4\n/dev/null\n"));
    }

    void input_reachesTheCommandWhole()
    {
        const ToolScript tool("cat > \"$HOME/said\"");
        Command command = tool.command();
        command.input = base::Secret(Command::inputLimit);
        std::ranges::fill(command.input.writable(), 'i');
        refresh::CommandRun run(std::move(command));
        QSignalSpy spy(&run, &refresh::CommandRun::finished);
        run.start();
        QVERIFY(spy.wait(20'000));
        QCOMPARE(tool.said(), QByteArray(static_cast<qsizetype>(Command::inputLimit), 'i'));
    }

    void input_thatNobodyReads_holdsNothingUp()
    {
        const ToolScript tool("exit 0");
        Command command = tool.command();
        command.input = base::Secret(Command::inputLimit);
        refresh::CommandRun run(std::move(command));
        QSignalSpy spy(&run, &refresh::CommandRun::finished);
        run.start();
        QVERIFY(spy.wait(20'000));
        QCOMPARE(spy.front().front().value<CommandEnd>(), CommandEnd{});
    }

    void errors_areKeptFromTheEnd_data()
    {
        QTest::addColumn<QByteArray>("script");
        QTest::addColumn<QByteArray>("kept");
        QTest::newRow("nothing") << QByteArray("echo x") << QByteArray();
        QTest::newRow("a line") << QByteArray("echo no such container >&2") << QByteArray("no such container\n");
        QTest::newRow("more than fits") << QByteArray(
            "i=0; while [ $i -lt 3000 ]; do echo line $i; i=$((i+1)); done >&2")
                                        << QByteArray("*line 2998\nline 2999\n");
        // Its head is gone, and it may be a token's tail.
        QTest::newRow("one endless line") << QByteArray("head -c 100000 /dev/zero | tr '\\0' x >&2") << QByteArray();
    }

    void errors_areKeptFromTheEnd()
    {
        QFETCH(QByteArray, script);
        QFETCH(QByteArray, kept);
        const ToolScript tool(script);
        Command command = tool.command();
        command.errors = Command::Errors::Kept;
        refresh::CommandRun run(std::move(command));
        QSignalSpy spy(&run, &refresh::CommandRun::finished);
        run.start();
        QVERIFY(spy.wait(20'000));
        const base::Secret errors = run.lastErrors();
        const QByteArray text(errors.expose().data(), static_cast<qsizetype>(errors.size()));
        if (kept.startsWith('*')) {
            QVERIFY(text.endsWith(kept.sliced(1)) && text.startsWith("line "));
            QVERIFY(errors.size() <= Command::errorsKept);
        } else {
            QCOMPARE(text, kept);
        }
    }

    // What a tool leaves running is its own affair, and holds nothing up.
    void child_thatOutlivesTheCommand_isNotWaitedFor()
    {
        const ToolScript tool("sleep 600 & echo $! > \"$HOME/said\"");
        Command command = tool.command();
        command.errors = Command::Errors::Kept; // which it keeps open
        refresh::CommandRun run(std::move(command));
        QSignalSpy spy(&run, &refresh::CommandRun::finished);
        run.start();
        QVERIFY(spy.wait(20'000));
        const int child = tool.said().trimmed().toInt();
        QCOMPARE(::kill(child, SIGKILL), 0);
    }
};

QTEST_GUILESS_MAIN(DelegationTest)
#include "delegation.moc"
