// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/hermes.h"

#include <QDir>
#include <QTest>

#include "look.h"

using namespace keytender;
using namespace keytender::fetching;
using profile::CopyState;
using profile::CredentialKind;

namespace {

const QString store = QStringLiteral(".hermes/auth.json");

QByteArray tokenOf(const QByteArray &claims)
{
    const auto options = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;
    return QByteArray("{}").toBase64(options) + '.' + claims.toBase64(options) + ".c2ln";
}

// What it shows of each login, a line each: slot, state, what it is, the first words of its problem.
QStringList linesOf(const std::vector<tools::CopyReading> &readings)
{
    static const QHash<CopyState, QString> states{{CopyState::Held, QStringLiteral("held")},
                                                  {CopyState::Blank, QStringLiteral("blank")},
                                                  {CopyState::Absent, QStringLiteral("absent")},
                                                  {CopyState::Unreadable, QStringLiteral("unreadable")}};
    QStringList lines;
    for (const tools::CopyReading &reading : readings) {
        QString line = reading.slot + u' ' + states.value(reading.state);
        if (reading.credential)
            line += QStringLiteral(" ")
                    + QString::fromUtf8(reading.credential->tokens.refreshToken.expose().data(),
                                        qsizetype(reading.credential->tokens.refreshToken.size()));
        lines.append(line.trimmed());
    }
    return lines;
}

QByteArray quoted(QByteArray json)
{
    return json.replace('\'', '"');
}

QByteArray sha(const QByteArray &token)
{
    return QCryptographicHash::hash(token, QCryptographicHash::Sha256).toHex();
}

} // namespace

class HermesTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void stateOfAugust_isRead();
    void stateOfSeptember_isRead();
    void logins_areGathered_data();
    void logins_areGathered();
    void remarks_sayWhy_data();
    void remarks_sayWhy();
    void end_comesFromTheRightMember_data();
    void end_comesFromTheRightMember();
    void slots_doNotDependOnTheOrder();
    void byteOrderMark_isTolerated();
    void ownAnthropicFile_isTheSameLoginAsItsRow();
    void noticeOfASpentToken_isHeeded_data();
    void noticeOfASpentToken_isHeeded();
    void freeText_isNeverRepeated();
    void homes_areFound();
    void homeOfAProfile_leadsToItsRoot_data();
    void homeOfAProfile_leadsToItsRoot();
    void profileThatIsALinkToItsRoot_isOneLogin();
    void sharedDirectory_isTheVariables();

private:
    [[nodiscard]] std::vector<tools::CopyReading> readOne(const QByteArray &bytes) const
    {
        tools::CopyPlace place;
        place.path = QStringLiteral("/home/ada/.hermes/auth.json");
        return fetching::read(m_tool, place, bytes);
    }
    [[nodiscard]] QStringList pathsIn(const tools::ToolWorld &world, const QString &root) const
    {
        QStringList paths;
        for (const tools::CopyPlace &place : m_tool.locate(world).places)
            paths.append(QDir(root).relativeFilePath(place.path) + QStringLiteral(" @") + place.homeName);
        return paths;
    }

    const tools::Hermes m_tool{};
};

void HermesTest::stateOfAugust_isRead()
{
    const auto readings = readOne(fixture(QStringLiteral("hermes/auth-2026-08.json")));
    QCOMPARE(linesOf(readings),
             (QStringList{QStringLiteral("nous held dummy-nous-refresh-0001"),
                          QStringLiteral("openai-codex held rt_dummy-hermes-codex-refresh-ada"),
                          QStringLiteral("anthropic held sk-ant-ort01-dummy-hermes-pkce-refresh"),
                          QStringLiteral("anthropic:c1b2c3 held"),
                          QStringLiteral("openai-codex:e1b2c3 held rt_dummy-hermes-codex-refresh-bob")}));
    QStringList labels;
    QStringList providers;
    for (const auto &reading : readings) {
        labels.append(reading.label);
        providers.append(reading.providerId);
        QVERIFY(reading.credential->kind == CredentialKind::ApiKey
                || reading.credential->tokens.expiresAt == fixtureEnd);
    }
    QCOMPARE(providers, (QStringList{QStringLiteral("nous"), QStringLiteral("openai"), QStringLiteral("anthropic"),
                                     QStringLiteral("anthropic"), QStringLiteral("openai")}));
    QCOMPARE(labels, (QStringList{QStringLiteral("Hermes · Nous Research"), QStringLiteral("Hermes · OpenAI"),
                                  QStringLiteral("Hermes · Anthropic"), QStringLiteral("Hermes · Anthropic · work key"),
                                  QStringLiteral("Hermes · OpenAI · bob@example.org · Köln")}));
    QCOMPARE(readings[1].account.organizationId, QStringLiteral("ws-ada"));
    QCOMPARE(readings[3].credential->kind, CredentialKind::ApiKey);
    QVERIFY(base::describe(*readings[4].problem)
                .contains(QStringLiteral("Hermes lets it rest until 2026-11-22T10:33:20Z (rate_limit)")));
}

void HermesTest::stateOfSeptember_isRead()
{
    const auto readings = readOne(fixture(QStringLiteral("hermes/auth-2026-09.json")));
    QCOMPARE(linesOf(readings),
             (QStringList{QStringLiteral("openai-codex held rt_dummy-hermes-codex-refresh-ada"),
                          QStringLiteral("xai-oauth held dummy-xai-refresh-0001"),
                          QStringLiteral("minimax-oauth held dummy-minimax-refresh-0001"),
                          QStringLiteral("anthropic held sk-ant-ort01-dummy-hermes-pkce-refresh"),
                          QStringLiteral("anthropic:dd44ee held"),
                          QStringLiteral("anthropic:ee55ff held sk-ant-ort01-dummy-hermes-dashboard-refresh")}));
    QCOMPARE(readings[1].account.email, QStringLiteral("ada@example.org"));
    QCOMPARE(readings[1].providerId, QStringLiteral("xai"));
    QCOMPARE(readings[4].credential->kind, CredentialKind::Token);
    QVERIFY(!readings[4].credential->tokens.expiresAt);
}

void HermesTest::logins_areGathered_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QStringList>("lines");
    const auto row = [](const char *name, const char *json, const QStringList &lines) {
        QTest::newRow(name) << quoted(json) << lines;
    };
    const QString absent = QStringLiteral("absent");
    row("nothing", "{'version':1}", {absent});
    row("pool only (#32992)",
        "{'credential_pool':{'openai-codex':[{'id':'a','source':'device_code','access_token':'A','refresh_token':'R'}]}"
        "}",
        {QStringLiteral("openai-codex held R")});
    row("a state that only names an address", "{'providers':{'qwen-oauth':{'base_url':'u'}}}", {absent});
    row("borrowed, as a fingerprint",
        "{'credential_pool':{'anthropic':[{'id':'a','source':'claude_code','secret_fingerprint':'sha256:00'}]}}",
        {absent});
    row("borrowed, with the secret of old times (#31416)",
        "{'credential_pool':{'anthropic':[{'id':'a','source':'claude_code','access_token':'A','refresh_token':'R'}]}}",
        {absent});
    row("a variable",
        "{'credential_pool':{'anthropic':[{'id':'a','source':'env:ANTHROPIC_TOKEN','access_token':'A'}]}}", {absent});
    row("two rows, one token (#92606)",
        "{'credential_pool':{'anthropic':[{'id':'b','source':'manual','access_token':'A','refresh_token':'R'},"
        "{'id':'a','source':'hermes_pkce','access_token':'A','refresh_token':'R'}]}}",
        {QStringLiteral("anthropic held R")});
    row("one access token, one of them without the other",
        "{'credential_pool':{'anthropic':[{'id':'b','source':'manual','access_token':'A'},"
        "{'id':'a','source':'hermes_pkce','access_token':'A','refresh_token':'R'}]}}",
        {QStringLiteral("anthropic held")});
    row("one account, two grants (#106177)",
        "{'credential_pool':{'anthropic':[{'id':'b','source':'manual','label':'ada@example.org','access_token':'A',"
        "'refresh_token':'R'},{'id':'a','source':'manual','label':'ada@example.org','access_token':'B',"
        "'refresh_token':'S'}]}}",
        {QStringLiteral("anthropic:b held R"), QStringLiteral("anthropic:a held S")});
    row("the row is later (#106705)",
        "{'providers':{'openai-codex':{'tokens':{'access_token':'A','refresh_token':'R'},"
        "'last_refresh':'2026-11-20T00:00:00Z'}},'credential_pool':{'openai-codex':[{'id':'a','source':'device_code',"
        "'access_token':'B','refresh_token':'S','last_refresh':'2026-11-21T00:00:00Z'}]}}",
        {QStringLiteral("openai-codex held S")});
    row("the state is later",
        "{'providers':{'openai-codex':{'tokens':{'access_token':'A','refresh_token':'R'},"
        "'last_refresh':'2026-11-22T00:00:00Z'}},'credential_pool':{'openai-codex':[{'id':'a','source':'device_code',"
        "'access_token':'B','refresh_token':'S','last_refresh':'2026-11-21T00:00:00Z'}]}}",
        {QStringLiteral("openai-codex held R")});
    row("neither is",
        "{'providers':{'openai-codex':{'tokens':{'access_token':'A','refresh_token':'R'}}},"
        "'credential_pool':{'openai-codex':[{'id':'a','source':'device_code','access_token':'B','refresh_token':'S'}]}"
        "}",
        {QStringLiteral("openai-codex held R")});
    row("wiped after a refusal (#15099)",
        "{'providers':{'nous':{'label':'ada','last_auth_error':{'code':'invalid_grant','relogin_required':true}}}}",
        {QStringLiteral("nous blank")});
    row("wiped, while the row lives on",
        "{'providers':{'xai-oauth':{'last_auth_error':{'code':'x'}}},'credential_pool':{'xai-oauth':[{'id':'a',"
        "'source':'device_code','access_token':'A','refresh_token':'R'}]}}",
        {QStringLiteral("xai-oauth held R")});
    row("emptied", "{'credential_pool':{'anthropic':[{'id':'a','source':'hermes_pkce','access_token':''}]}}",
        {QStringLiteral("anthropic blank")});
    row("lost by Hermes",
        "{'credential_pool':{'anthropic':[{'id':'a','source':'hermes_pkce','access_token':'A','refresh_token':'R',"
        "'last_status':'dead','last_error_reason':'credential_persist_failed'}]}}",
        {QStringLiteral("anthropic blank")});
    row("where Nous lay once", "{'systems':{'nous_portal':{'access_token':'A','refresh_token':'R'}}}",
        {QStringLiteral("nous held R")});
    row("... and lies now",
        "{'systems':{'nous_portal':{'access_token':'A','refresh_token':'R'}},'providers':{'nous':{'access_token':'B',"
        "'refresh_token':'S'}}}",
        {QStringLiteral("nous held S")});
    row("a provider nobody knows",
        "{'credential_pool':{'custom:lab':[{'id':'a','source':'manual','auth_type':'api_key','access_token':'A'}]}}",
        {QStringLiteral("custom:lab:a held")});
    row("a row that is none", "{'credential_pool':{'anthropic':[7]}}", {QStringLiteral("anthropic:#0 unreadable")});
    row("an own row with an odd end",
        "{'credential_pool':{'anthropic':[{'id':'a','source':'hermes_pkce','access_token':'A','expires_at_ms':'x'}]}}",
        {QStringLiteral("anthropic unreadable")});
    row("a pool that is none", "{'credential_pool':true}", {QStringLiteral("unreadable")});
    row("states that are none", "{'providers':[]}", {QStringLiteral("unreadable")});
    row("no object", "[]", {QStringLiteral("unreadable")});
}

void HermesTest::logins_areGathered()
{
    QFETCH(QByteArray, json);
    const auto readings = readOne(json);
    QTEST(linesOf(readings), "lines");
    for (const auto &reading : readings)
        QVERIFY(reading.state != CopyState::Unreadable || reading.problem);
}

void HermesTest::remarks_sayWhy_data()
{
    QTest::addColumn<QByteArray>("members");
    QTest::addColumn<QByteArray>("topLevel");
    QTest::addColumn<QString>("words"); // empty = no problem
    const auto row = [](const char *name, const char *members, const char *topLevel, const char *words) {
        QTest::newRow(name) << quoted(members) << quoted(topLevel) << QString::fromUtf8(words);
    };
    row("well", "'last_status':'ok'", "", "");
    row("exhausted, in seconds", "'last_status':'exhausted','last_error_reset_at':1795343600", "",
        "rest until 2026-11-22T10:33:20Z");
    row("exhausted, in milliseconds", "'last_status':'exhausted','last_error_reset_at':1795343600000", "",
        "rest until 2026-11-22T10:33:20Z");
    row("exhausted, by a date", "'last_status':'exhausted','last_error_reset_at':'2026-11-22T10:33:20+00:00'", "",
        "rest until 2026-11-22T10:33:20Z");
    row("exhausted, no word until when", "'last_status':'exhausted'", "", "lets it rest");
    row("dead", "'last_status':'dead','last_error_reason':'token_revoked'", "", "no good (token_revoked)");
    row("removed", "'last_status':'ok'", ",'suppressed_sources':{'anthropic':['hermes_pkce']}", "removed there");
    row("removed, in an older store", "'last_status':'ok'", ",'suppressed_sources':{'anthropic':{'hermes_pkce':true}}",
        "removed there");
    row("another one was removed", "'last_status':'ok'", ",'suppressed_sources':{'anthropic':['claude_code']}", "");
    row("another provider's was removed", "'last_status':'ok'", ",'suppressed_sources':{'nous':['hermes_pkce']}", "");
}

void HermesTest::remarks_sayWhy()
{
    QFETCH(QByteArray, members);
    QFETCH(QByteArray, topLevel);
    QFETCH(QString, words);
    const auto readings =
        readOne("{\"credential_pool\":{\"anthropic\":[{\"id\":\"a\",\"source\":\"hermes_pkce\",\"access_token\":\"A\","
                "\"refresh_token\":\"R\","
                + members + "}]}" + topLevel + "}");
    QCOMPARE(readings.size(), 1u);
    QCOMPARE(readings[0].state, CopyState::Held);
    QCOMPARE(readings[0].problem.has_value(), !words.isEmpty());
    if (readings[0].problem)
        QVERIFY2(base::describe(*readings[0].problem).contains(words),
                 qPrintable(base::describe(*readings[0].problem)));
}

void HermesTest::end_comesFromTheRightMember_data()
{
    QTest::addColumn<QByteArray>("members");
    QTest::addColumn<bool>("hasEnd");
    const QByteArray token = tokenOf("{\"exp\":1795345200}");
    QTest::newRow("milliseconds") << quoted("'access_token':'A','expires_at_ms':1795345200000") << true;
    QTest::newRow("0 is none") << quoted("'access_token':'A','expires_at_ms':0") << false;
    QTest::newRow("a date") << quoted("'access_token':'A','expires_at':'2026-11-22T12:00:00+01:00'") << true;
    QTest::newRow("the token's own") << quoted("'access_token':'" + token + "'") << true;
    QTest::newRow("nothing") << quoted("'access_token':'A'") << false;
}

void HermesTest::end_comesFromTheRightMember()
{
    QFETCH(QByteArray, members);
    QFETCH(bool, hasEnd);
    const auto readings =
        readOne("{\"credential_pool\":{\"nous\":[{\"id\":\"a\",\"source\":\"manual\"," + members + "}]}}");
    const auto end = hasEnd ? std::optional(fixtureEnd) : std::nullopt;
    QCOMPARE(readings.at(0).credential->tokens.expiresAt, end);
}

void HermesTest::slots_doNotDependOnTheOrder()
{
    const QByteArray one = quoted("{'id':'b','source':'manual','access_token':'A','refresh_token':'R'}");
    const QByteArray two = quoted("{'id':'a','source':'manual','access_token':'A','refresh_token':'R'}");
    const QByteArray other = quoted("{'id':'c','source':'manual','access_token':'C','refresh_token':'T'}");
    const auto idsIn = [&](const QByteArray &rows) {
        const auto readings = readOne("{\"credential_pool\":{\"anthropic\":[" + rows + "]}}");
        QStringList ids = idsOf(m_tool, {}, readings);
        ids.sort();
        return ids;
    };
    const QStringList expected{QStringLiteral("hermes:anthropic:a"), QStringLiteral("hermes:anthropic:c")};
    QCOMPARE(idsIn(one + ',' + two + ',' + other), expected);
    QCOMPARE(idsIn(other + ',' + two + ',' + one), expected);
}

void HermesTest::byteOrderMark_isTolerated()
{
    const auto readings = readOne("\xef\xbb\xbf" + fixture(QStringLiteral("hermes/auth-2026-08.json")));
    QCOMPARE(readings.size(), 5u);
    QCOMPARE(readings[0].state, CopyState::Held);
}

void HermesTest::ownAnthropicFile_isTheSameLoginAsItsRow()
{
    const fakes::TemporaryHome home;
    home.write(store, fixture(QStringLiteral("hermes/auth-2026-09.json")));
    home.write(QStringLiteral(".hermes/.anthropic_oauth.json"), fixture(QStringLiteral("hermes/anthropic_oauth.json")));
    const tools::ToolWorld world{.environment = home.environment(), .extraHomes = {}};
    int copies = 0;
    for (const auto &place : m_tool.locate(world).places) {
        for (const auto &reading : readFile(m_tool, place, home.environment())) {
            if (profileIdOf(m_tool.facts(), place, reading) != QStringLiteral("hermes:anthropic"))
                continue;
            ++copies;
            QCOMPARE(reading.state, CopyState::Held);
            QVERIFY(holds(reading.credential->tokens.refreshToken, "sk-ant-ort01-dummy-hermes-pkce-refresh"));
            QCOMPARE(reading.credential->tokens.expiresAt, fixtureEnd);
            QCOMPARE(reading.label, QStringLiteral("Hermes · Anthropic"));
        }
    }
    QCOMPARE(copies, 2);
}

void HermesTest::noticeOfASpentToken_isHeeded_data()
{
    QTest::addColumn<QByteArray>("registry");
    QTest::addColumn<CopyState>("state");
    const QByteArray hash = sha("sk-ant-ort01-dummy-hermes-pkce-refresh");
    QTest::newRow("none") << QByteArray() << CopyState::Held;
    QTest::newRow("a list") << "[\"" + hash + "\"]" << CopyState::Blank;
    QTest::newRow("shortened, in an object")
        << "{\"v\":1,\"spent\":{\"sha256:" + hash.first(16) + "\":1795345200}}" << CopyState::Blank;
    QTest::newRow("another's") << "[\"" + sha("another") + "\"]" << CopyState::Held;
    QTest::newRow("too short to tell") << "[\"" + hash.first(6) + "\"]" << CopyState::Held;
    QTest::newRow("broken: only a hint") << QByteArray("[") << CopyState::Held;
}

void HermesTest::noticeOfASpentToken_isHeeded()
{
    QFETCH(QByteArray, registry);
    QFETCH(CopyState, state);
    const fakes::TemporaryHome home;
    const QString suffix = QStringLiteral(".hermes-spent-rotations.json");
    for (const auto &[file, record] :
         {std::pair{store, QStringLiteral("hermes/auth-2026-09.json")},
          std::pair{QStringLiteral(".hermes/.anthropic_oauth.json"), QStringLiteral("hermes/anthropic_oauth.json")}}) {
        home.write(file, fixture(record));
        if (!registry.isEmpty())
            home.write(file + suffix, registry);
    }
    const tools::ToolWorld world{.environment = home.environment(), .extraHomes = {}};
    for (const auto &place : m_tool.locate(world).places) {
        for (const auto &reading : readFile(m_tool, place, home.environment())) {
            if (reading.slot == QStringLiteral("anthropic"))
                QCOMPARE(reading.state, state);
        }
    }
}

// A server's words may repeat what it was sent.
void HermesTest::freeText_isNeverRepeated()
{
    const auto readings = readOne(
        quoted("{'providers':{'nous':{'last_auth_error':{'code':'bad token dummy-secret','message':'dummy-secret'}}},"
               "'credential_pool':{'anthropic':[{'id':'a','source':'manual','access_token':'A','last_status':'dead',"
               "'last_error_reason':'token dummy-secret','last_error_message':'dummy-secret'}]}}"));
    QCOMPARE(readings.size(), 2u);
    for (const auto &reading : readings) {
        QVERIFY(reading.problem);
        QVERIFY(!base::describe(*reading.problem).contains(QStringLiteral("dummy-secret")));
    }
}

void HermesTest::homes_areFound()
{
    fakes::TemporaryHome home;
    for (const char *file :
         {".hermes/profiles/coder/auth.json", ".hermes/profiles/Not Valid/auth.json", "data/profiles/night/auth.json"})
        home.write(QString::fromLatin1(file), "{}");
    home.environment().variables.insert(QStringLiteral("HERMES_HOME"), home.path(QStringLiteral("data")));
    const tools::ToolWorld world{.environment = home.environment(), .extraHomes = {}};
    QStringList stores;
    for (const QString &path : pathsIn(world, home.path())) {
        if (path.contains(QStringLiteral("/auth.json")))
            stores.append(path);
    }
    QCOMPARE(stores, (QStringList{QStringLiteral(".hermes/auth.json @"), QStringLiteral("data/auth.json @data"),
                                  QStringLiteral(".hermes/profiles/coder/auth.json @coder"),
                                  QStringLiteral("data/profiles/night/auth.json @night")}));
    const auto located = m_tool.locate(world);
    QVERIFY(located.directories.contains(home.path(QStringLiteral(".hermes/profiles"))));
    QVERIFY(located.directories.contains(home.path(QStringLiteral("data/profiles"))));
    QVERIFY(located.problems.empty());
}

void HermesTest::homeOfAProfile_leadsToItsRoot_data()
{
    QTest::addColumn<QString>("variable");
    QTest::addColumn<QStringList>("homes");
    const QString usual = QStringLiteral(".hermes");
    QTest::newRow("below the usual one") << QStringLiteral(".hermes/profiles/coder")
                                         << QStringList{usual, QStringLiteral(".hermes/profiles/coder")};
    QTest::newRow("of another root") << QStringLiteral("srv/profiles/coder")
                                     << QStringList{usual, QStringLiteral("srv"), QStringLiteral("srv/profiles/coder")};
    QTest::newRow("a root itself") << QStringLiteral("srv/data") << QStringList{usual, QStringLiteral("srv/data")};
}

void HermesTest::homeOfAProfile_leadsToItsRoot()
{
    QFETCH(QString, variable);
    QFETCH(QStringList, homes);
    fakes::TemporaryHome home;
    home.environment().variables.insert(QStringLiteral("HERMES_HOME"), home.path(variable));
    QStringList found;
    for (const auto &place : m_tool.locate({.environment = home.environment(), .extraHomes = {}}).places) {
        if (place.path.endsWith(QStringLiteral("/auth.json")))
            found.append(QDir(home.path()).relativeFilePath(QFileInfo(place.path).path()));
    }
    QCOMPARE(found, homes);
}

void HermesTest::profileThatIsALinkToItsRoot_isOneLogin()
{
    const fakes::TemporaryHome home;
    const QString root = home.write(store, fixture(QStringLiteral("hermes/auth-2026-08.json")));
    QVERIFY(QDir().mkpath(home.path(QStringLiteral(".hermes/profiles/coder"))));
    QVERIFY(QFile::link(root, home.path(QStringLiteral(".hermes/profiles/coder/auth.json"))));
    const auto seen = look(m_tool, {.environment = home.environment(), .extraHomes = {}});
    QVERIFY(seen.contains(QStringLiteral("hermes:nous")));
    for (const auto &[id, what] : seen)
        QVERIFY2(what.reading.state != CopyState::Held || !id.endsWith(QStringLiteral("@coder")), qPrintable(id));
}

void HermesTest::sharedDirectory_isTheVariables()
{
    fakes::TemporaryHome home;
    const QString usual = QStringLiteral(".hermes/shared/nous_auth.json @");
    const tools::ToolWorld before{.environment = home.environment(), .extraHomes = {}};
    QVERIFY(pathsIn(before, home.path()).contains(usual));
    home.write(QStringLiteral("shared/nous_auth.json"), fixture(QStringLiteral("hermes/nous_auth.json")));
    home.environment().variables.insert(QStringLiteral("HERMES_SHARED_AUTH_DIR"), home.path(QStringLiteral("shared")));
    const tools::ToolWorld world{.environment = home.environment(), .extraHomes = {}};
    QVERIFY(!pathsIn(world, home.path()).contains(usual));
    const auto seen = look(m_tool, world);
    const auto &reading = seen.at(QStringLiteral("hermes:nous")).reading;
    QCOMPARE(reading.state, CopyState::Held);
    QVERIFY(holds(reading.credential->tokens.refreshToken, "dummy-nous-refresh-0001"));
    QCOMPARE(reading.credential->tokens.expiresAt, fixtureEnd);
    QCOMPARE(reading.account.id, QStringLiteral("nous-ada"));
}

QTEST_GUILESS_MAIN(HermesTest)
#include "hermes.moc"
