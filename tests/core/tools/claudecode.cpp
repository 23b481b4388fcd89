// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/claudecode.h"

#include <QDir>
#include <QTest>

#include "look.h"

using namespace keytender;
using namespace keytender::fetching;
using profile::CopyState;
using profile::CredentialKind;

namespace {

const QString login = QStringLiteral(".claude/.credentials.json");
const QString settings = QStringLiteral(".claude.json");

base::Timestamp at(std::int64_t milliseconds)
{
    return base::Timestamp(base::Milliseconds{milliseconds});
}

// A login with these members of claudeAiOauth replaced or added; an empty value takes the member out.
QByteArray record(const QByteArray &member, const QByteArray &value)
{
    const QList<std::pair<QByteArray, QByteArray>> usual{{"accessToken", "\"sk-ant-oat01-dummy\""},
                                                         {"refreshToken", "\"sk-ant-ort01-dummy\""},
                                                         {"expiresAt", "1795356000123"},
                                                         {"refreshTokenExpiresAt", "1796115600000"},
                                                         {"scopes", "[\"user:inference\",\"user:profile\"]"},
                                                         {"subscriptionType", "\"pro\""}};
    QByteArrayList members;
    bool isReplaced = false;
    for (const auto &[name, good] : usual) {
        isReplaced |= name == member;
        const QByteArray text = name == member ? value : good;
        if (!text.isEmpty())
            members.append('"' + name + "\":" + text);
    }
    if (!isReplaced && !member.isEmpty())
        members.append('"' + member + "\":" + value);
    return "{\"claudeAiOauth\":{" + members.join(',') + "}}";
}

} // namespace

class ClaudeCodeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void currentRecord_tellsEverything();
    void recordOfTheRealClient_isRead();
    void olderRecord_takesItsAccountFromSettings();
    void recordOfAnotherAccount_beatsStaleSettings();
    void settingsThatCannotBeRead_areRemarkedUpon();
    void blankRecord_isBlank_andSaysWhy();
    void recordWithoutLogin_isAbsent();
    void record_data();
    void record();
    void consoleKey_isALoginOfItsOwn();
    void consoleKey_inBrokenSettings_isUnreadable_data();
    void consoleKey_inBrokenSettings_isUnreadable();
    void homes_data();
    void homes();
    void identityFile_followsTheVariables();
    void relativeConfigDir_isAProblem();
    void symlinkedHome_isReadOnce();

private:
    const tools::ClaudeCode m_tool;
};

void ClaudeCodeTest::currentRecord_tellsEverything()
{
    fakes::TemporaryHome home;
    home.write(login, fixture(QStringLiteral("claude-code/credentials.json")));
    home.write(settings, fixture(QStringLiteral("claude-code/claude.json")));
    const auto seen = look(m_tool, {.environment = home.environment(), .extraHomes = {}});
    const auto &reading = seen.at(QStringLiteral("claude-cli")).reading;
    QCOMPARE(reading.state, CopyState::Held);
    QVERIFY2(!reading.problem, reading.problem ? qPrintable(describe(*reading.problem)) : "");
    QCOMPARE(reading.credential->kind, CredentialKind::OAuth);
    const auto &tokens = reading.credential->tokens;
    QVERIFY(holds(tokens.accessToken, "sk-ant-oat01-dummy-access-token-of-the-fixture"));
    QVERIFY(holds(tokens.refreshToken, "sk-ant-ort01-dummy-refresh-token-of-the-fixture"));
    QVERIFY(tokens.expiresAt == at(1795356000123));
    QVERIFY(tokens.refreshTokenExpiresAt == at(1796115600000));
    QCOMPARE(tokens.scopes.size(), 6);
    QCOMPARE(reading.account.id, QStringLiteral("11111111-aaaa-4bbb-8ccc-000000000001"));
    QCOMPARE(reading.account.email, QStringLiteral("ada@example.org"));
    QCOMPARE(reading.account.organizationId, QStringLiteral("22222222-aaaa-4bbb-8ccc-000000000002"));
    QCOMPARE(reading.account.organizationName, QStringLiteral("Ada's Organization"));
    QCOMPARE(reading.account.plan, QStringLiteral("max"));
    QCOMPARE(reading.protection, profile::Protection::PrivateFile);
}

void ClaudeCodeTest::recordOfTheRealClient_isRead()
{
    fakes::TemporaryHome home;
    home.write(login, fixture(QStringLiteral("claude-code/written-by-claude-2.1.330.json")));
    home.write(settings, fixture(QStringLiteral("claude-code/written-by-claude-2.1.330-claude.json")));
    const auto seen = look(m_tool, {.environment = home.environment(), .extraHomes = {}});
    const auto &reading = seen.at(QStringLiteral("claude-cli")).reading;
    QCOMPARE(reading.state, CopyState::Held);
    QVERIFY(!reading.problem);
    QVERIFY(reading.credential->tokens.expiresAt == at(1795325313024));
    QCOMPARE(reading.account.email, QStringLiteral("ada@example.org"));
    QCOMPARE(seen.at(QStringLiteral("claude-cli:console")).reading.state, CopyState::Absent);
}

void ClaudeCodeTest::olderRecord_takesItsAccountFromSettings()
{
    fakes::TemporaryHome home;
    home.write(login, fixture(QStringLiteral("claude-code/credentials-2.0.json")));
    home.write(settings, fixture(QStringLiteral("claude-code/claude.json")));
    const auto seen = look(m_tool, {.environment = home.environment(), .extraHomes = {}});
    const auto &reading = seen.at(QStringLiteral("claude-cli")).reading;
    QCOMPARE(reading.state, CopyState::Held);
    QCOMPARE(reading.account.id, QStringLiteral("11111111-aaaa-4bbb-8ccc-000000000001"));
    QCOMPARE(reading.account.email, QStringLiteral("ada@example.org"));
    QCOMPARE(reading.account.plan, QStringLiteral("pro"));
    QVERIFY(!reading.credential->tokens.refreshTokenExpiresAt);
}

void ClaudeCodeTest::recordOfAnotherAccount_beatsStaleSettings()
{
    fakes::TemporaryHome home;
    home.write(login, ::record("accountUuid", "\"33333333-aaaa-4bbb-8ccc-000000000003\""));
    home.write(settings, fixture(QStringLiteral("claude-code/claude.json")));
    const auto seen = look(m_tool, {.environment = home.environment(), .extraHomes = {}});
    const auto &reading = seen.at(QStringLiteral("claude-cli")).reading;
    QCOMPARE(reading.state, CopyState::Held);
    QCOMPARE(reading.account.id, QStringLiteral("33333333-aaaa-4bbb-8ccc-000000000003"));
    QCOMPARE(reading.account.email, QString());
    QCOMPARE(reading.problem->subject, home.path(settings));
    QCOMPARE(reading.problem->place, QStringLiteral("oauthAccount"));
}

void ClaudeCodeTest::settingsThatCannotBeRead_areRemarkedUpon()
{
    fakes::TemporaryHome home;
    home.write(login, ::record({}, {}));
    home.write(settings, "{\"oauthAccount\": {\"accountUuid\": ");
    const auto seen = look(m_tool, {.environment = home.environment(), .extraHomes = {}});
    const auto &reading = seen.at(QStringLiteral("claude-cli")).reading;
    QCOMPARE(reading.state, CopyState::Held);
    QCOMPARE(reading.problem->subject, home.path(settings));
    QVERIFY(!reading.account.isKnown());
    QVERIFY(!seen.contains(QStringLiteral("claude-cli:console"))); // nothing there speaks of a key
}

void ClaudeCodeTest::blankRecord_isBlank_andSaysWhy()
{
    fakes::TemporaryHome home;
    home.write(login, fixture(QStringLiteral("claude-code/blank.json")));
    const auto seen = look(m_tool, {.environment = home.environment(), .extraHomes = {}});
    const auto &reading = seen.at(QStringLiteral("claude-cli")).reading;
    QCOMPARE(reading.state, CopyState::Blank);
    QVERIFY(!reading.credential);
    QVERIFY(reading.problem->place.contains(QStringLiteral("loginEnded")));
    QCOMPARE(reading.account.id, QStringLiteral("11111111-aaaa-4bbb-8ccc-000000000001"));
}

void ClaudeCodeTest::recordWithoutLogin_isAbsent()
{
    fakes::TemporaryHome home;
    home.write(login, "{\"mcpOAuth\":{\"linear\":{\"accessToken\":\"dummy\",\"expiresAt\":\"?\"}}}");
    const auto seen = look(m_tool, {.environment = home.environment(), .extraHomes = {}});
    QCOMPARE(seen.at(QStringLiteral("claude-cli")).reading.state, CopyState::Absent);
}

void ClaudeCodeTest::record_data()
{
    QTest::addColumn<QByteArray>("member");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<CopyState>("state");
    QTest::addColumn<CredentialKind>("kind");
    QTest::addColumn<bool>("hasExpiry");
    QTest::addColumn<QString>("remark"); // a part of the problem's place; empty = no problem

    const auto row = [](const char *name, const char *member, const char *value, CopyState state,
                        CredentialKind kind = CredentialKind::OAuth, bool hasExpiry = true,
                        const QString &remark = {}) {
        QTest::newRow(name) << QByteArray(member) << QByteArray(value) << state << kind << hasExpiry << remark;
    };
    using enum CopyState;
    const QString expiresAt = QStringLiteral("expiresAt");
    row("usual", "", "", Held);
    row("unknown member", "future", "{\"a\":[1]}", Held);
    row("no refresh token", "refreshToken", "", Held, CredentialKind::Token);
    row("null refresh token", "refreshToken", "null", Held, CredentialKind::Token);
    row("empty refresh token", "refreshToken", "\"\"", Held, CredentialKind::Token);
    row("null expiry", "expiresAt", "null", Held, CredentialKind::OAuth, false);
    row("no expiry", "expiresAt", "", Held, CredentialKind::OAuth, false);
    row("expiry 0", "expiresAt", "0", Held, CredentialKind::OAuth, false, expiresAt);
    row("expiry in seconds", "expiresAt", "1795356000", Unreadable, {}, false, expiresAt);
    row("expiry as text", "expiresAt", "\"1795356000123\"", Unreadable, {}, false, expiresAt);
    row("negative expiry", "expiresAt", "-1", Unreadable, {}, false, expiresAt);
    row("sign-in end in seconds", "refreshTokenExpiresAt", "1796115600", Unreadable, {}, false,
        QStringLiteral("refreshTokenExpiresAt"));
    row("no access token", "accessToken", "", Unreadable, {}, false, QStringLiteral("accessToken"));
    row("empty access token", "accessToken", "\"\"", Held, CredentialKind::OAuth, true, QStringLiteral("accessToken"));
    row("access token no text", "accessToken", "7", Unreadable, {}, false, QStringLiteral("accessToken"));
    row("no scopes", "scopes", "", Held, CredentialKind::OAuth, true, QStringLiteral("scopes"));
    row("without user:inference", "scopes", "[\"user:profile\"]", Held, CredentialKind::OAuth, true,
        QStringLiteral("scopes"));
    row("plan no text", "subscriptionType", "[]", Held, CredentialKind::OAuth, true,
        QStringLiteral("subscriptionType"));
}

void ClaudeCodeTest::record()
{
    QFETCH(QByteArray, member);
    QFETCH(QByteArray, value);
    QFETCH(QString, remark);
    fakes::TemporaryHome home;
    home.write(login, ::record(member, value));
    const auto seen = look(m_tool, {.environment = home.environment(), .extraHomes = {}});
    const auto &reading = seen.at(QStringLiteral("claude-cli")).reading;
    QTEST(reading.state, "state");
    QCOMPARE(reading.problem.has_value(), !remark.isEmpty());
    if (reading.problem) {
        QVERIFY2(reading.problem->place.contains(remark), qPrintable(describe(*reading.problem)));
        QCOMPARE(reading.problem->subject, home.path(login));
    }
    if (reading.state != CopyState::Held)
        return;
    QTEST(reading.credential->kind, "kind");
    QTEST(reading.credential->tokens.expiresAt.has_value(), "hasExpiry");
}

void ClaudeCodeTest::consoleKey_inBrokenSettings_isUnreadable_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("cut off") << QByteArray("{\"primaryApiKey\": \"sk-ant-api03-dum");
    QTest::newRow("damaged behind it") << QByteArray("{\"primaryApiKey\": \"sk-ant-api03-dummy\", }");
    QTest::newRow("another type") << QByteArray("{\"primaryApiKey\": 7}");
}

void ClaudeCodeTest::consoleKey_inBrokenSettings_isUnreadable()
{
    QFETCH(QByteArray, text);
    fakes::TemporaryHome home;
    home.write(settings, text);
    const auto seen = look(m_tool, {.environment = home.environment(), .extraHomes = {}});
    const auto &reading = seen.at(QStringLiteral("claude-cli:console")).reading;
    QCOMPARE(reading.state, CopyState::Unreadable);
    QCOMPARE(reading.problem->subject, home.path(settings));
}

void ClaudeCodeTest::consoleKey_isALoginOfItsOwn()
{
    fakes::TemporaryHome home;
    home.write(settings, fixture(QStringLiteral("claude-code/claude-with-console-key.json")));
    const auto seen = look(m_tool, {.environment = home.environment(), .extraHomes = {}});
    const auto &reading = seen.at(QStringLiteral("claude-cli:console")).reading;
    QCOMPARE(reading.state, CopyState::Held);
    QCOMPARE(reading.credential->kind, CredentialKind::ApiKey);
    QVERIFY(holds(reading.credential->tokens.accessToken, "sk-ant-api03-dummy-console-key"));
    QCOMPARE(reading.account.email, QStringLiteral("ada@example.org"));
    QCOMPARE(seen.at(QStringLiteral("claude-cli")).reading.state, CopyState::Absent);
}

void ClaudeCodeTest::homes_data()
{
    QTest::addColumn<QString>("configDir"); // "" = unset
    QTest::addColumn<QString>("secureDir"); // "-" = unset
    QTest::addColumn<QStringList>("extra");
    QTest::addColumn<QStringList>("expected"); // homes below the user's, and their names
    const QString unset = QStringLiteral("-");
    QTest::newRow("nothing set") << QString() << unset << QStringList() << QStringList{QStringLiteral(".claude=")};
    QTest::newRow("config dir") << QStringLiteral("work") << unset << QStringList()
                                << QStringList{QStringLiteral(".claude="), QStringLiteral("work=work")};
    QTest::newRow("config dir is the usual one")
        << QStringLiteral(".claude") << unset << QStringList() << QStringList{QStringLiteral(".claude=")};
    QTest::newRow("secure dir") << QString() << QStringLiteral("safe") << QStringList()
                                << QStringList{QStringLiteral(".claude="), QStringLiteral("safe=safe")};
    QTest::newRow("secure dir set to nothing") << QStringLiteral("work") << QString() << QStringList()
                                               << QStringList{QStringLiteral(".claude="), QStringLiteral("work=work")};
    QTest::newRow("extra homes") << QString() << unset
                                 << QStringList{QStringLiteral(".claude-work"), QStringLiteral(".claude-work/")}
                                 << QStringList{QStringLiteral(".claude="), QStringLiteral(".claude-work=claude-work")};
}

void ClaudeCodeTest::homes()
{
    QFETCH(QString, configDir);
    QFETCH(QString, secureDir);
    QFETCH(QStringList, extra);
    fakes::TemporaryHome home;
    QHash<QString, QString> &variables = home.environment().variables;
    if (!configDir.isEmpty())
        variables.insert(QStringLiteral("CLAUDE_CONFIG_DIR"), home.path(configDir));
    if (secureDir != QStringLiteral("-"))
        variables.insert(QStringLiteral("CLAUDE_SECURESTORAGE_CONFIG_DIR"),
                         secureDir.isEmpty() ? QString() : home.path(secureDir));
    QStringList homes;
    for (const QString &path : std::as_const(extra))
        homes.append(home.path(path));
    QStringList found;
    for (const auto &place : m_tool.locate({.environment = home.environment(), .extraHomes = homes}).places) {
        if (place.path.endsWith(QStringLiteral("/.credentials.json")))
            found.append(QDir(home.path()).relativeFilePath(place.path).section(u'/', 0, -2) + u'=' + place.homeName);
    }
    QTEST(found, "expected");
}

void ClaudeCodeTest::identityFile_followsTheVariables()
{
    fakes::TemporaryHome home;
    home.environment().variables = {{QStringLiteral("CLAUDE_CONFIG_DIR"), home.path(QStringLiteral("work"))},
                                    {QStringLiteral("CLAUDE_SECURESTORAGE_CONFIG_DIR"), QString()}};
    home.write(login, ::record({}, {}));
    home.write(QStringLiteral("work/.claude.json"), fixture(QStringLiteral("claude-code/claude.json")));
    const auto seen = look(m_tool, {.environment = home.environment(), .extraHomes = {}});
    QCOMPARE(seen.at(QStringLiteral("claude-cli")).reading.account.email, QStringLiteral("ada@example.org"));
}

void ClaudeCodeTest::relativeConfigDir_isAProblem()
{
    fakes::TemporaryHome home;
    home.environment().variables = {{QStringLiteral("CLAUDE_CONFIG_DIR"), QStringLiteral("work")}};
    const auto located = m_tool.locate({.environment = home.environment(), .extraHomes = {}});
    QCOMPARE(located.problems.size(), std::size_t{1});
    QCOMPARE(located.problems.front().subject, QStringLiteral("CLAUDE_CONFIG_DIR"));
}

void ClaudeCodeTest::symlinkedHome_isReadOnce()
{
    fakes::TemporaryHome home;
    home.write(login, ::record({}, {}));
    QVERIFY(QFile::link(home.path(QStringLiteral(".claude")), home.path(QStringLiteral("link"))));
    home.environment().variables = {{QStringLiteral("CLAUDE_CONFIG_DIR"), home.path(QStringLiteral("link"))}};
    const auto located = m_tool.locate({.environment = home.environment(), .extraHomes = {}});
    QCOMPARE(std::ranges::count_if(located.places, [](const auto &place) { return place.slot.isEmpty(); }), 1);
    QVERIFY(located.places.front().companions.contains(home.path(QStringLiteral("link/.claude.json"))));
}

QTEST_GUILESS_MAIN(ClaudeCodeTest)
#include "claudecode.moc"
