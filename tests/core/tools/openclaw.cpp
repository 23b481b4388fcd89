// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/openclaw.h"

#include <QDir>
#include <QTest>

#include "fetching.h"
#include "openclawhome.h"
#include "tools/coderclaw.h"
#include "tools/copywriter.h"
#include "tools/databasecell.h"
#include "tools/openclawstore.h"

using namespace keytender;
using fakes::OpenClawDatabase;
using profile::CopyState;
using profile::CredentialKind;

namespace {

const QString mainStore = QStringLiteral(".openclaw/agents/main/agent/auth-profiles.json");
const QByteArray token = R"({"type":"token","provider":"anthropic","token":"t-dummy"})";
const QByteArray claim(32, 'a');
const QByteArray digest(64, 'b');

QByteArray only(const QByteArray &profile, const QByteArray &id = "anthropic:default")
{
    return fakes::openClawStore('"' + id + "\":" + profile);
}

QByteArray fenced(const QByteArray &middle)
{
    const QByteArray prefix = "openclaw-oauth-refresh-fence:v1:" + claim + ':' + middle;
    return R"({"type":"oauth","provider":"anthropic","access":")" + prefix + "access:" + digest + R"(","refresh":")"
           + prefix + "refresh:" + digest + R"(","expires":1})";
}

} // namespace

class OpenClawTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void init() { m_home = std::make_unique<fakes::TemporaryHome>(); }
    void profiles_areLogins();
    void profile_isRead_data();
    void profile_isRead();
    void store_thatIsNone_isUnreadable_data();
    void store_thatIsNone_isUnreadable();
    void fence_isNeverAToken_data();
    void fence_isNeverAToken();
    void slot_holdsNoAt_andLeadsBack_data();
    void slot_holdsNoAt_andLeadsBack();
    void stateDirectories_areFound_data();
    void stateDirectories_areFound();
    void furtherHomes_haveNames();
    void agents_areFound();
    void configuration_mayBeJson5();
    void configuration_thatCannotBeRead_isAProblem();
    void sharedStore_takesTheUsualName();
    void databaseInUse_hidesTheFile();
    void databaseOfAnOldVersion_leavesTheFile();
    void importOfAFreshInstall_isRead_untilThereIsAStore();
    void importOfAFreshInstall_isNeverWritten();
    void coderClaw_hasADirectoryForEachInstallation();

private:
    [[nodiscard]] tools::ToolWorld world(const QStringList &extraHomes = {}) const
    {
        return {.environment = m_home->environment(), .extraHomes = extraHomes};
    }
    void set(const char *variable, const QString &value)
    {
        m_home->environment().variables.insert(QString::fromLatin1(variable), value);
    }
    // "<id> <state>" of every login.
    [[nodiscard]] QStringList seen(const tools::Tool &tool) const
    {
        QStringList all;
        for (const tools::CopyPlace &place : tool.locate(world()).places) {
            const auto readings =
                place.cell ? tool.read(place, tools::fetchCell(place, m_home->environment().user), fetching::now)
                           : fetching::readFile(tool, place, m_home->environment());
            for (const auto &reading : readings) {
                if (reading.state == CopyState::Held)
                    all.append(tools::profileIdOf(tool.facts(), place, reading));
            }
        }
        all.sort();
        return all;
    }
    [[nodiscard]] std::vector<tools::CopyReading> readOne(const QByteArray &store) const
    {
        tools::CopyPlace place;
        place.path = QStringLiteral("/home/ada/.openclaw/agents/main/agent/auth-profiles.json");
        return fetching::read(m_tool, place, store);
    }

    const tools::OpenClaw m_tool;
    const tools::CoderClaw m_fork;
    std::unique_ptr<fakes::TemporaryHome> m_home;
};

void OpenClawTest::profiles_areLogins()
{
    const auto readings = readOne(fetching::fixture(QStringLiteral("openclaw/auth-profiles.json")));
    QCOMPARE(readings.size(), std::size_t{4});
    const auto &claude = readings[0];
    QCOMPARE(claude.slot, QStringLiteral("anthropic:default"));
    QCOMPARE(claude.label, QStringLiteral("OpenClaw · Anthropic"));
    QCOMPARE(claude.providerId, QStringLiteral("anthropic"));
    QCOMPARE(claude.credential->kind, CredentialKind::OAuth);
    QVERIFY(fetching::holds(claude.credential->tokens.refreshToken, "sk-ant-ort01-dummy-openclaw-refresh"));
    QVERIFY(claude.credential->tokens.expiresAt
            == fetching::fixtureEnd + std::chrono::minutes(5)); // it counts five minutes less
    QCOMPARE(claude.account.email, QStringLiteral("ada@example.org"));
    QCOMPARE(claude.account.plan, QStringLiteral("max"));
    const auto &codex = readings[1];
    QCOMPARE(codex.slot, QStringLiteral("openai-codex:ada%40example.org"));
    QCOMPARE(codex.label, QStringLiteral("OpenClaw · OpenAI · ada@example.org"));
    QCOMPARE(codex.providerId, QStringLiteral("openai"));
    QCOMPARE(codex.account.id, QStringLiteral("user-0001"));
    QCOMPARE(codex.account.organizationId, QStringLiteral("ws-0001"));
    QCOMPARE(readings[2].credential->kind, CredentialKind::Token);
    QCOMPARE(readings[3].credential->kind, CredentialKind::ApiKey);
    QCOMPARE(readings[3].providerId, QStringLiteral("openrouter"));
    for (const auto &reading : readings) {
        QCOMPARE(reading.state, CopyState::Held);
        QVERIFY(!reading.problem);
    }
}

void OpenClawTest::profile_isRead_data()
{
    QTest::addColumn<QByteArray>("profile");
    QTest::addColumn<CopyState>("state");
    QTest::addColumn<int>("problem"); // -1 = none
    const auto row = [](const char *name, const QByteArray &profile, CopyState state, int problem) {
        QTest::newRow(name) << profile << state << problem;
    };
    const auto kind = [](base::ErrorKind error) { return static_cast<int>(error); };
    constexpr int none = -1;
    const int malformed = kind(base::ErrorKind::Malformed);
    const int overridden = kind(base::ErrorKind::Overridden);
    const QByteArray oauth = R"({"type":"oauth","provider":"anthropic","access":"a","refresh":"r","expires":)";
    row("oauth", oauth + "1795345200000}", CopyState::Held, none);
    row("expires 0", oauth + "0}", CopyState::Unreadable, malformed);
    row("expires -1", oauth + "-1}", CopyState::Unreadable, malformed);
    row("expires null", oauth + "null}", CopyState::Unreadable, malformed);
    row("seconds", oauth + "1795345200}", CopyState::Unreadable, malformed);
    row("no refresh token", R"({"type":"oauth","provider":"anthropic","access":"a","expires":1795345200000})",
        CopyState::Held, none);
    row("refresh token null",
        R"({"type":"oauth","provider":"google","access":"a","refresh":null,"expires":1795345200000})", CopyState::Held,
        none);
    row("emptied", R"({"type":"oauth","provider":"anthropic","access":"","refresh":"","expires":0})", CopyState::Blank,
        none);
    row("sealed by an old one",
        R"({"type":"oauth","provider":"openai-codex","oauthRef":{"source":"openclaw-credentials","id":"0"}})",
        CopyState::Unreadable, kind(base::ErrorKind::Encrypted));
    row("token", token, CopyState::Held, none);
    row("token, expires 0", R"({"type":"token","provider":"anthropic","token":"t","expires":0})", CopyState::Unreadable,
        malformed);
    row("token elsewhere", R"({"type":"token","provider":"x","tokenRef":{"source":"env","id":"T"}})", CopyState::Absent,
        malformed);
    row("key", R"({"type":"api_key","provider":"x","key":"k"})", CopyState::Held, none);
    row("key of old", R"({"mode":"apiKey","provider":"x","apiKey":"k"})", CopyState::Held, none);
    row("key elsewhere", R"({"type":"api_key","provider":"x","keyRef":{"source":"env","id":"K"}})", CopyState::Absent,
        malformed);
    row("saved sign-in", R"({"type":"token","provider":"x","token":"t","setup":{"a":1}})", CopyState::Absent,
        malformed);
    row("another's login",
        R"({"type":"oauth","provider":"minimax-portal","authFlow":"external-cli","access":"a","refresh":"r",)"
        R"("expires":1795345200000})",
        CopyState::Held, overridden);
    row("another's login, 2026.4", oauth + R"(1795345200000,"managedBy":"codex-cli"})", CopyState::Held, overridden);
    row("unknown type", R"({"type":"cookie","provider":"x"})", CopyState::Unreadable,
        kind(base::ErrorKind::UnknownVersion));
    row("no type", R"({"provider":"x","key":"k"})", CopyState::Unreadable, malformed);
    row("no provider", R"({"type":"api_key","key":"k"})", CopyState::Unreadable, malformed);
    row("no object", "[]", CopyState::Unreadable, malformed);
    row("odd e-mail", R"({"type":"token","provider":"x","token":"t","email":5})", CopyState::Held, malformed);
}

void OpenClawTest::profile_isRead()
{
    QFETCH(QByteArray, profile);
    QFETCH(int, problem);
    // The sibling is read whatever its neighbour is like.
    const auto readings = readOne(fakes::openClawStore("\"a:b\":" + profile + ",\"c:d\":" + token));
    QCOMPARE(readings.size(), std::size_t{2});
    QTEST(readings.front().state, "state");
    QCOMPARE(readings.front().slot, QStringLiteral("a:b"));
    QCOMPARE(readings.front().problem ? static_cast<int>(readings.front().problem->kind) : -1, problem);
    QCOMPARE(readings.back().state, CopyState::Held);
}

void OpenClawTest::store_thatIsNone_isUnreadable_data()
{
    QTest::addColumn<QByteArray>("store");
    QTest::addColumn<CopyState>("state");
    QTest::newRow("empty file") << QByteArray() << CopyState::Unreadable;
    QTest::newRow("cut") << QByteArray("{\"version\":1,") << CopyState::Unreadable;
    QTest::newRow("profiles are a list") << QByteArray(R"({"version":1,"profiles":[]})") << CopyState::Unreadable;
    QTest::newRow("version 2") << QByteArray(R"({"version":2,"profiles":{}})") << CopyState::Unreadable;
    QTest::newRow("flat, before there were profiles")
        << QByteArray(R"({"openrouter":{"apiKey":"k"}})") << CopyState::Unreadable;
    QTest::newRow("no profile") << QByteArray(R"({"version":1,"profiles":{}})") << CopyState::Absent;
    QTest::newRow("nothing yet") << QByteArray(R"({"version":1,"order":{}})") << CopyState::Absent;
}

void OpenClawTest::store_thatIsNone_isUnreadable()
{
    QFETCH(QByteArray, store);
    const auto readings = readOne(store);
    QCOMPARE(readings.size(), std::size_t{1});
    QTEST(readings.front().state, "state");
}

void OpenClawTest::fence_isNeverAToken_data()
{
    QTest::addColumn<QByteArray>("profile");
    QTest::addColumn<base::ErrorKind>("problem");
    QTest::newRow("pending") << fenced("") << base::ErrorKind::Locked;
    QTest::newRow("failed") << fenced("failed:") << base::ErrorKind::Overridden;
    QTest::newRow("another form") << QByteArray(
        R"({"type":"oauth","provider":"x","access":"a","refresh":"openclaw-oauth-refresh-fence:v2:z",)"
        R"("expires":1795345200000})")
                                  << base::ErrorKind::UnknownVersion;
    QTest::newRow("as a bare token") << QByteArray(
        R"({"type":"token","provider":"x","token":"openclaw-oauth-refresh-fence:v1:z"})")
                                     << base::ErrorKind::UnknownVersion;
    QTest::newRow("as a key") << QByteArray(
        R"({"type":"api_key","provider":"x","key":"openclaw-oauth-refresh-fence:"})")
                              << base::ErrorKind::UnknownVersion;
}

void OpenClawTest::fence_isNeverAToken()
{
    QFETCH(QByteArray, profile);
    const auto readings = readOne(only(profile));
    QCOMPARE(readings.front().state, CopyState::Fenced);
    QVERIFY(!readings.front().credential);
    QVERIFY(readings.front().problem);
    QTEST(readings.front().problem->kind, "problem");
}

void OpenClawTest::slot_holdsNoAt_andLeadsBack_data()
{
    QTest::addColumn<QString>("id");
    for (const char *id : {"anthropic:default", "openai:a@b.c", "x:50%", "x:%40", "x:%2540@%25"})
        QTest::newRow(id) << QString::fromLatin1(id);
}

void OpenClawTest::slot_holdsNoAt_andLeadsBack()
{
    QFETCH(QString, id);
    const QString slot = tools::openClawSlot(id);
    QVERIFY(!slot.contains(u'@'));
    QCOMPARE(tools::openClawProfileId(slot), id);
}

void OpenClawTest::stateDirectories_areFound_data()
{
    QTest::addColumn<QString>("directory");
    QTest::addColumn<QString>("variable");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("id");
    const auto row = [](const char *directory, const char *variable, const char *value, const char *id) {
        QTest::newRow(*variable != '\0' ? variable : directory)
            << QString::fromLatin1(directory) << QString::fromLatin1(variable) << QString::fromLatin1(value)
            << QString::fromLatin1(id);
    };
    row(".openclaw", "", "", "openclaw:a:b");
    row(".clawdbot", "", "", "openclaw:a:b");
    row(".moltbot", "", "", "openclaw:a:b");
    row(".openclaw-work", "", "", "openclaw:a:b@openclaw-work");
    row("claw", "OPENCLAW_STATE_DIR", "~/claw", "openclaw:a:b@claw");
    row("claw", "CLAWDBOT_STATE_DIR", "~/claw", "openclaw:a:b@claw");
    row("claw", "MOLTBOT_STATE_DIR", "~/claw", "openclaw:a:b@claw");
    row("other/.openclaw", "OPENCLAW_HOME", "~/other", "openclaw:a:b@openclaw");
}

void OpenClawTest::stateDirectories_areFound()
{
    QFETCH(QString, directory);
    QFETCH(QString, variable);
    QFETCH(QString, value);
    QFETCH(QString, id);
    m_home->write(directory + QStringLiteral("/agents/main/agent/auth-profiles.json"), only(token, "a:b"));
    if (!variable.isEmpty())
        m_home->environment().variables.insert(variable, value);
    QCOMPARE(seen(m_tool), QStringList{id});
}

void OpenClawTest::furtherHomes_haveNames()
{
    const QString path =
        m_home->write(QStringLiteral("client/agents/main/agent/auth-profiles.json"), only(token, "a:b"));
    const auto located = m_tool.locate(world({m_home->path(QStringLiteral("client"))}));
    const auto found = std::ranges::find(located.places, path, &tools::CopyPlace::path);
    QVERIFY(found != located.places.end());
    QCOMPARE(found->homeName, QStringLiteral("client"));
}

void OpenClawTest::agents_areFound()
{
    m_home->write(mainStore, only(token, "a:b"));
    m_home->write(QStringLiteral(".openclaw/agents/work/agent/auth-profiles.json"), only(token, "a:b"));
    m_home->write(QStringLiteral("elsewhere/auth-profiles.json"), only(token, "a:b"));
    m_home->write(QStringLiteral("named/auth-profiles.json"), only(token, "a:b"));
    m_home->write(QStringLiteral(".openclaw/openclaw.json"),
                  R"({"agents":{"list":[{"id":"main"},{"id":"far","agentDir":"~/elsewhere"}]}})");
    set("PI_CODING_AGENT_DIR", m_home->path(QStringLiteral("named")));
    set("OPENCLAW_AGENT_DIR", QStringLiteral("relative"));
    const QStringList expected{QStringLiteral("openclaw:a:b"), QStringLiteral("openclaw:a:b@far"),
                               QStringLiteral("openclaw:a:b@named"), QStringLiteral("openclaw:a:b@work")};
    QCOMPARE(seen(m_tool), expected);
    QCOMPARE(m_tool.locate(world()).problems.size(), std::size_t{1});
    QCOMPARE(m_tool.locate(world()).problems.front().subject, QStringLiteral("OPENCLAW_AGENT_DIR"));
}

void OpenClawTest::configuration_mayBeJson5()
{
    m_home->write(QStringLiteral("elsewhere/auth-profiles.json"), only(token, "a:b"));
    m_home->write(QStringLiteral(".openclaw/openclaw.json"),
                  "{ // mine\n agents: { list: [ { id: 'far', agentDir: '~/elsewhere', }, ], }, }");
    QCOMPARE(seen(m_tool), QStringList{QStringLiteral("openclaw:a:b@far")});
    QVERIFY(m_tool.locate(world()).problems.empty());
}

void OpenClawTest::configuration_thatCannotBeRead_isAProblem()
{
    m_home->write(mainStore, only(token, "a:b"));
    const QString config =
        m_home->write(QStringLiteral(".openclaw/openclaw.json"), "{ agents: <oops>, gateway: 'dummy'");
    const auto problems = m_tool.locate(world()).problems;
    QCOMPARE(problems.size(), std::size_t{1});
    QCOMPARE(problems.front().subject, config);
    QVERIFY(!base::describe(problems.front()).contains(QStringLiteral("dummy")));
    QCOMPARE(seen(m_tool), QStringList{QStringLiteral("openclaw:a:b")}); // the usual one is seen all the same
}

void OpenClawTest::sharedStore_takesTheUsualName()
{
    OpenClawDatabase shared(*m_home, OpenClawDatabase::Kind::Shared, 18);
    shared.put(only(token, "a:b"));
    OpenClawDatabase agent(*m_home, OpenClawDatabase::Kind::Agent, 23);
    agent.put(only(token, "a:b"));
    QCOMPARE(seen(m_tool), QStringList({QStringLiteral("openclaw:a:b"), QStringLiteral("openclaw:a:b@main")}));
}

void OpenClawTest::databaseInUse_hidesTheFile()
{
    const QString leftover = m_home->write(mainStore, only(token, "old:one"));
    OpenClawDatabase agent(*m_home, OpenClawDatabase::Kind::Agent, 1);
    QCOMPARE(seen(m_tool), QStringList{QStringLiteral("openclaw:old:one")}); // the row is not there yet
    agent.put(only(token, "a:b"));
    QCOMPARE(seen(m_tool), QStringList{QStringLiteral("openclaw:a:b")});
    const auto problems = m_tool.locate(world()).problems;
    QCOMPARE(problems.size(), std::size_t{1});
    QCOMPARE(problems.front().subject, leftover);
}

// 2026.6.1 has a shared database, and keeps its logins in the file.
void OpenClawTest::databaseOfAnOldVersion_leavesTheFile()
{
    m_home->write(mainStore, only(token, "a:b"));
    OpenClawDatabase shared(*m_home, OpenClawDatabase::Kind::Shared, 5);
    QCOMPARE(seen(m_tool), QStringList{QStringLiteral("openclaw:a:b")});
    QVERIFY(m_tool.locate(world()).problems.empty());
}

void OpenClawTest::importOfAFreshInstall_isRead_untilThereIsAStore()
{
    const QByteArray tokens = R"({"access":"a-dummy","refresh":"r-dummy","expires":1795390000000,"note":1})";
    m_home->write(QStringLiteral(".openclaw/credentials/oauth.json"),
                  R"({"anthropic":)" + tokens + R"(,"openai-codex":)" + tokens + R"(,"note":"passed over"})");
    const QStringList imported{QStringLiteral("openclaw:anthropic:default"),
                               QStringLiteral("openclaw:openai-codex:default")};
    QCOMPARE(seen(tools::OpenClaw()), imported);
    // Another directory, as its variable names it.
    set("OPENCLAW_OAUTH_DIR", m_home->path(QStringLiteral("elsewhere")));
    QCOMPARE(seen(tools::OpenClaw()), QStringList());
    m_home->write(QStringLiteral("elsewhere/oauth.json"), R"({"Anthropic":)" + tokens + "}");
    QCOMPARE(seen(tools::OpenClaw()), imported.first(1));
    // Once OpenClaw has a store of its own it looks there no more.
    m_home->write(mainStore, only(token));
    QCOMPARE(seen(tools::OpenClaw()), QStringList{QStringLiteral("openclaw:anthropic:default")});
    QCOMPARE(tools::OpenClaw().locate(world()).places.front().path, m_home->path(mainStore));
}

void OpenClawTest::importOfAFreshInstall_isNeverWritten()
{
    const QString path =
        m_home->write(QStringLiteral(".openclaw/credentials/oauth.json"),
                      R"({"anthropic":{"access":"a-dummy","refresh":"r-dummy","expires":1795390000000}})");
    const tools::OpenClaw tool;
    const tools::CopyPlace place = tool.locate(world()).places.front();
    QCOMPARE(place.path, path);
    const auto objection = tool.writer()->objection(
        tools::CopyWriter::Purpose::Share, place, QStringLiteral("anthropic:default"),
        {.content = fetching::contentOf(m_home->read(QStringLiteral(".openclaw/credentials/oauth.json"))),
         .companions = {}},
        world());
    QVERIFY2(objection.contains(QStringLiteral("first starts")), qPrintable(objection));
}

void OpenClawTest::coderClaw_hasADirectoryForEachInstallation()
{
    for (const char *directory : {".coderclaw/1a2b3c4d", ".coderclaw", ".coderclaw-work", "claw"})
        m_home->write(QString::fromLatin1(directory) + QStringLiteral("/agents/main/agent/auth-profiles.json"),
                      only(token, "a:b"));
    set("CODERCLAW_STATE_DIR", m_home->path(QStringLiteral("claw")));
    const QStringList expected{QStringLiteral("coderclaw:a:b"), QStringLiteral("coderclaw:a:b@1a2b3c4d"),
                               QStringLiteral("coderclaw:a:b@claw"), QStringLiteral("coderclaw:a:b@coderclaw-work")};
    QCOMPARE(seen(m_fork), expected);
    QVERIFY(seen(m_tool).isEmpty());
}

QTEST_GUILESS_MAIN(OpenClawTest)
#include "openclaw.moc"
