// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <memory>

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

#include "base/clock.h"
#include "base/random.h"
#include "fakes/plainhttp.h"
#include "fetching.h"
#include "openclawhome.h"
#include "tools/fetchplace.h"
#include "tools/locks/toollock.h"
#include "tools/openclaw.h"
#include "tools/openclawrescue.h"
#include "tools/replacecopy.h"

using namespace keytender;
using namespace std::chrono_literals;
using fakes::OpenClawDatabase;
using profile::CopyState;

namespace {

const QString slot = QStringLiteral("anthropic:default");
const QString always = QStringLiteral("4000000000"); // whatever it holds is due
const QString nobody = QStringLiteral("http://127.0.0.1:1/token");

QString shortOf(const QString &token)
{
    return QString::fromLatin1(QCryptographicHash::hash(token.toUtf8(), QCryptographicHash::Sha256).toHex().first(12));
}

QString textOf(const base::Secret &secret)
{
    return QString::fromUtf8(secret.expose().data(), static_cast<qsizetype>(secret.size()));
}

QString refreshTokenIn(const QJsonObject &answer)
{
    return answer[QStringLiteral("refresh_token")].toString();
}

} // namespace

// The peer that stands in for OpenClaw, each generation of it, beside our writer and our locks.
class OpenClawPeerTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void init() { m_home = std::make_unique<fakes::TemporaryHome>(); }
    void whatWeWrote_isRenewedByOpenClaw_data() { addVersions(); }
    void whatWeWrote_isRenewedByOpenClaw();
    void whatOpenClawWrote_isRead_data() { addVersions(); }
    void whatOpenClawWrote_isRead();
    void openClawWaitsForUs_andTakesWhatWeWrote_data() { addVersions(); }
    void openClawWaitsForUs_andTakesWhatWeWrote();
    void weWaitForOpenClaw_data() { addVersions(); }
    void weWaitForOpenClaw();
    void ofADeadOpenClaw_theLockIsTakenOver_data() { addVersions(); }
    void ofADeadOpenClaw_theLockIsTakenOver();
    void manyOpenClaws_spendNothingTwice_data() { addVersions(); }
    void manyOpenClaws_spendNothingTwice();
    void withoutTheLock_somethingIsSpentTwice();
    void linkedStore_isWrittenThroughTheLink();
    void loginLostOffline_isRescued();
    void claimOfADeadOpenClaw_isLeftAlone();

private:
    static void addVersions();
    void signIn(const QString &version); // with a token set of the server's
    void write(const QByteArray &store);
    [[nodiscard]] QJsonObject issued();
    [[nodiscard]] int reuses();
    [[nodiscard]] std::unique_ptr<QProcess> start(const QStringList &action, const QString &window = always) const;
    [[nodiscard]] QList<QJsonObject> run(const QStringList &action, const QString &window = always) const;
    static QList<QJsonObject> linesOf(QProcess &process);
    static QString eventIn(const QJsonObject &line) { return line[QStringLiteral("event")].toString(); }
    [[nodiscard]] bool replaceWith(const QJsonObject &answer);
    [[nodiscard]] tools::CopyPlace place() const;
    [[nodiscard]] tools::ToolWorld world() const { return {.environment = m_home->environment(), .extraHomes = {}}; }
    [[nodiscard]] tools::CopyReading reading() const
    {
        const tools::CopyPlace there = place();
        return tools::readingOf(m_tool, there, slot, tools::fetchPlace(there), m_clock.wallTime());
    }
    [[nodiscard]] base::Result<std::vector<std::unique_ptr<tools::ToolLock>>> takeLocks();

    const tools::OpenClaw m_tool;
    std::unique_ptr<fakes::TemporaryHome> m_home;
    QString m_version;
    QString m_endpoint;
    QProcess m_server;
    QString m_address;
    fakes::PlainHttp m_http;
    base::SystemClock m_clock;
    base::SystemRandom m_random;
    profile::TokenSet m_tokens;
};

void OpenClawPeerTest::addVersions()
{
    QTest::addColumn<QString>("version");
    for (const char *version : {"2026.1.24", "2026.2.26", "2026.6.1", "2026.7.1", "2026.9.1", "2026.9.6"})
        QTest::newRow(version) << QString::fromLatin1(version);
}

void OpenClawPeerTest::initTestCase()
{
    QVERIFY(base::initializeCrypto());
    m_server.start(QStringLiteral(KEYTENDER_PEERS "/tokenserver"), {QStringLiteral("--delay"), QStringLiteral("0.1")});
    QVERIFY(m_server.waitForReadyRead(10000));
    m_address = QStringLiteral("http://127.0.0.1:") + QString::fromLatin1(m_server.readLine().trimmed());
}

void OpenClawPeerTest::cleanupTestCase()
{
    m_server.closeWriteChannel();
    QVERIFY(m_server.waitForFinished(10000));
}

QJsonObject OpenClawPeerTest::issued()
{
    return m_http.post(QUrl(m_address + QStringLiteral("/anthropic/issue")), {}).json();
}

int OpenClawPeerTest::reuses()
{
    const QJsonObject counts = m_http.get(QUrl(m_address + QStringLiteral("/counts"))).json();
    return int(counts[QStringLiteral("reuses")].toArray().size());
}

void OpenClawPeerTest::signIn(const QString &version)
{
    m_version = version;
    m_endpoint = m_address + QStringLiteral("/anthropic/token");
    const QString script = m_home->write(QStringLiteral("lib/node_modules/openclaw/openclaw.mjs"), {});
    m_home->write(QStringLiteral("lib/node_modules/openclaw/package.json"),
                  R"({"version":")" + version.toUtf8() + "\"}");
    QDir(m_home->path()).mkpath(QStringLiteral("bin"));
    QVERIFY(QFile::link(script, m_home->path(QStringLiteral("bin/openclaw"))));
    m_home->environment().variables.insert(QStringLiteral("PATH"), m_home->path(QStringLiteral("bin")));
    const QJsonObject answer = issued();
    const QJsonObject profile{{QStringLiteral("type"), QStringLiteral("oauth")},
                              {QStringLiteral("provider"), QStringLiteral("anthropic")},
                              {QStringLiteral("access"), answer[QStringLiteral("access_token")]},
                              {QStringLiteral("refresh"), refreshTokenIn(answer)},
                              {QStringLiteral("expires"), double(fetching::fixtureEnd.time_since_epoch().count())},
                              {QStringLiteral("email"), QStringLiteral("ada@example.org")}};
    write(fakes::openClawStore("\"anthropic:default\":" + QJsonDocument(profile).toJson(QJsonDocument::Compact)
                               + R"(,"x:y":{"type":"api_key","provider":"x","key":"kept"})"));
}

void OpenClawPeerTest::write(const QByteArray &store)
{
    using Kind = OpenClawDatabase::Kind;
    if (m_version < QStringLiteral("2026.6.5"))
        m_home->write(QStringLiteral(".openclaw/agents/main/agent/auth-profiles.json"), store);
    else if (m_version < QStringLiteral("2026.8"))
        OpenClawDatabase(*m_home, Kind::Agent, 1).put(store);
    else
        OpenClawDatabase(*m_home, Kind::Shared, 18).put(store);
}

tools::CopyPlace OpenClawPeerTest::place() const
{
    const auto located = m_tool.locate(world());
    const bool isDatabase = m_version >= QStringLiteral("2026.6.5");
    const auto found = std::ranges::find_if(
        located.places, [&](const tools::CopyPlace &candidate) { return candidate.cell.has_value() == isDatabase; });
    return found == located.places.end() ? tools::CopyPlace() : *found;
}

std::unique_ptr<QProcess> OpenClawPeerTest::start(const QStringList &action, const QString &window) const
{
    auto process = std::make_unique<QProcess>();
    process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process->start(QStringLiteral(KEYTENDER_PEERS "/openclaw"),
                   QStringList{QStringLiteral("--home"), m_home->path(), QStringLiteral("--version"), m_version,
                               QStringLiteral("--token-endpoint"), m_endpoint, QStringLiteral("--window"), window}
                       + action);
    return process;
}

QList<QJsonObject> OpenClawPeerTest::linesOf(QProcess &process)
{
    QList<QJsonObject> lines;
    for (const QByteArray &line : process.readAllStandardOutput().trimmed().split('\n'))
        lines.append(QJsonDocument::fromJson(line).object());
    return lines;
}

QList<QJsonObject> OpenClawPeerTest::run(const QStringList &action, const QString &window) const
{
    const auto process = start(action, window);
    if (!process->waitForFinished(30000) || process->exitCode() != 0)
        return {{}};
    return linesOf(*process);
}

bool OpenClawPeerTest::replaceWith(const QJsonObject &answer)
{
    m_tokens.accessToken = fetching::secretOf(answer[QStringLiteral("access_token")].toString().toUtf8());
    m_tokens.refreshToken = fetching::secretOf(refreshTokenIn(answer).toUtf8());
    m_tokens.expiresAt = m_clock.wallTime() + 8h;
    const tools::CopyPlace there = place();
    const profile::Account account;
    const tools::Replacement replacement{.tool = m_tool,
                                         .place = there,
                                         .slot = slot,
                                         .successor = {.tokens = m_tokens, .account = account},
                                         .mayReplace = [](const tools::CopyReading &) { return true; }};
    const auto state = tools::replaceCopy(replacement, {.random = m_random, .clock = m_clock, .tool = world()});
    if (!state)
        qWarning("%s", qPrintable(base::describe(state.error())));
    return state && *state == tools::ReplacementState::Replaced;
}

base::Result<std::vector<std::unique_ptr<tools::ToolLock>>> OpenClawPeerTest::takeLocks()
{
    const auto plan = m_tool.writer()->lockPlan(place(), slot, world());
    if (!plan)
        return base::unexpected(plan.error());
    std::vector<std::unique_ptr<tools::ToolLock>> locks;
    for (const tools::LockSpec &spec : plan->locks) {
        if (spec.span != tools::LockSpec::Span::Refresh)
            continue;
        auto lock = takeToolLock(spec, {.clock = m_clock, .random = m_random});
        if (!lock)
            return base::unexpected(lock.error());
        locks.push_back(std::move(*lock));
    }
    return locks;
}

void OpenClawPeerTest::whatWeWrote_isRenewedByOpenClaw()
{
    QFETCH(QString, version);
    signIn(version);
    QVERIFY(m_tool.writer()
                ->objection(tools::CopyWriter::Purpose::Share, place(), slot, tools::fetchPlace(place()), world())
                .isEmpty());
    const QJsonObject ours = issued();
    QVERIFY(replaceWith(ours));
    const auto line = run({QStringLiteral("once")}).at(0);
    QCOMPARE(eventIn(line), QStringLiteral("refreshed"));
    QCOMPARE(line[QStringLiteral("spent")].toString(), shortOf(refreshTokenIn(ours)));
}

void OpenClawPeerTest::whatOpenClawWrote_isRead()
{
    QFETCH(QString, version);
    signIn(version);
    const auto line = run({QStringLiteral("once")}).at(0);
    QCOMPARE(eventIn(line), QStringLiteral("refreshed"));
    const auto there = reading();
    QCOMPARE(there.state, CopyState::Held);
    QVERIFY(!there.problem);
    QCOMPARE(there.account.email, QStringLiteral("ada@example.org"));
    QCOMPARE(shortOf(textOf(there.credential->tokens.refreshToken)), line[QStringLiteral("got")].toString());
    QCOMPARE(there.protection, profile::Protection::PrivateFile);
}

void OpenClawPeerTest::openClawWaitsForUs_andTakesWhatWeWrote()
{
    QFETCH(QString, version);
    signIn(version);
    auto locks = takeLocks();
    QVERIFY2(locks, locks ? "" : qPrintable(base::describe(locks.error())));
    QVERIFY(!locks->empty());
    const auto peer = start({QStringLiteral("once")}, QStringLiteral("300"));
    QVERIFY(!peer->waitForFinished(700)); // it would have been through long ago
    const QJsonObject ours = issued();
    QVERIFY(replaceWith(ours));
    locks->clear();
    QVERIFY(peer->waitForFinished(10000));
    const auto line = linesOf(*peer).at(0);
    QCOMPARE(eventIn(line), QStringLiteral("adopted"));
    QCOMPARE(line[QStringLiteral("got")].toString(), shortOf(refreshTokenIn(ours)));
}

void OpenClawPeerTest::weWaitForOpenClaw()
{
    QFETCH(QString, version);
    signIn(version);
    const auto peer = start({QStringLiteral("hold-lock"), QStringLiteral("1")});
    QVERIFY(peer->waitForReadyRead(5000));
    const auto refused = takeLocks();
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, base::ErrorKind::Locked);
    QVERIFY(peer->waitForFinished(5000));
    QVERIFY(takeLocks());
}

void OpenClawPeerTest::ofADeadOpenClaw_theLockIsTakenOver()
{
    QFETCH(QString, version);
    signIn(version);
    const auto peer = start({QStringLiteral("hold-lock"), QStringLiteral("30")});
    QVERIFY(peer->waitForReadyRead(5000));
    peer->kill();
    QVERIFY(peer->waitForFinished(5000));
    const bool isTold = version != QStringLiteral("2026.1.24"); // a directory tells its age alone
    QCOMPARE(takeLocks().has_value(), isTold);
}

void OpenClawPeerTest::manyOpenClaws_spendNothingTwice()
{
    QFETCH(QString, version);
    signIn(version);
    const int before = reuses();
    std::vector<std::unique_ptr<QProcess>> peers;
    for (int i = 0; i < 3; ++i)
        peers.push_back(
            start({QStringLiteral("--patience"), QStringLiteral("0.2"), QStringLiteral("loop"), QStringLiteral("4")},
                  QStringLiteral("4000000000")));
    int refreshed = 0;
    for (const auto &peer : peers) {
        QVERIFY(peer->waitForFinished(60000));
        for (const QJsonObject &line : linesOf(*peer)) {
            QVERIFY(eventIn(line) != QStringLiteral("locked-out"));
            refreshed += eventIn(line) == QStringLiteral("refreshed") ? 1 : 0;
        }
    }
    QVERIFY(refreshed > 0);
    QCOMPARE(reuses(), before);
}

// So that the test above is one.
void OpenClawPeerTest::withoutTheLock_somethingIsSpentTwice()
{
    signIn(QStringLiteral("2026.2.26"));
    const int before = reuses();
    std::vector<std::unique_ptr<QProcess>> peers;
    for (int i = 0; i < 3; ++i)
        peers.push_back(start({QStringLiteral("--lockless"), QStringLiteral("loop"), QStringLiteral("4")}));
    for (const auto &peer : peers)
        QVERIFY(peer->waitForFinished(30000));
    QVERIFY(reuses() > before);
}

void OpenClawPeerTest::linkedStore_isWrittenThroughTheLink()
{
    signIn(QStringLiteral("2026.6.1"));
    const QString file = m_home->path(QStringLiteral(".openclaw/agents/main/agent/auth-profiles.json"));
    const QString elsewhere = m_home->path(QStringLiteral("shared.json"));
    QVERIFY(QFile::rename(file, elsewhere));
    QVERIFY(QFile::link(elsewhere, file));
    QVERIFY(QFile::setPermissions(elsewhere, QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup));
    const QJsonObject ours = issued();
    QVERIFY(replaceWith(ours));
    QVERIFY(QFileInfo(file).isSymLink());
    QCOMPARE(QFileInfo(elsewhere).permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    QCOMPARE(run({QStringLiteral("once")}).at(0)[QStringLiteral("spent")].toString(), shortOf(refreshTokenIn(ours)));
}

void OpenClawPeerTest::loginLostOffline_isRescued()
{
    signIn(QStringLiteral("2026.9.6"));
    const tools::CopyReading before = reading();
    const profile::TokenSet &vault = before.credential->tokens;
    const base::Timestamp heldAt = m_clock.wallTime();
    m_endpoint = nobody;
    QCOMPARE(eventIn(run({QStringLiteral("once")}).at(0)), QStringLiteral("failed"));
    QCOMPARE(reading().state, CopyState::Fenced);
    QVERIFY(!replaceWith(issued())); // only what was put away

    const tools::CopyPlace there = place();
    const base::Timestamp failedAt = m_clock.wallTime();
    const auto judge = [&](const std::vector<tools::OfflineSpan> &offline) {
        return tools::judgeRescue(there, slot, tools::fetchPlace(there), vault,
                                  {.heldAt = heldAt, .failedAt = failedAt, .offline = offline});
    };
    QVERIFY(judge({}).matches);
    QVERIFY(!judge({}).whyNot.isEmpty());
    QVERIFY(judge({{.from = heldAt, .until = failedAt}}).whyNot.isEmpty());
    const tools::Replacement rescue{
        .tool = m_tool,
        .place = there,
        .slot = slot,
        .successor = {.tokens = vault, .account = before.account},
        .mayReplace = [](const tools::CopyReading &now) { return now.state == CopyState::Fenced; },
        .locks = tools::Replacement::Locks::All,
        .content = [&](const tools::Fetched &now) { return tools::restored(there, slot, now, vault); }};
    const auto state = tools::replaceCopy(rescue, {.random = m_random, .clock = m_clock, .tool = world()});
    QVERIFY2(state, state ? "" : qPrintable(base::describe(state.error())));
    QCOMPARE(*state, tools::ReplacementState::Replaced);

    m_endpoint = m_address + QStringLiteral("/anthropic/token");
    const auto line = run({QStringLiteral("once")}).at(0);
    QCOMPARE(eventIn(line), QStringLiteral("refreshed"));
    QCOMPARE(line[QStringLiteral("spent")].toString(), shortOf(textOf(vault.refreshToken)));
}

void OpenClawPeerTest::claimOfADeadOpenClaw_isLeftAlone()
{
    signIn(QStringLiteral("2026.9.6"));
    const tools::CopyReading before = reading();
    const auto peer = start({QStringLiteral("--die-after-claim"), QStringLiteral("once")});
    QVERIFY(peer->waitForFinished(10000));
    const tools::CopyReading there = reading();
    QCOMPARE(there.state, CopyState::Fenced);
    QCOMPARE(there.problem->kind, base::ErrorKind::Locked);
    QVERIFY(!m_tool.writer()
                 ->objection(tools::CopyWriter::Purpose::Share, place(), slot, tools::fetchPlace(place()), world())
                 .isEmpty());
    QVERIFY(!replaceWith(issued()));
    QVERIFY(!tools::restored(place(), slot, tools::fetchPlace(place()), before.credential->tokens));
    // Another OpenClaw leaves it alone too.
    const auto line = run({QStringLiteral("--patience"), QStringLiteral("0.005"), QStringLiteral("once")}).at(0);
    QCOMPARE(eventIn(line), QStringLiteral("fenced"));
    QCOMPARE(line[QStringLiteral("state")].toString(), QStringLiteral("pending"));
}

QTEST_GUILESS_MAIN(OpenClawPeerTest)
#include "openclawpeer.moc"
