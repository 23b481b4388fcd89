// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/openclawlocks.h"

#include <QTest>

#include "fakes/temporaryhome.h"

using namespace keytender;
using tools::Claw;
using tools::LockSpec;
using tools::OpenClawEvidence;
using tools::OpenClawLocking;

namespace {

OpenClawEvidence evidenceOf(const QString &installed, const QString &touchedBy, bool hasStateFile)
{
    return {.installed = tools::openClawVersionIn(installed),
            .touchedBy = tools::openClawVersionIn(touchedBy),
            .hasStateFile = hasStateFile};
}

// "refresh dir /x.lock", one for each lock.
QStringList wordsOf(const tools::LockPlan &plan)
{
    QStringList words;
    for (const LockSpec &lock : plan.locks)
        words.append(
            QStringLiteral("%1 %2 %3")
                .arg(lock.span == LockSpec::Span::Refresh ? QStringLiteral("refresh") : QStringLiteral("write"),
                     lock.kind == LockSpec::Kind::Directory ? QStringLiteral("dir") : QStringLiteral("pid"),
                     lock.path));
    return words;
}

const QString sha = QStringLiteral("/s/locks/oauth-refresh/sha256-"
                                   "26c673f0a17f8aa6f32a627651b0189e6e8964d8fec414eae99562c3e6fb1438.lock");
const QString fnv = QStringLiteral("/s/locks/oauth-refresh/lock-f712619b9abd45e6f9194be21fa1f582.lock");

} // namespace

Q_DECLARE_METATYPE(keytender::tools::OpenClawLocking)

class OpenClawLocksTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void refreshLocks_areNamedLikeTheirs_data();
    void refreshLocks_areNamedLikeTheirs();
    void locking_isToldFromTheInstallation_data();
    void locking_isToldFromTheInstallation();
    void plan_data();
    void plan();
    void fileLock_liesBesideWhatALinkLeadsTo();
    void installedVersion_isFoundThroughThePath();
    void version_isRead_data();
    void version_isRead();
};

void OpenClawLocksTest::refreshLocks_areNamedLikeTheirs_data()
{
    QTest::addColumn<QString>("provider");
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("name");
    const auto row = [](const char *provider, const char *id, const char *name) {
        QTest::newRow(id) << QString::fromLatin1(provider) << QString::fromLatin1(id) << QString::fromLatin1(name);
    };
    row("openai", "openai:work", "lock-f712619b9abd45e6f9194be21fa1f582"); // seen in 2026.9.6
    row("anthropic", "anthropic:default", "lock-d86ff71f0416cea6738a705bf801262d");
    row("openai-codex", "openai-codex:default", "lock-7b9da1f0ba485a46aaec13e8c09ceb27");
}

void OpenClawLocksTest::refreshLocks_areNamedLikeTheirs()
{
    QFETCH(QString, provider);
    QFETCH(QString, id);
    QTEST(tools::openClawShortRefreshLock(provider, id), "name");
    QCOMPARE(tools::openClawRefreshLock(QStringLiteral("openai"), QStringLiteral("openai:work")),
             QStringLiteral("sha256-26c673f0a17f8aa6f32a627651b0189e6e8964d8fec414eae99562c3e6fb1438"));
}

void OpenClawLocksTest::locking_isToldFromTheInstallation_data()
{
    QTest::addColumn<QString>("installed");
    QTest::addColumn<QString>("touchedBy");
    QTest::addColumn<bool>("hasStateFile");
    QTest::addColumn<OpenClawLocking>("expected");
    const auto row = [](const char *installed, const char *touchedBy, bool hasStateFile, OpenClawLocking expected) {
        QTest::addRow("%s, touched by %s, %d", installed, touchedBy, hasStateFile)
            << QString::fromLatin1(installed) << QString::fromLatin1(touchedBy) << hasStateFile << expected;
    };
    row("2026.1.24", "2026.1.24", false, OpenClawLocking::Directory);
    row("2026.2.12", "", false, OpenClawLocking::Directory);
    row("2026.2.12", "2026.3.13", false, OpenClawLocking::Unknown);
    row("2026.2.12", "", true, OpenClawLocking::Unknown);
    row("2026.2.14", "", false, OpenClawLocking::Unknown);
    row("2026.2.17", "", false, OpenClawLocking::PidFile);
    row("2026.3.24", "", false, OpenClawLocking::PidFile);
    row("2026.4.5", "", true, OpenClawLocking::PidFileAndRefresh);
    row("2026.6.1", "", true, OpenClawLocking::PidFileAndRefresh);
    row("2026.6.5", "", true, OpenClawLocking::NotRead);
    row("2026.9.6", "", false, OpenClawLocking::NotRead);
    row("", "", true, OpenClawLocking::PidFileAndRefresh);
    row("", "2026.3.13", false, OpenClawLocking::PidFileAndRefresh);
    row("", "2026.1.24", false, OpenClawLocking::Unknown);
    row("", "", false, OpenClawLocking::Unknown);
}

void OpenClawLocksTest::locking_isToldFromTheInstallation()
{
    QFETCH(QString, installed);
    QFETCH(QString, touchedBy);
    QFETCH(bool, hasStateFile);
    const OpenClawEvidence evidence = evidenceOf(installed, touchedBy, hasStateFile);
    QTEST(tools::openClawLocking(Claw::OpenClaw, false, evidence), "expected");
    QVERIFY(tools::openClawLocking(Claw::OpenClaw, true, evidence) == OpenClawLocking::Refresh);
    QVERIFY(tools::openClawLocking(Claw::CoderClaw, false, evidence) == OpenClawLocking::PidFile);
}

void OpenClawLocksTest::plan_data()
{
    QTest::addColumn<QString>("installed");
    QTest::addColumn<bool>("isDatabase");
    QTest::addColumn<bool>("isRenewed");
    QTest::addColumn<QStringList>("expected");
    const QString store = QStringLiteral("/s/agents/main/agent/auth-profiles.json.lock");
    const auto row = [](const char *installed, bool isDatabase, bool isRenewed, const QStringList &expected) {
        QTest::addRow("%s %d %d", installed, isDatabase, isRenewed)
            << QString::fromLatin1(installed) << isDatabase << isRenewed << expected;
    };
    const QString refreshPid = QStringLiteral("refresh pid ");
    row("2026.1.24", false, true, {QStringLiteral("refresh dir ") + store});
    row("2026.1.24", false, false, {QStringLiteral("write dir ") + store});
    row("2026.2.26", false, true, {refreshPid + store});
    row("2026.2.26", false, false, {QStringLiteral("write pid ") + store});
    row("2026.6.1", false, true, {refreshPid + sha, QStringLiteral("write pid ") + store});
    row("2026.6.1", false, false, {QStringLiteral("write pid ") + store});
    row("2026.6.11", true, true, {refreshPid + sha, refreshPid + fnv});
    row("2026.7.1", true, true, {refreshPid + fnv});
    row("2026.9.6", true, true, {refreshPid + fnv});
    row("2026.9.6", true, false, {});
    row("", true, true, {refreshPid + sha, refreshPid + fnv});
}

void OpenClawLocksTest::plan()
{
    QFETCH(QString, installed);
    QFETCH(bool, isDatabase);
    QFETCH(bool, isRenewed);
    tools::OpenClawStore store;
    store.stateDirectory = QStringLiteral("/s");
    store.agentDirectory = QStringLiteral("/s/agents/main/agent");
    store.place.path = QStringLiteral("/s/agents/main/agent/auth-profiles.json");
    if (isDatabase)
        store.place.cell.emplace();
    const OpenClawEvidence evidence = evidenceOf(installed, {}, false);
    const auto made = tools::openClawLockPlan(
        store, tools::openClawLocking(Claw::OpenClaw, isDatabase, evidence), evidence,
        {.provider = QStringLiteral("openai"), .profileId = QStringLiteral("openai:work"), .isRenewed = isRenewed});
    QTEST(wordsOf(made), "expected");
    for (const LockSpec &lock : made.locks) {
        const bool isStore = lock.path.endsWith(QStringLiteral("auth-profiles.json.lock"));
        QVERIFY(lock.stale == (isStore ? std::chrono::seconds{30} : std::chrono::seconds{180}));
        if (lock.kind == LockSpec::Kind::Directory)
            QVERIFY(lock.heartbeat > base::Milliseconds{0} && lock.heartbeat <= std::chrono::seconds{15});
        else if (isStore) // touching it helps nobody: its age stands in it
            QVERIFY(lock.longestHold > base::Milliseconds{0} && lock.longestHold < lock.stale);
    }
}

void OpenClawLocksTest::fileLock_liesBesideWhatALinkLeadsTo()
{
    const fakes::TemporaryHome home;
    const QString real = home.write(QStringLiteral("real/agent/auth-profiles.json"), "{}");
    const QString linked = home.path(QStringLiteral("linked.json"));
    QVERIFY(QFile::link(real, linked));
    tools::OpenClawStore store;
    store.place.path = linked;
    const auto plan = tools::openClawLockPlan(store, OpenClawLocking::Directory, {}, {});
    QCOMPARE(plan.locks.front().path, real + QStringLiteral(".lock"));
    const QString directory = home.path(QStringLiteral("linked"));
    QVERIFY(QFile::link(home.path(QStringLiteral("real/agent")), directory));
    store.place.path = directory + QStringLiteral("/auth-profiles.json");
    const auto later = tools::openClawLockPlan(store, OpenClawLocking::PidFile, {}, {});
    QCOMPARE(later.locks.front().path, real + QStringLiteral(".lock"));
}

void OpenClawLocksTest::installedVersion_isFoundThroughThePath()
{
    fakes::TemporaryHome home;
    base::Environment &environment = home.environment();
    environment.variables.insert(QStringLiteral("PATH"),
                                 home.path(QStringLiteral("nowhere")) + u':' + home.path(QStringLiteral("bin")));
    QVERIFY(!tools::installedOpenClaw(environment));
    const QString script =
        home.write(QStringLiteral("lib/node_modules/openclaw/openclaw.mjs"), "#!/usr/bin/env node\n");
    home.write(QStringLiteral("lib/node_modules/openclaw/package.json"),
               R"({"name":"openclaw","version":"2026.6.1-2"})");
    home.write(QStringLiteral("bin/other"), {});
    QVERIFY(QFile::link(script, home.path(QStringLiteral("bin/openclaw"))));
    QCOMPARE(tools::installedOpenClaw(environment)->text(), QStringLiteral("2026.6.1"));
}

void OpenClawLocksTest::version_isRead_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    QTest::newRow("plain") << QStringLiteral("2026.9.6") << QStringLiteral("2026.9.6");
    QTest::newRow("beta") << QStringLiteral("2026.2.12-beta.1") << QStringLiteral("2026.2.12");
    QTest::newRow("other") << QStringLiteral("1.2.3") << QString();
    QTest::newRow("long") << QStringLiteral("2026.9.12345") << QString();
    QTest::newRow("empty") << QString() << QString();
}

void OpenClawLocksTest::version_isRead()
{
    QFETCH(QString, text);
    const auto version = tools::openClawVersionIn(text);
    QTEST(version ? version->text() : QString(), "expected");
}

QTEST_GUILESS_MAIN(OpenClawLocksTest)
#include "openclawlocks.moc"
