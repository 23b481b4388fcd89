// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/opencode.h"

#include <QDir>
#include <QTest>

#include <sqlite3.h>

#include "look.h"

using namespace keytender;
using namespace keytender::fetching;
using profile::CopyState;
using profile::CredentialKind;

namespace {

const QString login = QStringLiteral(".local/share/opencode/auth.json");

void makeDatabase(const QString &path, const char *statements)
{
    sqlite3 *database = nullptr;
    QCOMPARE(sqlite3_open(QFile::encodeName(path).constData(), &database), SQLITE_OK);
    QCOMPARE(sqlite3_exec(database, statements, nullptr, nullptr, nullptr), SQLITE_OK);
    QCOMPARE(sqlite3_close(database), SQLITE_OK);
}

} // namespace

class OpenCodeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void entries_areLoginsOfTheirProviders_data();
    void entries_areLoginsOfTheirProviders();
    void openAiLogin_tellsWhoseItIs();
    void sameRefreshTokenAsCodex_hasTheSameLineage();
    void entry_data();
    void entry();
    void oneBrokenEntry_leavesTheOthers();
    void entryNamedTwice_isUnreadable();
    void emptyStore_isAbsent();
    void contentInTheEnvironment_isAProblem();
    void dataHome_isHonoured();
    void database_data();
    void database();
    void database_isNotWrittenTo();

private:
    const tools::OpenCode m_tool;
};

void OpenCodeTest::entries_areLoginsOfTheirProviders_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("provider");
    QTest::addColumn<QString>("label");
    QTest::addColumn<CredentialKind>("kind");
    QTest::addColumn<bool>("hasExpiry");
    const auto row = [](const char *id, const char *provider, const char *label, CredentialKind kind, bool hasExpiry) {
        QTest::newRow(id) << QString::fromUtf8(id) << QString::fromUtf8(provider) << QString::fromUtf8(label) << kind
                          << hasExpiry;
    };
    row("opencode:openai", "openai", "opencode · OpenAI", CredentialKind::OAuth, true);
    row("opencode:anthropic", "anthropic", "opencode · Anthropic", CredentialKind::OAuth, true);
    row("opencode:github-copilot", "github", "opencode · GitHub Copilot", CredentialKind::OAuth, false);
    row("opencode:openrouter", "openrouter", "opencode · openrouter", CredentialKind::ApiKey, false);
    row("opencode:https://ai.example.org", "https://ai.example.org", "opencode · https://ai.example.org",
        CredentialKind::Token, false);
}

void OpenCodeTest::entries_areLoginsOfTheirProviders()
{
    fakes::TemporaryHome home;
    home.write(login, fixture(QStringLiteral("opencode/auth.json")));
    const auto seen = look(m_tool, {.environment = home.environment(), .extraHomes = {}});
    QCOMPARE(seen.size(), std::size_t{5});
    QFETCH(QString, id);
    const auto &reading = seen.at(id).reading;
    QCOMPARE(reading.state, CopyState::Held);
    QVERIFY(!reading.problem);
    QTEST(reading.providerId, "provider");
    QTEST(reading.label, "label");
    QTEST(reading.credential->kind, "kind");
    QTEST(reading.credential->tokens.expiresAt.has_value(), "hasExpiry");
}

void OpenCodeTest::openAiLogin_tellsWhoseItIs()
{
    fakes::TemporaryHome home;
    home.write(login, fixture(QStringLiteral("opencode/auth.json")));
    const auto seen = look(m_tool, {.environment = home.environment(), .extraHomes = {}});
    const auto &reading = seen.at(QStringLiteral("opencode:openai")).reading;
    QCOMPARE(reading.account.id, QStringLiteral("user-0001"));
    QCOMPARE(reading.account.email, QStringLiteral("ada@example.org"));
    QCOMPARE(reading.account.organizationId, QStringLiteral("ws-0001"));
    QVERIFY(reading.credential->tokens.expiresAt
            == base::Timestamp(std::chrono::seconds{1795338000 + 9 * 86400} + base::Milliseconds{55}));
    QVERIFY(reading.credential->tokens.issuedAt == base::Timestamp(std::chrono::seconds{1795338000 - 86400}));
}

void OpenCodeTest::sameRefreshTokenAsCodex_hasTheSameLineage()
{
    fakes::TemporaryHome home;
    home.write(login, fixture(QStringLiteral("opencode/auth.json"))
                          .replace("rt_dummy-opencode-refresh-token", "rt_dummy-codex-refresh-token-of-the-fixture"));
    const auto seen = look(m_tool, {.environment = home.environment(), .extraHomes = {}});
    QVERIFY(holds(seen.at(QStringLiteral("opencode:openai")).reading.credential->tokens.refreshToken,
                  "rt_dummy-codex-refresh-token-of-the-fixture"));
}

void OpenCodeTest::entry_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<CopyState>("state");
    QTest::addColumn<base::ErrorKind>("kind");
    QTest::addColumn<QString>("place");
    const auto row = [](const char *name, const QByteArray &text, const char *place = "",
                        base::ErrorKind kind = base::ErrorKind::Malformed) {
        QTest::newRow(name) << text << CopyState::Unreadable << kind
                            << QStringLiteral("x") + (*place ? u'.' + QString::fromUtf8(place) : QString());
    };
    const auto fine = [](const char *name, const QByteArray &text, CopyState state) {
        QTest::newRow(name) << text << state << base::ErrorKind::Malformed << QString();
    };
    row("unknown type", "{\"type\":\"passkey\",\"id\":\"dummy\"}", "type", base::ErrorKind::UnknownVersion);
    row("no type", "{\"key\":\"dummy\"}", "type");
    row("no object", "\"dummy\"");
    row("null", "null");
    row("oauth without refresh", R"({"type":"oauth","access":"a","expires":1795356000123})", "refresh");
    row("oauth without access", R"({"type":"oauth","refresh":"a","expires":1795356000123})", "access");
    row("oauth in seconds", R"({"type":"oauth","access":"a","refresh":"b","expires":1795356000})", "expires");
    row("api without key", R"({"type":"api"})", "key");
    row("wellknown without token", R"({"type":"wellknown","key":"VARIABLE"})", "token");
    fine("oauth for readers", R"({"type":"oauth","access":"a","refresh":"","expires":1795356000123})", CopyState::Held);
    fine("oauth emptied", R"({"type":"oauth","access":"","refresh":"","expires":0})", CopyState::Blank);
    fine("api emptied", R"({"type":"api","key":""})", CopyState::Blank);
    fine("api with metadata", R"({"type":"api","key":"dummy","metadata":{"a":"b"}})", CopyState::Held);
}

void OpenCodeTest::entry()
{
    QFETCH(QByteArray, text);
    fakes::TemporaryHome home;
    home.write(login, "{\"x\":" + text + "}");
    const auto seen = look(m_tool, {.environment = home.environment(), .extraHomes = {}});
    const auto &reading = seen.at(QStringLiteral("opencode:x")).reading;
    QTEST(reading.state, "state");
    if (reading.state != CopyState::Unreadable)
        return;
    QTEST(reading.problem->kind, "kind");
    QFETCH(QString, place);
    QVERIFY2(reading.problem->place.endsWith(place), qPrintable(reading.problem->place));
}

void OpenCodeTest::oneBrokenEntry_leavesTheOthers()
{
    fakes::TemporaryHome home;
    home.write(login, fixture(QStringLiteral("opencode/auth.json")).replace("\"api\"", "\"future\""));
    const auto seen = look(m_tool, {.environment = home.environment(), .extraHomes = {}});
    QCOMPARE(seen.at(QStringLiteral("opencode:openrouter")).reading.state, CopyState::Unreadable);
    QCOMPARE(seen.at(QStringLiteral("opencode:openai")).reading.state, CopyState::Held);
}

void OpenCodeTest::entryNamedTwice_isUnreadable()
{
    fakes::TemporaryHome home;
    home.write(login, R"({"x":{"type":"api","key":"dummy1"},"x":{"type":"api","key":"dummy2"}})");
    const auto seen = look(m_tool, {.environment = home.environment(), .extraHomes = {}});
    QCOMPARE(seen.at(QStringLiteral("opencode:x")).reading.state, CopyState::Unreadable);
}

void OpenCodeTest::emptyStore_isAbsent()
{
    fakes::TemporaryHome home;
    home.write(login, "{}");
    const auto seen = look(m_tool, {.environment = home.environment(), .extraHomes = {}});
    QCOMPARE(seen.at(QStringLiteral("opencode")).reading.state, CopyState::Absent);
}

void OpenCodeTest::contentInTheEnvironment_isAProblem()
{
    fakes::TemporaryHome home;
    const QString variable = QStringLiteral("OPENCODE_AUTH_CONTENT");
    home.environment().variables = {{variable, base::Environment::withheld}};
    const auto located = m_tool.locate({.environment = home.environment(), .extraHomes = {}});
    QCOMPARE(located.problems.size(), std::size_t{1});
    QCOMPARE(located.problems.front().kind, base::ErrorKind::Overridden);
    QCOMPARE(located.problems.front().subject, variable);
    QVERIFY(located.problems.front().detail.contains(home.path(login)));
}

void OpenCodeTest::dataHome_isHonoured()
{
    fakes::TemporaryHome home;
    home.environment().variables = {{QStringLiteral("XDG_DATA_HOME"), home.path(QStringLiteral("data"))}};
    home.write(QStringLiteral("data/opencode/auth.json"), fixture(QStringLiteral("opencode/auth.json")));
    const auto seen = look(m_tool, {.environment = home.environment(), .extraHomes = {}});
    QCOMPARE(seen.at(QStringLiteral("opencode:openai")).reading.state, CopyState::Held);
}

void OpenCodeTest::database_data()
{
    QTest::addColumn<QByteArray>("statements"); // "-" = not a database
    QTest::addColumn<int>("problems");
    QTest::newRow("empty tables") << QByteArray("CREATE TABLE credential(id TEXT); CREATE TABLE account(id TEXT);")
                                  << 0;
    QTest::newRow("no such tables") << QByteArray("CREATE TABLE session(id TEXT);") << 0;
    QTest::newRow("credential") << QByteArray("CREATE TABLE credential(id TEXT); INSERT INTO credential VALUES('a');")
                                << 1;
    QTest::newRow("account") << QByteArray("CREATE TABLE account(id TEXT); INSERT INTO account VALUES('a');") << 1;
    QTest::newRow("garbage") << QByteArray("-") << 1;
}

void OpenCodeTest::database()
{
    QFETCH(QByteArray, statements);
    fakes::TemporaryHome home;
    home.write(login, "{}");
    const QString path = home.path(QStringLiteral(".local/share/opencode/opencode.db"));
    if (statements == "-")
        home.write(QStringLiteral(".local/share/opencode/opencode.db"), QByteArray(5000, 'x'));
    else
        makeDatabase(path, statements.constData());
    const auto located = m_tool.locate({.environment = home.environment(), .extraHomes = {}});
    QTEST(static_cast<int>(located.problems.size()), "problems");
    if (!located.problems.empty())
        QCOMPARE(located.problems.front().subject, path);
}

void OpenCodeTest::database_isNotWrittenTo()
{
    fakes::TemporaryHome home;
    home.write(login, "{}");
    const QString path = home.path(QStringLiteral(".local/share/opencode/opencode.db"));
    makeDatabase(path, "PRAGMA journal_mode=WAL; CREATE TABLE credential(id TEXT);");
    const QByteArray before = home.read(QStringLiteral(".local/share/opencode/opencode.db"));
    const auto located = m_tool.locate({.environment = home.environment(), .extraHomes = {}});
    QVERIFY(located.problems.empty());
    QCOMPARE(home.read(QStringLiteral(".local/share/opencode/opencode.db")), before);
    QCOMPARE(QDir(home.path(QStringLiteral(".local/share/opencode"))).entryList(QDir::Files),
             (QStringList{QStringLiteral("auth.json"), QStringLiteral("opencode.db")}));
}

QTEST_GUILESS_MAIN(OpenCodeTest)
#include "opencode.moc"
