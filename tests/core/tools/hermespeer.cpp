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
#include "core/tools/look.h"
#include "fakes/plainhttp.h"
#include "tools/hermes.h"
#include "tools/locks/toollock.h"
#include "tools/replacecopy.h"

using namespace keytender;
using namespace keytender::fetching;
using profile::CopyState;

namespace {

const QString anthropic = QStringLiteral("anthropic");
const QString codex = QStringLiteral("openai-codex");
const QString august = QStringLiteral("2026.8");
const QString september = QStringLiteral("2026.9");

QString shortOf(const QString &token)
{
    return QString::fromLatin1(QCryptographicHash::hash(token.toUtf8(), QCryptographicHash::Sha256).toHex().first(12));
}

// One that is due at once, and whose refresh token the server gave.
QJsonObject rowOf(const QString &provider, const QString &source, const QJsonObject &tokens)
{
    QJsonObject row{{QStringLiteral("id"), QStringLiteral("a1b2c3")},
                    {QStringLiteral("auth_type"), QStringLiteral("oauth")},
                    {QStringLiteral("priority"), 0},
                    {QStringLiteral("source"), source},
                    {QStringLiteral("access_token"), tokens[QStringLiteral("access_token")]},
                    {QStringLiteral("refresh_token"), tokens[QStringLiteral("refresh_token")]},
                    {QStringLiteral("last_status"), QStringLiteral("ok")},
                    {QStringLiteral("x_future"), QStringLiteral("kept")}};
    if (provider == anthropic)
        row.insert(QStringLiteral("expires_at_ms"), double(fixtureEnd.time_since_epoch().count()));
    else
        row.insert(QStringLiteral("last_refresh"), QStringLiteral("2026-11-12T11:00:00Z"));
    return row;
}

} // namespace

// The peer that stands in for Hermes, beside our writer and our locks.
class HermesPeerTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void init() { m_home = std::make_unique<fakes::TemporaryHome>(); }
    void whatWeWrote_isRenewedByHermes_data() { addStates(); }
    void whatWeWrote_isRenewedByHermes();
    void whatHermesWrote_isRead_data() { addStates(); }
    void whatHermesWrote_isRead();
    void hermesWaitsForUs_andSkipsItsRequest();
    void weWaitForHermes();
    void profileThatInherits_isWaitedForToo();
    void manyHermes_spendNothingTwice_data() { addLocking(); }
    void manyHermes_spendNothingTwice();
    void withoutTheLock_somethingIsSpentTwice();
    void linkedStore_isWrittenThroughTheLink_underHermesLock();
    void refusal_isKeptAsAStatus_untilALaterTokenComes();

private:
    static void addStates()
    {
        QTest::addColumn<QString>("provider");
        QTest::addColumn<QString>("version");
        for (const QString &provider : {anthropic, codex}) {
            for (const QString &version : {august, september})
                QTest::newRow(qPrintable(provider + u' ' + version)) << provider << version;
        }
    }
    static void addLocking() // August holds no lock across Anthropic's request
    {
        QTest::addColumn<QString>("provider");
        QTest::addColumn<QString>("version");
        QTest::newRow("Codex in August") << codex << august;
        QTest::newRow("Codex in September") << codex << september;
        QTest::newRow("Anthropic in September") << anthropic << september;
    }

    QJsonObject issued(const QString &provider);
    QString signIn(const QString &provider); // the refresh token that the store holds then
    [[nodiscard]] std::unique_ptr<QProcess> start(const QStringList &options, const QStringList &action) const;
    QList<QJsonObject> run(const QStringList &options, const QStringList &action);
    static QList<QJsonObject> linesOf(QProcess &process);
    [[nodiscard]] QStringList optionsFor(const QString &provider, const QString &version) const;
    [[nodiscard]] QByteArray rewritten(const QString &provider, const QJsonObject &tokens) const;
    [[nodiscard]] tools::CopyPlace place() const { return m_tool.locate(world()).places.front(); }
    [[nodiscard]] tools::ToolWorld world() const { return {.environment = m_home->environment(), .extraHomes = {}}; }
    [[nodiscard]] QString kindOf(const QString &provider) const
    {
        return provider == codex ? QStringLiteral("openai") : anthropic;
    }
    int reuses();

    const tools::Hermes m_tool{};
    const QString m_store = QStringLiteral(".hermes/auth.json");
    std::unique_ptr<fakes::TemporaryHome> m_home;
    QProcess m_server;
    QString m_address;
    fakes::PlainHttp m_http;
    base::SystemClock m_clock;
    base::SystemRandom m_random;
};

void HermesPeerTest::initTestCase()
{
    QVERIFY(base::initializeCrypto());
    m_server.start(QStringLiteral(KEYTENDER_PEERS "/tokenserver"), {QStringLiteral("--delay"), QStringLiteral("0.1")});
    QVERIFY(m_server.waitForReadyRead(10000));
    m_address = QStringLiteral("http://127.0.0.1:") + QString::fromLatin1(m_server.readLine().trimmed());
}

void HermesPeerTest::cleanupTestCase()
{
    m_server.closeWriteChannel();
    QVERIFY(m_server.waitForFinished(10000));
}

QJsonObject HermesPeerTest::issued(const QString &provider)
{
    return m_http.post(QUrl(m_address + u'/' + kindOf(provider) + QStringLiteral("/issue")), {}).json();
}

int HermesPeerTest::reuses()
{
    const QJsonObject counts = m_http.get(QUrl(m_address + QStringLiteral("/counts"))).json();
    return int(counts[QStringLiteral("reuses")].toArray().size());
}

QString HermesPeerTest::signIn(const QString &provider)
{
    const QJsonObject tokens = issued(provider);
    const QString source = provider == codex ? QStringLiteral("device_code") : QStringLiteral("hermes_pkce");
    QJsonObject states;
    if (provider == codex)
        states.insert(codex, QJsonObject{{QStringLiteral("tokens"), tokens},
                                         {QStringLiteral("last_refresh"), QStringLiteral("2026-11-12T11:00:00Z")}});
    const QJsonObject pool{{provider, QJsonArray{rowOf(provider, source, tokens)}}};
    m_home->write(m_store, QJsonDocument(QJsonObject{{QStringLiteral("version"), 1},
                                                     {QStringLiteral("providers"), states},
                                                     {QStringLiteral("credential_pool"), pool}})
                               .toJson());
    return tokens[QStringLiteral("refresh_token")].toString();
}

QStringList HermesPeerTest::optionsFor(const QString &provider, const QString &version) const
{
    return {QStringLiteral("--home"),           m_home->path(),
            QStringLiteral("--provider"),       provider,
            QStringLiteral("--version"),        version,
            QStringLiteral("--token-endpoint"), m_address + u'/' + kindOf(provider) + QStringLiteral("/token"),
            QStringLiteral("--window"),         QStringLiteral("4000000000")}; // whatever it holds is due
}

std::unique_ptr<QProcess> HermesPeerTest::start(const QStringList &options, const QStringList &action) const
{
    auto process = std::make_unique<QProcess>();
    process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process->start(QStringLiteral(KEYTENDER_PEERS "/hermes"), options + action);
    return process;
}

QList<QJsonObject> HermesPeerTest::linesOf(QProcess &process)
{
    QList<QJsonObject> lines;
    for (const QByteArray &line : process.readAllStandardOutput().trimmed().split('\n'))
        lines.append(QJsonDocument::fromJson(line).object());
    return lines;
}

QList<QJsonObject> HermesPeerTest::run(const QStringList &options, const QStringList &action)
{
    const auto process = start(options, action);
    if (!process->waitForFinished(30000) || process->exitCode() != 0)
        return {};
    return linesOf(*process);
}

QByteArray HermesPeerTest::rewritten(const QString &provider, const QJsonObject &answer) const
{
    profile::TokenSet tokens;
    tokens.accessToken = secretOf(answer[QStringLiteral("access_token")].toString().toUtf8());
    tokens.refreshToken = secretOf(answer[QStringLiteral("refresh_token")].toString().toUtf8());
    tokens.expiresAt = fixtureEnd + std::chrono::hours(8);
    const tools::Fetched fetched{
        .content = base::readFile(m_home->path(m_store), {.bytes = 1u << 20, .owner = world().environment.user}),
        .companions = {}};
    const auto after = m_tool.writer()->rewritten(place(), provider, fetched,
                                                  {.tokens = tokens, .account = {}, .acquiredAt = fixtureEnd});
    return after ? QByteArray(after->expose().data(), qsizetype(after->size())) : QByteArray();
}

void HermesPeerTest::whatWeWrote_isRenewedByHermes()
{
    QFETCH(QString, provider);
    QFETCH(QString, version);
    signIn(provider);
    const QJsonObject ours = issued(provider);
    m_home->write(m_store, rewritten(provider, ours));
    const auto lines = run(optionsFor(provider, version), {QStringLiteral("once")});
    QCOMPARE(lines.size(), 1);
    QCOMPARE(lines[0][QStringLiteral("event")].toString(), QStringLiteral("refreshed"));
    QCOMPARE(lines[0][QStringLiteral("spent")].toString(), shortOf(ours[QStringLiteral("refresh_token")].toString()));
}

void HermesPeerTest::whatHermesWrote_isRead()
{
    QFETCH(QString, provider);
    QFETCH(QString, version);
    const QString before = signIn(provider);
    const auto lines = run(optionsFor(provider, version), {QStringLiteral("once")});
    QCOMPARE(lines.at(0)[QStringLiteral("event")].toString(), QStringLiteral("refreshed"));
    QCOMPARE(lines.at(0)[QStringLiteral("spent")].toString(), shortOf(before));
    const auto readings = readFile(m_tool, place(), world().environment);
    QCOMPARE(readings.size(), 1u);
    QCOMPARE(readings[0].slot, provider);
    QCOMPARE(readings[0].state, CopyState::Held);
    const auto &token = readings[0].credential->tokens.refreshToken.expose();
    QCOMPARE(shortOf(QString::fromUtf8(token.data(), qsizetype(token.size()))),
             lines.at(0)[QStringLiteral("got")].toString());
    QVERIFY(!readings[0].problem);
    QVERIFY(m_home->read(m_store).contains("x_future") == (version == september));
}

void HermesPeerTest::hermesWaitsForUs_andSkipsItsRequest()
{
    signIn(codex);
    const auto plan = m_tool.writer()->lockPlan(place(), codex, world());
    QVERIFY(plan);
    QCOMPARE(plan->locks.size(), 1u);
    auto lock = takeToolLock(plan->locks[0], {.clock = m_clock, .random = m_random});
    QVERIFY(lock);
    QStringList options = optionsFor(codex, september);
    options.last() = QString::number(9 * 3600); // the server's tokens are due, and what is written below is not
    const auto peer = start(options, {QStringLiteral("once")});
    QVERIFY(!peer->waitForFinished(700)); // it would have been through long ago
    QJsonObject later = issued(codex);
    const auto part = [](const QByteArray &json) {
        return QString::fromLatin1(json.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
    };
    later.insert(QStringLiteral("access_token"),
                 part("{}") + u'.' + part("{\"exp\":4000000000}") + QStringLiteral(".x"));
    m_home->write(m_store, rewritten(codex, later));
    lock->reset();
    QVERIFY(peer->waitForFinished(5000));
    QCOMPARE(linesOf(*peer).at(0)[QStringLiteral("event")].toString(), QStringLiteral("adopted"));
}

void HermesPeerTest::weWaitForHermes()
{
    signIn(codex);
    const auto peer = start(optionsFor(codex, september), {QStringLiteral("hold-lock"), QStringLiteral("1")});
    QVERIFY(peer->waitForReadyRead(5000));
    const auto plan = m_tool.writer()->lockPlan(place(), codex, world());
    const tools::LockWorld locks{.clock = m_clock, .random = m_random};
    const auto refused = takeToolLock(plan->locks.at(0), locks);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, base::ErrorKind::Locked);
    QVERIFY(peer->waitForFinished(5000));
    QVERIFY(takeToolLock(plan->locks.at(0), locks));
}

// Its profile's lock comes first, and the root's is free as long as that one is not to be had.
void HermesPeerTest::profileThatInherits_isWaitedForToo()
{
    signIn(codex);
    m_home->write(QStringLiteral(".hermes/profiles/coder/config.yaml"), "model: x\n");
    const QStringList options =
        optionsFor(codex, september) + QStringList{QStringLiteral("--profile"), QStringLiteral("coder")};
    const auto lines = run(options, {QStringLiteral("once")});
    QCOMPARE(lines.at(0)[QStringLiteral("event")].toString(), QStringLiteral("refreshed"));
    QVERIFY(m_home->read(QStringLiteral(".hermes/profiles/coder/auth.json")).isEmpty()); // no slice of its own

    const auto peer = start(options, {QStringLiteral("hold-lock"), QStringLiteral("1")});
    QVERIFY(peer->waitForReadyRead(5000));
    const auto plan = m_tool.writer()->lockPlan(place(), codex, world());
    QCOMPARE(plan->locks.size(), 2u);
    QCOMPARE(takeToolLock(plan->locks[0], {.clock = m_clock, .random = m_random}).error().kind,
             base::ErrorKind::Locked);
    QVERIFY(peer->waitForFinished(5000));
}

void HermesPeerTest::manyHermes_spendNothingTwice()
{
    QFETCH(QString, provider);
    QFETCH(QString, version);
    signIn(provider);
    const int before = reuses();
    std::vector<std::unique_ptr<QProcess>> peers;
    for (int i = 0; i < 3; ++i)
        peers.push_back(start(optionsFor(provider, version), {QStringLiteral("loop"), QStringLiteral("4")}));
    int refreshed = 0;
    for (const auto &peer : peers) {
        QVERIFY(peer->waitForFinished(30000));
        for (const QJsonObject &line : linesOf(*peer)) {
            QVERIFY(line[QStringLiteral("event")] != QStringLiteral("locked-out"));
            refreshed += line[QStringLiteral("event")] == QStringLiteral("refreshed") ? 1 : 0;
        }
    }
    QCOMPARE(refreshed, 12); // everything is due, always
    QCOMPARE(reuses(), before);
}

// So that the test above is one.
void HermesPeerTest::withoutTheLock_somethingIsSpentTwice()
{
    signIn(codex);
    const int before = reuses();
    std::vector<std::unique_ptr<QProcess>> peers;
    const QStringList options = optionsFor(codex, september) + QStringList{QStringLiteral("--lockless")};
    for (int i = 0; i < 3; ++i)
        peers.push_back(start(options, {QStringLiteral("loop"), QStringLiteral("4")}));
    for (const auto &peer : peers)
        QVERIFY(peer->waitForFinished(30000));
    QVERIFY(reuses() > before);
}

// Some keep it among their dotfiles (#16743).
void HermesPeerTest::linkedStore_isWrittenThroughTheLink_underHermesLock()
{
    signIn(codex);
    const QString elsewhere = m_home->path(QStringLiteral("dotfiles.json"));
    QVERIFY(QFile::rename(m_home->path(m_store), elsewhere));
    QVERIFY(QFile::link(elsewhere, m_home->path(m_store)));
    QVERIFY(QFile::setPermissions(elsewhere, QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup));
    profile::TokenSet tokens;
    tokens.accessToken = base::Secret::copyOf("later-access");
    tokens.refreshToken = base::Secret::copyOf("later-refresh");
    const tools::CopyPlace store = place();
    const tools::Replacement replacement{.tool = m_tool,
                                         .place = store,
                                         .slot = codex,
                                         .successor = {.tokens = tokens, .account = {}, .acquiredAt = fixtureEnd},
                                         .mayReplace = [](const tools::CopyReading &) { return true; },
                                         .locks = tools::Replacement::Locks::All};
    const tools::ReplacementWorld around{.random = m_random, .clock = m_clock, .tool = world()};
    const auto peer = start(optionsFor(codex, september), {QStringLiteral("hold-lock"), QStringLiteral("1")});
    QVERIFY(peer->waitForReadyRead(5000));
    const auto held = replaceCopy(replacement, around);
    QVERIFY(!held);
    QCOMPARE(held.error().kind, base::ErrorKind::Locked);
    QVERIFY(peer->waitForFinished(5000));

    const auto replaced = replaceCopy(replacement, around);
    QVERIFY2(replaced, replaced ? "" : qPrintable(base::describe(replaced.error())));
    QCOMPARE(*replaced, tools::ReplacementState::Replaced);
    QVERIFY(QFileInfo(m_home->path(m_store)).isSymLink());
    QVERIFY(m_home->read(QStringLiteral("dotfiles.json")).contains("later-refresh"));
    QCOMPARE(QFileInfo(elsewhere).permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    QVERIFY(QFileInfo::exists(m_home->path(QStringLiteral(".hermes/auth.lock")))); // it stays
}

void HermesPeerTest::refusal_isKeptAsAStatus_untilALaterTokenComes()
{
    signIn(codex);
    QByteArray store = m_home->read(m_store);
    m_home->write(m_store, store.replace("\"rt_", "\"nobodys_"));
    const auto lines = run(optionsFor(codex, september), {QStringLiteral("once")});
    QCOMPARE(lines.at(0)[QStringLiteral("event")].toString(), QStringLiteral("locked-out"));
    const auto readings = readFile(m_tool, place(), world().environment);
    QCOMPARE(readings.at(0).state, CopyState::Held);
    QVERIFY(base::describe(*readings[0].problem).contains(QStringLiteral("no good")));
    QCOMPARE(run(optionsFor(codex, september), {QStringLiteral("once")}).at(0)[QStringLiteral("event")].toString(),
             QStringLiteral("signed-out"));

    // A later token is all that it waits for (#113023).
    m_home->write(m_store, rewritten(codex, issued(codex)));
    QVERIFY(!readFile(m_tool, place(), world().environment).at(0).problem);
    QCOMPARE(run(optionsFor(codex, september), {QStringLiteral("once")}).at(0)[QStringLiteral("event")].toString(),
             QStringLiteral("refreshed"));
}

QTEST_GUILESS_MAIN(HermesPeerTest)
#include "hermespeer.moc"
