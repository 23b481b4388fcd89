// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <memory>

#include <QCryptographicHash>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

#include "base/clock.h"
#include "base/random.h"
#include "core/tools/look.h"
#include "fakes/plainhttp.h"
#include "tools/kimi.h"
#include "tools/locks/toollock.h"
#include "tools/qwencode.h"
#include "tools/replacecopy.h"

using namespace keytender;
using namespace keytender::fetching;
using namespace std::chrono_literals;
using profile::CopyState;
using tools::CopyReading;

namespace {

QString shortOf(const QString &token)
{
    return QString::fromLatin1(QCryptographicHash::hash(token.toUtf8(), QCryptographicHash::Sha256).toHex().first(12));
}

QString eventOf(const QList<QJsonObject> &lines)
{
    return lines.isEmpty() ? QStringLiteral("nothing") : lines.last()[QStringLiteral("event")].toString();
}

} // namespace

// The peers that stand in for Kimi Code and Qwen Code, beside our writers and our locks.
class OtherPeersTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void whatWeWrote_isRenewedByThePeer_data() { addPeers(); }
    void whatWeWrote_isRenewedByThePeer();
    void whatThePeerWrote_isReadWhole_data() { addPeers(); }
    void whatThePeerWrote_isReadWhole();
    void peerWaitsForUs_andSkipsItsRequest_data() { addPeers(); }
    void peerWaitsForUs_andSkipsItsRequest();
    void weWaitForThePeer_data() { addPeers(); }
    void weWaitForThePeer();
    void refusal_isWrittenAsTheClientDoes_data() { addPeers(); }
    void refusal_isWrittenAsTheClientDoes();
    void severalPeers_spendNothingTwice();
    void withoutTheLock_somethingIsSpentTwice();
    void qwenThatExits_takesOurLockAway_andWeNotice();
    void kimisOtherKey_isGuardedByItsOwnLock();

private:
    static void addPeers()
    {
        QTest::addColumn<QString>("peer");
        QTest::addColumn<QString>("version");
        QTest::newRow("Kimi Code 2.1.0") << QStringLiteral("kimi") << QStringLiteral("2.1.0");
        QTest::newRow("Qwen Code 0.15.10") << QStringLiteral("qwen") << QStringLiteral("0.15.10");
        QTest::newRow("Qwen Code 0.24.4") << QStringLiteral("qwen") << QStringLiteral("0.24.4");
    }
    void take(const QString &peer); // a home of its own for this test

    [[nodiscard]] QJsonObject issued() const
    {
        return m_http->post(QUrl(m_address + QStringLiteral("/plain/issue")), {}).json();
    }
    [[nodiscard]] int reuses() const
    {
        return int(
            m_http->get(QUrl(m_address + QStringLiteral("/counts"))).json()[QStringLiteral("reuses")].toArray().size());
    }
    void signIn(const QString &refreshToken, base::Milliseconds left) const;
    [[nodiscard]] tools::ReplacementState replace(const QJsonObject &answer, base::Milliseconds left);
    [[nodiscard]] std::unique_ptr<QProcess> start(const QString &version, const QStringList &action) const;
    [[nodiscard]] QList<QJsonObject> run(const QString &version, const QStringList &action) const;
    static QList<QJsonObject> linesOf(QProcess &process);
    [[nodiscard]] tools::ToolWorld world() const { return {.environment = m_home->environment(), .extraHomes = {}}; }
    [[nodiscard]] tools::CopyPlace place() const { return m_tool->locate(world()).places.front(); }
    [[nodiscard]] tools::LockSpec lock() const { return m_tool->writer()->lockPlan(place(), {}, world())->locks.at(0); }
    [[nodiscard]] CopyReading reading() const;

    QString m_peer;
    std::unique_ptr<tools::Tool> m_tool;
    std::unique_ptr<fakes::TemporaryHome> m_home;
    QProcess m_server;
    QString m_address;
    std::unique_ptr<fakes::PlainHttp> m_http;
    base::SystemClock m_clock;
    base::SystemRandom m_random;
};

void OtherPeersTest::initTestCase()
{
    QVERIFY(base::initializeCrypto());
    m_http = std::make_unique<fakes::PlainHttp>();
    m_server.start(
        QStringLiteral(KEYTENDER_PEERS "/tokenserver"),
        {QStringLiteral("--delay"), QStringLiteral("0.1"), QStringLiteral("--lifetime"), QStringLiteral("900")});
    QVERIFY(m_server.waitForReadyRead(10000));
    m_address = QStringLiteral("http://127.0.0.1:") + QString::fromLatin1(m_server.readLine().trimmed());
}

void OtherPeersTest::cleanupTestCase()
{
    m_server.closeWriteChannel();
    QVERIFY(m_server.waitForFinished(10000));
}

void OtherPeersTest::take(const QString &peer)
{
    m_peer = peer;
    m_home = std::make_unique<fakes::TemporaryHome>();
    if (peer == QStringLiteral("qwen"))
        m_tool = std::make_unique<tools::QwenCode>();
    else
        m_tool = std::make_unique<tools::Kimi>(tools::Kimi::Client::Code);
}

// The record as the client's own sign-in leaves it.
void OtherPeersTest::signIn(const QString &refreshToken, base::Milliseconds left) const
{
    const auto ends = (m_clock.wallTime() + left).time_since_epoch().count();
    QJsonObject record{{QStringLiteral("access_token"), QStringLiteral("at-0")},
                       {QStringLiteral("refresh_token"), refreshToken},
                       {QStringLiteral("token_type"), QStringLiteral("Bearer")}};
    if (m_peer == QStringLiteral("qwen")) {
        record.insert(QStringLiteral("expiry_date"), double(ends));
        record.insert(QStringLiteral("resource_url"), QStringLiteral("portal.qwen.ai"));
    } else {
        record.insert(QStringLiteral("expires_at"), double(ends / 1000));
        record.insert(QStringLiteral("expires_in"), 900);
        record.insert(QStringLiteral("scope"), QStringLiteral("kimi-code"));
    }
    m_home->write(QDir(m_home->path()).relativeFilePath(place().path), QJsonDocument(record).toJson());
}

tools::ReplacementState OtherPeersTest::replace(const QJsonObject &answer, base::Milliseconds left)
{
    profile::TokenSet tokens;
    tokens.accessToken = secretOf(answer[QStringLiteral("access_token")].toString().toUtf8());
    tokens.refreshToken = secretOf(answer[QStringLiteral("refresh_token")].toString().toUtf8());
    tokens.expiresAt = m_clock.wallTime() + left;
    tokens.issuedAt = *tokens.expiresAt - 900s;
    const tools::CopyPlace where = place();
    const QString slot;
    const auto state = tools::replaceCopy({.tool = *m_tool,
                                           .place = where,
                                           .slot = slot,
                                           .successor = {.tokens = tokens, .account = {}},
                                           .mayReplace = [](const CopyReading &) { return true; }},
                                          {.random = m_random, .clock = m_clock, .tool = world()});
    if (!state)
        qWarning("%s", qPrintable(base::describe(state.error())));
    return state ? *state : tools::ReplacementState::ChangedMeanwhile;
}

std::unique_ptr<QProcess> OtherPeersTest::start(const QString &version, const QStringList &action) const
{
    auto process = std::make_unique<QProcess>();
    process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process->start(QStringLiteral(KEYTENDER_PEERS "/") + m_peer,
                   QStringList{QStringLiteral("--home"), m_home->path(), QStringLiteral("--version"), version,
                               QStringLiteral("--token-endpoint"), m_address + QStringLiteral("/plain/token")}
                       + action);
    return process;
}

QList<QJsonObject> OtherPeersTest::linesOf(QProcess &process)
{
    QList<QJsonObject> lines;
    for (const QByteArray &line : process.readAllStandardOutput().trimmed().split('\n'))
        lines.append(QJsonDocument::fromJson(line).object());
    return lines;
}

QList<QJsonObject> OtherPeersTest::run(const QString &version, const QStringList &action) const
{
    const auto process = start(version, action);
    return process->waitForFinished(30000) && process->exitCode() == 0 ? linesOf(*process) : QList<QJsonObject>();
}

tools::CopyReading OtherPeersTest::reading() const
{
    return std::move(readFile(*m_tool, place(), world().environment).front());
}

void OtherPeersTest::whatWeWrote_isRenewedByThePeer()
{
    QFETCH(QString, peer);
    QFETCH(QString, version);
    take(peer);
    signIn(QStringLiteral("gone"), -1h);
    QCOMPARE(replace(issued(), 800s), tools::ReplacementState::Replaced);
    QCOMPARE(eventOf(run(version, {QStringLiteral("once")})), QStringLiteral("valid")); // renewed early: nothing to do
    const QJsonObject ours = issued();
    QCOMPARE(replace(ours, 20s), tools::ReplacementState::Replaced);
    const auto lines = run(version, {QStringLiteral("once")});
    QCOMPARE(eventOf(lines), QStringLiteral("refreshed"));
    QCOMPARE(lines[0][QStringLiteral("spent")].toString(), shortOf(ours[QStringLiteral("refresh_token")].toString()));
}

void OtherPeersTest::whatThePeerWrote_isReadWhole()
{
    QFETCH(QString, peer);
    QFETCH(QString, version);
    take(peer);
    signIn(issued()[QStringLiteral("refresh_token")].toString(), 20s);
    const auto lines = run(version, {QStringLiteral("once")});
    QCOMPARE(eventOf(lines), QStringLiteral("refreshed"));
    const CopyReading after = reading();
    QCOMPARE(after.state, CopyState::Held);
    const auto token = after.credential->tokens.refreshToken.expose();
    QCOMPARE(shortOf(QString::fromUtf8(token.data(), qsizetype(token.size()))),
             lines[0][QStringLiteral("got")].toString());
    QVERIFY(*after.credential->tokens.expiresAt > m_clock.wallTime() + 800s);
    if (peer == QStringLiteral("kimi"))
        QCOMPARE(*after.credential->tokens.expiresAt - *after.credential->tokens.issuedAt, base::Milliseconds(900s));
    QVERIFY(!QFile::exists(lock().path)); // let go
}

void OtherPeersTest::peerWaitsForUs_andSkipsItsRequest()
{
    QFETCH(QString, peer);
    QFETCH(QString, version);
    take(peer);
    signIn(QStringLiteral("about to be spent by us"), 20s);
    auto ours = tools::takeToolLock(lock(), {.clock = m_clock, .random = m_random});
    QVERIFY(ours);
    const auto waiting = start(version, {QStringLiteral("once")});
    QVERIFY(!waiting->waitForFinished(700)); // it would have been through long ago
    QVERIFY((*ours)->isOurs());
    QCOMPARE(replace(issued(), 800s), tools::ReplacementState::Replaced);
    ours->reset();
    QVERIFY(waiting->waitForFinished(10000));
    QCOMPARE(eventOf(linesOf(*waiting)), QStringLiteral("adopted"));
}

void OtherPeersTest::weWaitForThePeer()
{
    QFETCH(QString, peer);
    QFETCH(QString, version);
    take(peer);
    signIn(QStringLiteral("r"), 20s);
    const auto holding = start(version, {QStringLiteral("hold-lock"), QStringLiteral("1")});
    QVERIFY(holding->waitForReadyRead(5000));
    const tools::LockWorld locks{.clock = m_clock, .random = m_random};
    const auto refused = tools::takeToolLock(lock(), locks);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, base::ErrorKind::Locked);
    QVERIFY(holding->waitForFinished(5000));
    QVERIFY(tools::takeToolLock(lock(), locks));
}

void OtherPeersTest::refusal_isWrittenAsTheClientDoes()
{
    QFETCH(QString, peer);
    QFETCH(QString, version);
    take(peer);
    signIn(QStringLiteral("never issued"), 20s);
    const auto lines = run(version, {QStringLiteral("once")});
    QCOMPARE(eventOf(lines), QStringLiteral("locked-out"));
    QCOMPARE(lines[0][QStringLiteral("code")].toString(), QStringLiteral("invalid_grant"));
    const bool isEmptied = peer == QStringLiteral("kimi");
    QCOMPARE(reading().state, isEmptied ? CopyState::Blank : CopyState::Absent);
}

void OtherPeersTest::severalPeers_spendNothingTwice()
{
    take(QStringLiteral("kimi"));
    signIn(issued()[QStringLiteral("refresh_token")].toString(), 20s);
    const int before = reuses();
    std::vector<std::unique_ptr<QProcess>> peers;
    for (int i = 0; i < 3; ++i)
        peers.push_back(start(QStringLiteral("2.1.0"), {QStringLiteral("--window"), QStringLiteral("4000000000"),
                                                        QStringLiteral("loop"), QStringLiteral("2")}));
    int refreshed = 0;
    for (const auto &peer : peers) {
        QVERIFY(peer->waitForFinished(60000));
        for (const QJsonObject &line : linesOf(*peer))
            refreshed += line[QStringLiteral("event")] == QStringLiteral("refreshed") ? 1 : 0;
    }
    QCOMPARE(refreshed, 6); // everything is due, always
    QCOMPARE(reuses(), before);
}

// So that the test above is one.
void OtherPeersTest::withoutTheLock_somethingIsSpentTwice()
{
    take(QStringLiteral("kimi"));
    signIn(issued()[QStringLiteral("refresh_token")].toString(), 20s);
    const int before = reuses();
    std::vector<std::unique_ptr<QProcess>> peers;
    for (int i = 0; i < 3; ++i)
        peers.push_back(start(QStringLiteral("2.1.0"),
                              {QStringLiteral("--lockless"), QStringLiteral("--window"), QStringLiteral("4000000000"),
                               QStringLiteral("loop"), QStringLiteral("4")}));
    for (const auto &peer : peers)
        QVERIFY(peer->waitForFinished(60000));
    QVERIFY(reuses() > before);
}

// F-07: one that has nothing to do, and never held it.
void OtherPeersTest::qwenThatExits_takesOurLockAway_andWeNotice()
{
    take(QStringLiteral("qwen"));
    signIn(QStringLiteral("r"), 1h);
    const auto ours = tools::takeToolLock(lock(), {.clock = m_clock, .random = m_random});
    QVERIFY(ours && (*ours)->isOurs());
    QCOMPARE(eventOf(run(QStringLiteral("0.24.4"), {QStringLiteral("once")})), QStringLiteral("valid"));
    QVERIFY(!(*ours)->isOurs());
}

void OtherPeersTest::kimisOtherKey_isGuardedByItsOwnLock()
{
    take(QStringLiteral("kimi"));
    m_home->write(QStringLiteral(".kimi-code/config.toml"),
                  "[providers.p]\noauth = { storage = \"file\", key = \"oauth/kimi-code-env-1\" }\n");
    const auto places = m_tool->locate(world()).places;
    QCOMPARE(places.size(), 2u);
    const auto spec = m_tool->writer()->lockPlan(places[1], places[1].slot, world())->locks.at(0);
    const auto holding = start(QStringLiteral("2.1.0"), {QStringLiteral("hold-lock"), QStringLiteral("1")});
    QVERIFY(holding->waitForReadyRead(5000));
    QVERIFY(QFile::exists(spec.path) && QFile::exists(spec.sentinel));
    QVERIFY(!QFile::exists(lock().path));
    QVERIFY(holding->waitForFinished(5000));
}

QTEST_GUILESS_MAIN(OtherPeersTest)
#include "otherpeers.moc"
