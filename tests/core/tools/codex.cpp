// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/codex.h"

#include <QCryptographicHash>
#include <QDir>
#include <QTest>

#include "look.h"

using namespace keytender;
using namespace keytender::fetching;
using profile::CopyState;
using profile::CredentialKind;

namespace {

const QString login = QStringLiteral(".codex/auth.json");
const QString config = QStringLiteral(".codex/config.toml");

base::Timestamp at(std::int64_t seconds)
{
    return base::Timestamp(std::chrono::seconds{seconds});
}

QByteArray tokenOf(const QByteArray &claims)
{
    const auto options = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;
    return QByteArray("{}").toBase64(options) + '.' + claims.toBase64(options) + ".c2ln";
}

const QByteArray identity = tokenOf("{\"email\":\"ada@example.org\"}");

QByteArray record(const QByteArray &accessToken, const QByteArray &more = "\"account_id\":\"ws\"",
                  const QByteArray &topLevel = "\"last_refresh\":\"2026-11-21T09:00:00Z\"")
{
    return "{\"auth_mode\":\"chatgpt\",\"tokens\":{\"id_token\":\"" + identity + "\",\"access_token\":\"" + accessToken
           + "\",\"refresh_token\":\"rt_dummy\"," + more + "}," + topLevel + "}";
}

} // namespace

class CodexTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void fixtures_areRead_data();
    void fixtures_areRead();
    void chatGptLogin_tellsEverything();
    void expiry_comesFromTheToken_thenFromLastRefresh_data();
    void expiry_comesFromTheToken_thenFromLastRefresh();
    void issuedAt_ofAnOpaqueToken_isTheFilesTimeAtWorst();
    void recordWithoutAccountId_isHeld_andRemarkedUpon();
    void odd_data();
    void odd();
    void store_decidesThePlaces_data();
    void store_decidesThePlaces();
    void loginFile_isWhatPeopleAreTold_withoutAnyHome();
    void ephemeralStore_isWatchedByItsDirectory();
    void keychainItem_isNamedAfterTheCanonicalHome();
    void keychainItem_isReadLikeTheFile();
    void brokenConfig_isAProblem_withoutItsWords();
    void codexHome_isAFurtherHome();
    void codexHome_thatIsMissing_isAProblem();
    void encryptedStore_isAProblem();

private:
    [[nodiscard]] std::vector<tools::CopyReading> readOne(const QByteArray &bytes) const
    {
        tools::CopyPlace place;
        place.path = QStringLiteral("/home/ada/.codex/auth.json");
        return fetching::read(m_tool, place, bytes);
    }

    const tools::Codex m_tool;
};

void CodexTest::fixtures_areRead_data()
{
    QTest::addColumn<CredentialKind>("kind");
    QTest::addColumn<QString>("account");
    QTest::addColumn<QString>("plan");
    const QString user = QStringLiteral("user-0001");
    const QString plus = QStringLiteral("plus");
    QTest::newRow("auth.json") << CredentialKind::OAuth << user << plus;
    QTest::newRow("auth-0.150.json") << CredentialKind::OAuth << user << plus;
    QTest::newRow("written-by-codex-0.169.0.json") << CredentialKind::OAuth << QStringLiteral("user-ada") << plus;
    QTest::newRow("auth-apikey.json") << CredentialKind::ApiKey << QString() << QString();
    QTest::newRow("auth-personal.json") << CredentialKind::Token << QString() << QString();
    QTest::newRow("auth-agent.json") << CredentialKind::ApiKey << user << QStringLiteral("team");
}

void CodexTest::fixtures_areRead()
{
    const auto readings = readOne(fixture(QStringLiteral("codex/") + QString::fromUtf8(QTest::currentDataTag())));
    QCOMPARE(readings.size(), std::size_t{1});
    QCOMPARE(readings.front().state, CopyState::Held);
    QVERIFY(!readings.front().problem);
    QTEST(readings.front().credential->kind, "kind");
    QTEST(readings.front().account.id, "account");
    QTEST(readings.front().account.plan, "plan");
}

void CodexTest::chatGptLogin_tellsEverything()
{
    fakes::TemporaryHome home;
    home.write(login, fixture(QStringLiteral("codex/auth.json")));
    const auto seen = look(m_tool, {.environment = home.environment(), .extraHomes = {}});
    const auto &reading = seen.at(QStringLiteral("codex-cli")).reading;
    const auto &tokens = reading.credential->tokens;
    QVERIFY(holds(tokens.refreshToken, "rt_dummy-codex-refresh-token-of-the-fixture"));
    QVERIFY(tokens.accessToken.expose().starts_with("eyJ"));
    QVERIFY(tokens.expiresAt == at(1795338000 + 9 * 86400));
    QVERIFY(tokens.issuedAt == at(1795338000 - 86400));
    QCOMPARE(reading.account.email, QStringLiteral("ada@example.org"));
    QCOMPARE(reading.account.organizationId, QStringLiteral("ws-0001"));
    QCOMPARE(reading.protection, profile::Protection::PrivateFile);
}

void CodexTest::expiry_comesFromTheToken_thenFromLastRefresh_data()
{
    QTest::addColumn<QByteArray>("accessToken");
    QTest::addColumn<QByteArray>("topLevel");
    QTest::addColumn<qint64>("expected"); // seconds; 0 = none
    const QByteArray refreshed = "\"last_refresh\":\"2026-11-21T10:00:00.123456789+01:00\"";
    const QByteArray nothing = "\"last_refresh\":null";
    const qint64 fallback = 1795338000 - 86400 + 8 * 86400;
    QTest::newRow("exp") << tokenOf("{\"exp\":1795345200}") << refreshed << qint64{1795345200};
    QTest::newRow("exp, no last_refresh") << tokenOf("{\"exp\":1795345200}") << nothing << qint64{1795345200};
    QTest::newRow("no exp") << tokenOf("{}") << refreshed << fallback;
    QTest::newRow("odd exp") << tokenOf("{\"exp\":1795345200000}") << refreshed << fallback;
    QTest::newRow("opaque") << QByteArray("opaque") << refreshed << fallback;
    QTest::newRow("opaque, no last_refresh") << QByteArray("opaque") << nothing << qint64{0};
}

void CodexTest::expiry_comesFromTheToken_thenFromLastRefresh()
{
    QFETCH(QByteArray, accessToken);
    QFETCH(QByteArray, topLevel);
    QFETCH(qint64, expected);
    const auto readings = readOne(record(accessToken, "\"account_id\":\"ws\"", topLevel));
    QCOMPARE(readings.front().state, CopyState::Held);
    const auto expiresAt = readings.front().credential->tokens.expiresAt;
    QCOMPARE(expiresAt.has_value(), expected != 0);
    if (expiresAt)
        QCOMPARE(std::chrono::floor<std::chrono::seconds>(*expiresAt).time_since_epoch().count(), expected);
}

void CodexTest::issuedAt_ofAnOpaqueToken_isTheFilesTimeAtWorst()
{
    fakes::TemporaryHome home;
    home.write(login, record("opaque", "\"account_id\":\"ws\"", "\"last_refresh\":null"));
    const auto seen = look(m_tool, {.environment = home.environment(), .extraHomes = {}});
    const auto facts = base::inspectFile(home.path(login), home.environment().user);
    const auto &tokens = seen.at(QStringLiteral("codex-cli")).reading.credential->tokens;
    QVERIFY(tokens.issuedAt == facts->modified);
    QVERIFY(!tokens.expiresAt);
}

void CodexTest::recordWithoutAccountId_isHeld_andRemarkedUpon()
{
    for (const char *more : {"\"account_id\":null", "\"other\":1", "\"account_id\":\"\""}) {
        const auto readings = readOne(record("opaque", more));
        QCOMPARE(readings.front().state, CopyState::Held);
        QVERIFY(readings.front().problem->detail.contains(QStringLiteral("never renews")));
    }
}

void CodexTest::odd_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<CopyState>("state");
    QTest::addColumn<base::ErrorKind>("kind");
    QTest::addColumn<QString>("place");
    const auto row = [](const char *name, const QByteArray &text, const char *place = "",
                        base::ErrorKind kind = base::ErrorKind::Malformed, CopyState state = CopyState::Unreadable) {
        QTest::newRow(name) << text << state << kind << QString::fromUtf8(place);
    };
    using enum base::ErrorKind;
    row("nothing in it", "{}", "", Malformed, CopyState::Absent);
    row("only a null key", "{\"OPENAI_API_KEY\":null}", "", Malformed, CopyState::Absent);
    row("unknown mode", "{\"auth_mode\":\"telepathy\"}", "auth_mode", UnknownVersion);
    row("Bedrock", "{\"bedrock_api_key\":{\"api_key\":\"dummy\"}}", "auth_mode", UnknownVersion);
    row("mode of another type", "{\"auth_mode\":1}", "auth_mode");
    row("ChatGPT without tokens", "{\"auth_mode\":\"chatgpt\"}", "tokens");
    row("ChatGPT with null tokens", "{\"auth_mode\":\"chatgpt\",\"tokens\":null}", "tokens");
    row("API key of another type", "{\"OPENAI_API_KEY\":1}", "OPENAI_API_KEY");
    row("API key missing", "{\"auth_mode\":\"apikey\"}", "OPENAI_API_KEY");
    row("API key empty", "{\"auth_mode\":\"apikey\",\"OPENAI_API_KEY\":\"\"}", "", Malformed, CopyState::Blank);
    row("API key beside tokens", "{\"OPENAI_API_KEY\":\"sk-dummy\",\"tokens\":{}}", "", Malformed, CopyState::Held);
    row("id_token garbage", record("opaque").replace(identity, "a.b.c"), "tokens.id_token");
    row("id_token two parts", record("opaque").replace(identity, "e30.e30"), "tokens.id_token");
    row("id_token missing", record("opaque").replace("id_token", "id_tokem"), "tokens.id_token");
    row("refresh_token missing", record("opaque").replace("refresh_token", "refresh_tokem"), "tokens.refresh_token");
    row("account_id a number", record("opaque", "\"account_id\":7"), "tokens.account_id");
    row("last_refresh a number", record("opaque", "\"account_id\":\"ws\"", "\"last_refresh\":1795345200"),
        "last_refresh");
    row("last_refresh no date", record("opaque", "\"account_id\":\"ws\"", "\"last_refresh\":\"yesterday\""),
        "last_refresh");
    row("no refresh token", record("opaque").replace("rt_dummy", ""), "", Malformed, CopyState::Held);
    row("all blank", record("").replace("rt_dummy", "").replace(identity, ""), "", Malformed, CopyState::Blank);
}

void CodexTest::odd()
{
    QFETCH(QByteArray, text);
    const auto readings = readOne(text);
    QCOMPARE(readings.size(), std::size_t{1});
    QTEST(readings.front().state, "state");
    if (readings.front().state != CopyState::Unreadable)
        return;
    QTEST(readings.front().problem->kind, "kind");
    QFETCH(QString, place);
    QVERIFY2(readings.front().problem->place.contains(place), qPrintable(readings.front().problem->place));
}

void CodexTest::store_decidesThePlaces_data()
{
    QTest::addColumn<QByteArray>("toml"); // "-" = no file
    QTest::addColumn<QString>("expected");
    QTest::addColumn<int>("problems");
    const QString file = QStringLiteral("file");
    const QString both = QStringLiteral("keychain file");
    QTest::newRow("no configuration") << QByteArray("-") << file << 0;
    QTest::newRow("empty configuration") << QByteArray() << file << 0;
    QTest::newRow("not named") << QByteArray("model = \"gpt\"\n") << file << 0;
    QTest::newRow("file") << QByteArray("cli_auth_credentials_store = \"file\"") << file << 0;
    QTest::newRow("keyring") << QByteArray("cli_auth_credentials_store = 'keyring'") << QStringLiteral("keychain") << 0;
    QTest::newRow("auto") << QByteArray("cli_auth_credentials_store = \"auto\"") << both << 0;
    QTest::newRow("ephemeral") << QByteArray("cli_auth_credentials_store = \"ephemeral\"") << QString() << 0;
    QTest::newRow("in a table") << QByteArray("[a]\ncli_auth_credentials_store = \"keyring\"") << file << 0;
    QTest::newRow("unknown") << QByteArray("cli_auth_credentials_store = \"cloud\"") << both << 1;
    QTest::newRow("number") << QByteArray("cli_auth_credentials_store = 1") << both << 1;
    QTest::newRow("broken") << QByteArray("cli_auth_credentials_store = ") << both << 1;
    QTest::newRow("binary") << QByteArray("\0\xff\xfe", 3) << both << 1;
}

void CodexTest::store_decidesThePlaces()
{
    QFETCH(QByteArray, toml);
    fakes::TemporaryHome home;
    if (toml != "-")
        home.write(config, toml);
    const auto located = m_tool.locate({.environment = home.environment(), .extraHomes = {}});
    QStringList found;
    for (const auto &place : located.places)
        found.append(place.kind == tools::CopyPlace::Kind::File ? QStringLiteral("file") : QStringLiteral("keychain"));
    QFETCH(QString, expected);
    QCOMPARE(found.join(u' '), expected);
    QTEST(static_cast<int>(located.problems.size()), "problems");
}

// A directory that is watched for itself stands for all that lies in it, also in what people read.
void CodexTest::loginFile_isWhatPeopleAreTold_withoutAnyHome()
{
    const fakes::TemporaryHome home;
    const auto located = m_tool.locate({.environment = home.environment(), .extraHomes = {}});
    QCOMPARE(located.directories, QStringList());
    QCOMPARE(located.places.size(), std::size_t{1});
    QCOMPARE(located.places.front().path, home.path(login));
    QCOMPARE(located.places.front().companions, QStringList{home.path(config)}); // a change of it leads here again
}

void CodexTest::ephemeralStore_isWatchedByItsDirectory()
{
    fakes::TemporaryHome home;
    home.write(config, "cli_auth_credentials_store = \"ephemeral\"");
    const auto located = m_tool.locate({.environment = home.environment(), .extraHomes = {}});
    QVERIFY(located.places.empty());
    QCOMPARE(located.directories, QStringList{home.path(QStringLiteral(".codex"))});
}

void CodexTest::keychainItem_isNamedAfterTheCanonicalHome()
{
    fakes::TemporaryHome home;
    QVERIFY(QDir().mkpath(home.path(QStringLiteral("real"))));
    QVERIFY(QFile::link(home.path(QStringLiteral("real")), home.path(QStringLiteral(".codex"))));
    home.write(config, "cli_auth_credentials_store = \"keyring\"");
    const auto located = m_tool.locate({.environment = home.environment(), .extraHomes = {}});
    const QByteArray canonical = QDir(home.path(QStringLiteral("real"))).canonicalPath().toUtf8();
    const QByteArray hash = QCryptographicHash::hash(canonical, QCryptographicHash::Sha256).toHex().first(16);
    const tools::KeychainAttributes expected{
        {QStringLiteral("service"), QStringLiteral("Codex Auth")},
        {QStringLiteral("username"), QStringLiteral("cli|") + QString::fromLatin1(hash)}};
    QCOMPARE(located.places.size(), std::size_t{1});
    QVERIFY(located.places.front().attributes == expected);
    QCOMPARE(located.places.front().path, QStringLiteral("keychain: Codex Auth/cli|") + QString::fromLatin1(hash));
}

void CodexTest::keychainItem_isReadLikeTheFile()
{
    tools::CopyPlace place;
    place.kind = tools::CopyPlace::Kind::KeychainItem;
    place.path = QStringLiteral("keychain: Codex Auth/cli|0123456789abcdef");
    const auto readings = fetching::read(m_tool, place, fixture(QStringLiteral("codex/auth.json")));
    QCOMPARE(readings.front().state, CopyState::Held);
    QCOMPARE(readings.front().protection, profile::Protection::Keychain);

    const base::Error locked{.kind = base::ErrorKind::Locked, .subject = place.path, .place = {}, .detail = {}};
    const auto unread = fetching::read(m_tool, place, base::unexpected(locked));
    QCOMPARE(unread.front().state, CopyState::Unreadable);
    QCOMPARE(unread.front().problem->kind, base::ErrorKind::Locked);
}

void CodexTest::brokenConfig_isAProblem_withoutItsWords()
{
    fakes::TemporaryHome home;
    home.write(config, "model = \"x\"\nexperimental_bearer_token = sk-dummy-secret\n");
    const auto located = m_tool.locate({.environment = home.environment(), .extraHomes = {}});
    QCOMPARE(located.problems.size(), std::size_t{1});
    const base::Error &problem = located.problems.front();
    QCOMPARE(problem.subject, home.path(config));
    QVERIFY(problem.place.startsWith(QStringLiteral("line 2")));
    QVERIFY(!describe(problem).contains(QStringLiteral("sk-")));
}

void CodexTest::codexHome_isAFurtherHome()
{
    fakes::TemporaryHome home;
    home.environment().variables = {{QStringLiteral("CODEX_HOME"), home.path(QStringLiteral("work"))}};
    home.write(QStringLiteral("work/auth.json"), fixture(QStringLiteral("codex/auth.json")));
    const auto seen = look(m_tool, {.environment = home.environment(), .extraHomes = {home.path(QStringLiteral("b"))}});
    QCOMPARE(seen.at(QStringLiteral("codex-cli@work")).reading.state, CopyState::Held);
    QCOMPARE(seen.at(QStringLiteral("codex-cli")).reading.state, CopyState::Absent);
    QCOMPARE(seen.at(QStringLiteral("codex-cli@b")).reading.state, CopyState::Absent);
}

void CodexTest::codexHome_thatIsMissing_isAProblem()
{
    fakes::TemporaryHome home;
    home.environment().variables = {{QStringLiteral("CODEX_HOME"), home.path(QStringLiteral("gone"))}};
    const auto located = m_tool.locate({.environment = home.environment(), .extraHomes = {}});
    QCOMPARE(located.problems.size(), std::size_t{1});
    QCOMPARE(located.problems.front().kind, base::ErrorKind::NotFound);
    QCOMPARE(located.problems.front().subject, home.path(QStringLiteral("gone")));
}

void CodexTest::encryptedStore_isAProblem()
{
    fakes::TemporaryHome home;
    home.write(config, "cli_auth_credentials_store = \"keyring\"");
    home.write(QStringLiteral(".codex/secrets/codex_auth.age"), "age-encryption.org/v1\n");
    const auto located = m_tool.locate({.environment = home.environment(), .extraHomes = {}});
    QCOMPARE(located.problems.size(), std::size_t{1});
    QCOMPARE(located.problems.front().kind, base::ErrorKind::Encrypted);
}

QTEST_GUILESS_MAIN(CodexTest)
#include "codex.moc"
