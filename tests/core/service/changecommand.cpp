// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <csignal>

#include <QSignalSpy>
#include <QtTest>

#include "base/jsonspans.h"
#include "base/knownsecrets.h"
#include "base/random.h"
#include "fakes/temporaryhome.h"
#include "service/neighbours/changecommand.h"

using namespace keytender;
using namespace std::chrono_literals;
using service::ChangeCommand;
using service::ChangeOutcome;
using service::WrittenChange;
using Ending = service::ChangeOutcome::Ending;

Q_DECLARE_METATYPE(keytender::service::ChangeOutcome::Ending)

namespace {

const QString token = QStringLiteral("plainlookingtokenofnoshape");

WrittenChange change(const char *account = "me@example.com", const char *accessToken = "")
{
    return {.profileId = QStringLiteral("claude-cli"),
            .providerId = QStringLiteral("anthropic"),
            .account = QString::fromUtf8(account),
            .accessToken = base::Secret::copyOf(accessToken)};
}

QByteArray textOf(const base::Secret &secret)
{
    return QByteArray(secret.expose().data(), static_cast<qsizetype>(secret.size()));
}

// The person's command, as a shell script that is named by its path.
class Script final {
public:
    explicit Script(const QByteArray &body) : m_known(std::make_shared<base::KnownSecrets>(m_random))
    {
        const QString path = home.write(QStringLiteral("gateway/changed"), "#!/bin/sh\n" + body);
        QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        m_known->learn(base::Secret::copyOf(token.toStdString()));
        home.environment().variables.insert(QStringLiteral("PATH"), QStringLiteral("/usr/bin:/bin"));
        settings.words = QStringList{path, QStringLiteral("a b"), QStringLiteral("$(id)")};
        settings.directory = home.path(QStringLiteral("gateway"));
    }
    std::unique_ptr<ChangeCommand> make() const
    {
        return std::make_unique<ChangeCommand>(settings, home.environment(), m_known);
    }
    ChangeOutcome outcome(WrittenChange written = change()) const
    {
        const auto command = make();
        QSignalSpy spy(command.get(), &ChangeCommand::finished);
        command->run(std::move(written));
        if (!spy.wait(20'000))
            return {.ending = Ending::NotStarted, .exitCode = -1, .said = QStringLiteral("never finished")};
        return spy.front().front().value<ChangeOutcome>();
    }

    fakes::TemporaryHome home;
    ChangeCommand::Settings settings;

private:
    base::SystemRandom m_random;
    std::shared_ptr<base::KnownSecrets> m_known;
};

} // namespace

class ChangeCommandTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }

    void message_isOneLineOfJson_data()
    {
        QTest::addColumn<QByteArray>("account");
        QTest::addColumn<QByteArray>("accessToken");
        QTest::addColumn<QByteArray>("message");
        const QByteArray head = R"({"profile":"claude-cli","provider":"anthropic")";
        QTest::newRow("a tool's store") << QByteArray("me@example.com") << QByteArray()
                                        << head
                                               + R"(,"account":"me@example.com"})"
                                                 "\n";
        QTest::newRow("an environment file") << QByteArray("me@example.com") << QByteArray("at-1")
                                             << head
                                                    + R"(,"account":"me@example.com","accessToken":"at-1"})"
                                                      "\n";
        QTest::newRow("nobody knows whose") << QByteArray() << QByteArray() << head + "}\n";
        QTest::newRow("odd letters") << QByteArray("\"\\\n\xC3\xA4") << QByteArray()
                                     << head + ",\"account\":\"\\\"\\\\\\n\xC3\xA4\"}\n";
    }

    void message_isOneLineOfJson()
    {
        QFETCH(QByteArray, account);
        QFETCH(QByteArray, accessToken);
        QTEST(textOf(service::messageOf(change(account.constData(), accessToken.constData()))), "message");
    }

    void command_hearsTheChangeAndNothingElse()
    {
        Script script("{ cat; pwd; printf '[%s]' \"$@\"; env | sort; } > said");
        auto &variables = script.home.environment().variables;
        variables.insert(QStringLiteral("ANTHROPIC_API_KEY"), QStringLiteral("x"));
        variables.insert(QStringLiteral("DOCKER_HOST"), QStringLiteral("unix:///run/d"));
        QCOMPARE(script.outcome(change("me", "at-1")), ChangeOutcome{});
        const QByteArray home = script.home.path().toUtf8();
        QCOMPARE(script.home.read(QStringLiteral("gateway/said")),
                 R"({"profile":"claude-cli","provider":"anthropic","account":"me","accessToken":"at-1"})"
                 "\n" + home
                     + "/gateway\n[a b][$(id)]DOCKER_HOST=unix:///run/d\nHOME=" + home
                     + "\nPATH=/usr/bin:/bin\nPWD=" + home + "/gateway\n");
    }

    void outcome_isTold_data()
    {
        QTest::addColumn<QByteArray>("script");
        QTest::addColumn<Ending>("ending");
        QTest::addColumn<int>("exitCode");
        QTest::addColumn<QString>("said");
        QTest::newRow("well") << QByteArray("echo out; exit 0") << Ending::Done << 0 << QString();
        QTest::newRow("badly") << QByteArray("echo 'no such container: gateway' >&2; exit 5") << Ending::Failed << 5
                               << QStringLiteral("no such container: gateway");
        QTest::newRow("by a signal") << QByteArray("kill -ABRT $$") << Ending::Failed << 0 << QString();
        QTest::newRow("in colours") << QByteArray("printf '\\033[31mred\\033[0m\\a\\n' >&2") << Ending::Done << 0
                                    << QStringLiteral("[31mred [0m");
        QTest::newRow("with a secret") << "echo refused " + token.toUtf8() + " there >&2; exit 1" << Ending::Failed << 1
                                       << QString();
        QTest::newRow("with what looks like one")
            << QByteArray("echo sk-ant-oat01-abcdefghijklmnopqrstuvwxyz0123456789 >&2; exit 1") << Ending::Failed << 1
            << QString();
    }

    void outcome_isTold()
    {
        QFETCH(QByteArray, script);
        QFETCH(QString, said);
        const ChangeOutcome outcome = Script(script).outcome();
        QTEST(outcome.ending, "ending");
        QTEST(outcome.exitCode, "exitCode");
        QVERIFY(!outcome.said.contains(token) && !outcome.said.contains(QStringLiteral("abcdefgh")));
        if (!said.isEmpty())
            QCOMPARE(outcome.said, said);
    }

    // What it repeats of its input is redacted before it is cut, so that no half of a token is left.
    void said_isTheEndAndShort()
    {
        const Script script("printf 'x%.0s' 1 2 3 >&2; echo >&2; for i in 1 2 3 4 5 6 7 8 9; do echo \""
                            + token.toUtf8() + " 0123456789 0123456789 0123456789 0123456789\" >&2; done; exit 1");
        const ChangeOutcome outcome = script.outcome();
        QCOMPARE(outcome.said.size(), ChangeOutcome::longestSaid);
        QVERIFY(outcome.said.endsWith(QStringLiteral("0123456789 0123456789")));
        for (qsizetype part = 8; part < token.size(); ++part)
            QVERIFY(!outcome.said.contains(token.right(part)));
    }

    void command_thatIsMissing_isNamed()
    {
        Script script("");
        script.settings.words = QStringList{QStringLiteral("no-such-program")};
        const ChangeOutcome outcome = script.outcome();
        QCOMPARE(outcome.ending, Ending::Missing);
        QCOMPARE(outcome.said, QStringLiteral("no-such-program"));
    }

    void directory_thatIsMissing_isAnError()
    {
        Script script("");
        script.settings.directory = QStringLiteral("/no/such/directory");
        QCOMPARE(script.outcome().ending, Ending::NotStarted);
    }

    void command_thatHangs_isEndedWithItsChildren()
    {
        Script script("sleep 600 & echo $! > child; cat > /dev/null; wait");
        script.settings.limit = 300ms;
        QCOMPARE(script.outcome().ending, Ending::TimedOut);
        const int child = script.home.read(QStringLiteral("gateway/child")).trimmed().toInt();
        QVERIFY(child > 1);
        QTRY_COMPARE(::kill(child, 0), -1);
    }

    void changes_whileItRuns_areToldOnceWithTheNewest()
    {
        const Script script("cat >> said; while [ ! -e go ]; do sleep 0.02; done");
        const auto command = script.make();
        QSignalSpy spy(command.get(), &ChangeCommand::finished);
        command->run(change("first"));
        command->run(change("second"));
        command->run(change("third"));
        QVERIFY(command->isRunning());
        QTRY_VERIFY(script.home.read(QStringLiteral("gateway/said")).endsWith('\n'));
        script.home.write(QStringLiteral("gateway/go"), "x");
        QTRY_COMPARE_WITH_TIMEOUT(spy.count(), 2, 20'000);
        QTRY_VERIFY(!command->isRunning());
        const QByteArray said = script.home.read(QStringLiteral("gateway/said"));
        QCOMPARE(said.count('\n'), 2);
        QVERIFY(said.contains("first") && said.contains("third") && !said.contains("second"));
    }

    void cancel_endsItAndForgetsTheRest()
    {
        const Script script("cat > said; exec sleep 600");
        const auto command = script.make();
        QSignalSpy spy(command.get(), &ChangeCommand::finished);
        command->run(change("first"));
        command->run(change("second"));
        command->cancel();
        QVERIFY(spy.wait(20'000));
        QCOMPARE(spy.front().front().value<ChangeOutcome>().ending, Ending::Cancelled);
        QVERIFY(!command->isRunning());
        QVERIFY(!spy.wait(200));
    }
};

QTEST_GUILESS_MAIN(ChangeCommandTest)
#include "changecommand.moc"
