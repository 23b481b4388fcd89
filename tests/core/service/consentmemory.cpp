// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/programs/consentmemory.h"

#include <QDir>
#include <QFileInfo>
#include <QTest>

#include "base/secret.h"
#include "fakes/temporaryhome.h"
#include "service/settings/settings.h"

using namespace keytender;
using namespace std::chrono_literals;
using service::ConsentMemory;
using service::ConsentRule;

namespace {

const base::Timestamp noon = std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 12h;
const QString gitHub = QStringLiteral("gh-cli");
const QString git = QStringLiteral("/usr/bin/git");
const QString file = QStringLiteral(".local/share/keytender/consents.json");
const profile::Account octocat{
    .id = QStringLiteral("1"), .email = {}, .organizationId = {}, .organizationName = {}, .plan = {}};
const profile::Account hubot{
    .id = QStringLiteral("2"), .email = {}, .organizationId = {}, .organizationName = {}, .plan = {}};

ConsentRule rule(const QString &profile, const QString &program, bool isAllowed = true)
{
    return {.profileId = profile, .program = program, .isAllowed = isAllowed, .since = noon};
}

QByteArray with(const QByteArray &rules)
{
    return R"({"version": 1, "rules": [)" + rules + R"(], "accounts": {}})";
}

} // namespace

class ConsentMemoryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void whatWasSaid_outlivesTheProgram();
    void lastWord_counts();
    void damagedFile_allowsNothing_andStays_data();
    void damagedFile_allowsNothing_andStays();
    void fileThatOthersMayWrite_allowsNothing();
    void fileThatCannotBeWritten_remembersNothing_andSaysSo();
    void end_holdsAtOnce_evenWhereTheFileCannotBeWritten();
    void anotherAccount_endsWhatWasAllowed();
    void anotherAccount_isNoticedAtTheNextStart();
    void use_isKeptOnceAnHour();

private:
    [[nodiscard]] ConsentMemory memoryIn(const fakes::TemporaryHome &home)
    {
        return {service::Places::in(home.environment()).consents, home.environment(), m_random};
    }
    base::SystemRandom m_random;
};

void ConsentMemoryTest::whatWasSaid_outlivesTheProgram()
{
    fakes::TemporaryHome home;
    ConsentMemory before = memoryIn(home);
    QVERIFY(before.keep(rule(gitHub, git), octocat).has_value());
    QVERIFY(before.keep(rule(gitHub, QStringLiteral("/opt/odd \"na\nme\""), false), octocat).has_value());
    const ConsentMemory after = memoryIn(home);
    QVERIFY(!after.problem());
    QVERIFY(after.rules() == before.rules());
    QCOMPARE(after.rules().size(), 2U);
    const auto permissions = QFileInfo(home.path(file)).permissions();
    QCOMPARE(permissions & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
}

void ConsentMemoryTest::lastWord_counts()
{
    fakes::TemporaryHome home;
    ConsentMemory memory = memoryIn(home);
    QVERIFY(memory.keep(rule(gitHub, git), octocat).has_value());
    QVERIFY(memory.keep(rule(gitHub, git, false), octocat).has_value());
    QVERIFY(memoryIn(home).rules() == std::vector{rule(gitHub, git, false)});
}

void ConsentMemoryTest::damagedFile_allowsNothing_andStays_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const QByteArray good =
        R"({"profile": "gh-cli", "program": "/usr/bin/git", "allow": true, "since": "2026-11-22T12:00:00Z"})";
    const auto changed = [good](const QByteArray &part, const QByteArray &by) {
        return with(QByteArray(good).replace(part, by));
    };
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("cut off") << with(good).chopped(20);
    QTest::newRow("no JSON") << QByteArray("version: 1");
    QTest::newRow("of a newer Keytender") << with(good).replace(R"("version": 1)", R"("version": 2)");
    QTest::newRow("no version") << with(good).replace(R"("version": 1, )", "");
    QTest::newRow("no rules") << QByteArray(R"({"version": 1})");
    QTest::newRow("all programs") << changed("/usr/bin/git", "*");
    QTest::newRow("a name") << changed("/usr/bin/git", "git");
    QTest::newRow("no login") << changed("gh-cli", "");
    QTest::newRow("allow is a word") << changed("true", R"("yes")");
    QTest::newRow("allow twice") << changed(R"("allow": true)", R"("allow": false, "allow": true)");
    QTest::newRow("no time") << changed("2026-11-22T12:00:00Z", "yesterday");
    QTest::newRow("twice") << with(good + ", " + QByteArray(good).replace("true", "false"));
}

void ConsentMemoryTest::damagedFile_allowsNothing_andStays()
{
    QFETCH(const QByteArray, bytes);
    fakes::TemporaryHome home;
    home.write(file, bytes);
    ConsentMemory memory = memoryIn(home);
    QVERIFY(memory.rules().empty());
    QVERIFY(memory.problem().has_value());
    QVERIFY(memory.problem()->subject.endsWith(QStringLiteral("consents.json")));
    QVERIFY(!memory.keep(rule(gitHub, git), octocat).has_value());
    QVERIFY(memory.rules().empty());
    QCOMPARE(home.read(file), bytes);
}

void ConsentMemoryTest::fileThatOthersMayWrite_allowsNothing()
{
    fakes::TemporaryHome home;
    const QString path = home.write(
        file,
        with(R"({"profile": "gh-cli", "program": "/usr/bin/git", "allow": true, "since": "2026-11-22T12:00:00Z"})"));
    QCOMPARE(memoryIn(home).rules().size(), 1U);
    QVERIFY(QFile::setPermissions(path, QFile::Permissions(0x6666)));
    QVERIFY(memoryIn(home).rules().empty());
    QCOMPARE(memoryIn(home).problem()->kind, base::ErrorKind::Unsafe);
}

void ConsentMemoryTest::fileThatCannotBeWritten_remembersNothing_andSaysSo()
{
    fakes::TemporaryHome home;
    home.write(QStringLiteral(".local/share/keytender"), "a file stands in the directory's place");
    ConsentMemory memory = memoryIn(home);
    QVERIFY(!memory.keep(rule(gitHub, git), octocat).has_value());
    QVERIFY(memory.rules().empty());
}

void ConsentMemoryTest::end_holdsAtOnce_evenWhereTheFileCannotBeWritten()
{
    fakes::TemporaryHome home;
    ConsentMemory memory = memoryIn(home);
    QVERIFY(memory.keep(rule(gitHub, git), octocat).has_value());
    QVERIFY(memory.keep(rule(QStringLiteral("claude-cli"), git), {}).has_value());
    // As root no permission keeps anybody from writing: a directory in the file's place does.
    QVERIFY(QFile::rename(home.path(file), home.path(QStringLiteral("aside"))));
    QVERIFY(QDir().mkpath(home.path(file) + QStringLiteral("/full")));
    QVERIFY(!memory.remove(gitHub, git).has_value());
    QCOMPARE(memory.rules().size(), 1U);
    QVERIFY(QDir(home.path(file)).removeRecursively());
    QVERIFY(QFile::rename(home.path(QStringLiteral("aside")), home.path(file)));
    QCOMPARE(memoryIn(home).rules().size(), 2U);
    QVERIFY(memory.keep(rule(QStringLiteral("codex-cli"), git), {}).has_value()); // makes it good
    const ConsentMemory after = memoryIn(home);
    QVERIFY(std::ranges::find(after.rules(), gitHub, &ConsentRule::profileId) == after.rules().end());
    QCOMPARE(after.rules().size(), 2U);
}

void ConsentMemoryTest::anotherAccount_endsWhatWasAllowed()
{
    fakes::TemporaryHome home;
    ConsentMemory memory = memoryIn(home);
    QVERIFY(memory.keep(rule(gitHub, git), octocat).has_value());
    QVERIFY(memory.keep(rule(gitHub, QStringLiteral("/opt/spy"), false), octocat).has_value());
    QVERIFY(memory.noteAccount(gitHub, octocat).has_value());
    QVERIFY(memory.noteAccount(gitHub, {}).has_value()); // not known just now is no other account
    QVERIFY(memory.noteAccount(QStringLiteral("claude-cli"), hubot).has_value());
    QCOMPARE(memory.rules().size(), 2U);
    QVERIFY(memory.noteAccount(gitHub, hubot).has_value());
    QVERIFY(memoryIn(home).rules() == std::vector{rule(gitHub, QStringLiteral("/opt/spy"), false)});
}

void ConsentMemoryTest::anotherAccount_isNoticedAtTheNextStart()
{
    fakes::TemporaryHome home;
    {
        ConsentMemory memory = memoryIn(home);
        QVERIFY(memory.keep(rule(gitHub, git), {}).has_value()); // before the account was known
        QVERIFY(memory.noteAccount(gitHub, octocat).has_value());
        QCOMPARE(memory.rules().size(), 1U);
    }
    ConsentMemory memory = memoryIn(home);
    QVERIFY(memory.noteAccount(gitHub, hubot).has_value());
    QVERIFY(memory.rules().empty());
    QVERIFY(memoryIn(home).rules().empty());
}

void ConsentMemoryTest::use_isKeptOnceAnHour()
{
    fakes::TemporaryHome home;
    ConsentMemory memory = memoryIn(home);
    QVERIFY(memory.keep(rule(gitHub, git), octocat).has_value());
    const auto kept = [&] { return memoryIn(home).rules().front().lastUsedAt; };
    memory.noteUse(gitHub, git, noon + 1min);
    QVERIFY(kept() == noon + 1min);
    memory.noteUse(gitHub, git, noon + 30min);
    QVERIFY(kept() == noon + 1min);
    QVERIFY(memory.rules().front().lastUsedAt == noon + 30min);
    memory.noteUse(gitHub, git, noon + 2h);
    QVERIFY(kept() == noon + 2h);
}

QTEST_GUILESS_MAIN(ConsentMemoryTest)
#include "consentmemory.moc"
