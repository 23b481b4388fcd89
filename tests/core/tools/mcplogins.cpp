// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/mcplogins.h"

#include "base/secret.h"
#include "core/tools/fetching.h"

using namespace keytender;
using fetching::fixture;
using fetching::fixtureEnd;
using fetching::holds;
using profile::CopyState;
using profile::CredentialKind;

namespace {

// moc loses its way in raw strings.
QByteArray json(const char *text)
{
    return QByteArray(text).replace('\'', '"');
}

QByteArray inClaude(const char *entries)
{
    return "{\"mcpOAuth\":" + json(entries) + "}";
}

// "id:state" of each.
QStringList shown(const tools::Tool &tool, const QByteArray &text)
{
    const auto readings = fetching::read(tool, {}, text);
    const QStringList ids = fetching::idsOf(tool, {}, readings);
    static const QStringList states{QStringLiteral("held"), QStringLiteral("absent"), QStringLiteral("blank"),
                                    QStringLiteral("fenced"), QStringLiteral("unreadable")};
    QStringList list;
    for (std::size_t i = 0; i < readings.size(); ++i)
        list += ids[qsizetype(i)] + u' ' + states[int(readings[i].state)];
    return list;
}

} // namespace

class McpLoginsTest final : public QObject {
    Q_OBJECT

private:
    const tools::McpLogins m_claude{tools::McpLogins::Client::ClaudeCode};
    const tools::McpLogins m_codex{tools::McpLogins::Client::Codex};
    [[nodiscard]] static tools::CopyPlace figmaItem()
    {
        tools::CopyPlace place;
        place.kind = tools::CopyPlace::Kind::KeychainItem;
        place.path = QStringLiteral("keychain: Codex MCP Credentials/figma|d39d3b6252bc1ac5");
        place.slot = QStringLiteral("figma");
        place.label = QStringLiteral("Codex · MCP · figma");
        return place;
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }

    void claudesLogin_isThereWithItsEnd()
    {
        const auto readings = fetching::read(m_claude, {}, fixture(QStringLiteral("claude-code/credentials-mcp.json")));
        QCOMPARE(readings.size(), 1u);
        const tools::CopyReading &reading = readings.front();
        QCOMPARE(fetching::idsOf(m_claude, {}, readings), QStringList{QStringLiteral("mcp:claude-code:linear")});
        QCOMPARE(reading.state, CopyState::Held);
        QCOMPARE(reading.label, QStringLiteral("Claude Code · MCP · linear"));
        QCOMPARE(reading.providerId, QStringLiteral("mcp.linear.app"));
        QCOMPARE(reading.credential->kind, CredentialKind::OAuth);
        QVERIFY(holds(reading.credential->tokens.accessToken, "dummyLinearAccess0001"));
        QVERIFY(holds(reading.credential->tokens.refreshToken, "dummyLinearRefresh0001"));
        QCOMPARE(reading.credential->tokens.expiresAt, fixtureEnd);
        QCOMPARE(reading.credential->tokens.scopes, (QStringList{QStringLiteral("read"), QStringLiteral("write")}));
        QVERIFY(!reading.problem);
    }

    void codexsLogin_isThereWithItsEnd()
    {
        const auto readings = fetching::read(m_codex, {}, fixture(QStringLiteral("codex/mcp-credentials.json")));
        QCOMPARE(readings.size(), 1u);
        const tools::CopyReading &reading = readings.front();
        QCOMPARE(fetching::idsOf(m_codex, {}, readings), QStringList{QStringLiteral("mcp:codex:figma")});
        QCOMPARE(reading.state, CopyState::Held);
        QCOMPARE(reading.label, QStringLiteral("Codex · MCP · figma"));
        QCOMPARE(reading.providerId, QStringLiteral("mcp.figma.com"));
        QVERIFY(holds(reading.credential->tokens.accessToken, "dummyFigmaAccess0001"));
        QVERIFY(holds(reading.credential->tokens.refreshToken, "dummyFigmaRefresh0001"));
        QCOMPARE(reading.credential->tokens.expiresAt, fixtureEnd);
        QCOMPARE(reading.credential->tokens.scopes, QStringList{QStringLiteral("mcp:connect")});
    }

    // Their clients write them in turns of their own, under client ids of their own.
    void nobodyWritesThem()
    {
        QCOMPARE(m_claude.writer(), nullptr);
        QCOMPARE(m_codex.writer(), nullptr);
    }

    void claudesFile_isJudged_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QStringList>("shown");
        const auto row = [](const char *name, const QByteArray &text, const QStringList &shown) {
            QTest::newRow(name) << text << shown;
        };
        const QStringList none{QStringLiteral("mcp:claude-code absent")};
        const QString id = QStringLiteral("mcp:claude-code:a");
        row("no MCP at all", json("{'claudeAiOauth':{'accessToken':'x'}}"), none);
        row("empty list of them", inClaude("{}"), none);
        row("null", inClaude("null"), none);
        row("only registered", inClaude("{'a|1':{'serverName':'a','accessToken':'','clientId':'c'}}"), none);
        row("only discovered", inClaude("{'a|1':{'serverName':'a','accessToken':'','discoveryState':{}}}"), none);
        row("refused by its server", inClaude("{'a|1':{'serverName':'a','accessToken':'','expiresAt':0}}"),
            {id + QStringLiteral(" blank")});
        row("no end", inClaude("{'a|1':{'serverName':'a','accessToken':'t'}}"), {id + QStringLiteral(" held")});
        row("refresh token alone", inClaude("{'a|1':{'serverName':'a','accessToken':'','refreshToken':'r'}}"),
            {id + QStringLiteral(" held")});
        row("name from the key", inClaude("{'a|1':{'accessToken':'t'}}"), {id + QStringLiteral(" held")});
        row("two", inClaude("{'a|1':{'accessToken':'t'},'b|1':{'accessToken':'u'}}"),
            {id + QStringLiteral(" held"), QStringLiteral("mcp:claude-code:b held")});
        row("one name, two addresses",
            inClaude("{'a|1':{'serverName':'a','accessToken':'t'},"
                     "'a|2':{'serverName':'a','accessToken':'u'}}"),
            {id + QStringLiteral(" held"), QStringLiteral("mcp:claude-code:a|2 held")});
        row("plugin's server", inClaude("{'plugin:x:y|1':{'serverName':'plugin:x:y','accessToken':'t'}}"),
            {QStringLiteral("mcp:claude-code:plugin:x:y held")});
        row("name that would be a home", inClaude("{'a@b/../c|1':{'accessToken':'t'}}"),
            {QStringLiteral("mcp:claude-code:a-b-..-c held")});
        row("names that become one", inClaude("{'a@':{'accessToken':'t'},'a/':{'accessToken':'u'}}"),
            {QStringLiteral("mcp:claude-code:a- held"), QStringLiteral("mcp:claude-code:a-|2 held")});
        row("empty name", inClaude("{'':{'accessToken':'t'}}"), {QStringLiteral("mcp:claude-code:|2 held")});
        row("token a number", inClaude("{'a|1':{'accessToken':1}}"), {id + QStringLiteral(" unreadable")});
        row("end a word", inClaude("{'a|1':{'accessToken':'t','expiresAt':'soon'}}"),
            {id + QStringLiteral(" unreadable")});
        row("end in seconds", inClaude("{'a|1':{'accessToken':'t','expiresAt':1795345200}}"),
            {id + QStringLiteral(" unreadable")});
        row("entry a list, its neighbour sound", inClaude("{'a|1':[],'b|1':{'accessToken':'t'}}"),
            {id + QStringLiteral(" unreadable"), QStringLiteral("mcp:claude-code:b held")});
        row("a list", inClaude("[]"), {QStringLiteral("mcp:claude-code unreadable")});
        row("no object", json("[]"), {QStringLiteral("mcp:claude-code unreadable")});
        row("cut off", json("{'mcpOAuth':{'a|1'"), {QStringLiteral("mcp:claude-code unreadable")});
    }

    void claudesFile_isJudged()
    {
        QFETCH(QByteArray, text);
        QTEST(::shown(m_claude, text), "shown");
    }

    void codexsFile_isJudged_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QStringList>("shown");
        const QString held = QStringLiteral("mcp:codex:a held");
        QTest::newRow("empty") << json("{}") << QStringList{QStringLiteral("mcp:codex absent")};
        QTest::newRow("without what may be missing")
            << json("{'a|1':{'server_name':'a','server_url':'https://x.example','client_id':'c','access_token':'t'}}")
            << QStringList{held};
        QTest::newRow("nulls") << json("{'a|1':{'server_name':'a','access_token':'t','expires_at':null,"
                                       "'refresh_token':null,'scopes':[]}}")
                               << QStringList{held};
        QTest::newRow("executor's") << json("{'a|1':{'server_name':'a','access_token':'t','executor_owned':true,"
                                            "'issuer':'https://x.example'}}")
                                    << QStringList{held};
        QTest::newRow("no address") << json("{'a|1':{'server_name':'a','server_url':'','access_token':'t'}}")
                                    << QStringList{held};
        QTest::newRow("a list") << json("[]") << QStringList{QStringLiteral("mcp:codex unreadable")};
    }

    void codexsFile_isJudged()
    {
        QFETCH(QByteArray, text);
        QTEST(::shown(m_codex, text), "shown");
    }

    void codexsItem_isThereWithItsEnd()
    {
        const auto readings = fetching::read(m_codex, figmaItem(), fixture(QStringLiteral("codex/mcp-item.json")));
        QCOMPARE(readings.size(), 1u);
        const tools::CopyReading &reading = readings.front();
        QCOMPARE(fetching::idsOf(m_codex, figmaItem(), readings), QStringList{QStringLiteral("mcp:codex:figma")});
        QCOMPARE(reading.state, CopyState::Held);
        QCOMPARE(reading.protection, profile::Protection::Keychain);
        QCOMPARE(reading.label, QStringLiteral("Codex · MCP · figma"));
        QCOMPARE(reading.providerId, QStringLiteral("mcp.figma.com"));
        QVERIFY(holds(reading.credential->tokens.accessToken, "dummyFigmaAccess0001"));
        QVERIFY(holds(reading.credential->tokens.refreshToken, "dummyFigmaRefresh0001"));
        QCOMPARE(reading.credential->tokens.expiresAt, fixtureEnd);
        QCOMPARE(reading.credential->tokens.scopes,
                 (QStringList{QStringLiteral("mcp:connect"), QStringLiteral("offline_access")}));
    }

    void codexsItem_isJudged_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("state");
        const auto row = [](const char *name, const char *text, const char *state) {
            QTest::newRow(name) << json(text) << QStringLiteral("mcp:codex:figma ") + QLatin1String(state);
        };
        row("no end", "{'server_name':'figma','token_response':{'access_token':'t'}}", "held");
        row("end null", "{'server_name':'figma','token_response':{'access_token':'t'},'expires_at':null}", "held");
        row("no tokens", "{'server_name':'figma','url':'https://mcp.figma.com/mcp'}", "unreadable");
        row("tokens a list", "{'token_response':[]}", "unreadable");
        row("token a number", "{'token_response':{'access_token':1}}", "unreadable");
        row("end in seconds", "{'token_response':{'access_token':'t'},'expires_at':1795345200}", "unreadable");
        row("cut off", "{'token_resp", "unreadable");
        row("a list", "[]", "unreadable");
    }

    void codexsItem_isJudged()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, state);
        const auto readings = fetching::read(m_codex, figmaItem(), text);
        QCOMPARE(readings.size(), 1u);
        static const QStringList states{QStringLiteral("held"), QStringLiteral("absent"), QStringLiteral("blank"),
                                        QStringLiteral("fenced"), QStringLiteral("unreadable")};
        QCOMPARE(fetching::idsOf(m_codex, figmaItem(), readings).front() + u' ' + states[int(readings[0].state)],
                 state);
    }

    // As Codex computes it; the first was seen in a keychain.
    void codexsItem_isNamedAfterServerAndAddress_data()
    {
        QTest::addColumn<QString>("server");
        QTest::addColumn<QString>("address");
        QTest::addColumn<QString>("account");
        const auto row = [](const char *server, const char *address, const char *account) {
            QTest::newRow(account) << QString::fromLatin1(server) << QString::fromLatin1(address)
                                   << QString::fromLatin1(account);
        };
        row("cloudflare-api", "https://mcp.cloudflare.com/mcp", "cloudflare-api|2e40c71145c8b601");
        row("linear", "https://mcp.linear.app/mcp", "linear|638130d5ab3558f4");
        row("figma", "https://mcp.figma.com/mcp", "figma|d39d3b6252bc1ac5");
    }

    void codexsItem_isNamedAfterServerAndAddress()
    {
        QFETCH(QString, server);
        QFETCH(QString, address);
        QFETCH(QString, account);
        const tools::KeychainAttributes expected{{QStringLiteral("service"), QStringLiteral("Codex MCP Credentials")},
                                                 {QStringLiteral("username"), account}};
        QCOMPARE(tools::McpLogins::keychainAttributesOf(server, address), expected);
    }

    void codexsConfiguration_namesTheItems_data()
    {
        QTest::addColumn<QByteArray>("toml"); // "-" = no file
        QTest::addColumn<QStringList>("slots");
        const QByteArray figma = "[mcp_servers.figma]\nurl = 'https://mcp.figma.com/mcp'\n";
        const QString file = QStringLiteral("file");
        const QStringList both{QStringLiteral("figma"), file};
        QTest::newRow("no configuration") << QByteArray("-") << QStringList{file};
        QTest::newRow("no servers") << QByteArray("model = 'x'") << QStringList{file};
        QTest::newRow("not said, which is auto") << figma << both;
        QTest::newRow("auto") << "mcp_oauth_credentials_store = 'auto'\n" + figma << both;
        QTest::newRow("keyring") << "mcp_oauth_credentials_store = 'keyring'\n" + figma << both;
        QTest::newRow("file") << "mcp_oauth_credentials_store = 'file'\n" + figma << QStringList{file};
        QTest::newRow("a program") << QByteArray("[mcp_servers.local]\ncommand = 'x'\n") << QStringList{file};
        QTest::newRow("two of one name for people")
            << QByteArray(
                   "[mcp_servers.'a@']\nurl = 'https://a.example'\n[mcp_servers.'a/']\nurl = 'https://b.example'")
            << QStringList{QStringLiteral("a-"), QStringLiteral("a-|ebf9e71460f6bff5"), file};
        QTest::newRow("broken") << QByteArray("[mcp_servers") << QStringList{file};
        QTest::newRow("servers a list") << QByteArray("mcp_servers = []") << QStringList{file};
    }

    void codexsConfiguration_namesTheItems()
    {
        QFETCH(QByteArray, toml);
        fakes::TemporaryHome home;
        const QString config = QStringLiteral(".codex/config.toml");
        if (toml != "-")
            home.write(config, toml);
        const auto located = m_codex.locate({.environment = home.environment(), .extraHomes = {}});
        QStringList found;
        for (const tools::CopyPlace &place : located.places) {
            found += place.kind == tools::CopyPlace::Kind::File ? QStringLiteral("file") : place.slot;
            QCOMPARE(place.companions, QStringList{home.path(config)}); // a change of it leads here again
        }
        QTEST(found, "slots");
        QVERIFY(located.problems.empty());
    }

    void oneItem_isReadOnce_howeverManyHomesNameIt()
    {
        fakes::TemporaryHome home;
        const QByteArray figma = "[mcp_servers.figma]\nurl = 'https://mcp.figma.com/mcp'\n";
        home.write(QStringLiteral(".codex/config.toml"), figma);
        home.write(QStringLiteral("work/config.toml"), figma);
        const auto located =
            m_codex.locate({.environment = home.environment(), .extraHomes = {home.path(QStringLiteral("work"))}});
        QCOMPARE(located.places.size(), 3u);
        QCOMPARE(located.places[0].path, QStringLiteral("keychain: Codex MCP Credentials/figma|d39d3b6252bc1ac5"));
        QCOMPARE(located.places[2].path, home.path(QStringLiteral("work/.credentials.json")));
    }

    void files_lieWhereTheClientsKeepThem()
    {
        base::Environment environment{.home = QStringLiteral("/home/u"), .variables = {}, .user = 1};
        environment.variables.insert(QStringLiteral("CLAUDE_CONFIG_DIR"), QStringLiteral("/srv/claude"));
        environment.variables.insert(QStringLiteral("CODEX_HOME"), QStringLiteral("/srv/codex"));
        const auto claude =
            m_claude.locate({.environment = environment, .extraHomes = {QStringLiteral("/srv/second")}});
        QCOMPARE(claude.places.size(), 3u);
        QCOMPARE(claude.places[0].path, QStringLiteral("/home/u/.claude/.credentials.json"));
        QCOMPARE(claude.places[1].path, QStringLiteral("/srv/claude/.credentials.json"));
        QCOMPARE(claude.places[2].homeName, QStringLiteral("second"));
        QVERIFY(claude.problems.empty());
        const auto codex = m_codex.locate({.environment = environment, .extraHomes = {}});
        QCOMPARE(codex.places.size(), 2u);
        QCOMPARE(codex.places[0].path, QStringLiteral("/home/u/.codex/.credentials.json"));
        QCOMPARE(codex.places[1].path, QStringLiteral("/srv/codex/.credentials.json"));
    }
};

QTEST_GUILESS_MAIN(McpLoginsTest)
#include "mcplogins.moc"
