// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <map>

#include "base/secret.h"
#include "core/tools/fetching.h"
#include "fakes/temporaryhome.h"
#include "tools/copywriter.h"
#include "tools/kimi.h"
#include "tools/opencode.h"
#include "tools/qwencode.h"

using namespace keytender;
using namespace std::chrono_literals;
using fetching::fixture;
using fetching::fixtureEnd;
using tools::CopyWriter;
using tools::LockSpec;
using Purpose = tools::CopyWriter::Purpose;

namespace {

tools::ToolWorld worldOf(const fakes::TemporaryHome &home)
{
    return {.environment = home.environment(), .extraHomes = {}};
}

profile::TokenSet tokensOf(const char *access, const char *refresh)
{
    profile::TokenSet tokens;
    tokens.accessToken = base::Secret::copyOf(access);
    tokens.refreshToken = base::Secret::copyOf(refresh);
    tokens.issuedAt = fixtureEnd;
    tokens.expiresAt = fixtureEnd + 900s;
    return tokens;
}

tools::Fetched fetchedOf(const QByteArray &content, const std::map<QString, QByteArray> &companions = {})
{
    tools::Fetched fetched{.content = fetching::contentOf(content), .companions = {}};
    for (const auto &[path, bytes] : companions)
        fetched.companions.emplace(path, fetching::contentOf(bytes));
    return fetched;
}

QByteArray textOf(const base::Result<base::Secret> &written)
{
    if (!written)
        return "error: " + base::describe(written.error()).toUtf8();
    return QByteArray(written->expose().data(), static_cast<qsizetype>(written->size()));
}

} // namespace

class OtherWritersTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }

    // Kimi

    void kimi_sharing_isObjectedToWhereItsLockIsNotKnown_data()
    {
        QTest::addColumn<QString>("variable");
        QTest::addColumn<QByteArray>("config");
        QTest::addColumn<QString>("objection");
        const QByteArray config = fixture(QStringLiteral("kimi/config.toml"));
        QTest::newRow("as it comes") << QString() << config << QString();
        QTest::newRow("lock switched off")
            << QStringLiteral("KIMI_DISABLE_OAUTH_LOCK") << config << QStringLiteral("switched off");
        QTest::newRow("another host") << QStringLiteral("KIMI_CODE_OAUTH_HOST") << config
                                      << QStringLiteral("KIMI_CODE_OAUTH_HOST");
        QTest::newRow("another host, the older way")
            << QStringLiteral("KIMI_OAUTH_HOST") << config << QStringLiteral("KIMI_OAUTH_HOST");
        QTest::newRow("another key")
            << QString()
            << QByteArrayLiteral("[providers.p]\noauth = { storage = \"file\", key = \"oauth/kimi-code-env-12\" }\n")
            << QStringLiteral("does not name this login");
        QTest::newRow("no configuration") << QString() << QByteArray() << QStringLiteral("does not name this login");
        QTest::newRow("damaged configuration")
            << QString() << QByteArrayLiteral("[[[") << QStringLiteral("does not name this login");
    }

    void kimi_sharing_isObjectedToWhereItsLockIsNotKnown()
    {
        QFETCH(QString, variable);
        QFETCH(QByteArray, config);
        QFETCH(QString, objection);
        fakes::TemporaryHome home;
        if (!variable.isEmpty())
            home.environment().variables.insert(variable, QStringLiteral("1"));
        const tools::Kimi tool(tools::Kimi::Client::Code);
        const auto place = tool.locate(worldOf(home)).places.front();
        const auto fetched =
            fetchedOf(fixture(QStringLiteral("kimi/kimi-code.json")), {{place.companions.front(), config}});
        const QString said = tool.writer()->objection(Purpose::Share, place, {}, fetched, worldOf(home));
        QVERIFY2(objection.isEmpty() ? said.isEmpty() : said.contains(objection), qPrintable(said));
    }

    void kimi_lock_isTheOneOfItsKey()
    {
        const fakes::TemporaryHome home;
        const tools::Kimi tool(tools::Kimi::Client::Code);
        tools::CopyPlace place;
        place.path = home.path(QStringLiteral("k/credentials/kimi-other.json"));
        const auto plan = tool.writer()->lockPlan(place, QStringLiteral("kimi-other"), worldOf(home));
        QVERIFY(plan);
        QCOMPARE(plan->locks.size(), 1u);
        const LockSpec &lock = plan->locks.front();
        QCOMPARE(lock.kind, LockSpec::Kind::Directory);
        QCOMPARE(lock.span, LockSpec::Span::Refresh);
        QCOMPARE(lock.path, home.path(QStringLiteral("k/oauth/kimi-other.lock")));
        QCOMPARE(lock.sentinel, home.path(QStringLiteral("k/oauth/kimi-other")));
        QCOMPARE(lock.stale, base::Milliseconds(5s));
        QVERIFY(lock.heartbeat > 0ms && lock.heartbeat <= 2s);
        QVERIFY(plan->tolerance <= 6s);
    }

    void kimi_record_isRewrittenInSecondsWithItsWholeLife()
    {
        const tools::Kimi tool(tools::Kimi::Client::Code);
        tools::CopyPlace place;
        place.path = QStringLiteral("/h/credentials/kimi-code.json");
        const profile::TokenSet tokens = tokensOf("new-access", "new-refresh");
        // What is left of the life by then does not count.
        const auto written = tool.writer()->rewritten(
            place, {},
            fetchedOf("{\"access_token\": \"a\",\r\n \"refresh_token\":\"r\",\t\"expires_at\":1795345200.5"
                      ",\"scope\":\"kimi-code\",\"token_type\":\"Bearer\",\"expires_in\":1,\"x\":1E2}"),
            {.tokens = tokens, .account = {}, .acquiredAt = fixtureEnd + 100s});
        QCOMPARE(
            textOf(written),
            QByteArray(
                "{\"access_token\": \"new-access\",\r\n \"refresh_token\":\"new-refresh\",\t\"expires_at\":1795346100"
                ",\"scope\":\"kimi-code\",\"token_type\":\"Bearer\",\"expires_in\":900,\"x\":1E2}"));
        const auto reading = fetching::read(tool, place, textOf(written));
        QCOMPARE(reading.front().credential->tokens.expiresAt, tokens.expiresAt);
        QCOMPARE(reading.front().credential->tokens.issuedAt, tokens.issuedAt);
    }

    void kimi_record_withoutAKnownLife_isRefused()
    {
        const tools::Kimi tool(tools::Kimi::Client::Code);
        profile::TokenSet tokens = tokensOf("a", "r");
        tokens.expiresAt.reset();
        const auto fetched = fetchedOf(fixture(QStringLiteral("kimi/kimi-code.json")));
        QVERIFY(!tool.writer()->rewritten({}, {}, fetched, {.tokens = tokens, .account = {}}));
        const profile::TokenSet reader = tokensOf("a", "");
        QVERIFY(!tool.writer()->rewritten({}, {}, fetched, {.tokens = reader, .account = {}}));
    }

    void kimiCli_isNotShared()
    {
        const tools::Kimi tool(tools::Kimi::Client::Cli);
        const auto fetched = fetchedOf(fixture(QStringLiteral("kimi/kimi-cli.json")));
        QVERIFY(
            tool.writer()->objection(Purpose::Share, {}, {}, fetched, {}).contains(QStringLiteral("goes on without")));
        QVERIFY(!tool.writer()->lockPlan({}, {}, {}));
        const profile::TokenSet tokens = tokensOf("a", "r");
        QVERIFY(!tool.writer()->rewritten({}, {}, fetched, {.tokens = tokens, .account = {}}));
    }

    // Qwen

    void qwen_isNotOffered()
    {
        for (const auto purpose : {Purpose::Share, Purpose::Feed, Purpose::Switch}) {
            const auto fetched = fetchedOf(fixture(QStringLiteral("qwen-code/oauth_creds.json")));
            QVERIFY(tools::QwenCode()
                        .writer()
                        ->objection(purpose, {}, {}, fetched, {})
                        .contains(QStringLiteral("2026-04-15")));
        }
    }

    void qwen_lock_isItsFileAndShort()
    {
        tools::CopyPlace place;
        place.path = QStringLiteral("/h.d/.qwen/oauth_creds.json");
        const auto plan = tools::QwenCode().writer()->lockPlan(place, {}, {});
        QVERIFY(plan);
        const LockSpec &lock = plan->locks.front();
        QCOMPARE(lock.kind, LockSpec::Kind::TokenFile);
        QCOMPARE(lock.path, QStringLiteral("/h.d/.qwen/oauth_creds.lock"));
        QCOMPARE(lock.stale, base::Milliseconds(10s)); // 0.15's, the shorter one
        QVERIFY(lock.longestHold < lock.stale && lock.longestHold > 0ms);
        QCOMPARE(lock.heartbeat, base::Milliseconds(0)); // neither version looks for one
        QVERIFY(plan->tolerance < lock.stale);
    }

    void qwen_record_keepsWhatIsTheServices()
    {
        const profile::TokenSet tokens = tokensOf("A", "R");
        const auto written =
            tools::QwenCode().writer()->rewritten({}, {},
                                                  fetchedOf("\n{ \"access_token\":\"a\", "
                                                            "\"token_type\":\"bearer\",\n\"refresh_token\":\"r\","
                                                            "\"resource_url\":\"portal.qwen.ai\",\"expiry_date\":1}\n"),
                                                  {.tokens = tokens, .account = {}});
        QCOMPARE(textOf(written),
                 QByteArray(
                     "\n{ \"access_token\":\"A\", \"token_type\":\"bearer\",\n\"refresh_token\":\"R\",\"resource_url\":"
                     "\"portal.qwen.ai\",\"expiry_date\":1795346100000}\n"));
    }

    void qwen_recordThatTheClientWouldNotTake_isNotWritten()
    {
        const auto fetched = fetchedOf(fixture(QStringLiteral("qwen-code/oauth_creds.json")));
        profile::TokenSet tokens = tokensOf("A", "");
        QVERIFY(!tools::QwenCode().writer()->rewritten({}, {}, fetched, {.tokens = tokens, .account = {}}));
        tokens = tokensOf("A", "R");
        tokens.expiresAt.reset();
        QVERIFY(!tools::QwenCode().writer()->rewritten({}, {}, fetched, {.tokens = tokens, .account = {}}));
        QVERIFY(!tools::QwenCode().writer()->rewritten({}, {}, fetchedOf("[]"), {.tokens = tokens, .account = {}}));
    }

    // opencode

    void opencode_sharing_isNotOffered()
    {
        const fakes::TemporaryHome home;
        const auto fetched = fetchedOf(fixture(QStringLiteral("opencode/auth.json")));
        const CopyWriter &writer = *tools::OpenCode().writer();
        QVERIFY(writer.objection(Purpose::Share, {}, QStringLiteral("openai"), fetched, worldOf(home))
                    .contains(QStringLiteral("no lock")));
        const profile::TokenSet tokens = tokensOf("a", "r");
        QVERIFY(!writer.rewritten({}, QStringLiteral("openai"), fetched, {.tokens = tokens, .account = {}}));
    }

    void opencode_feeding_isObjectedTo_data()
    {
        QTest::addColumn<QString>("slot");
        QTest::addColumn<QString>("what");
        QTest::addColumn<bool>("isFine");
        QTest::newRow("a sign-in") << QStringLiteral("openai") << QString() << true;
        QTest::newRow("an entry that is not there") << QStringLiteral("nobody") << QString() << false;
        QTest::newRow("a key") << QStringLiteral("anthropic") << QString() << false;
        QTest::newRow("the variable") << QStringLiteral("openai") << QStringLiteral("variable") << false;
        QTest::newRow("a database that one cannot look into")
            << QStringLiteral("openai") << QStringLiteral("database") << false;
        QTest::newRow("half a file") << QStringLiteral("openai") << QStringLiteral("half") << false;
    }

    void opencode_feeding_isObjectedTo()
    {
        QFETCH(QString, slot);
        QFETCH(QString, what);
        fakes::TemporaryHome home;
        if (what == QStringLiteral("variable"))
            home.environment().variables.insert(QStringLiteral("OPENCODE_AUTH_CONTENT"), QStringLiteral("(withheld)"));
        if (what == QStringLiteral("database"))
            home.write(QStringLiteral(".local/share/opencode/opencode.db"), QByteArray(5000, 'x'));
        const tools::OpenCode tool;
        const auto place = tool.locate(worldOf(home)).places.front();
        QByteArray content =
            R"({"openai":{"type":"oauth","refresh":"r","access":"a","expires":1},"anthropic":{"type":"api","key":"k"}})";
        if (what == QStringLiteral("half"))
            content.chop(20);
        const QString said = tool.writer()->objection(Purpose::Feed, place, slot, fetchedOf(content), worldOf(home));
        QTEST(said.isEmpty(), "isFine");
    }

    void opencode_entry_becomesAReaderAndAllElseStays()
    {
        const QByteArray content =
            "{\n  \"later\": {\"type\":\"unknown\",\"refresh\":\"r\", \"big\":12345678901234567890},\n"
            "  \"openai\": {\"type\": \"oauth\", \"refresh\": \"rt-1\", \"access\": \"at-1\", \"expires\": 5, "
            "\"accountId\": \"ws-1\", \"mine\":null},\n  \"x/\": {\"type\":\"api\",\"key\":\"openai\"}\n}";
        QByteArray expected = content;
        expected.replace("\"rt-1\"", "\"\"")
            .replace("\"at-1\"", "\"at-2\"")
            .replace("\"expires\": 5", "\"expires\": 1795346100000");
        expected.replace("ws-1", "ws-2");
        profile::Account account;
        account.organizationId = QStringLiteral("ws-2");
        const profile::TokenSet tokens = tokensOf("at-2", "");
        const auto written = tools::OpenCode().writer()->rewritten({}, QStringLiteral("openai"), fetchedOf(content),
                                                                   {.tokens = tokens, .account = account});
        QCOMPARE(textOf(written), expected);
    }

    void opencode_entry_ofAnotherKind_isLeftAlone()
    {
        const profile::TokenSet tokens = tokensOf("at-2", "");
        const auto fetched = fetchedOf(R"({"openai":{"type":"api","key":"k"}})");
        const CopyWriter &writer = *tools::OpenCode().writer();
        QVERIFY(!writer.rewritten({}, QStringLiteral("openai"), fetched, {.tokens = tokens, .account = {}}));
        QVERIFY(!writer.rewritten({}, QStringLiteral("other"), fetched, {.tokens = tokens, .account = {}}));
        QCOMPARE(writer.lockPlan({}, {}, {})->locks.size(), 0u);
        QCOMPARE(writer.modeAfter(0644), mode_t(0600)); // as opencode itself
    }
};

QTEST_GUILESS_MAIN(OtherWritersTest)
#include "otherwriters.moc"
