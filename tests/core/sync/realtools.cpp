// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdio>

#include <QTest>

#include "fakes/fakeclock.h"
#include "fakes/fakekeychain.h"
#include "fakes/temporaryhome.h"
#include "sync/synchronizer.h"
#include "tools/mcplogins.h"

using namespace keytender;

namespace {

const QString claude = QStringLiteral("claude-cli");
const QString record = QStringLiteral(".claude/.credentials.json");

QByteArray claudeRecord(const QByteArray &token, qint64 expiresAt)
{
    QByteArray text = "{'claudeAiOauth':{'accessToken':'sk-ant-oat01-" + token + "','refreshToken':'sk-ant-ort01-"
                      + token + "','expiresAt':" + QByteArray::number(expiresAt)
                      + ",'scopes':['user:inference'],'subscriptionType':'max'}}";
    return text.replace('\'', '"');
}

} // namespace

// The pipe with every tool that Keytender knows.
class RealTools final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void emptyHome_holdsNothing();
    void claudeCode_isFollowed();
    void damagedFile_ofTwoTools_isOneRow_thatNamesFileAndPlace();
    void damagedPart_ofOneTool_isThatToolsRow();
    void damagedFile_isToldOfEveryLoginKnownInIt();
    void codexsMcpLogins_inTheKeyring_areFollowedAsItsConfigurationNamesThem();
    void tokensThatWereRead_areMaskedInEveryMessage();

private:
    [[nodiscard]] std::unique_ptr<sync::Synchronizer> start();

    fakes::FakeClock m_clock;
    fakes::FakeKeychain m_keychain;
    fakes::TemporaryHome m_home;
    base::SystemRandom m_random;
    std::shared_ptr<base::KnownSecrets> m_known;
};

std::unique_ptr<sync::Synchronizer> RealTools::start()
{
    auto made = std::make_unique<sync::Synchronizer>(tools::allTools(),
                                                     sync::SynchronizerWorld{.clock = m_clock,
                                                                             .keychain = m_keychain,
                                                                             .environment = m_home.environment(),
                                                                             .extraHomes = {},
                                                                             .knownSecrets = m_known});
    made->start();
    [&] { QTRY_VERIFY_WITH_TIMEOUT(made->isSettled(), 5000); }();
    return made;
}

void RealTools::emptyHome_holdsNothing()
{
    const auto synchronizer = start();
    QVERIFY(synchronizer->profiles().empty());
    QVERIFY(synchronizer->looked().size() >= 10); // one place a tool at least
}

void RealTools::claudeCode_isFollowed()
{
    const qint64 expiry = (m_clock.wall + std::chrono::hours{1}).time_since_epoch().count();
    m_home.write(record, claudeRecord("one", expiry));
    const auto synchronizer = start();
    const auto &profiles = synchronizer->profiles();
    QVERIFY(profiles.contains(claude));
    QCOMPARE(profiles.at(claude).credential.expiresAt, base::fromEpochMilliseconds(double(expiry)));
    QVERIFY(profiles.at(claude).credential.canBeRefreshed());

    // Claude Code writes a temporary file and renames it into place.
    const QString next = m_home.write(QStringLiteral(".claude/.credentials.json.tmp"), claudeRecord("two", expiry + 1));
    QCOMPARE(std::rename(QFile::encodeName(next).constData(), QFile::encodeName(m_home.path(record)).constData()), 0);
    QTRY_COMPARE(profiles.at(claude).credential.expiresAt, base::fromEpochMilliseconds(double(expiry + 1)));

    m_home.write(record, "{}");
    QTRY_VERIFY(profiles.at(claude).copies.front().state != profile::CopyState::Held);
    QVERIFY(profiles.at(claude).credential.canBeRefreshed());
}

// Claude Code's own login and those of its MCP servers lie in it.
void RealTools::damagedFile_ofTwoTools_isOneRow_thatNamesFileAndPlace()
{
    m_home.write(record, "{\n  \"claudeAiOauth\": {\"accessToken\": 1x}}");
    const auto synchronizer = start();
    const auto &profiles = synchronizer->profiles();
    QCOMPARE(profiles.size(), std::size_t{1});
    const profile::Copy &copy = profiles.at(claude).copies.front();
    QCOMPARE(copy.state, profile::CopyState::Unreadable);
    QVERIFY(copy.path.endsWith(record) && copy.problem->subject.endsWith(record));
    QVERIFY2(copy.problem->place.startsWith(QStringLiteral("line 2, column ")), qPrintable(copy.problem->place));
    m_home.write(record, "{\n\n  \"claudeAiOauth\": {\"accessToken\": 1x}}");
    QTRY_VERIFY(profiles.at(claude).copies.front().problem->place.startsWith(QStringLiteral("line 3")));
    QCOMPARE(profiles.size(), std::size_t{1});
}

void RealTools::damagedPart_ofOneTool_isThatToolsRow()
{
    QByteArray text = claudeRecord("one", (m_clock.wall + std::chrono::hours{1}).time_since_epoch().count());
    text.insert(1, "\"mcpOAuth\": [],");
    m_home.write(record, text);
    const auto synchronizer = start();
    QCOMPARE(synchronizer->profiles().at(claude).copies.front().state, profile::CopyState::Held);
    const auto &servers = synchronizer->profiles().at(QStringLiteral("mcp:claude-code"));
    QCOMPARE(servers.copies.front().state, profile::CopyState::Unreadable);
}

void RealTools::damagedFile_isToldOfEveryLoginKnownInIt()
{
    QByteArray text = claudeRecord("one", (m_clock.wall + std::chrono::hours{1}).time_since_epoch().count());
    text.insert(1, "\"mcpOAuth\": {\"a|1\": {\"serverName\": \"a\", \"accessToken\": \"dummy-of-a\"}},");
    m_home.write(record, text);
    const auto synchronizer = start();
    const auto &profiles = synchronizer->profiles();
    const QString server = QStringLiteral("mcp:claude-code:a");
    QCOMPARE(profiles.at(server).copies.front().state, profile::CopyState::Held);
    m_home.write(record, text + "x");
    QTRY_COMPARE(profiles.at(claude).copies.front().state, profile::CopyState::Unreadable);
    QTRY_COMPARE(profiles.at(server).copies.front().state, profile::CopyState::Unreadable);
    QCOMPARE(profiles.size(), std::size_t{2});
}

void RealTools::codexsMcpLogins_inTheKeyring_areFollowedAsItsConfigurationNamesThem()
{
    const QString config = QStringLiteral(".codex/config.toml");
    const QString figma = QStringLiteral("mcp:codex:figma");
    const auto attributes =
        tools::McpLogins::keychainAttributesOf(QStringLiteral("figma"), QStringLiteral("https://mcp.figma.com/mcp"));
    const qint64 expiry = (m_clock.wall + std::chrono::hours{1}).time_since_epoch().count();
    m_keychain.items[attributes] =
        R"({"server_name":"figma","url":"https://mcp.figma.com/mcp","client_id":"dummy",)"
        R"("token_response":{"access_token":"dummy-access","refresh_token":"dummy-refresh"},)"
        R"("expires_at":)"
        + QByteArray::number(expiry) + "}";
    m_home.write(config, "mcp_oauth_credentials_store = \"file\"\n[mcp_servers.figma]\n"
                         "url = \"https://mcp.figma.com/mcp\"\n");
    const auto synchronizer = start();
    const auto &profiles = synchronizer->profiles();
    QVERIFY(!profiles.contains(figma));
    m_home.write(config, "[mcp_servers.figma]\nurl = \"https://mcp.figma.com/mcp\"\n");
    QTRY_VERIFY(profiles.contains(figma));
    const profile::Profile &login = profiles.at(figma);
    QCOMPARE(login.care, profile::Care::Watched);
    QCOMPARE(login.providerId, QStringLiteral("mcp.figma.com"));
    QCOMPARE(login.copies.front().state, profile::CopyState::Held);
    QCOMPARE(login.copies.front().protection, profile::Protection::Keychain);
    QCOMPARE(login.credential.expiresAt, base::fromEpochMilliseconds(double(expiry)));
    m_keychain.items.clear();
}

// S-20 by value: nothing about the text itself gives these away.
void RealTools::tokensThatWereRead_areMaskedInEveryMessage()
{
    m_known = std::make_shared<base::KnownSecrets>(m_random);
    const QString message = QStringLiteral("the server says: %1 is not welcome");
    const QString access = message.arg(QStringLiteral("an access-token in words"));
    const QString refresh = message.arg(QStringLiteral("a refresh-token in words"));
    QCOMPARE(m_known->redacted(access), access);

    QByteArray text = claudeRecord("one", (m_clock.wall + std::chrono::hours{1}).time_since_epoch().count());
    text.replace("sk-ant-oat01-one", "an access-token in words")
        .replace("sk-ant-ort01-one", "a refresh-token in words");
    m_home.write(record, text);
    const auto synchronizer = start();

    QVERIFY(!m_known->redacted(access).contains(QStringLiteral("access-token in")));
    QVERIFY(!m_known->redacted(refresh).contains(QStringLiteral("refresh-token in")));
}

QTEST_GUILESS_MAIN(RealTools)
#include "realtools.moc"
