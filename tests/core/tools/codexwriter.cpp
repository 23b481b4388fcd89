// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/codexwriter.h"

#include <QDir>

#include <unistd.h>

#include "fetching.h"
#include "provider/providerloader.h"
#include "tools/codex.h"

using namespace keytender;
using namespace keytender::fetching;
using tools::CopyWriter;
using tools::LockSpec;

namespace {

QByteArray tokenOf(const QByteArray &claims)
{
    const auto options = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;
    return QByteArray("{}").toBase64(options) + '.' + claims.toBase64(options) + ".c2ln";
}

const QByteArray identity = tokenOf("{\"email\":\"ada@example.org\"}");

QByteArray bytesOf(const base::Secret &secret)
{
    return {secret.expose().data(), static_cast<qsizetype>(secret.size())};
}

// The string value of a member, wherever it stands.
QByteArray valueOf(const QByteArray &text, const QByteArray &key)
{
    const qsizetype begin = text.indexOf('"', text.indexOf('"' + key + "\":") + key.size() + 3) + 1;
    return text.mid(begin, text.indexOf('"', begin) - begin);
}

QByteArray with(QByteArray text, const QByteArray &key, const QByteArray &value)
{
    const QByteArray before = '"' + valueOf(text, key) + '"';
    const qsizetype at = text.indexOf(before, text.indexOf('"' + key + "\":") + key.size() + 3);
    return text.replace(at, before.size(), value);
}

QByteArray without(const QByteArray &text, const QByteArray &key)
{
    QByteArray renamed = text;
    return renamed.replace('"' + key + "\":", "\"_" + key + "\":");
}

QByteArray usual()
{
    return fixture(QStringLiteral("codex/auth.json"));
}

struct Login {
    profile::TokenSet tokens;
    profile::Account account;

    explicit Login(const QByteArray &idToken = identity)
    {
        tokens.accessToken = secretOf("at-new");
        tokens.refreshToken = secretOf("rt-new");
        tokens.idToken = secretOf(idToken);
        account.organizationId = QStringLiteral("ws-0001");
    }
    [[nodiscard]] tools::Successor successor(const base::Secret *toolRecord = nullptr) const
    {
        return {.tokens = tokens, .account = account, .acquiredAt = fetching::now, .toolRecord = toolRecord};
    }
};

const QByteArray acquired = "\"2026-11-22T10:00:00Z\"";

} // namespace

class CodexWriterTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(base::initializeCrypto());
        m_place.path = QStringLiteral("/home/ada/.codex/auth.json");
    }
    void tool_offersIt() { QVERIFY(dynamic_cast<const tools::CodexWriter *>(tools::Codex().writer()) != nullptr); }
    void renewal_replacesItsValuesAlone_data();
    void renewal_replacesItsValuesAlone();
    void renewal_withoutUsableIdToken_keepsTheOldOne();
    void renewal_withoutLastRefresh_addsIt();
    void renewal_withTheSameTokens_changesNothing();
    void renewal_ofCompactText_staysCompact();
    void renewal_isReadBack();
    void record_thatIsNotToBeTouched_isRefused_data();
    void record_thatIsNotToBeTouched_isRefused();
    void provenance_thatIsOurProvidersOwn_isWelcome();
    void login_ofAnotherAccount_isRefused();
    void accessTokenAlone_isRefused();
    void objection_toASoundLogin_isForFeedingAlone();
    void objection_namesTheStoreThatCounts_data();
    void objection_namesTheStoreThatCounts();
    void objection_namesTheVariableThatDivertsCodex();
    void locks_areCodexsOwn();
    void locks_ofASymbolicLink_lieBesideItsTarget();
    void locks_ofAKeychainItem_lieInItsHome();
    void locks_ofAnItemWithoutHome_areAnError();
    void switch_putsTheRecordBack_withTheTokensThatCount();
    void switch_ofARecordOfAnotherAccount_isRefused();
    void switch_overAnApiKey_isRefused();
    void switch_toALoginOfKeytender_makesARecordThatCodexReads();
    void switch_toALoginOfKeytender_saysWhatIsMissing_data();
    void switch_toALoginOfKeytender_saysWhatIsMissing();
    void record_isPutAwayWhole();
    void mode_isPrivate();

private:
    [[nodiscard]] base::Result<base::Secret> rewritten(const QByteArray &before,
                                                       const tools::Successor &successor) const
    {
        return m_writer.rewritten(m_place, {}, {.content = contentOf(before), .companions = {}}, successor);
    }
    [[nodiscard]] QString objection(CopyWriter::Purpose purpose, const QByteArray &before,
                                    const base::Environment &environment = {}) const
    {
        return m_writer.objection(purpose, m_place, {}, {.content = contentOf(before), .companions = {}},
                                  {.environment = environment, .extraHomes = {}});
    }

    const tools::CodexWriter m_writer;
    tools::CopyPlace m_place;
};

void CodexWriterTest::renewal_replacesItsValuesAlone_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::newRow("0.169") << usual();
    QTest::newRow("0.150") << fixture(QStringLiteral("codex/auth-0.150.json"));
    QTest::newRow("CRLF") << usual().replace("\n", "\r\n");
    QTest::newRow("byte order mark") << "\xEF\xBB\xBF" + usual();
    QTest::newRow("line end at the end") << usual() + "\n";
    QTest::newRow("unknown members") << usual().replace("\"tokens\": {",
                                                        "\"a\\/b\": [1e2, {}], \"tokens\": {\"x\":1.10,");
    QTest::newRow("doubles elsewhere") << usual().replace("\"tokens\": {", "\"y\": 1, \"y\": 2,\"tokens\": {");
    QTest::newRow("no mode") << without(usual(), "auth_mode");
}

void CodexWriterTest::renewal_replacesItsValuesAlone()
{
    QFETCH(QByteArray, before);
    const Login login;
    const auto after = rewritten(before, login.successor());
    QVERIFY(after);
    QByteArray expected = with(before, "access_token", "\"at-new\"");
    expected = with(expected, "refresh_token", "\"rt-new\"");
    expected = with(expected, "id_token", '"' + identity + '"');
    expected = with(expected, "last_refresh", acquired);
    QCOMPARE(bytesOf(*after), expected);
}

void CodexWriterTest::renewal_withoutUsableIdToken_keepsTheOldOne()
{
    for (const QByteArray &idToken : {QByteArray(), QByteArray("opaque"), QByteArray("a.b.c")}) {
        const Login login(idToken);
        const auto after = rewritten(usual(), login.successor());
        QVERIFY(after);
        QCOMPARE(valueOf(bytesOf(*after), "id_token"), valueOf(usual(), "id_token"));
        QCOMPARE(valueOf(bytesOf(*after), "refresh_token"), QByteArray("rt-new"));
    }
}

void CodexWriterTest::renewal_withoutLastRefresh_addsIt()
{
    QByteArray before = usual();
    before.truncate(before.indexOf(",\n  \"last_refresh\""));
    before += "\n}";
    const Login login;
    const auto after = rewritten(before, login.successor());
    QVERIFY(after);
    QVERIFY(bytesOf(*after).endsWith("  },\n  \"last_refresh\": " + acquired + "\n}"));
}

void CodexWriterTest::renewal_withTheSameTokens_changesNothing()
{
    Login login((QByteArray()));
    login.tokens.accessToken = secretOf(valueOf(usual(), "access_token"));
    login.tokens.refreshToken = secretOf(valueOf(usual(), "refresh_token"));
    const auto after = rewritten(usual(), login.successor());
    QVERIFY(after);
    QCOMPARE(bytesOf(*after), usual());
}

void CodexWriterTest::renewal_ofCompactText_staysCompact()
{
    const QByteArray before = "{\"auth_mode\":\"chatgpt\",\"OPENAI_API_KEY\":null,\"tokens\":{\"id_token\":\""
                              + identity
                              + "\",\"access_token\":\"at\",\"refresh_token\":\"rt\",\"account_id\":\"ws-0001\"}}";
    const Login login;
    const auto after = rewritten(before, login.successor());
    QVERIFY(after);
    QVERIFY(!bytesOf(*after).contains('\n') && !bytesOf(*after).contains(": "));
    QVERIFY(bytesOf(*after).endsWith("},\"last_refresh\":" + acquired + "}"));
}

void CodexWriterTest::renewal_isReadBack()
{
    const Login login;
    const auto after = rewritten(usual(), login.successor());
    QVERIFY(after);
    const auto readings = fetching::read(tools::Codex(), m_place, bytesOf(*after));
    QCOMPARE(readings.front().state, profile::CopyState::Held);
    QVERIFY(readings.front().credential->tokens.refreshToken == login.tokens.refreshToken);
    QVERIFY(readings.front().credential->tokens.issuedAt == fetching::now);
}

void CodexWriterTest::record_thatIsNotToBeTouched_isRefused_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<base::ErrorKind>("kind");
    QTest::addColumn<QString>("told");
    const auto row = [](const char *name, const QByteArray &before, const char *told,
                        base::ErrorKind kind = base::ErrorKind::Malformed) {
        QTest::newRow(name) << before << kind << QString::fromUtf8(told);
    };
    using enum base::ErrorKind;
    row("no account", without(usual(), "account_id"), "tokens.account_id");
    row("null account", with(usual(), "account_id", "null"), "tokens.account_id");
    row("empty account", with(usual(), "account_id", "\"\""), "tokens.account_id");
    row("account a number", with(usual(), "account_id", "7"), "tokens.account_id");
    row("unknown mode", with(usual(), "auth_mode", "\"telepathy\""), "auth_mode", UnknownVersion);
    row("external tokens", with(usual(), "auth_mode", "\"chatgptAuthTokens\""), "auth_mode", UnknownVersion);
    row("mode a number", with(usual(), "auth_mode", "1"), "auth_mode");
    row("ID token of two parts", with(usual(), "id_token", "\"e30.e30\""), "tokens.id_token");
    row("ID token padded", with(usual(), "id_token", "\"e30=.e30=.c2ln\""), "tokens.id_token");
    row("ID token missing", without(usual(), "id_token"), "tokens.id_token");
    row("no refresh token", with(usual(), "refresh_token", "\"\""), "tokens.refresh_token");
    row("refresh token twice", usual().replace("\"refresh_token\"", "\"refresh_token\": \"rt\", \"refresh_token\""),
        "tokens.refresh_token");
    row("access token twice", usual().replace("\"access_token\"", "\"access_token\": \"at\", \"access_token\""),
        "tokens.access_token");
    row("no tokens", without(usual(), "tokens"), "tokens");
    row("no login", "{}", "no login");
    row("API key", fixture(QStringLiteral("codex/auth-apikey.json")), "apikey");
    row("API key beside tokens", without(usual(), "auth_mode").replace("null", "\"sk-dummy\""), "apikey");
    row("personal token", fixture(QStringLiteral("codex/auth-personal.json")), "personalAccessToken");
    row("agent", fixture(QStringLiteral("codex/auth-agent.json")), "agentIdentity");
    row("Bedrock", "{\"bedrock_api_key\":{}}", "bedrockApiKey");
    row("another issuer", with(usual(), "issuer", "\"https://sso.example.org\""), "oauth_provenance.issuer");
    row("another client", with(usual(), "client_id", "\"app_other\""), "oauth_provenance.client_id");
    row("odd provenance", usual().replace("\"oauth_provenance\": {", "\"oauth_provenance\": 1, \"z\": {"),
        "oauth_provenance");
    row("encrypted", "age-encryption.org/v1\n-> scrypt", "encrypted", Encrypted);
    row("empty", "", "empty", Incomplete);
    row("cut off", usual().chopped(30), "", Incomplete);
    row("no JSON", "hello", "");
}

void CodexWriterTest::record_thatIsNotToBeTouched_isRefused()
{
    QFETCH(QByteArray, before);
    QFETCH(base::ErrorKind, kind);
    QFETCH(QString, told);
    const Login login;
    const base::Secret away = secretOf(usual());
    for (const base::Secret *toolRecord : {static_cast<const base::Secret *>(nullptr), &away}) {
        const bool isSwitch = toolRecord != nullptr;
        if (isSwitch && told == QStringLiteral("tokens.access_token"))
            continue; // the whole record makes way
        const auto after = rewritten(before, login.successor(toolRecord));
        QVERIFY(!after);
        QCOMPARE(after.error().kind, kind);
        QCOMPARE(after.error().subject, m_place.path);
        QVERIFY2(describe(after.error()).contains(told), qPrintable(describe(after.error())));
        QVERIFY(!base::cureFor(kind).isEmpty());
    }
    if (told == QStringLiteral("tokens.access_token"))
        return;
    for (const auto purpose : {CopyWriter::Purpose::Share, CopyWriter::Purpose::Switch}) {
        const QString why = objection(purpose, before);
        QVERIFY2(why.contains(told) && !why.contains(QStringLiteral("eyJ")), qPrintable(why));
    }
    QVERIFY(!m_writer.recordOf(m_place, {}, {.content = contentOf(before), .companions = {}}));
}

void CodexWriterTest::provenance_thatIsOurProvidersOwn_isWelcome()
{
    const auto loaded =
        provider::loadProviders(QStringLiteral("/nonexistent"), getuid(), provider::EndpointRule::HttpsOnly);
    const provider::Provider *openai = loaded.find(QStringLiteral("openai"));
    QVERIFY(openai != nullptr);
    const QByteArray before = with(with(usual(), "issuer", '"' + openai->issuer->value.toUtf8() + '"'), "client_id",
                                   '"' + openai->clientId->value.toUtf8() + '"');
    const Login login;
    const auto after = rewritten(before, login.successor());
    QVERIFY(after);
    QCOMPARE(valueOf(bytesOf(*after), "issuer"), openai->issuer->value.toUtf8());
    QCOMPARE(objection(CopyWriter::Purpose::Share, before), QString());
}

void CodexWriterTest::login_ofAnotherAccount_isRefused()
{
    Login login;
    login.account.organizationId = QStringLiteral("ws-0002");
    const auto after = rewritten(usual(), login.successor());
    QVERIFY(!after && after.error().place.contains(QStringLiteral("tokens.account_id")));
    login.account.organizationId.clear(); // not known: the caller's comparison decides
    QVERIFY(rewritten(usual(), login.successor()));
}

void CodexWriterTest::accessTokenAlone_isRefused()
{
    Login login;
    login.tokens.refreshToken = base::Secret();
    QVERIFY(!rewritten(usual(), login.successor()));
    Login other;
    other.tokens.accessToken = base::Secret();
    QVERIFY(!rewritten(usual(), other.successor()));
}

void CodexWriterTest::objection_toASoundLogin_isForFeedingAlone()
{
    QCOMPARE(objection(CopyWriter::Purpose::Share, usual()), QString());
    QCOMPARE(objection(CopyWriter::Purpose::Switch, usual()), QString());
    QVERIFY(objection(CopyWriter::Purpose::Feed, usual()).contains(QStringLiteral("access token alone")));
}

void CodexWriterTest::objection_namesTheStoreThatCounts_data()
{
    QTest::addColumn<QByteArray>("toml"); // "-" = none
    QTest::addColumn<bool>("isFile");
    QTest::addColumn<bool>("isEncrypted");
    QTest::addColumn<QString>("told");
    const QString elsewhere = QStringLiteral("any more");
    QTest::newRow("none") << QByteArray("-") << true << false << QString();
    QTest::newRow("file") << QByteArray("model = \"gpt\"") << true << false << QString();
    QTest::newRow("auto, file") << QByteArray("cli_auth_credentials_store = \"auto\"") << true << false << QString();
    QTest::newRow("auto, item") << QByteArray("cli_auth_credentials_store = \"auto\"") << false << false << QString();
    QTest::newRow("item") << QByteArray("cli_auth_credentials_store = \"keyring\"") << false << false << QString();
    QTest::newRow("file, but item") << QByteArray() << false << false << elsewhere;
    QTest::newRow("item, but file") << QByteArray("cli_auth_credentials_store = \"keyring\"") << true << false
                                    << elsewhere;
    QTest::newRow("memory") << QByteArray("cli_auth_credentials_store = \"ephemeral\"") << true << false << elsewhere;
    QTest::newRow("unknown") << QByteArray("cli_auth_credentials_store = \"cloud\"") << true << false
                             << QStringLiteral("does not know");
    QTest::newRow("broken") << QByteArray("cli_auth_credentials_store = ") << true << false << QStringLiteral("TOML");
    QTest::newRow("encrypted") << QByteArray("cli_auth_credentials_store = \"keyring\"") << false << true
                               << QStringLiteral("encrypted by the tool");
}

void CodexWriterTest::objection_namesTheStoreThatCounts()
{
    QFETCH(QByteArray, toml);
    QFETCH(bool, isFile);
    QFETCH(bool, isEncrypted);
    QFETCH(QString, told);
    fakes::TemporaryHome home;
    if (toml != "-")
        home.write(QStringLiteral(".codex/config.toml"), toml);
    if (isEncrypted)
        home.write(QStringLiteral(".codex/secrets/codex_auth.age"), "age-encryption.org/v1\n");
    tools::CopyPlace place;
    place.kind = isFile ? tools::CopyPlace::Kind::File : tools::CopyPlace::Kind::KeychainItem;
    place.path = isFile ? home.path(QStringLiteral(".codex/auth.json")) : QStringLiteral("keychain: Codex Auth/cli|0");
    tools::Fetched fetched{.content = contentOf(usual()), .companions = {}};
    for (const char *name : {".codex/config.toml", ".codex/secrets/codex_auth.age"}) {
        const QString path = home.path(QString::fromUtf8(name));
        fetched.companions.emplace(path, base::readFile(path, {.bytes = 1u << 20, .owner = home.environment().user}));
    }
    const QString why = m_writer.objection(CopyWriter::Purpose::Share, place, {}, fetched,
                                           {.environment = home.environment(), .extraHomes = {}});
    QCOMPARE(why.isEmpty(), told.isEmpty());
    QVERIFY2(why.contains(told), qPrintable(why));
}

void CodexWriterTest::objection_namesTheVariableThatDivertsCodex()
{
    for (const QString &name :
         {QStringLiteral("CODEX_REFRESH_TOKEN_URL_OVERRIDE"), QStringLiteral("CODEX_APP_SERVER_LOGIN_CLIENT_ID")}) {
        base::Environment environment;
        environment.variables = {{name, QString()}}; // set to nothing is set: Codex uses it
        QVERIFY(objection(CopyWriter::Purpose::Share, usual(), environment).contains(name));
    }
}

void CodexWriterTest::locks_areCodexsOwn()
{
    const auto plan = m_writer.lockPlan(m_place, {}, {});
    QVERIFY(plan);
    QCOMPARE(plan->locks.size(), std::size_t{2});
    const LockSpec &refresh = plan->locks.front();
    QVERIFY(refresh.kind == LockSpec::Kind::Flock && refresh.span == LockSpec::Span::Refresh);
    QCOMPARE(refresh.path, QStringLiteral("/home/ada/.codex/auth.lock"));
    QCOMPARE(refresh.mode, mode_t{0666});
    QVERIFY(refresh.stale.count() == 0 && refresh.sentinel.isEmpty());
    const LockSpec &write = plan->locks.back();
    QVERIFY(write.kind == LockSpec::Kind::Flock && write.span == LockSpec::Span::Write);
    QCOMPARE(write.path, QStringLiteral("/home/ada/.codex/auth.json.lock"));
    QCOMPARE(write.mode, mode_t{0600});
    QVERIFY(write.longestHold > base::Milliseconds{0} && write.longestHold < std::chrono::seconds{4});
    QVERIFY(plan->tolerance <= std::chrono::seconds{15}); // what was seen to do no harm
}

void CodexWriterTest::locks_ofASymbolicLink_lieBesideItsTarget()
{
    fakes::TemporaryHome home;
    home.write(QStringLiteral("dotfiles/codex.json"), usual());
    QVERIFY(QDir().mkpath(home.path(QStringLiteral(".codex"))));
    QVERIFY(
        QFile::link(home.path(QStringLiteral("dotfiles/codex.json")), home.path(QStringLiteral(".codex/auth.json"))));
    tools::CopyPlace place;
    place.path = home.path(QStringLiteral(".codex/auth.json"));
    const auto plan = m_writer.lockPlan(place, {}, {});
    QVERIFY(plan);
    QCOMPARE(plan->locks.front().path, home.path(QStringLiteral(".codex/auth.lock")));
    QCOMPARE(plan->locks.back().path,
             QFileInfo(home.path(QStringLiteral("dotfiles/codex.json"))).canonicalFilePath() + QStringLiteral(".lock"));
    QVERIFY(m_writer.linkHabit() == CopyWriter::LinkHabit::Follow);
}

void CodexWriterTest::locks_ofAKeychainItem_lieInItsHome()
{
    fakes::TemporaryHome home;
    home.write(QStringLiteral(".codex/config.toml"), "cli_auth_credentials_store = \"keyring\"");
    const tools::ToolWorld world{.environment = home.environment(), .extraHomes = {}};
    const auto located = tools::Codex().locate(world);
    QCOMPARE(located.places.size(), std::size_t{1});
    const auto plan = m_writer.lockPlan(located.places.front(), {}, world);
    QVERIFY(plan);
    QCOMPARE(plan->locks.front().path, home.path(QStringLiteral(".codex/auth.lock")));
    QCOMPARE(plan->locks.back().path, home.path(QStringLiteral(".codex/auth.json.lock")));
}

void CodexWriterTest::locks_ofAnItemWithoutHome_areAnError()
{
    tools::CopyPlace place;
    place.kind = tools::CopyPlace::Kind::KeychainItem;
    place.path = QStringLiteral("keychain: Codex Auth/cli|0");
    QVERIFY(!m_writer.lockPlan(place, {}, {}));
}

void CodexWriterTest::switch_putsTheRecordBack_withTheTokensThatCount()
{
    const QByteArray other = with(with(fixture(QStringLiteral("codex/auth-0.150.json")), "account_id", "\"ws-0002\""),
                                  "refresh_token", "\"rt-of-the-time\"");
    const base::Secret away = secretOf(other);
    Login login;
    login.account.organizationId = QStringLiteral("ws-0002");
    const auto after = rewritten(usual(), login.successor(&away));
    QVERIFY(after);
    QByteArray expected = with(with(other, "access_token", "\"at-new\""), "refresh_token", "\"rt-new\"");
    expected = with(with(expected, "id_token", '"' + identity + '"'), "last_refresh", acquired);
    QCOMPARE(bytesOf(*after), expected);
}

void CodexWriterTest::switch_ofARecordOfAnotherAccount_isRefused()
{
    const base::Secret away = secretOf(with(usual(), "account_id", "\"ws-0002\""));
    const Login login; // of ws-0001
    QVERIFY(!rewritten(usual(), login.successor(&away)));
}

void CodexWriterTest::switch_overAnApiKey_isRefused()
{
    const Login login;
    const base::Secret away = secretOf(usual());
    const base::Secret none;
    for (const base::Secret *toolRecord : {&away, &none})
        QVERIFY(!rewritten(fixture(QStringLiteral("codex/auth-apikey.json")), login.successor(toolRecord)));
}

void CodexWriterTest::switch_toALoginOfKeytender_makesARecordThatCodexReads()
{
    Login login;
    login.account.organizationId = QStringLiteral("ws-\"2\"");
    const base::Secret none;
    const auto after = rewritten(usual(), login.successor(&none));
    QVERIFY(after);
    const auto readings = fetching::read(tools::Codex(), m_place, bytesOf(*after));
    QCOMPARE(readings.front().state, profile::CopyState::Held);
    QVERIFY(!readings.front().problem);
    QCOMPARE(readings.front().account.organizationId, login.account.organizationId);
    QVERIFY(readings.front().credential->tokens.refreshToken == login.tokens.refreshToken);
    QVERIFY(
        bytesOf(*after).startsWith("{\n  \"auth_mode\": \"chatgpt\",\n  \"OPENAI_API_KEY\": null,\n  \"tokens\": {\n"));
    QVERIFY(bytesOf(*after).endsWith("\n  },\n  \"last_refresh\": " + acquired + "\n}"));
}

void CodexWriterTest::switch_toALoginOfKeytender_saysWhatIsMissing_data()
{
    QTest::addColumn<QByteArray>("idToken");
    QTest::addColumn<QString>("workspace");
    QTest::addColumn<QString>("told");
    QTest::newRow("ID token") << QByteArray() << QStringLiteral("ws") << QStringLiteral("ID token");
    QTest::newRow("readable ID token") << QByteArray("opaque") << QStringLiteral("ws") << QStringLiteral("ID token");
    QTest::newRow("workspace") << identity << QString() << QStringLiteral("workspace");
}

void CodexWriterTest::switch_toALoginOfKeytender_saysWhatIsMissing()
{
    QFETCH(QByteArray, idToken);
    QFETCH(QString, workspace);
    QFETCH(QString, told);
    Login login(idToken);
    login.account.organizationId = workspace;
    const base::Secret none;
    const auto after = rewritten(usual(), login.successor(&none));
    QVERIFY(!after);
    QVERIFY2(after.error().detail.contains(told), qPrintable(after.error().detail));
    QVERIFY(describe(after.error()).contains(QStringLiteral("sign in to it again in Keytender")));
}

void CodexWriterTest::record_isPutAwayWhole()
{
    const auto record = m_writer.recordOf(m_place, {}, {.content = contentOf(usual()), .companions = {}});
    QVERIFY(record);
    QCOMPARE(bytesOf(*record), usual());
    QVERIFY(m_writer.noticeAfterSwitch().contains(QStringLiteral("Restart")));
}

void CodexWriterTest::mode_isPrivate()
{
    QCOMPARE(m_writer.modeAfter(0644), mode_t{0600});
}

QTEST_GUILESS_MAIN(CodexWriterTest)
#include "codexwriter.moc"
