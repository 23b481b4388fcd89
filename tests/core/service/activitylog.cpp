// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/activitylog.h"

#include <QFileInfo>
#include <QSignalSpy>
#include <QTest>

#include <sys/stat.h>

#include "fakes/temporaryhome.h"

using namespace keytender;
using service::ActivityLog;

namespace {

sync::Sighting sightingOf(const QString &profile, sync::Step step)
{
    return {.profile = profile,
            .path = QStringLiteral("/home/u/.claude/.credentials.json"),
            .state = profile::CopyState::Held,
            .step = step,
            .lineage = base::Fingerprint::fromHex(u"0123456789abcdef0123456789abcdef"),
            .note = {}};
}

constexpr base::Timestamp noon{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + std::chrono::hours{12}};

} // namespace

class ActivityLogTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anEntry_isThereAtOnceAndAfterARestart();
    void theNewestComesFirst_andOnlyOfItsProfile();
    void theFile_isPrivateUnderAnyUmask_data();
    void theFile_isPrivateUnderAnyUmask();
    void whatCannotBeWritten_isKeptInMemoryAndSaid();
    void fingerprints_areShort();
};

void ActivityLogTest::anEntry_isThereAtOnceAndAfterARestart()
{
    fakes::TemporaryHome home;
    const QString path = home.path(QStringLiteral("state/activity.db"));
    {
        ActivityLog log(path);
        QVERIFY(!log.problem());
        QSignalSpy added(&log, &ActivityLog::added);
        log.add(sightingOf(QStringLiteral("claude-cli"), sync::Step::AdoptNewer), noon);
        QCOMPARE(log.of(QStringLiteral("claude-cli")).size(), 1u);
        QVERIFY(added.wait());
        QCOMPARE(log.of(QStringLiteral("claude-cli")).size(), 1u);
    }
    ActivityLog again(path);
    const auto entries = again.of(QStringLiteral("claude-cli"));
    QCOMPARE(entries.size(), 1u);
    QCOMPARE(entries.front().at, noon);
    QCOMPARE(entries.front().text, QStringLiteral("the tool renewed its token"));
    QCOMPARE(entries.front().path, QStringLiteral("/home/u/.claude/.credentials.json"));
}

void ActivityLogTest::theNewestComesFirst_andOnlyOfItsProfile()
{
    ActivityLog log{QString()};
    log.add(sightingOf(QStringLiteral("a"), sync::Step::Import), noon);
    log.add(sightingOf(QStringLiteral("b"), sync::Step::Import), noon);
    log.flush();
    log.add(sightingOf(QStringLiteral("a"), sync::Step::KeepThroughBlank), noon + std::chrono::minutes{1});
    const auto entries = log.of(QStringLiteral("a"));
    QCOMPARE(entries.size(), 2u);
    QCOMPARE(entries[0].text, QStringLiteral("the tool blanked its record"));
    QCOMPARE(entries[1].text, QStringLiteral("found a login"));
}

void ActivityLogTest::theFile_isPrivateUnderAnyUmask_data()
{
    QTest::addColumn<int>("mask");
    QTest::newRow("000") << 0;
    QTest::newRow("022") << 022;
    QTest::newRow("077") << 077;
}

void ActivityLogTest::theFile_isPrivateUnderAnyUmask() // S-01
{
    QFETCH(const int, mask);
    fakes::TemporaryHome home;
    const QString path = home.path(QStringLiteral("state/activity.db"));
    const mode_t before = umask(static_cast<mode_t>(mask));
    ActivityLog log(path);
    log.add(sightingOf(QStringLiteral("a"), sync::Step::Import), noon);
    log.flush();
    umask(before);
    for (const QString &suffix : {QString(), QStringLiteral("-wal"), QStringLiteral("-shm")}) {
        struct stat facts {};
        QCOMPARE(stat(qPrintable(path + suffix), &facts), 0);
        QCOMPARE(facts.st_mode & 0777, 0600u);
    }
    struct stat directory {};
    QCOMPARE(stat(qPrintable(QFileInfo(path).path()), &directory), 0);
    QCOMPARE(directory.st_mode & 0777, 0700u);
}

void ActivityLogTest::whatCannotBeWritten_isKeptInMemoryAndSaid() // F-84
{
    fakes::TemporaryHome home;
    home.write(QStringLiteral("state"), "a file where the directory should be");
    ActivityLog log(home.path(QStringLiteral("state/activity.db")));
    log.add(sightingOf(QStringLiteral("a"), sync::Step::Import), noon);
    log.flush();
    QVERIFY(log.problem());
    QVERIFY(log.problem()->subject.endsWith(QStringLiteral("state/activity.db")));
    QCOMPARE(log.of(QStringLiteral("a")).size(), 1u);
}

void ActivityLogTest::fingerprints_areShort()
{
    ActivityLog log{QString()};
    log.add(sightingOf(QStringLiteral("a"), sync::Step::Import), noon);
    log.flush();
    QCOMPARE(log.of(QStringLiteral("a")).front().fingerprint, QStringLiteral("01234567"));
}

QTEST_GUILESS_MAIN(ActivityLogTest)
#include "activitylog.moc"
