// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/claudecodewriter.h"

#include <QDir>
#include <QTest>

#include "fetching.h"
#include "tools/claudecode.h"

using namespace keytender;
using namespace keytender::fetching;
using namespace std::chrono_literals;
using Purpose = tools::CopyWriter::Purpose;

Q_DECLARE_METATYPE(Purpose)

namespace {

const QByteArray newAccess = "sk-ant-oat01-new";
const QByteArray newRefresh = "sk-ant-ort01-new";
const QByteArray oldAccess = "sk-ant-oat01-dummy-access-token-of-the-fixture";
const QByteArray oldRefresh = "sk-ant-ort01-dummy-refresh-token-of-the-fixture";
constexpr std::int64_t oldEnd = 1795356000123;
constexpr std::int64_t newEnd = 1795384800456;
constexpr std::int64_t oldSignInEnd = 1796115600000;

base::Timestamp at(std::int64_t milliseconds)
{
    return base::Timestamp(base::Milliseconds{milliseconds});
}

QByteArray textOf(const base::Secret &secret) // no secrets here: all is made up
{
    return {secret.expose().data(), static_cast<qsizetype>(secret.size())};
}

profile::TokenSet newTokens()
{
    profile::TokenSet tokens;
    tokens.accessToken = secretOf(newAccess);
    tokens.refreshToken = secretOf(newRefresh);
    tokens.expiresAt = at(newEnd);
    return tokens;
}

profile::Account ada()
{
    return {.id = QStringLiteral("11111111-aaaa-4bbb-8ccc-000000000001"),
            .email = QStringLiteral("ada@example.org"),
            .organizationId = QStringLiteral("22222222-aaaa-4bbb-8ccc-000000000002"),
            .organizationName = QStringLiteral("Ada's Organization"),
            .plan = QStringLiteral("max")};
}

profile::Account bob()
{
    return {.id = QStringLiteral("33333333-aaaa-4bbb-8ccc-000000000003"),
            .email = QStringLiteral("bob@example.org"),
            .organizationId = QStringLiteral("44444444-aaaa-4bbb-8ccc-000000000004"),
            .organizationName = QStringLiteral("Bob's"),
            .plan = QStringLiteral("claude_pro")};
}

tools::CopyPlace place()
{
    tools::CopyPlace place;
    place.path = QStringLiteral("/nowhere/.claude/.credentials.json");
    place.companions = QStringList{QStringLiteral("/nowhere/.claude.json")};
    return place;
}

tools::Fetched fetched(const QByteArray &bytes, const QByteArray &settings = {})
{
    tools::Fetched fetched{.content = contentOf(bytes), .companions = {}};
    if (!settings.isEmpty())
        fetched.companions.emplace(place().companions.front(), contentOf(settings));
    return fetched;
}

base::Error notFound()
{
    return {.kind = base::ErrorKind::NotFound, .subject = {}, .place = {}, .detail = {}};
}

QByteArray currentRecord()
{
    return fixture(QStringLiteral("claude-code/credentials.json"));
}

QByteArray replaced(QByteArray text, const QByteArray &before, const QByteArray &after)
{
    if (text.count(before) != 1)
        qFatal("%s does not stand there once", before.constData());
    return text.replace(before, after);
}

QByteArray renewed(QByteArray text)
{
    text = replaced(text, oldAccess, newAccess);
    text = replaced(text, oldRefresh, newRefresh);
    return replaced(text, QByteArray::number(qint64{oldEnd}), QByteArray::number(qint64{newEnd}));
}

// Members at both levels that nobody knows, and a manner of writing that no client has.
const QByteArray unusual =
    "{\r\n\t\"future\" : [1e40, \"\\u00e4\", {\"accessToken\": \"mine\"}],\r\n\t\"claudeAiOauth\" : {\r\n"
    "\t\t\"refreshToken\" :\"sk-ant-ort01-dummy-refresh-token-of-the-fixture\" ,\r\n"
    "\t\t\"note\": 12345678901234567890,\r\n"
    "\t\t\"accessToken\":   \"sk-ant-oat01-dummy-access-token-of-the-fixture\",\r\n"
    "\t\t\"expiresAt\":1795356000123, \"scopes\" : [ \"user:inference\" "
    "],\"subscriptionType\":null\r\n\t}\r\n}\r\n\r\n";

// A login with one member of claudeAiOauth exchanged.
QByteArray recordWith(const QByteArray &scopes, const QByteArray &more = R"("subscriptionType":"pro")")
{
    return R"({"claudeAiOauth":{"accessToken":")" + oldAccess + R"(","refreshToken":")" + oldRefresh
           + R"(","expiresAt":1795356000123)" + (scopes.isEmpty() ? QByteArray() : ",\"scopes\":" + scopes)
           + (more.isEmpty() ? QByteArray() : "," + more) + "}}";
}

} // namespace

class ClaudeCodeWriterTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void renewal_changesItsValuesAlone_data();
    void renewal_changesItsValuesAlone();
    void renewal_isReadBack();
    void renewal_withoutAnEnd_takesTheUsualOne();
    void endOfTheSignIn_isTheEarlier_data();
    void endOfTheSignIn_isTheEarlier();
    void scopes_followTheAnswer_data();
    void scopes_followTheAnswer();
    void loginThatDoesNotLive_isNotWrittenOver_data();
    void loginThatDoesNotLive_isNotWrittenOver();
    void halfALogin_isNotWritten();
    void consoleKey_isLeftAlone();
    void damagedRecord_isHandedToNobody_data();
    void damagedRecord_isHandedToNobody();
    void locks_areClaudeCodesOwn();
    void locks_ofALinkedDirectory_standBesideItsTarget();
    void locks_ofNoDirectory_areAnError();
    void objection_data();
    void objection();
    void linkedFile_isObjectedTo();
    void anotherAccount_comesAndGoesWhole();
    void ownLogin_becomesTheLeastRecord();
    void accountWithoutAFile_getsOne();
    void recordOfSomebodyElse_isRefused();
    void settings_nameTheNewAccount();
    void settings_ofTheSameAccount_areLeftAlone();
    void settings_thatCannotBeRead_areAnError();
    void settings_areLeftAlone_whereOnlyTokensAreNew();

private:
    base::Result<QByteArray> rewritten(const QByteArray &bytes, const tools::Successor &successor) const
    {
        const auto text = m_writer.rewritten(place(), {}, fetched(bytes), successor);
        if (!text)
            return base::unexpected(text.error());
        return textOf(*text);
    }

    const tools::ClaudeCodeWriter m_writer{};
};

void ClaudeCodeWriterTest::renewal_changesItsValuesAlone_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("2.1.330") << currentRecord();
    QTest::newRow("2.0.76") << fixture(QStringLiteral("claude-code/credentials-2.0.json"));
    QTest::newRow("unusual") << unusual;
}

// INV-7, F-86
void ClaudeCodeWriterTest::renewal_changesItsValuesAlone()
{
    QFETCH(QByteArray, text);
    const auto tokens = newTokens();
    const auto after = rewritten(text, {.tokens = tokens, .account = {}});
    QVERIFY2(after, after ? "" : qPrintable(describe(after.error())));
    QCOMPARE(*after, renewed(text));
}

void ClaudeCodeWriterTest::renewal_isReadBack()
{
    const auto tokens = newTokens();
    const auto after = rewritten(currentRecord(), {.tokens = tokens, .account = {}});
    const auto readings = read(tools::ClaudeCode(), place(), *after);
    QCOMPARE(readings.size(), std::size_t{1});
    QCOMPARE(readings.front().state, profile::CopyState::Held);
    QVERIFY(holds(readings.front().credential->tokens.refreshToken, newRefresh.constData()));
    QVERIFY(readings.front().credential->tokens.expiresAt == at(newEnd));
    QVERIFY(readings.front().credential->tokens.refreshTokenExpiresAt == at(oldSignInEnd));
}

// N-27: nothing that is not a number reaches the disk.
void ClaudeCodeWriterTest::renewal_withoutAnEnd_takesTheUsualOne()
{
    auto tokens = newTokens();
    tokens.expiresAt.reset();
    const auto after = rewritten(currentRecord(), {.tokens = tokens, .account = {}, .acquiredAt = at(newEnd) - 8h});
    QCOMPARE(*after, renewed(currentRecord()));
}

void ClaudeCodeWriterTest::endOfTheSignIn_isTheEarlier_data()
{
    QTest::addColumn<QByteArray>("before"); // empty: the member is not there
    QTest::addColumn<qint64>("told");       // 0: nothing
    QTest::addColumn<QByteArray>("after");
    QTest::newRow("nothing told") << QByteArray("1796115600000") << qint64{0} << QByteArray("1796115600000");
    QTest::newRow("later") << QByteArray("1796115600000") << qint64{1797115600000} << QByteArray("1796115600000");
    QTest::newRow("earlier") << QByteArray("1796115600000") << qint64{1796115599999} << QByteArray("1796115599999");
    QTest::newRow("first told") << QByteArray() << qint64{1797115600000} << QByteArray("1797115600000");
    QTest::newRow("was null") << QByteArray("null") << qint64{1797115600000} << QByteArray("1797115600000");
    QTest::newRow("was 0") << QByteArray("0") << qint64{1797115600000} << QByteArray("1797115600000");
    QTest::newRow("neither") << QByteArray() << qint64{0} << QByteArray();
}

void ClaudeCodeWriterTest::endOfTheSignIn_isTheEarlier()
{
    QFETCH(QByteArray, before);
    QFETCH(qint64, told);
    QFETCH(QByteArray, after);
    const auto text = [](const QByteArray &end) {
        return recordWith("[\"user:inference\"]", end.isEmpty() ? end : "\"refreshTokenExpiresAt\":" + end);
    };
    auto tokens = newTokens();
    if (told)
        tokens.refreshTokenExpiresAt = at(told);
    QCOMPARE(*rewritten(text(before), {.tokens = tokens, .account = {}}), renewed(text(after)));
}

void ClaudeCodeWriterTest::scopes_followTheAnswer_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QStringList>("told");
    QTest::addColumn<QByteArray>("after");
    const QString inference = QStringLiteral("user:inference");
    const QString about = QStringLiteral("user:profile");
    const QByteArray both = R"([ "user:profile", "user:inference"])";
    QTest::newRow("not told") << both << QStringList() << both;
    QTest::newRow("in another order") << both << QStringList{inference, about} << both;
    QTest::newRow("narrowed") << both << QStringList{inference} << QByteArray("[ \"user:inference\"]");
    QTest::newRow("wider") << QByteArray("[\"user:inference\"]") << QStringList{about, inference}
                           << QByteArray(R"(["user:profile","user:inference"])");
    QTest::newRow("without the one that counts") << both << QStringList{about} << both;
    QTest::newRow("lost before") << QByteArray("[]") << QStringList{inference} << QByteArray("[\"user:inference\"]");
}

// N-29: a narrower answer is recorded; but user:inference does not vanish without a word.
void ClaudeCodeWriterTest::scopes_followTheAnswer()
{
    QFETCH(QByteArray, before);
    QFETCH(QStringList, told);
    QFETCH(QByteArray, after);
    auto tokens = newTokens();
    tokens.scopes = told;
    QCOMPARE(*rewritten(recordWith(before), {.tokens = tokens, .account = {}}), renewed(recordWith(after)));
}

void ClaudeCodeWriterTest::loginThatDoesNotLive_isNotWrittenOver_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<base::ErrorKind>("kind");
    using enum base::ErrorKind;
    QTest::newRow("blank") << fixture(QStringLiteral("claude-code/blank.json")) << NotFound;
    QTest::newRow("signed out") << QByteArray("{\"mcpOAuth\":{}}") << NotFound;
    QTest::newRow("null") << QByteArray("{\"claudeAiOauth\":null}") << NotFound;
    QTest::newRow("of another format") << QByteArray(R"({"claudeAiOauth":"sealed"})") << Malformed;
    QTest::newRow("twice") << QByteArray(R"({"claudeAiOauth":{},"claudeAiOauth":{}})") << Malformed;
    QTest::newRow("empty") << QByteArray() << Incomplete; // 2.0.76 is writing just now: F-11
    QTest::newRow("cut off") << currentRecord().chopped(20) << Incomplete;
}

// F-13, F-14
void ClaudeCodeWriterTest::loginThatDoesNotLive_isNotWrittenOver()
{
    QFETCH(QByteArray, text);
    QFETCH(base::ErrorKind, kind);
    const auto tokens = newTokens();
    const auto after = rewritten(text, {.tokens = tokens, .account = {}});
    QVERIFY(!after);
    QCOMPARE(after.error().kind, kind);
    const auto putAway = m_writer.recordOf(place(), {}, fetched(text));
    QVERIFY(!putAway);
    QCOMPARE(putAway.error().kind, kind);
}

void ClaudeCodeWriterTest::halfALogin_isNotWritten()
{
    for (const bool isAccessMissing : {true, false}) {
        auto tokens = newTokens();
        (isAccessMissing ? tokens.accessToken : tokens.refreshToken) = {};
        QVERIFY(!rewritten(currentRecord(), {.tokens = tokens, .account = {}}));
        const base::Secret none;
        QVERIFY(!rewritten(currentRecord(), {.tokens = tokens, .account = bob(), .toolRecord = &none}));
    }
}

void ClaudeCodeWriterTest::consoleKey_isLeftAlone()
{
    const QString console = QStringLiteral("console");
    // A login that happens to stand beside the key is not to be hit either.
    const auto settings = fetched(replaced(fixture(QStringLiteral("claude-code/claude-with-console-key.json")),
                                           "{\n  \"numStartups\": 3", currentRecord().chopped(1)));
    const auto tokens = newTokens();
    QVERIFY(m_writer.rewritten(place(), {}, settings, {.tokens = tokens, .account = {}}));
    QVERIFY(!m_writer.rewritten(place(), console, settings, {.tokens = tokens, .account = {}}));
    QVERIFY(!m_writer.recordOf(place(), console, settings));
    QVERIFY(!m_writer.lockPlan(place(), console, {}));
    for (const Purpose purpose : {Purpose::Share, Purpose::Feed, Purpose::Switch})
        QVERIFY(!m_writer.objection(purpose, place(), console, settings, {}).isEmpty());
}

void ClaudeCodeWriterTest::damagedRecord_isHandedToNobody_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("isWhole");
    QTest::newRow("whole") << recordWith("[\"user:inference\"]") << true;
    QTest::newRow("of no plan") << recordWith("[\"user:inference\"]", "\"subscriptionType\":null") << true;
    QTest::newRow("no scopes") << recordWith({}) << false;
    QTest::newRow("without user:inference") << recordWith("[\"user:profile\"]") << false;
    QTest::newRow("plan lost") << recordWith("[\"user:inference\"]", {}) << false;
    QTest::newRow("plan no text") << recordWith("[\"user:inference\"]", "\"subscriptionType\":7") << false;
}

void ClaudeCodeWriterTest::damagedRecord_isHandedToNobody()
{
    QFETCH(QByteArray, text);
    const auto putAway = m_writer.recordOf(place(), {}, fetched(text));
    QTEST(putAway.has_value(), "isWhole");
    const auto tokens = newTokens();
    const base::Secret record = secretOf(text);
    QTEST(rewritten(currentRecord(), {.tokens = tokens, .account = {}, .toolRecord = &record}).has_value(), "isWhole");
    // In its own place it is renewed all the same: that makes nothing worse.
    QVERIFY(rewritten(text, {.tokens = tokens, .account = {}}));
}

void ClaudeCodeWriterTest::locks_areClaudeCodesOwn()
{
    fakes::TemporaryHome home;
    QVERIFY(QDir().mkpath(home.path(QStringLiteral(".claude"))));
    tools::CopyPlace login = place();
    login.path = home.path(QStringLiteral(".claude/.credentials.json"));
    const auto plan = m_writer.lockPlan(login, {}, {});
    QVERIFY(plan);
    QStringList paths;
    for (const tools::LockSpec &lock : plan->locks) {
        paths.append(QDir(home.path()).relativeFilePath(lock.path));
        QCOMPARE(lock.kind, tools::LockSpec::Kind::Directory);
        QVERIFY(lock.heartbeat > 0ms && lock.heartbeat < 5s); // a 2.0 client takes a lock over after 10 s
    }
    QCOMPARE(paths, (QStringList{QStringLiteral(".claude/.oauth_refresh.lock"), QStringLiteral(".claude.lock"),
                                 QStringLiteral(".claude/.storage-write.lock")}));
    using enum tools::LockSpec::Span;
    QCOMPARE(plan->locks[0].span, Refresh);
    QCOMPARE(plan->locks[1].span, Refresh);
    QCOMPARE(plan->locks[2].span, Write);
    QVERIFY(plan->locks[0].stale == 60s && plan->locks[1].stale == 60s && plan->locks[2].stale == 15s);
    QVERIFY(plan->tolerance == 6s);
}

void ClaudeCodeWriterTest::locks_ofALinkedDirectory_standBesideItsTarget()
{
    fakes::TemporaryHome home;
    QVERIFY(QDir().mkpath(home.path(QStringLiteral("disk/claude"))));
    QVERIFY(QFile::link(home.path(QStringLiteral("disk/claude")), home.path(QStringLiteral(".claude"))));
    tools::CopyPlace login = place();
    login.path = home.path(QStringLiteral(".claude/.credentials.json"));
    const auto plan = m_writer.lockPlan(login, {}, {});
    QVERIFY(plan);
    QCOMPARE(QDir(home.path()).relativeFilePath(plan->locks[1].path), QStringLiteral("disk/claude.lock"));
}

void ClaudeCodeWriterTest::locks_ofNoDirectory_areAnError()
{
    const auto plan = m_writer.lockPlan(place(), {}, {});
    QVERIFY(!plan);
    QCOMPARE(plan.error().subject, QStringLiteral("/nowhere/.claude"));
}

void ClaudeCodeWriterTest::objection_data()
{
    QTest::addColumn<Purpose>("purpose");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("expected"); // a part; empty = none at all
    const QByteArray blank = fixture(QStringLiteral("claude-code/blank.json"));
    QTest::newRow("share") << Purpose::Share << currentRecord() << QString();
    QTest::newRow("switch") << Purpose::Switch << currentRecord() << QString();
    QTest::newRow("feed") << Purpose::Feed << currentRecord() << QStringLiteral("runs out");
    QTest::newRow("share a blank") << Purpose::Share << blank << QStringLiteral("emptied");
    QTest::newRow("put somebody over a blank") << Purpose::Switch << blank << QString();
    QTest::newRow("not used") << Purpose::Share << recordWith("[]") << QStringLiteral("user:inference");
    QTest::newRow("plan lost") << Purpose::Share << recordWith("[\"user:inference\"]", {}) << QString();
}

void ClaudeCodeWriterTest::objection()
{
    QFETCH(Purpose, purpose);
    QFETCH(QByteArray, text);
    QFETCH(QString, expected);
    const QString said = m_writer.objection(purpose, place(), {}, fetched(text), {});
    QCOMPARE(said.isEmpty(), expected.isEmpty());
    QVERIFY2(said.contains(expected), qPrintable(said));
    tools::CopyPlace keychain = place();
    keychain.kind = tools::CopyPlace::Kind::KeychainItem;
    QVERIFY(!m_writer.objection(purpose, keychain, {}, fetched(text), {}).isEmpty());
}

// S-04, F-90
void ClaudeCodeWriterTest::linkedFile_isObjectedTo()
{
    fakes::TemporaryHome home;
    home.write(QStringLiteral("shared.json"), currentRecord());
    QVERIFY(QDir().mkpath(home.path(QStringLiteral(".claude"))));
    tools::CopyPlace login = place();
    login.path = home.path(QStringLiteral(".claude/.credentials.json"));
    QVERIFY(QFile::link(home.path(QStringLiteral("shared.json")), login.path));
    QVERIFY(m_writer.objection(Purpose::Share, login, {}, fetched(currentRecord()), {})
                .contains(QStringLiteral("symbolic link")));
    QCOMPARE(m_writer.linkHabit(), tools::CopyWriter::LinkHabit::Follow);
}

void ClaudeCodeWriterTest::anotherAccount_comesAndGoesWhole()
{
    const QByteArray settings = fixture(QStringLiteral("claude-code/claude.json"));
    const auto adas = m_writer.recordOf(place(), {}, fetched(currentRecord(), settings));
    QVERIFY(adas);
    QVERIFY(textOf(*adas).contains("dummy-trusted-device-token"));
    QVERIFY(textOf(*adas).contains("\"organizationRole\": \"admin\""));
    QVERIFY(!textOf(*adas).contains("mcpOAuth")); // of the machine

    const QByteArray bobs = replaced(recordWith("[\"user:inference\"]"), "\"subscriptionType\"",
                                     R"("accountUuid":")" + bob().id.toLatin1() + R"(","subscriptionType")");
    const base::Secret comes = secretOf(bobs);
    const auto tokens = newTokens();
    const auto withBob = rewritten(currentRecord(), {.tokens = tokens, .account = bob(), .toolRecord = &comes});
    QVERIFY2(withBob, withBob ? "" : qPrintable(describe(withBob.error())));
    const auto machine = [](const QByteArray &text) { return text.mid(text.indexOf(",\"mcpOAuth\"")); };
    QCOMPARE(*withBob,
             renewed(bobs).chopped(1) + replaced(machine(currentRecord()), "\"dummy-trusted-device-token\"", "null"));

    const auto back = rewritten(*withBob, {.tokens = tokens, .account = ada(), .toolRecord = &*adas});
    QVERIFY2(back, back ? "" : qPrintable(describe(back.error())));
    QCOMPARE(*back, renewed(currentRecord()));
}

void ClaudeCodeWriterTest::ownLogin_becomesTheLeastRecord()
{
    const base::Secret none;
    auto tokens = newTokens();
    tokens.refreshTokenExpiresAt = at(oldSignInEnd);
    tokens.scopes = {QStringLiteral("user:inference"), QStringLiteral("user:profile")};
    const auto made = rewritten("{\"mcpOAuth\":{}}", {.tokens = tokens, .account = bob(), .toolRecord = &none});
    QVERIFY2(made, made ? "" : qPrintable(describe(made.error())));
    QCOMPARE(*made, QByteArray(R"({"mcpOAuth":{},"claudeAiOauth":{"accessToken":"sk-ant-oat01-new",)"
                               R"("refreshToken":"sk-ant-ort01-new","expiresAt":1795384800456,)"
                               R"("scopes":["user:inference","user:profile"],"refreshTokenExpiresAt":1796115600000,)"
                               R"("subscriptionType":"pro","accountUuid":"33333333-aaaa-4bbb-8ccc-000000000003",)"
                               R"("organizationUuid":"44444444-aaaa-4bbb-8ccc-000000000004"}})"));
    tokens.scopes.removeFirst();
    QVERIFY(!rewritten("{}", {.tokens = tokens, .account = bob(), .toolRecord = &none}));
}

void ClaudeCodeWriterTest::accountWithoutAFile_getsOne()
{
    const base::Secret comes = secretOf(recordWith("[\"user:inference\"]"));
    const auto tokens = newTokens();
    tools::Fetched nothing{.content = base::unexpected(notFound()), .companions = {}};
    const auto text =
        m_writer.rewritten(place(), {}, nothing, {.tokens = tokens, .account = bob(), .toolRecord = &comes});
    QVERIFY(text);
    QCOMPARE(textOf(*text), renewed(recordWith("[\"user:inference\"]")));
    QVERIFY(!m_writer.rewritten(place(), {}, nothing, {.tokens = tokens, .account = bob()})); // F-13
    base::Error unreadable = notFound();
    unreadable.kind = base::ErrorKind::Io;
    nothing.content = base::unexpected(unreadable);
    QVERIFY(!m_writer.rewritten(place(), {}, nothing, {.tokens = tokens, .account = bob(), .toolRecord = &comes}));
    QVERIFY(!rewritten("{\"claudeAiOauth\":\"sealed\"}",
                       {.tokens = tokens, .account = bob(), .toolRecord = &comes})); // of a format that we do not know
}

// F-15
void ClaudeCodeWriterTest::recordOfSomebodyElse_isRefused()
{
    const auto adas = m_writer.recordOf(place(), {}, fetched(currentRecord()));
    const auto tokens = newTokens();
    QVERIFY(!rewritten("{}", {.tokens = tokens, .account = bob(), .toolRecord = &*adas}));
    // Settings that speak of somebody else are not put away with a login.
    const QByteArray settings =
        replaced(fixture(QStringLiteral("claude-code/claude.json")), ada().id.toLatin1(), bob().id.toLatin1());
    const auto record = m_writer.recordOf(place(), {}, fetched(currentRecord(), settings));
    QVERIFY(record && !textOf(*record).contains("oauthAccount"));
}

void ClaudeCodeWriterTest::settings_nameTheNewAccount()
{
    const QByteArray settings = fixture(QStringLiteral("claude-code/claude.json"));
    const base::Secret none;
    const auto tokens = newTokens();
    const auto toBob = m_writer.companionChanges(place(), {}, fetched(currentRecord(), settings),
                                                 {.tokens = tokens, .account = bob(), .toolRecord = &none}, {});
    QVERIFY(toBob);
    QCOMPARE(toBob->size(), std::size_t{1});
    const tools::CompanionChange &change = toBob->front();
    QCOMPARE(change.path, place().companions.front());
    QCOMPARE(change.locks.size(), std::size_t{1});
    QCOMPARE(change.locks.front().path, QStringLiteral("/nowhere/.claude.json.lock"));
    QVERIFY(change.locks.front().stale == 10s);
    QCOMPARE(change.locks.front().span, tools::LockSpec::Span::Write);
    const auto begin = settings.indexOf("{\n    \"accountUuid\"");
    const auto end = settings.indexOf('}', begin) + 1;
    QCOMPARE(textOf(change.content),
             settings.left(begin)
                 + "{\"accountUuid\":\"33333333-aaaa-4bbb-8ccc-000000000003\",\"emailAddress\":\"bob@example.org\","
                   "\"organizationUuid\":\"44444444-aaaa-4bbb-8ccc-000000000004\",\"organizationName\":\"Bob's\"}"
                 + settings.mid(end));

    // And back: what was said of Ada is said again, word by word.
    const auto adas = m_writer.recordOf(place(), {}, fetched(currentRecord(), settings));
    const auto toAda = m_writer.companionChanges(place(), {}, fetched(currentRecord(), textOf(change.content)),
                                                 {.tokens = tokens, .account = ada(), .toolRecord = &*adas}, {});
    QVERIFY(toAda);
    QCOMPARE(textOf(toAda->front().content), settings);
}

void ClaudeCodeWriterTest::settings_ofTheSameAccount_areLeftAlone()
{
    const base::Secret none;
    const auto tokens = newTokens();
    const tools::Successor adas{.tokens = tokens, .account = ada(), .toolRecord = &none};
    const auto there = fetched(currentRecord(), fixture(QStringLiteral("claude-code/claude.json")));
    QCOMPARE(m_writer.companionChanges(place(), {}, there, adas, {})->size(), std::size_t{0});
    tools::Fetched nowhere = fetched(currentRecord());
    nowhere.companions.emplace(place().companions.front(), base::unexpected(notFound()));
    QCOMPARE(m_writer.companionChanges(place(), {}, nowhere, adas, {})->size(), std::size_t{0});
}

void ClaudeCodeWriterTest::settings_thatCannotBeRead_areAnError()
{
    const base::Secret none;
    const auto tokens = newTokens();
    QVERIFY(!m_writer.companionChanges(place(), {}, fetched(currentRecord(), "{\"numStartups\":"),
                                       {.tokens = tokens, .account = bob(), .toolRecord = &none}, {}));
}

void ClaudeCodeWriterTest::settings_areLeftAlone_whereOnlyTokensAreNew()
{
    const auto tokens = newTokens();
    const auto changes = m_writer.companionChanges(place(), {}, fetched(currentRecord(), "{}"),
                                                   {.tokens = tokens, .account = bob()}, {});
    QVERIFY(changes && changes->empty());
}

QTEST_GUILESS_MAIN(ClaudeCodeWriterTest)
#include "claudecodewriter.moc"
