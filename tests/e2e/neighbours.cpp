// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// Real Keytenders beside scripted clients on the same logins, against a server that rotates strictly and revokes a
// family when a refresh token comes twice (G-2). KEYTENDER_LONG=1: a thousand refreshes; else forty.

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

#include "fakes/privatekeyring.h"
#include "neighbourhood.h"

using namespace keytender;
using e2e::PeerRound;
using e2e::Tender;
using e2e::TokenServer;
using e2e::ToolHome;

namespace {

constexpr int peersAtOnce = 4;

bool isLong()
{
    return qEnvironmentVariableIntValue("KEYTENDER_LONG") == 1;
}

// What the peers said, by event, and by tool where somebody lost a login.
struct Diary {
    std::map<QString, int> events;
    std::map<QString, int> lockedOut; // by peer and version
    void note(const ToolHome &home, const QJsonObject &event)
    {
        const QString name = event[QStringLiteral("event")].toString();
        ++events[name];
        if (name == QStringLiteral("locked-out"))
            ++lockedOut[home.peer + u' ' + home.version];
    }
    [[nodiscard]] int of(const char *event) const
    {
        const auto found = events.find(QString::fromLatin1(event));
        return found == events.end() ? 0 : found->second;
    }
};

bool isKeytender(const QString &who)
{
    return who.startsWith(QStringLiteral("Keytender"));
}

int sumOf(const QJsonObject &counts, const char *what, const std::function<bool(const QString &)> &whose)
{
    const QJsonObject each = counts[QString::fromLatin1(what)].toObject();
    int sum = 0;
    for (auto entry = each.begin(); entry != each.end(); ++entry)
        sum += whose(entry.key()) ? entry.value().toInt() : 0;
    return sum;
}

int allRefreshes(const QJsonObject &counts)
{
    return sumOf(counts, "refreshes", [](const QString &) { return true; });
}

int oursIn(const QJsonObject &counts)
{
    return sumOf(counts, "refreshes", isKeytender);
}

QByteArray shortHash(const QByteArray &token)
{
    return QCryptographicHash::hash(token, QCryptographicHash::Sha256).toHex().first(12);
}

} // namespace

class NeighboursTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void carelessPeers_areNoticed();
    void manyProcesses_refreshBesideOneAnother_withoutAReuse();

private:
    void addHomes(const ToolHome &like, int count);
    void addEverybody();
    void report(const QJsonObject &counts, const Diary &diary) const;
    [[nodiscard]] std::vector<QJsonObject> reusesIn(const QJsonObject &counts, bool amongLocks) const;

    std::unique_ptr<QTemporaryDir> m_root;
    std::vector<ToolHome> m_homes;
};

void NeighboursTest::addHomes(const ToolHome &like, int count)
{
    for (int number = 0; number < count; ++number) {
        ToolHome home = like;
        home.directory = m_root->filePath(QStringLiteral("home-%1").arg(m_homes.size()));
        m_homes.push_back(home);
    }
}

// Windows as short as the lives of the tokens. Keytender comes ahead of Codex, which locks nothing while it refreshes,
// and into the window of the others.
void NeighboursTest::addEverybody()
{
    const int scale = isLong() ? 6 : 1;
    const ToolHome claude{.tool = QStringLiteral("claude-code"),
                          .kind = QStringLiteral("anthropic"),
                          .peer = QStringLiteral("claude"),
                          .version = QStringLiteral("2.1.330"),
                          .window = 5};
    for (const char *version : {"2.0.76", "2.1.197", "2.1.330"}) {
        ToolHome home = claude;
        home.version = QString::fromLatin1(version);
        addHomes(home, 2 * scale);
    }
    // OpenClaw writes the end of a token five minutes early.
    for (const char *version : {"2026.2.26", "2026.6.1"})
        addHomes({.tool = QStringLiteral("openclaw"),
                  .kind = QStringLiteral("openclaw"),
                  .peer = QStringLiteral("openclaw"),
                  .version = QString::fromLatin1(version),
                  .window = 95},
                 scale);
    addHomes({.tool = QStringLiteral("kimi-code"),
              .kind = QStringLiteral("kimi"),
              .peer = QStringLiteral("kimi"),
              .version = QStringLiteral("2.1.0"),
              .window = 5},
             scale);
    addHomes({.tool = QStringLiteral("qwen-code"),
              .kind = QStringLiteral("qwen"),
              .peer = QStringLiteral("qwen"),
              .version = QStringLiteral("0.24.4"),
              .window = 5,
              .isKept = false},
             scale);
    const ToolHome codex{.tool = QStringLiteral("codex"),
                         .kind = QStringLiteral("openai"),
                         .peer = QStringLiteral("codex"),
                         .version = QStringLiteral("0.169.0"),
                         .window = 5,
                         .age = 30};
    addHomes(codex, 2 * scale);
    ToolHome careless = codex; // and nobody's window is heeded
    careless.version = QStringLiteral("0.165.0");
    careless.window = 40;
    careless.takesLocks = false;
    addHomes(careless, scale);
    careless = claude;
    careless.peer = QStringLiteral("lockless");
    careless.takesLocks = false;
    addHomes(careless, scale);
}

std::vector<QJsonObject> NeighboursTest::reusesIn(const QJsonObject &counts, bool amongLocks) const
{
    std::vector<QJsonObject> found;
    for (const QJsonValue &reuse : counts[QStringLiteral("reuses")].toArray()) {
        const int family = reuse[QStringLiteral("family")].toInt();
        const auto home = std::ranges::find_if(
            m_homes, [family](const ToolHome &each) { return std::ranges::count(each.families, family) > 0; });
        if (home != m_homes.end() && home->takesLocks == amongLocks)
            found.push_back(reuse.toObject());
    }
    return found;
}

void NeighboursTest::report(const QJsonObject &counts, const Diary &diary) const
{
    const int all = allRefreshes(counts);
    qInfo("%d refreshes: %d by Keytender, %d by peers; peers adopted %d and waited in vain %d times", all,
          oursIn(counts), all - oursIn(counts), diary.of("adopted"), diary.of("lock-timeout"));
    for (const bool amongLocks : {true, false}) {
        const auto reuses = reusesIn(counts, amongLocks);
        const auto ours = std::ranges::count_if(
            reuses, [](const QJsonObject &reuse) { return isKeytender(reuse[QStringLiteral("by")].toString()); });
        qInfo("logins of tools %s locks: %zu reuses, %d of them by Keytender", amongLocks ? "with" : "without",
              reuses.size(), int(ours));
        for (const QJsonObject &reuse : reuses)
            qInfo("  family %d (%s): by %s, spent by %s %.3f s before", reuse[QStringLiteral("family")].toInt(),
                  qPrintable(reuse[QStringLiteral("kind")].toString()),
                  qPrintable(reuse[QStringLiteral("by")].toString()),
                  qPrintable(reuse[QStringLiteral("spentBy")].toString()), reuse[QStringLiteral("after")].toDouble());
    }
    for (const auto &[peer, times] : diary.lockedOut)
        qInfo("locked out: %s, %d times", qPrintable(peer), times);
}

// The race can be lost: without locks it is, at once.
void NeighboursTest::carelessPeers_areNoticed()
{
    m_homes.clear();
    m_root = std::make_unique<QTemporaryDir>();
    TokenServer server(
        {QStringLiteral("--lifetime"), QStringLiteral("4"), QStringLiteral("--delay"), QStringLiteral("0.05")});
    QVERIFY(server.isRunning());
    const ToolHome careless{.tool = QStringLiteral("claude-code"),
                            .kind = QStringLiteral("anthropic"),
                            .peer = QStringLiteral("lockless"),
                            .version = QStringLiteral("0"),
                            .window = 60,
                            .takesLocks = false};
    addHomes(careless, 2);
    m_homes[1].directory = m_homes[0].directory; // two of them in one home
    m_homes[0].signIn(server);
    int lockedOut = 0;
    PeerRound peers(m_homes, server, [&](ToolHome &, const QJsonObject &event) {
        lockedOut += event[QStringLiteral("event")].toString() == QStringLiteral("locked-out") ? 1 : 0;
    });
    peers.begin(2);
    QTRY_VERIFY_WITH_TIMEOUT(lockedOut > 0, 20'000);
    peers.end();
    QVERIFY(!server.counts()[QStringLiteral("reuses")].toArray().isEmpty());
}

void NeighboursTest::manyProcesses_refreshBesideOneAnother_withoutAReuse()
{
    m_homes.clear();
    m_root = std::make_unique<QTemporaryDir>();
    TokenServer server({QStringLiteral("--lifetime"), QStringLiteral("8"), QStringLiteral("--lifetime"),
                        QStringLiteral("openai=60"), QStringLiteral("--lifetime"), QStringLiteral("openclaw=400"),
                        QStringLiteral("--delay"), QStringLiteral("0.05")});
    QVERIFY(server.isRunning());
    addEverybody();
    for (ToolHome &home : m_homes)
        home.signIn(server);

    Tender first(m_root->filePath(QStringLiteral("one")), QStringLiteral("Keytender-1"), m_homes, server);
    Tender second(m_root->filePath(QStringLiteral("two")), QStringLiteral("Keytender-2"), m_homes, server);
    for (Tender *tender : {&first, &second})
        QCOMPARE(tender->keepFresh(), QString());
    // On the first one's vault: it only looks.
    Tender onlooker(m_root->filePath(QStringLiteral("one")), QStringLiteral("Keytender-1"), m_homes, server);
    QCOMPARE(onlooker.keepFresh(), QString());

    Diary diary;
    PeerRound peers(m_homes, server, [&](ToolHome &home, const QJsonObject &event) {
        diary.note(home, event);
        if (!home.takesLocks && event[QStringLiteral("event")].toString() == QStringLiteral("locked-out"))
            home.signIn(server); // as a person would
    });
    first.start();
    second.start();
    onlooker.start();
    peers.begin(peersAtOnce);
    const int goal = isLong() ? 1000 : 40;
    const int most = isLong() ? 900'000 : 60'000; // ms
    QTRY_VERIFY2_WITH_TIMEOUT(allRefreshes(server.counts()) >= goal && oursIn(server.counts()) >= goal / 4, "", most);
    peers.end();
    for (Tender *tender : {&first, &second, &onlooker})
        QCOMPARE(tender->end(), QString());

    const QJsonObject counts = server.counts();
    report(counts, diary);
    for (const QJsonObject &reuse : reusesIn(counts, true))
        QVERIFY2(!isKeytender(reuse[QStringLiteral("by")].toString()), "Keytender spent a token twice");
    const QJsonArray current = counts[QStringLiteral("current")].toArray();
    for (const ToolHome &home : m_homes) {
        if (!home.takesLocks)
            continue;
        QVERIFY2(diary.lockedOut.count(home.peer + u' ' + home.version) == 0, qPrintable(home.peer));
        const QString held = QString::fromLatin1(shortHash(home.refreshToken()));
        QVERIFY2(held == current[home.families.back()].toString(), qPrintable(home.file()));
    }
}

int main(int argc, char *argv[])
{
    fakes::enterPrivateSession(argv);
    QCoreApplication application(argc, argv);
    NeighboursTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "neighbours.moc"
