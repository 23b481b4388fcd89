// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/hermeswriter.h"

#include <map>

#include <QCryptographicHash>
#include <QTest>

#include "base/secret.h"
#include "core/tools/fetching.h"
#include "fakes/temporaryhome.h"
#include "tools/hermes.h"

using namespace keytender;
using namespace std::chrono_literals;
using fetching::fixture;
using fetching::fixtureEnd;
using tools::LockSpec;
using Purpose = tools::CopyWriter::Purpose;

namespace {

const QByteArray august = QByteArrayLiteral("hermes/auth-2026-08.json");
const QByteArray september = QByteArrayLiteral("hermes/auth-2026-09.json");
const QString codex = QStringLiteral("openai-codex");
const QString anthropic = QStringLiteral("anthropic");
const QString setupToken = QStringLiteral("anthropic:dd44ee");

QByteArray quoted(QByteArray json)
{
    return json.replace('\'', '"');
}

QByteArray recordOf(const QByteArray &name)
{
    return fixture(QString::fromLatin1(name));
}

profile::TokenSet tokensOf(const char *access, const char *refresh)
{
    profile::TokenSet tokens;
    tokens.accessToken = base::Secret::copyOf(access);
    tokens.refreshToken = base::Secret::copyOf(refresh);
    tokens.idToken = base::Secret::copyOf("new-identity");
    tokens.expiresAt = fixtureEnd + 8h;
    return tokens;
}

// 2026-11-22T10:00:00Z
constexpr base::Timestamp acquired = fixtureEnd - 1h;

QByteArray textOf(const base::Result<base::Secret> &written)
{
    if (!written)
        return "error: " + base::describe(written.error()).toUtf8();
    return QByteArray(written->expose().data(), static_cast<qsizetype>(written->size()));
}

// With every `from` replaced, of which there are just so many.
QByteArray replacedIn(QByteArray text, const QByteArray &from, const QByteArray &to, int expected)
{
    if (text.count(from) != expected)
        return "not as often there: " + from;
    return text.replace(from, to);
}

const QByteArray adaRefresh = QByteArrayLiteral("rt_dummy-hermes-codex-refresh-ada");

// The access token beside a refresh token.
QByteArray accessBeside(const QByteArray &text, const QByteArray &refresh)
{
    const qsizetype at = text.lastIndexOf(QByteArrayLiteral("\"access_token\": \""), text.indexOf(refresh));
    const qsizetype begin = at + qsizetype(sizeof("\"access_token\": \"")) - 1;
    return text.sliced(begin, text.indexOf('"', begin) - begin);
}

} // namespace

class HermesWriterTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void codex_isWrittenToItsStateAndItsRow_andNothingElse_data();
    void codex_isWrittenToItsStateAndItsRow_andNothingElse();
    void ownAnthropicRow_losesItsStatus_andGetsItsEnd();
    void bytesAround_stay_data();
    void bytesAround_stay();
    void sameToken_keepsItsStatus();
    void cooldownOfAnotherRow_isNeverTouched();
    void lateRow_isWritten_andItsStaleStateIsNot();
    void recordOfARemovedSource_isNeverWritten();
    void unknownSlot_isAnError();
    void ownAnthropicFile_isWrittenInItsNames();
    void manualTokenAlone_getsNothingButTheAccessToken();
    void manualTokenWithAnEnd_getsTheNewOne();
    void sharing_isObjectedTo_data();
    void sharing_isObjectedTo();
    void feeding_isOffered_whereAnAccessTokenIsEnough_data();
    void feeding_isOffered_whereAnAccessTokenIsEnough();
    void adoptionSwitch_isRespected_data();
    void adoptionSwitch_isRespected();
    void exchange_isNeverOffered();
    void ownAnthropicFile_isObjectedTo_data();
    void ownAnthropicFile_isObjectedTo();
    void rootOfProfiles_isLockedWithThem();
    void lock_isHermesOwn_data();
    void lock_isHermesOwn();
    void file_isPrivateAfterwards();

private:
    [[nodiscard]] tools::CopyPlace placeAt(const QString &name) const
    {
        for (const tools::CopyPlace &place : m_tool.locate(m_world).places) {
            if (place.path == m_home.path(QStringLiteral(".hermes/") + name))
                return place;
        }
        qFatal("no such place");
    }
    [[nodiscard]] tools::Fetched fetchedOf(const QByteArray &content,
                                           const std::map<QString, QByteArray> &companions = {}) const
    {
        tools::Fetched fetched{.content = fetching::contentOf(content), .companions = {}};
        for (const auto &[name, bytes] : companions)
            fetched.companions.emplace(m_home.path(QStringLiteral(".hermes/") + name), fetching::contentOf(bytes));
        return fetched;
    }
    [[nodiscard]] QByteArray rewritten(const QByteArray &content, const QString &slot,
                                       const profile::TokenSet &tokens) const
    {
        const profile::Account account;
        return textOf(m_tool.writer()->rewritten(m_store, slot, fetchedOf(content),
                                                 {.tokens = tokens, .account = account, .acquiredAt = acquired}));
    }
    [[nodiscard]] QString objection(Purpose purpose, const QByteArray &content, const QString &slot,
                                    const std::map<QString, QByteArray> &companions = {}) const
    {
        return m_tool.writer()->objection(purpose, m_store, slot, fetchedOf(content, companions), m_world);
    }

    const fakes::TemporaryHome m_home;
    const tools::ToolWorld m_world{.environment = m_home.environment(), .extraHomes = {}};
    const tools::Hermes m_tool{};
    const tools::CopyPlace m_store = placeAt(QStringLiteral("auth.json"));
    const tools::CopyPlace m_pkce = placeAt(QStringLiteral(".anthropic_oauth.json"));
};

void HermesWriterTest::codex_isWrittenToItsStateAndItsRow_andNothingElse_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<bool>("hasIdentity");
    QTest::newRow("August") << august << false;
    QTest::newRow("September") << september << true;
}

void HermesWriterTest::codex_isWrittenToItsStateAndItsRow_andNothingElse()
{
    QFETCH(QByteArray, name);
    QFETCH(bool, hasIdentity);
    const QByteArray before = recordOf(name);
    QByteArray expected = replacedIn(before, accessBeside(before, adaRefresh), "new-access", 2);
    expected = replacedIn(expected, adaRefresh, "new-refresh", 2);
    expected = replacedIn(expected, "2026-11-12T11:00:00Z", "2026-11-22T10:00:00Z", 2);
    expected = replacedIn(expected, "\"updated_at\": \"2026-11-22T10:00:00.123456+00:00\"",
                          "\"updated_at\": \"2026-11-22T10:00:00+00:00\"", 1);
    if (hasIdentity) {
        const qsizetype begin = expected.indexOf("\"id_token\": \"") + qsizetype(sizeof("\"id_token\": \"")) - 1;
        expected.replace(begin, expected.indexOf('"', begin) - begin, "new-identity");
        expected = replacedIn(expected, "\"last_status\": \"ok\"", "\"last_status\": null", 1);
        expected = replacedIn(expected, "\"last_status_at\": 1795338000.0,", "\"last_status_at\": null,", 1);
    }
    const QByteArray after = rewritten(before, codex, tokensOf("new-access", "new-refresh"));
    QCOMPARE(after, expected);
    QVERIFY(after.contains("\"x_future\"") == hasIdentity);

    // And once more: the second renewal is written as the first one was.
    const QByteArray again = rewritten(after, codex, tokensOf("newer-access", "newer-refresh"));
    QCOMPARE(again.count("newer-access"), 2);
    QCOMPARE(again.count("newer-refresh"), 2);
    QVERIFY(!again.contains("new-access") && !again.contains("new-refresh"));
}

void HermesWriterTest::ownAnthropicRow_losesItsStatus_andGetsItsEnd()
{
    const QByteArray before = recordOf(september);
    QByteArray expected = replacedIn(before, "sk-ant-oat01-dummy-hermes-pkce-access", "new-access", 1);
    expected = replacedIn(expected, "sk-ant-ort01-dummy-hermes-pkce-refresh", "new-refresh", 1);
    const qsizetype row = expected.indexOf("new-refresh");
    const qsizetype end = expected.indexOf('}', row);
    QByteArray members = expected.sliced(row, end - row);
    for (const QByteArray &value :
         {QByteArray("\"exhausted\""), QByteArray("1795340000.0"), QByteArray("429"), QByteArray("\"rate_limit\""),
          QByteArray("\"5-hour limit\""), QByteArray("\"2026-11-22T12:00:00+00:00\"")})
        members = replacedIn(members, value, "null", 1);
    members = replacedIn(members, "1795345200000", "1795374000000", 1);
    expected.replace(row, end - row, members);
    expected = replacedIn(expected, "10:00:00.123456+00:00", "10:00:00+00:00", 1);
    QCOMPARE(rewritten(before, anthropic, tokensOf("new-access", "new-refresh")), expected);
}

void HermesWriterTest::bytesAround_stay_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    const QByteArray before = quoted("{ 'x' : 1e3,'credential_pool':{'anthropic':[ {'id':'a','source':'hermes_pkce',"
                                     "'access_token':'A','refresh_token':'R','expires_at_ms':1795345200000,'z':[1, 2]"
                                     "}]},'y':{'A':'R'},'updated_at':'2026-11-01T00:00:00Z'}\n");
    QByteArray after = before;
    after.replace("\"access_token\":\"A\"", "\"access_token\":\"B\"");
    after.replace("\"refresh_token\":\"R\"", "\"refresh_token\":\"S\"");
    after.replace("1795345200000", "1795374000000");
    after.replace("2026-11-01T00:00:00Z", "2026-11-22T10:00:00Z");
    QTest::newRow("odd spaces") << before << after;
    QTest::newRow("byte order mark") << "\xef\xbb\xbf" + before << "\xef\xbb\xbf" + after;
    QByteArray crlfBefore = before;
    QByteArray crlfAfter = after;
    QTest::newRow("Windows' line ends") << crlfBefore.replace(",\"", ",\r\n\"") << crlfAfter.replace(",\"", ",\r\n\"");
}

void HermesWriterTest::bytesAround_stay()
{
    QFETCH(QByteArray, before);
    QTEST(rewritten(before, anthropic, tokensOf("B", "S")), "after");
}

void HermesWriterTest::sameToken_keepsItsStatus()
{
    const QByteArray before = recordOf(september);
    QCOMPARE(rewritten(before, anthropic,
                       tokensOf("sk-ant-oat01-dummy-hermes-pkce-access", "sk-ant-ort01-dummy-hermes-pkce-refresh")),
             before);
}

void HermesWriterTest::cooldownOfAnotherRow_isNeverTouched()
{
    const QByteArray after = rewritten(recordOf(august), codex, tokensOf("new-access", "new-refresh"));
    QVERIFY(after.contains("\"last_error_reset_at\": 1795343600"));
    QVERIFY(after.contains("rt_dummy-hermes-codex-refresh-bob"));
}

// #106705: the one holds what was spent for the other; writing it would look like a renewal of it.
void HermesWriterTest::lateRow_isWritten_andItsStaleStateIsNot()
{
    const QByteArray before =
        quoted("{'providers':{'openai-codex':{'tokens':{'access_token':'A','refresh_token':'R'},"
               "'last_refresh':'2026-11-20T00:00:00Z'}},'credential_pool':{'openai-codex':[{'id':'a','source':"
               "'device_code','access_token':'B','refresh_token':'S','last_refresh':'2026-11-21T00:00:00Z'}]}}");
    const QByteArray after = rewritten(before, codex, tokensOf("C", "T"));
    QVERIFY(after.contains(quoted("{'access_token':'A','refresh_token':'R'},'last_refresh':'2026-11-20T00:00:00Z'")));
    QVERIFY(after.contains(quoted("'access_token':'C','refresh_token':'T','last_refresh':'2026-11-22T10:00:00Z'")));
}

void HermesWriterTest::recordOfARemovedSource_isNeverWritten()
{
    const QByteArray rows = quoted(
        "'credential_pool':{'openai-codex':[{'id':'a','source':'device_code','access_token':'A','refresh_token':'R'}");
    const QByteArray removed = quoted("'suppressed_sources':{'openai-codex':['device_code']}");
    const QByteArray all = "{" + rows + "]}," + removed + "}";
    QVERIFY(rewritten(all, codex, tokensOf("B", "S")).startsWith("error: "));

    // Where the same grant was added by hand as well, that one is the user's wish.
    const QByteArray manual = quoted(",{'id':'b','source':'manual','access_token':'A','refresh_token':'R'}");
    const QByteArray after = rewritten("{" + rows + manual + "]}," + removed + "}", codex, tokensOf("B", "S"));
    QVERIFY(after.contains(quoted("'source':'device_code','access_token':'A','refresh_token':'R'}")));
    QVERIFY(after.contains(quoted("'source':'manual','access_token':'B','refresh_token':'S'")));
}

void HermesWriterTest::unknownSlot_isAnError()
{
    QVERIFY(rewritten(recordOf(august), QStringLiteral("anthropic:nobody"), tokensOf("B", "S")).startsWith("error: "));
    QVERIFY(rewritten("{}", codex, tokensOf("B", "S")).startsWith("error: "));
    QVERIFY(rewritten("{\"provi", codex, tokensOf("B", "S")).startsWith("error: "));
}

void HermesWriterTest::ownAnthropicFile_isWrittenInItsNames()
{
    const QByteArray before = recordOf("hermes/anthropic_oauth.json");
    QByteArray expected = replacedIn(before, "sk-ant-oat01-dummy-hermes-pkce-access", "new-access", 1);
    expected = replacedIn(expected, "sk-ant-ort01-dummy-hermes-pkce-refresh", "new-refresh", 1);
    expected = replacedIn(expected, "1795345200000", "1795374000000", 1);
    const profile::TokenSet tokens = tokensOf("new-access", "new-refresh");
    const auto after = m_tool.writer()->rewritten(m_pkce, anthropic, fetchedOf(before),
                                                  {.tokens = tokens, .account = {}, .acquiredAt = acquired});
    QCOMPARE(textOf(after), expected);
}

void HermesWriterTest::manualTokenAlone_getsNothingButTheAccessToken()
{
    const QByteArray before = recordOf(september);
    QByteArray expected = replacedIn(before, "sk-ant-oat01-dummy-hermes-setup-token", "fed-access", 1);
    expected = replacedIn(expected, "10:00:00.123456+00:00", "10:00:00+00:00", 1);
    QCOMPARE(rewritten(before, setupToken, tokensOf("fed-access", "")), expected);
    // Never where Hermes would go on renewing with a refresh token that no longer belongs to it.
    QVERIFY(rewritten(before, anthropic, tokensOf("fed-access", "")).startsWith("error: "));
}

// A past end would have Hermes renew it at once, with nothing to renew it by.
void HermesWriterTest::manualTokenWithAnEnd_getsTheNewOne()
{
    const QByteArray before = quoted("{'credential_pool':{'anthropic':[{'id':'dd44ee','source':'manual','access_token':"
                                     "'sk-ant-oat01-A','expires_at_ms':1795345200000}]}}");
    profile::TokenSet tokens = tokensOf("B", "");
    QVERIFY(rewritten(before, setupToken, tokens).contains("\"expires_at_ms\":1795374000000"));
    tokens.expiresAt.reset();
    QVERIFY(rewritten(before, setupToken, tokens).contains("\"expires_at_ms\":null"));
}

void HermesWriterTest::sharing_isObjectedTo_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("slot");
    QTest::addColumn<QString>("words"); // empty = it may be
    const QByteArray grant = quoted("'access_token':'A','refresh_token':'R'");
    const auto pool = [&](const QByteArray &members, const QByteArray &more = {}) {
        return quoted("{'credential_pool':{'anthropic':[{'id':'a','source':'hermes_pkce',") + grant + quoted(members)
               + "}]}" + quoted(more) + "}";
    };
    QTest::newRow("Codex in August") << recordOf(august) << codex << QString();
    QTest::newRow("Codex in September") << recordOf(september) << codex << QString();
    QTest::newRow("Anthropic, resting") << recordOf(september) << anthropic << QString();
    QTest::newRow("a second account") << recordOf(september) << QStringLiteral("anthropic:ee55ff") << QString();
    QTest::newRow("Nous") << recordOf(august) << QStringLiteral("nous") << QStringLiteral("header of its own");
    QTest::newRow("xAI") << recordOf(september) << QStringLiteral("xai-oauth") << QStringLiteral("does not know how");
    QTest::newRow("MiniMax") << recordOf(september) << QStringLiteral("minimax-oauth")
                             << QStringLiteral("client of its own");
    QTest::newRow("Qwen") << quoted("{'providers':{'qwen-oauth':{") + grant + "}}}" << QStringLiteral("qwen-oauth")
                          << QStringLiteral("has ended");
    QTest::newRow("a key") << recordOf(august) << QStringLiteral("anthropic:c1b2c3") << QStringLiteral("nothing in");
    QTest::newRow("a setup token") << recordOf(september) << setupToken << QStringLiteral("nothing in");
    QTest::newRow("removed") << pool({}, ",'suppressed_sources':{'anthropic':['hermes_pkce']}") << anthropic
                             << QStringLiteral("does not bring it back");
    QTest::newRow("removed, in an older store") << pool({}, ",'suppressed_sources':{'anthropic':{'hermes_pkce':1}}")
                                                << anthropic << QStringLiteral("does not bring it back");
    QTest::newRow("dead: a later token revives it")
        << pool(",'last_status':'dead','last_error_reason':'invalid_grant'") << anthropic << QString();
    QTest::newRow("lost by Hermes") << pool(",'last_status':'dead','last_error_reason':'credential_persist_failed'")
                                    << anthropic << QStringLiteral("they are spent");
    QTest::newRow("a newer store") << pool({}, ",'version':2") << anthropic << QStringLiteral("newer than Keytender");
    QTest::newRow("gone") << QByteArrayLiteral("{}") << anthropic << QStringLiteral("no such login");
    QTest::newRow("cut off") << QByteArrayLiteral("{\"a") << anthropic << QStringLiteral("auth.json");
    QTest::newRow("two that differ")
        << quoted("{'providers':{'openai-codex':{'tokens':{") + grant
               + quoted("}}},'credential_pool':{'openai-codex':[{'id':'a','source':'device_code','access_token':'B',"
                        "'refresh_token':'S'}]}}")
        << codex << QStringLiteral("which is the later");
}

void HermesWriterTest::sharing_isObjectedTo()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, slot);
    QFETCH(QString, words);
    const QString said = objection(Purpose::Share, json, slot);
    QVERIFY2(words.isEmpty() ? said.isEmpty() : said.contains(words), qPrintable(said));
}

void HermesWriterTest::feeding_isOffered_whereAnAccessTokenIsEnough_data()
{
    QTest::addColumn<QString>("slot");
    QTest::addColumn<QString>("words");
    QTest::newRow("a setup token") << setupToken << QString();
    QTest::newRow("Hermes' own") << anthropic << QStringLiteral("renews this login itself");
    QTest::newRow("a second account") << QStringLiteral("anthropic:ee55ff")
                                      << QStringLiteral("renews this login itself");
    QTest::newRow("Codex") << codex << QStringLiteral("renews this login itself");
}

void HermesWriterTest::feeding_isOffered_whereAnAccessTokenIsEnough()
{
    QFETCH(QString, slot);
    QFETCH(QString, words);
    const QString said = objection(Purpose::Feed, recordOf(september), slot);
    QVERIFY2(words.isEmpty() ? said.isEmpty() : said.contains(words), qPrintable(said));
}

void HermesWriterTest::adoptionSwitch_isRespected_data()
{
    QTest::addColumn<QByteArray>("config");
    QTest::addColumn<bool>("mayFeed");
    QTest::newRow("says nothing") << QByteArrayLiteral("model: x\n") << true;
    QTest::newRow("empty") << QByteArray() << true;
    QTest::newRow("on") << QByteArrayLiteral("auth:\n  adopt_external_logins: true\n") << true;
    QTest::newRow("off") << QByteArrayLiteral("model: x\nauth:\n  adopt_external_logins: false # mine\n") << false;
    QTest::newRow("off, in a word of old YAML") << QByteArrayLiteral("auth: {adopt_external_logins: Off}\n") << false;
    QTest::newRow("cannot be read") << QByteArrayLiteral("auth: [\n") << false;
}

void HermesWriterTest::adoptionSwitch_isRespected()
{
    QFETCH(QByteArray, config);
    QFETCH(bool, mayFeed);
    const std::map<QString, QByteArray> companions{{QStringLiteral("config.yaml"), config}};
    QCOMPARE(objection(Purpose::Feed, recordOf(september), setupToken, companions).isEmpty(), mayFeed);
    // It speaks of what comes from elsewhere: renewing Hermes' own login brings nothing in.
    QCOMPARE(objection(Purpose::Share, recordOf(september), anthropic, companions), QString());
}

void HermesWriterTest::exchange_isNeverOffered()
{
    QVERIFY(objection(Purpose::Switch, recordOf(september), anthropic).contains(QStringLiteral("side by side")));
}

void HermesWriterTest::ownAnthropicFile_isObjectedTo_data()
{
    QTest::addColumn<Purpose>("purpose");
    QTest::addColumn<QByteArray>("store");
    QTest::addColumn<QByteArray>("spent");
    QTest::addColumn<QString>("words");
    const QByteArray hash =
        QCryptographicHash::hash("sk-ant-ort01-dummy-hermes-pkce-refresh", QCryptographicHash::Sha256).toHex();
    const QByteArray removed = quoted("{'suppressed_sources':{'anthropic':['hermes_pkce']}}");
    QTest::newRow("well") << Purpose::Share << recordOf(september) << QByteArrayLiteral("[]") << QString();
    QTest::newRow("removed") << Purpose::Share << removed << QByteArrayLiteral("[]")
                             << QStringLiteral("does not bring it back");
    QTest::newRow("spent") << Purpose::Share << recordOf(september) << "[\"" + hash.first(16) + "\"]"
                           << QStringLiteral("as spent");
    QTest::newRow("not to be fed") << Purpose::Feed << recordOf(september) << QByteArrayLiteral("[]")
                                   << QStringLiteral("renews this login itself");
}

void HermesWriterTest::ownAnthropicFile_isObjectedTo()
{
    QFETCH(Purpose, purpose);
    QFETCH(QByteArray, store);
    QFETCH(QByteArray, spent);
    QFETCH(QString, words);
    const auto fetched = fetchedOf(recordOf("hermes/anthropic_oauth.json"),
                                   {{QStringLiteral("auth.json"), store},
                                    {QStringLiteral(".anthropic_oauth.json.hermes-spent-rotations.json"), spent}});
    const QString said = m_tool.writer()->objection(purpose, m_pkce, anthropic, fetched, m_world);
    QVERIFY2(words.isEmpty() ? said.isEmpty() : said.contains(words), qPrintable(said));
    if (purpose == Purpose::Share) {
        const profile::TokenSet tokens = tokensOf("B", "S");
        const auto after = m_tool.writer()->rewritten(m_pkce, anthropic, fetched,
                                                      {.tokens = tokens, .account = {}, .acquiredAt = acquired});
        QCOMPARE(after.has_value(), words.isEmpty());
    }
}

// A profile that inherits its root's login renews it under its own lock (#43589).
void HermesWriterTest::rootOfProfiles_isLockedWithThem()
{
    const fakes::TemporaryHome home;
    for (const char *file : {"profiles/night/config.yaml", "profiles/coder/auth.json", "profiles/No/auth.json"})
        home.write(QStringLiteral(".hermes/") + QString::fromLatin1(file), "{}");
    tools::CopyPlace place;
    place.path = home.path(QStringLiteral(".hermes/auth.json"));
    const auto plan = m_tool.writer()->lockPlan(place, codex, m_world);
    QVERIFY(plan);
    QStringList paths;
    for (const LockSpec &lock : plan->locks)
        paths.append(lock.path);
    QCOMPARE(paths, (QStringList{home.path(QStringLiteral(".hermes/profiles/coder/auth.lock")),
                                 home.path(QStringLiteral(".hermes/profiles/night/auth.lock")),
                                 home.path(QStringLiteral(".hermes/auth.lock"))}));
    place.path = home.path(QStringLiteral(".hermes/profiles/coder/auth.json"));
    const auto own = m_tool.writer()->lockPlan(place, codex, m_world);
    QVERIFY(own);
    QCOMPARE(own->locks.size(), 1u);
    QCOMPARE(own->locks.front().path, paths.front());
}

void HermesWriterTest::lock_isHermesOwn_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("lock");
    const QString lock = QStringLiteral("auth.lock");
    QTest::newRow("store") << QStringLiteral("auth.json") << lock;
    QTest::newRow("own Anthropic login") << QStringLiteral(".anthropic_oauth.json") << lock;
    QTest::newRow("shared Nous") << QStringLiteral("shared/nous_auth.json") << QStringLiteral("shared/nous_auth.lock");
}

void HermesWriterTest::lock_isHermesOwn()
{
    QFETCH(QString, file);
    QFETCH(QString, lock);
    const auto plan = m_tool.writer()->lockPlan(placeAt(file), {}, m_world);
    QVERIFY(plan);
    QCOMPARE(plan->locks.size(), 1u);
    const LockSpec &spec = plan->locks.front();
    QCOMPARE(spec.path, m_home.path(QStringLiteral(".hermes/") + lock));
    QCOMPARE(spec.kind, LockSpec::Kind::Flock);
    QCOMPARE(spec.span, LockSpec::Span::Refresh);
    QCOMPARE(spec.heartbeat, base::Milliseconds(0));
    QVERIFY(spec.longestHold <= tools::HermesWriter::hermesWaits);
    QVERIFY(plan->tolerance < tools::HermesWriter::hermesWaits);
}

void HermesWriterTest::file_isPrivateAfterwards()
{
    QCOMPARE(m_tool.writer()->modeAfter(0644), mode_t(0600));
    QCOMPARE(m_tool.writer()->linkHabit(), tools::CopyWriter::LinkHabit::Follow);
}

QTEST_GUILESS_MAIN(HermesWriterTest)
#include "hermeswriter.moc"
