// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/activitylog.h"

#include <QFileInfo>
#include <QSignalSpy>
#include <QTest>

#include <sqlite3.h>
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

// What somebody else wrote into the file.
void execute(const QString &path, const char *sql)
{
    sqlite3 *database = nullptr;
    QCOMPARE(sqlite3_open(qPrintable(path), &database), SQLITE_OK);
    char *fault = nullptr;
    QVERIFY2(sqlite3_exec(database, sql, nullptr, nullptr, &fault) == SQLITE_OK, fault);
    sqlite3_close(database);
}

constexpr base::Timestamp noon{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + std::chrono::hours{12}};

service::Deed renewal()
{
    using refresh::Step;
    return {.profile = QStringLiteral("own:google"),
            .kind = service::Deed::Kind::Refused,
            .detail = QStringLiteral("invalid_grant: Token has been revoked."),
            .attemptId = QStringLiteral("attempt-1"),
            .fingerprint = QStringLiteral("01234567"),
            .steps = {{Step::Locked, noon},
                      {Step::Sent, noon + std::chrono::milliseconds(20)},
                      {Step::Done, noon + std::chrono::milliseconds(320)}}};
}

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
    void aDeed_isThereAtOnceAndAfterARestart_withItsSteps();
    void deedsAndSightings_standInOneLine();
    void anOlderFile_keepsItsEntries_andTakesDeeds();
    void aLaterVersionsEntries_areToldAsSuch();
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

void ActivityLogTest::aDeed_isThereAtOnceAndAfterARestart_withItsSteps()
{
    fakes::TemporaryHome home;
    const QString path = home.path(QStringLiteral("state/activity.db"));
    const auto isWhole = [](const std::vector<service::Activity> &entries) {
        QCOMPARE(entries.size(), 1u);
        const service::Activity &entry = entries.front();
        QCOMPARE(entry.at, noon);
        QCOMPARE(entry.text, QStringLiteral("the provider has ended this sign-in"));
        QCOMPARE(entry.detail, QStringLiteral("invalid_grant: Token has been revoked."));
        QCOMPARE(entry.fingerprint, QStringLiteral("01234567"));
        QCOMPARE(entry.severity, profile::Severity::ActNow);
        QCOMPARE(entry.steps.size(), 3u);
        QCOMPARE(entry.steps.at(1).text, QStringLiteral("sent"));
        QCOMPARE(entry.steps.at(1).at, noon + std::chrono::milliseconds(20));
        QCOMPARE(entry.steps.at(2).text, QStringLiteral("done"));
    };
    {
        ActivityLog log(path);
        QSignalSpy added(&log, &ActivityLog::added);
        log.add(renewal(), noon);
        isWhole(log.of(QStringLiteral("own:google")));
        QVERIFY(added.wait());
        QCOMPARE(added.constFirst().constFirst().toString(), QStringLiteral("own:google"));
    }
    ActivityLog again(path);
    isWhole(again.of(QStringLiteral("own:google")));
}

void ActivityLogTest::deedsAndSightings_standInOneLine()
{
    ActivityLog log{QString()};
    log.add(sightingOf(QStringLiteral("own:google"), sync::Step::Import), noon);
    log.add(renewal(), noon + std::chrono::minutes{1});
    log.flush();
    log.add(sightingOf(QStringLiteral("own:google"), sync::Step::AdoptNewer), noon + std::chrono::minutes{2});
    const auto entries = log.of(QStringLiteral("own:google"));
    QCOMPARE(entries.size(), 3u);
    QCOMPARE(entries[0].text, QStringLiteral("the tool renewed its token"));
    QVERIFY(entries[0].steps.empty());
    QCOMPARE(entries[1].steps.size(), 3u);
    QCOMPARE(entries[2].text, QStringLiteral("found a login"));
}

void ActivityLogTest::anOlderFile_keepsItsEntries_andTakesDeeds()
{
    fakes::TemporaryHome home;
    home.write(QStringLiteral("state/activity.db"), "");
    const QString path = home.path(QStringLiteral("state/activity.db"));
    execute(path, "CREATE TABLE activity(id INTEGER PRIMARY KEY, at INTEGER NOT NULL, profile TEXT NOT NULL,"
                  " path TEXT NOT NULL, state INTEGER NOT NULL, step INTEGER NOT NULL, lineage TEXT NOT NULL,"
                  " note TEXT NOT NULL);"
                  "INSERT INTO activity(at, profile, path, state, step, lineage, note)"
                  " VALUES(1795348800000, 'own:google', '/p', 0, 2, '89abcdef', '');");
    for (int run = 1; run <= 2; ++run) {
        ActivityLog log(path);
        log.add(renewal(), noon);
        log.flush();
        QVERIFY2(!log.problem(), run == 1 ? "first" : "second");
        const auto entries = log.of(QStringLiteral("own:google"));
        QCOMPARE(entries.size(), static_cast<std::size_t>(run) + 1);
        QCOMPARE(entries.front().steps.size(), 3u);
        QCOMPARE(entries.back().text, QStringLiteral("the tool renewed its token"));
        QCOMPARE(entries.back().fingerprint, QStringLiteral("89abcdef"));
    }
}

void ActivityLogTest::aLaterVersionsEntries_areToldAsSuch()
{
    fakes::TemporaryHome home;
    const QString path = home.path(QStringLiteral("state/activity.db"));
    {
        ActivityLog log(path);
        log.add(renewal(), noon);
    }
    execute(path, "ALTER TABLE activity ADD COLUMN mood TEXT NOT NULL DEFAULT 'fine';"
                  "INSERT INTO activity(at, profile, path, state, step, lineage, note, deed, attempt, steps)"
                  " VALUES(1795348800000, 'own:google', '', 9, 99, '', 'because', 4711, 'b', '0@1 77@2 x@y 4@3');");
    ActivityLog log(path);
    log.add(renewal(), noon);
    log.flush();
    QVERIFY(!log.problem());
    const auto entries = log.of(QStringLiteral("own:google"));
    QCOMPARE(entries.size(), 3u);
    QCOMPARE(entries[1].text, QStringLiteral("something that only a later Keytender can tell"));
    QCOMPARE(entries[1].detail, QStringLiteral("because"));
    QCOMPARE(entries[1].steps.size(), 2u);
    QCOMPARE(entries[1].steps.at(1).text, QStringLiteral("sent"));
}

QTEST_GUILESS_MAIN(ActivityLogTest)
#include "activitylog.moc"
