// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/openclawrescue.h"

#include <QTest>

#include "fakes/fakeclock.h"
#include "fetching.h"
#include "openclawhome.h"
#include "tools/databasecell.h"
#include "tools/openclaw.h"

using namespace keytender;
using namespace std::chrono_literals;
using fetching::secretOf;

namespace {

const QString slot = QStringLiteral("openai:ada%40example.org");
const QByteArray claim(32, 'c');
// SHA-256 of ["openclaw.oauth-refresh-generation",1,"openai:ada@example.org","openai","access","a-dummy"], and of the
// same for "refresh" and "r-dummy", made with Python.
const QByteArray accessDigest = "05208af49b724da19784550fe87804a9537b1bac165d3c4823dd50ed5eb71f4b";
const QByteArray refreshDigest = "da675d18ce0ade7dcc9609627e2d774a21edd84a62838baeaa5b6d205f4f8c5b";

QByteArray storeWith(const QByteArray &access, const QByteArray &refresh)
{
    return fakes::openClawStore(R"("other:one":{"type":"api_key","provider":"x","key":"k"},)"
                                R"("openai:ada@example.org":{"type":"oauth","provider":"openai","access":")"
                                + access + R"(","refresh":")" + refresh + R"(","expires":1,"accountId":"ws-1"})");
}

QByteArray fence(const QByteArray &state, const QByteArray &access = accessDigest,
                 const QByteArray &refresh = refreshDigest)
{
    const QByteArray prefix = "openclaw-oauth-refresh-fence:v1:" + claim + ':' + state;
    return storeWith(prefix + "access:" + access, prefix + "refresh:" + refresh);
}

const QByteArray failed = fence("failed:");

constexpr base::Timestamp heldAt = fetching::now;
constexpr base::Timestamp failedAt = fetching::now + 40s;
constexpr tools::OfflineSpan wholeTime{.from = heldAt - 1min, .until = failedAt + 1min};

bool became(const base::Result<tools::ReplacementState> &result, tools::ReplacementState expected)
{
    return result && *result == expected;
}

} // namespace

class OpenClawRescueTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void init();
    void digest_isTheirs();
    void verdict_data();
    void verdict();
    void proof_needsTheWholeTime_data();
    void proof_needsTheWholeTime();
    void restored_isTheWholeEntry();
    void restored_putsTheIdTokenBack();
    void restored_isRefusedForEverythingElse_data();
    void restored_isRefusedForEverythingElse();
    void rescue_inTheDatabase_bringsTheLoginBack();
    void rescue_afterAnotherSignIn_leavesItAlone();

private:
    [[nodiscard]] tools::RescueVerdict judge(const QByteArray &store,
                                             const std::vector<tools::OfflineSpan> &offline = {wholeTime}) const
    {
        return tools::judgeRescue(m_place, slot, fetched(store), m_vault,
                                  {.heldAt = heldAt, .failedAt = failedAt, .offline = offline});
    }
    [[nodiscard]] tools::Fetched fetched(const QByteArray &store) const
    {
        return {.content = fetching::contentOf(store), .companions = {}};
    }
    [[nodiscard]] base::Result<tools::ReplacementState> rescue(const fakes::TemporaryHome &home,
                                                               const tools::CopyPlace &place) const;

    const tools::OpenClaw m_tool;
    tools::CopyPlace m_place;
    profile::TokenSet m_vault;
};

void OpenClawRescueTest::init()
{
    m_place.path = QStringLiteral("/home/ada/.openclaw/state/openclaw.sqlite#authProfiles.store");
    m_vault = {};
    m_vault.accessToken = secretOf("a-dummy");
    m_vault.refreshToken = secretOf("r-dummy");
    m_vault.expiresAt = fetching::fixtureEnd;
}

void OpenClawRescueTest::digest_isTheirs()
{
    const tools::FencedToken token{
        .profileId = QStringLiteral("openai:ada@example.org"), .provider = QStringLiteral("openai"), .kind = "access"};
    QCOMPARE(QByteArray::fromStdString(tools::openClawFenceDigest(token, m_vault.accessToken)), accessDigest);
}

void OpenClawRescueTest::verdict_data()
{
    QTest::addColumn<QByteArray>("store");
    QTest::addColumn<bool>("matches");
    QTest::addColumn<bool>("isPossible");
    const QByteArray zeros(64, '0');
    QTest::newRow("failed") << failed << true << true;
    QTest::newRow("pending") << fence("") << true << false;
    QTest::newRow("other access token") << fence("failed:", zeros) << false << false;
    QTest::newRow("other refresh token") << fence("failed:", accessDigest, zeros) << false << false;
    QTest::newRow("not put away") << storeWith("a-dummy", "r-dummy") << false << false;
    QTest::newRow("unknown marker") << storeWith("openclaw-oauth-refresh-fence:v2:x",
                                                 "openclaw-oauth-refresh-fence:v2:x")
                                    << false << false;
    QTest::newRow("half") << storeWith("openclaw-oauth-refresh-fence:v1:" + claim + ":failed:access:" + accessDigest,
                                       "r-dummy")
                          << false << false;
    QTest::newRow("two claims") << storeWith(
        "openclaw-oauth-refresh-fence:v1:" + claim + ":failed:access:" + accessDigest,
        "openclaw-oauth-refresh-fence:v1:" + QByteArray(32, 'd') + ":failed:refresh:" + refreshDigest)
                                << true << false;
    QTest::newRow("no such profile") << fakes::openClawStore({}) << false << false;
    QTest::newRow("no store") << QByteArray("[") << false << false;
}

void OpenClawRescueTest::verdict()
{
    QFETCH(QByteArray, store);
    const auto verdict = judge(store);
    QTEST(verdict.matches, "matches");
    QTEST(verdict.whyNot.isEmpty(), "isPossible");
}

void OpenClawRescueTest::proof_needsTheWholeTime_data()
{
    QTest::addColumn<std::vector<tools::OfflineSpan>>("offline");
    QTest::addColumn<bool>("isProved");
    using Spans = std::vector<tools::OfflineSpan>;
    QTest::newRow("all of it") << Spans{wholeTime} << true;
    QTest::newRow("exactly") << Spans{{.from = heldAt, .until = failedAt}} << true;
    QTest::newRow("never") << Spans{} << false;
    QTest::newRow("from the middle on") << Spans{{.from = heldAt + 1ms, .until = failedAt + 1h}} << false;
    QTest::newRow("until the middle") << Spans{{.from = heldAt - 1h, .until = failedAt - 1ms}} << false;
    QTest::newRow("with a gap") << Spans{{.from = heldAt - 1h, .until = heldAt + 10s},
                                         {.from = heldAt + 20s, .until = failedAt + 1h}}
                                << false;
}

void OpenClawRescueTest::proof_needsTheWholeTime()
{
    QFETCH(std::vector<tools::OfflineSpan>, offline);
    const auto verdict = judge(failed, offline);
    QVERIFY(verdict.matches);
    QTEST(!verdict.proof.isEmpty(), "isProved");
    QTEST(verdict.whyNot.isEmpty(), "isProved");
    QVERIFY(tools::judgeRescue(m_place, slot, fetched(failed), m_vault,
                               {.heldAt = failedAt, .failedAt = heldAt, .offline = {wholeTime}})
                .proof.isEmpty());
}

void OpenClawRescueTest::restored_isTheWholeEntry()
{
    const auto text = tools::restored(m_place, slot, fetched(failed), m_vault);
    QVERIFY(text);
    QByteArray expected = storeWith("a-dummy", "r-dummy");
    expected.replace("\"expires\":1,", "\"expires\":1795345200000,");
    QCOMPARE(QByteArray(text->expose().data(), static_cast<qsizetype>(text->size())), expected);
}

void OpenClawRescueTest::restored_putsTheIdTokenBack()
{
    m_vault.idToken = secretOf("i-dummy");
    const auto text = tools::restored(m_place, slot, fetched(failed), m_vault);
    QVERIFY(text);
    QVERIFY(text->expose().find(R"("accountId":"ws-1","idToken":"i-dummy"})") != std::string_view::npos);
}

void OpenClawRescueTest::restored_isRefusedForEverythingElse_data()
{
    verdict_data();
}

void OpenClawRescueTest::restored_isRefusedForEverythingElse()
{
    QFETCH(QByteArray, store);
    const auto text = tools::restored(m_place, slot, fetched(store), m_vault);
    QTEST(text.has_value(), "isPossible");
}

base::Result<tools::ReplacementState> OpenClawRescueTest::rescue(const fakes::TemporaryHome &home,
                                                                 const tools::CopyPlace &place) const
{
    base::SystemRandom random;
    const fakes::FakeClock clock;
    const profile::Account nobody;
    const tools::Replacement replacement{
        .tool = m_tool,
        .place = place,
        .slot = slot,
        .successor = {.tokens = m_vault, .account = nobody},
        .mayReplace = [](const tools::CopyReading &there) { return there.state == profile::CopyState::Fenced; },
        .content = [&](const tools::Fetched &there) { return tools::restored(place, slot, there, m_vault); }};
    return tools::replaceCell(
        replacement, {.random = random, .clock = clock, .tool = {.environment = home.environment(), .extraHomes = {}}});
}

void OpenClawRescueTest::rescue_inTheDatabase_bringsTheLoginBack()
{
    const fakes::TemporaryHome home;
    fakes::OpenClawDatabase database(home, fakes::OpenClawDatabase::Kind::Shared, 18);
    database.put(failed);
    const auto place = m_tool.locate({.environment = home.environment(), .extraHomes = {}}).places.front();
    QVERIFY(became(rescue(home, place), tools::ReplacementState::Replaced));
    const auto readings = m_tool.read(place, tools::fetchCell(place, home.environment().user), fetching::now);
    const auto rescued = std::ranges::find(readings, slot, &tools::CopyReading::slot);
    QVERIFY(rescued != readings.end());
    QCOMPARE(rescued->state, profile::CopyState::Held);
    QVERIFY(fetching::holds(rescued->credential->tokens.refreshToken, "r-dummy"));
    QVERIFY(became(rescue(home, place), tools::ReplacementState::AlreadyThere));
}

void OpenClawRescueTest::rescue_afterAnotherSignIn_leavesItAlone()
{
    const fakes::TemporaryHome home;
    fakes::OpenClawDatabase database(home, fakes::OpenClawDatabase::Kind::Shared, 18);
    QByteArray renewed = storeWith("a-new", "r-new");
    renewed.replace("\"expires\":1,", "\"expires\":1795345200000,");
    database.put(renewed);
    const auto place = m_tool.locate({.environment = home.environment(), .extraHomes = {}}).places.front();
    QVERIFY(became(rescue(home, place), tools::ReplacementState::ChangedMeanwhile));
    QCOMPARE(database.value(), renewed);
    database.put(fence(""));
    QVERIFY(!rescue(home, place)); // pending
    QCOMPARE(database.value(), fence(""));
}

QTEST_GUILESS_MAIN(OpenClawRescueTest)
#include "openclawrescue.moc"
