// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/openclawwriter.h"

#include <QDir>
#include <QTest>

#include "fetching.h"
#include "openclawhome.h"
#include "tools/databasecell.h"
#include "tools/openclaw.h"

using namespace keytender;
using fakes::OpenClawDatabase;
using fetching::secretOf;
using Purpose = tools::CopyWriter::Purpose;

namespace {

const QString agent = QStringLiteral(".openclaw/agents/main/agent/");
const QString claude = QStringLiteral("anthropic:default");
const QString codex = QStringLiteral("openai-codex:ada%40example.org");
const QString setupToken = QStringLiteral("anthropic:manual");
const QString key = QStringLiteral("openrouter:default");

QByteArray textOf(const base::Secret &secret)
{
    return QByteArray(secret.expose().data(), static_cast<qsizetype>(secret.size()));
}

} // namespace

Q_DECLARE_METATYPE(keytender::tools::CopyWriter::Purpose)

class OpenClawWriterTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void init();
    void renewal_replacesThreeValuesAlone_data();
    void renewal_replacesThreeValuesAlone();
    void renewal_replacesIdTokenAndWorkspaceWhereTheyStand();
    void feeding_replacesATokenAlone();
    void feeding_addsTheEndThatWasNotThere();
    void unfit_isRefused_data();
    void unfit_isRefused();
    void fence_isNeverWrittenOver_data();
    void fence_isNeverWrittenOver();
    void objection_data();
    void objection();
    void versionThatReadsNoFile_isRefused();
    void unknownVersion_isRefused();
    void leftoverBesideTheDatabase_isRefused();
    void databaseOfAKnownVersion_isWritten();
    void lockPlan_namesTheProfilesRefreshLock();
    void lockPlan_whereNothingTellsTheVersion_isAnError();
    void file_getsMode0600_andLinksAreFollowed();

private:
    void install(const QString &version);
    [[nodiscard]] tools::ToolWorld world() const { return {.environment = m_home->environment(), .extraHomes = {}}; }
    [[nodiscard]] tools::CopyPlace place() const { return m_tool.locate(world()).places.front(); }
    [[nodiscard]] tools::Fetched fetched(const QByteArray &store) const
    {
        return {.content = fetching::contentOf(store), .companions = {}};
    }
    [[nodiscard]] base::Result<base::Secret> rewritten(const QString &slot, const QByteArray &store,
                                                       const profile::Account &account = {}) const
    {
        return m_writer.rewritten(place(), slot, fetched(store), {.tokens = m_tokens, .account = account});
    }
    [[nodiscard]] QString objectionTo(Purpose purpose, const QString &slot, const QByteArray &store) const
    {
        return m_writer.objection(purpose, place(), slot, fetched(store), world());
    }

    const tools::OpenClaw m_tool;
    const tools::OpenClawWriter m_writer{tools::Claw::OpenClaw};
    std::unique_ptr<fakes::TemporaryHome> m_home;
    const QByteArray m_fixture = fetching::fixture(QStringLiteral("openclaw/auth-profiles.json"));
    profile::TokenSet m_tokens;
};

void OpenClawWriterTest::init()
{
    m_home = std::make_unique<fakes::TemporaryHome>();
    m_home->environment().variables.insert(QStringLiteral("PATH"), m_home->path(QStringLiteral("bin")));
    m_home->write(agent + QStringLiteral("auth-profiles.json"), m_fixture);
    m_tokens = {};
    m_tokens.accessToken = secretOf("access-dummy-2");
    m_tokens.refreshToken = secretOf("refresh-dummy-2");
    m_tokens.expiresAt = base::Timestamp(std::chrono::milliseconds{1'795'400'000'000});
}

void OpenClawWriterTest::install(const QString &version)
{
    const QString script = m_home->write(QStringLiteral("lib/node_modules/openclaw/openclaw.mjs"), {});
    m_home->write(QStringLiteral("lib/node_modules/openclaw/package.json"),
                  R"({"version":")" + version.toUtf8() + "\"}");
    QDir(m_home->path()).mkpath(QStringLiteral("bin"));
    const QString link = m_home->path(QStringLiteral("bin/openclaw"));
    QFile::remove(link);
    QVERIFY(QFile::link(script, link));
}

void OpenClawWriterTest::renewal_replacesThreeValuesAlone_data()
{
    QTest::addColumn<QString>("slot");
    QTest::addColumn<QByteArrayList>("before");
    QTest::addColumn<QByteArray>("expires"); // five minutes less where OpenClaw counts so itself
    QTest::newRow("anthropic") << claude
                               << QByteArrayList{"sk-ant-oat01-dummy-openclaw-access",
                                                 "sk-ant-ort01-dummy-openclaw-refresh"}
                               << QByteArray("1795399700000");
    QTest::newRow("openai") << codex << QByteArrayList{{}, "rt_dummy-openclaw-codex-refresh"}
                            << QByteArray("1795400000000");
}

void OpenClawWriterTest::renewal_replacesThreeValuesAlone()
{
    QFETCH(QString, slot);
    QFETCH(QByteArrayList, before);
    QFETCH(QByteArray, expires);
    QByteArray expected = m_fixture;
    const qsizetype at = expected.indexOf('"' + QUrl::fromPercentEncoding(slot.toUtf8()).toUtf8() + '"');
    const auto exchange = [&](const QByteArray &name, const QByteArray &value) {
        const qsizetype begin = expected.indexOf('"' + name + "\": ", at) + name.size() + 4;
        expected.replace(begin, expected.indexOf(',', begin) - begin, value);
    };
    exchange("access", "\"access-dummy-2\"");
    exchange("refresh", "\"refresh-dummy-2\"");
    exchange("expires", expires);
    const auto text = rewritten(slot, m_fixture);
    QVERIFY(text);
    QCOMPARE(textOf(*text), expected); // INV-7
    for (const QByteArray &old : before)
        QVERIFY(old.isEmpty() || !textOf(*text).contains(old));
}

void OpenClawWriterTest::renewal_replacesIdTokenAndWorkspaceWhereTheyStand()
{
    const QByteArray store = fakes::openClawStore(
        R"("o:d":{"type":"oauth","provider":"openai","access":"a","refresh":"r","expires":1795345200000,)"
        R"("idToken":"i","accountId":"ws-1","email":"e"})");
    m_tokens.idToken = secretOf("id-dummy-2");
    profile::Account account;
    account.organizationId = QStringLiteral("ws-1");
    const auto text = rewritten(QStringLiteral("o:d"), store, account);
    QVERIFY(text);
    QCOMPARE(textOf(*text),
             fakes::openClawStore(R"("o:d":{"type":"oauth","provider":"openai","access":"access-dummy-2",)"
                                  R"("refresh":"refresh-dummy-2","expires":1795400000000,)"
                                  R"("idToken":"id-dummy-2","accountId":"ws-1","email":"e"})"));
}

void OpenClawWriterTest::feeding_replacesATokenAlone()
{
    m_tokens.refreshToken = {};
    QByteArray expected = m_fixture;
    expected.replace("sk-ant-oat01-dummy-openclaw-setup-token", "access-dummy-2");
    const qsizetype at = expected.indexOf("1795345200000", expected.indexOf("access-dummy-2"));
    expected.replace(at, 13, "1795400000000");
    const auto text = rewritten(setupToken, m_fixture);
    QVERIFY(text);
    QCOMPARE(textOf(*text), expected);
}

void OpenClawWriterTest::feeding_addsTheEndThatWasNotThere()
{
    m_tokens.refreshToken = {};
    const auto text =
        rewritten(QStringLiteral("a:b"), fakes::openClawStore(R"("a:b":{"type":"token","provider":"x","token":"t"})"));
    QVERIFY(text);
    QCOMPARE(textOf(*text), fakes::openClawStore(R"("a:b":{"type":"token","provider":"x","token":"access-dummy-2",)"
                                                 R"("expires":1795400000000})"));
}

void OpenClawWriterTest::unfit_isRefused_data()
{
    QTest::addColumn<QString>("slot");
    QTest::addColumn<QByteArray>("profile"); // in place of the fixture
    QTest::addColumn<bool>("hasRefreshToken");
    QTest::addColumn<bool>("hasEnd");
    QTest::newRow("a key") << key << QByteArray() << true << true;
    QTest::newRow("no such profile") << QStringLiteral("a:b") << QByteArray() << true << true;
    QTest::newRow("an access token alone for one that renews itself") << claude << QByteArray() << false << true;
    QTest::newRow("a token without an end") << claude << QByteArray() << true << false;
    QTest::newRow("a bare token without an end") << setupToken << QByteArray() << false << false;
    QTest::newRow("a token kept elsewhere")
        << QStringLiteral("a:b") << QByteArray(R"({"type":"token","provider":"x","tokenRef":{"source":"env"}})")
        << false << true;
    QTest::newRow("twice") << QStringLiteral("a:b")
                           << QByteArray(R"({"type":"token","provider":"x","token":"t"},"a:b":{})") << false << true;
}

void OpenClawWriterTest::unfit_isRefused()
{
    QFETCH(QString, slot);
    QFETCH(QByteArray, profile);
    QFETCH(bool, hasRefreshToken);
    QFETCH(bool, hasEnd);
    if (!hasRefreshToken)
        m_tokens.refreshToken = {};
    if (!hasEnd)
        m_tokens.expiresAt.reset();
    QVERIFY(!rewritten(slot, profile.isEmpty() ? m_fixture : fakes::openClawStore("\"a:b\":" + profile)));
}

void OpenClawWriterTest::fence_isNeverWrittenOver_data()
{
    QTest::addColumn<QByteArray>("marker");
    QTest::newRow("pending") << QByteArray("v1:") + QByteArray(32, 'a') + ":refresh:" + QByteArray(64, 'b');
    QTest::newRow("failed") << QByteArray("v1:") + QByteArray(32, 'a') + ":failed:refresh:" + QByteArray(64, 'b');
    QTest::newRow("unknown") << QByteArray("v9");
}

void OpenClawWriterTest::fence_isNeverWrittenOver()
{
    QFETCH(QByteArray, marker);
    const QByteArray store =
        fakes::openClawStore(R"("anthropic:default":{"type":"oauth","provider":"anthropic","access":"a","refresh":)"
                             R"("openclaw-oauth-refresh-fence:)"
                             + marker + R"(","expires":1})");
    install(QStringLiteral("2026.6.1"));
    QVERIFY(!rewritten(claude, store));
    QVERIFY(!objectionTo(Purpose::Share, claude, store).isEmpty());
}

void OpenClawWriterTest::objection_data()
{
    QTest::addColumn<Purpose>("purpose");
    QTest::addColumn<QString>("slot");
    QTest::addColumn<QByteArray>("profile"); // in place of the fixture
    QTest::addColumn<bool>("isAllowed");
    const QString other = QStringLiteral("a:b");
    const auto row = [](const char *name, Purpose purpose, const QString &slot, const QByteArray &profile,
                        bool isAllowed) { QTest::newRow(name) << purpose << slot << profile << isAllowed; };
    const auto oauth = [](const QByteArray &provider, const QByteArray &more = {}) {
        return R"({"type":"oauth","provider":")" + provider + R"(","access":"a","refresh":"r","expires":1795345200000)"
               + more + '}';
    };
    row("share Anthropic", Purpose::Share, claude, {}, true);
    row("share OpenAI", Purpose::Share, codex, {}, true);
    row("share a bare token", Purpose::Share, setupToken, {}, false);
    row("share a key", Purpose::Share, key, {}, false);
    row("share Google", Purpose::Share, other, oauth("google-gemini-cli"), false);
    row("share MiniMax", Purpose::Share, other, oauth("minimax-portal"), false);
    row("share Copilot", Purpose::Share, other, oauth("github-copilot"), false);
    row("share another's login", Purpose::Share, other, oauth("anthropic", R"(,"authFlow":"external-cli")"), false);
    row("share a saved sign-in", Purpose::Share, other, oauth("anthropic", R"(,"setup":{})"), false);
    row("share what is not there", Purpose::Share, other, {}, false);
    row("feed a bare token", Purpose::Feed, setupToken, {}, true);
    row("feed one that renews itself", Purpose::Feed, claude, {}, false);
    row("feed a key", Purpose::Feed, key, {}, false);
    row("feed a token kept elsewhere", Purpose::Feed, other,
        R"({"type":"token","provider":"anthropic","tokenRef":{"source":"env"}})", false);
    row("switch", Purpose::Switch, claude, {}, false);
}

void OpenClawWriterTest::objection()
{
    QFETCH(Purpose, purpose);
    QFETCH(QString, slot);
    QFETCH(QByteArray, profile);
    install(QStringLiteral("2026.6.1"));
    const QString words =
        objectionTo(purpose, slot, profile.isEmpty() ? m_fixture : fakes::openClawStore("\"a:b\":" + profile));
    QTEST(words.isEmpty(), "isAllowed");
}

void OpenClawWriterTest::versionThatReadsNoFile_isRefused()
{
    install(QStringLiteral("2026.7.1"));
    QVERIFY(!objectionTo(Purpose::Share, claude, m_fixture).isEmpty());
    QVERIFY(!m_writer.lockPlan(place(), claude, world()));
}

void OpenClawWriterTest::unknownVersion_isRefused()
{
    QVERIFY(!objectionTo(Purpose::Share, claude, m_fixture).isEmpty());
    QVERIFY(!objectionTo(Purpose::Feed, setupToken, m_fixture).isEmpty());
    m_home->write(agent + QStringLiteral("auth-state.json"), "{\"version\":1}");
    QVERIFY(objectionTo(Purpose::Share, claude, m_fixture).isEmpty()); // only later ones make that file
}

void OpenClawWriterTest::leftoverBesideTheDatabase_isRefused()
{
    OpenClawDatabase shared(*m_home, OpenClawDatabase::Kind::Shared, 18);
    shared.put(m_fixture);
    QVERIFY(place().cell);
    QVERIFY(!objectionTo(Purpose::Share, claude, m_fixture).isEmpty());
    QVERIFY(QFile::remove(m_home->path(agent + QStringLiteral("auth-profiles.json"))));
    QVERIFY(objectionTo(Purpose::Share, claude, m_fixture).isEmpty());
}

void OpenClawWriterTest::databaseOfAKnownVersion_isWritten()
{
    QVERIFY(QFile::remove(m_home->path(agent + QStringLiteral("auth-profiles.json"))));
    OpenClawDatabase database(*m_home, OpenClawDatabase::Kind::Agent, 1);
    database.put(m_fixture);
    const auto there = tools::fetchCell(place(), m_home->environment().user);
    QVERIFY(m_writer.objection(Purpose::Share, place(), claude, there, world()).isEmpty());
    database.run(QStringLiteral("PRAGMA user_version = 2"));
    const auto unknown = tools::fetchCell(place(), m_home->environment().user);
    QVERIFY(unknown.content);
    QVERIFY(!m_writer.objection(Purpose::Share, place(), claude, unknown, world()).isEmpty());
}

void OpenClawWriterTest::lockPlan_namesTheProfilesRefreshLock()
{
    install(QStringLiteral("2026.6.1"));
    const auto plan = m_writer.lockPlan(place(), codex, world());
    QVERIFY(plan);
    QCOMPARE(plan->locks.size(), std::size_t{2});
    // SHA-256 of "openai-codex", a zero byte and "openai-codex:ada@example.org".
    QCOMPARE(plan->locks.front().path,
             m_home->path(QStringLiteral(".openclaw/locks/oauth-refresh/sha256-"
                                         "b42f9a31a7a9a07d11e8d4c9fc6c6eea3f5c446c36ff64e9768ce14ba8d13a7e.lock")));
    QCOMPARE(plan->locks.back().path, m_home->path(agent + QStringLiteral("auth-profiles.json.lock")));
    QVERIFY(!m_writer.lockPlan(place(), QStringLiteral("a:b"), world()));
}

void OpenClawWriterTest::lockPlan_whereNothingTellsTheVersion_isAnError()
{
    QVERIFY(!m_writer.lockPlan(place(), claude, world()));
    install(QStringLiteral("2026.1.24"));
    const auto plan = m_writer.lockPlan(place(), claude, world());
    QVERIFY(plan);
    QVERIFY(plan->locks.front().kind == tools::LockSpec::Kind::Directory);
}

void OpenClawWriterTest::file_getsMode0600_andLinksAreFollowed()
{
    QCOMPARE(m_writer.modeAfter(0644), mode_t{0600});
    QVERIFY(m_writer.linkHabit() == tools::CopyWriter::LinkHabit::Follow);
}

QTEST_GUILESS_MAIN(OpenClawWriterTest)
#include "openclawwriter.moc"
