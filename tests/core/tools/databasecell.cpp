// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/databasecell.h"

#include <QDir>
#include <QFileInfo>
#include <QTest>

#include <sys/stat.h>

#include "fakes/fakeclock.h"
#include "fetching.h"
#include "openclawhome.h"
#include "tools/openclaw.h"

using namespace keytender;
using fetching::secretOf;
using tools::ReplacementState;
using Database = fakes::OpenClawDatabase;

namespace {

const QByteArray login = fakes::openClawStore(
    R"("anthropic:default":{"type":"oauth","provider":"anthropic","access":"a-dummy-1","refresh":"r-dummy-1",)"
    R"("expires":1795345200000})");
const QString slot = QStringLiteral("anthropic:default");

QByteArray textOf(const tools::Fetched &fetched)
{
    const std::string_view text = fetched.content->bytes.expose();
    return QByteArray(text.data(), static_cast<qsizetype>(text.size()));
}

bool became(const base::Result<tools::ReplacementState> &result, tools::ReplacementState expected)
{
    return result && *result == expected;
}

} // namespace

class DatabaseCellTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void init()
    {
        m_home = std::make_unique<fakes::TemporaryHome>();
        m_asked.clear();
        m_kept.clear();
        m_keepingFails = false;
    }
    void cell_isReadLikeAFile_data() { addKinds(); }
    void cell_isReadLikeAFile();
    void whatLiesInTheLogOnly_isSeen();
    void logWithoutItsIndex_isSeen();
    void reading_changesNothing_data();
    void reading_changesNothing();
    void whatIsMissing_isNotFound_data();
    void whatIsMissing_isNotFound();
    void unknownVersion_isReadAndSaysSo_data();
    void unknownVersion_isReadAndSaysSo();
    void newerVersionWithoutTheCell_isNoAbsence();
    void storeElsewhere_isNotFound();
    void damagedDatabase_isAnError_data();
    void damagedDatabase_isAnError();
    void replacement_changesTheCellAndItsTimeAlone_data() { addKinds(); }
    void replacement_changesTheCellAndItsTimeAlone();
    void replacement_ofWhatChanged_isLeftAlone();
    void replacement_withTheSame_isAlreadyThere();
    void replacement_inAnUnknownVersion_isRefused_data();
    void replacement_inAnUnknownVersion_isRefused();
    void replacement_neverInsertsOrCreates();
    void replacement_whoseKeepingFails_writesNothing();
    void replacement_whileSomebodyWrites_failsSoon();
    void replacement_seesWhatAnotherWroteBefore();

private:
    static void addKinds()
    {
        QTest::addColumn<Database::Kind>("kind");
        QTest::addColumn<int>("version");
        QTest::newRow("shared, 2026.9.6") << Database::Kind::Shared << 18;
        QTest::newRow("agent, 2026.7.1") << Database::Kind::Agent << 1;
        QTest::newRow("agent, 2026.9.6") << Database::Kind::Agent << 23;
    }
    [[nodiscard]] QString make(Database::Kind kind, int version, const QByteArray &store = login) const
    {
        Database database(*m_home, kind, version);
        if (!store.isEmpty())
            database.put(store);
        return database.path();
    }
    [[nodiscard]] tools::CopyPlace placeOf(const QString &database) const
    {
        for (const tools::CopyPlace &place : m_tool.locate(world()).places) {
            if (place.cell && place.cell->file == database)
                return place;
        }
        qFatal("not located");
    }
    [[nodiscard]] tools::ToolWorld world() const { return {.environment = m_home->environment(), .extraHomes = {}}; }
    [[nodiscard]] tools::Fetched fetch(const tools::CopyPlace &place) const
    {
        return tools::fetchCell(place, m_home->environment().user);
    }
    enum class Answer { Yes, No };
    [[nodiscard]] base::Result<ReplacementState> replace(const tools::CopyPlace &place, Answer answer = Answer::Yes,
                                                         const char *access = "a-dummy-2")
    {
        m_tokens.accessToken = secretOf(access);
        m_tokens.refreshToken = secretOf("r-dummy-2");
        m_tokens.expiresAt = fetching::fixtureEnd + std::chrono::hours{8};
        const tools::Replacement replacement{.tool = m_tool,
                                             .place = place,
                                             .slot = slot,
                                             .successor = {.tokens = m_tokens, .account = m_account},
                                             .mayReplace =
                                                 [this, answer](const tools::CopyReading &reading) {
                                                     m_asked.push_back(reading.state);
                                                     return answer == Answer::Yes;
                                                 },
                                             .keepBefore = [this](const base::Secret &before) { return keep(before); }};
        return tools::replaceCell(replacement, {.random = m_random, .clock = m_clock, .tool = world()});
    }
    [[nodiscard]] base::Result<void> keep(const base::Secret &before)
    {
        m_kept = QByteArray(before.expose().data(), static_cast<qsizetype>(before.size()));
        if (m_keepingFails)
            return base::unexpected({.kind = base::ErrorKind::StorageFull, .subject = {}, .place = {}, .detail = {}});
        return {};
    }

    const tools::OpenClaw m_tool;
    std::unique_ptr<fakes::TemporaryHome> m_home;
    fakes::FakeClock m_clock;
    base::SystemRandom m_random;
    profile::TokenSet m_tokens;
    profile::Account m_account;
    std::vector<profile::CopyState> m_asked;
    QByteArray m_kept;
    bool m_keepingFails = false;
};

void DatabaseCellTest::cell_isReadLikeAFile()
{
    QFETCH(Database::Kind, kind);
    QFETCH(int, version);
    const auto fetched = fetch(placeOf(make(kind, version)));
    QVERIFY(fetched.content);
    QCOMPARE(textOf(fetched), login);
    QCOMPARE(fetched.content->facts.mode, mode_t{0600});
    QVERIFY(fetched.content->facts.modified == Database::writtenAt);
    QVERIFY(fetched.companions.empty());
}

void DatabaseCellTest::whatLiesInTheLogOnly_isSeen()
{
    Database database(*m_home, Database::Kind::Shared, 18);
    database.put(login);
    database.holdOpen();
    const QByteArray later = login + ' ';
    database.put(later);
    QVERIFY(QFileInfo(database.path() + QStringLiteral("-wal")).size() > 0);
    QCOMPARE(textOf(fetch(placeOf(database.path()))), later);
}

void DatabaseCellTest::logWithoutItsIndex_isSeen()
{
    Database database(*m_home, Database::Kind::Shared, 18);
    database.put(login);
    database.holdOpen();
    database.put(login + ' ');
    // As after a crash, or in a copy of the files: elsewhere, so that nobody's locks are in the way.
    fakes::TemporaryHome other;
    const QString copy = other.write(QStringLiteral(".openclaw/state/openclaw.sqlite"),
                                     m_home->read(QStringLiteral(".openclaw/state/openclaw.sqlite")));
    other.write(QStringLiteral(".openclaw/state/openclaw.sqlite-wal"),
                m_home->read(QStringLiteral(".openclaw/state/openclaw.sqlite-wal")));
    tools::CopyPlace place = placeOf(database.path());
    place.cell->file = copy;
    QCOMPARE(textOf(tools::fetchCell(place, other.environment().user)), login + ' ');
}

void DatabaseCellTest::reading_changesNothing_data()
{
    QTest::addColumn<bool>("isInUse");
    QTest::newRow("nobody has it open") << false;
    QTest::newRow("somebody has it open") << true;
}

void DatabaseCellTest::reading_changesNothing()
{
    QFETCH(bool, isInUse);
    Database database(*m_home, Database::Kind::Shared, 18);
    database.put(login);
    if (isInUse) {
        database.holdOpen();
        database.put(login + ' ');
    }
    const QString directory = QFileInfo(database.path()).path();
    const tools::CopyPlace place = placeOf(database.path());
    const QStringList before = fakes::filesWithTimes(directory);
    fakes::WriteWatch watch(directory);
    for (int i = 0; i < 5; ++i)
        QVERIFY(fetch(place).content);
    QCOMPARE(fakes::filesWithTimes(directory), before);
    QCOMPARE(watch.writes(), 0); // or our own watcher would wake us for ever
}

void DatabaseCellTest::whatIsMissing_isNotFound_data()
{
    QTest::addColumn<Database::Kind>("kind");
    QTest::addColumn<QString>("statement");
    QTest::newRow("row") << Database::Kind::Shared
                         << QStringLiteral("DELETE FROM config_machine_state WHERE state_key='authProfiles.store'");
    QTest::newRow("table, as in 2026.6.1")
        << Database::Kind::Shared << QStringLiteral("DROP TABLE config_machine_state");
    QTest::newRow("agent's row") << Database::Kind::Agent << QStringLiteral("DELETE FROM auth_profile_store");
    QTest::newRow("agent's table") << Database::Kind::Agent << QStringLiteral("DROP TABLE auth_profile_store");
}

void DatabaseCellTest::whatIsMissing_isNotFound()
{
    QFETCH(Database::Kind, kind);
    QFETCH(QString, statement);
    Database database(*m_home, kind, kind == Database::Kind::Shared ? 18 : 23);
    database.put(login);
    const tools::CopyPlace place = placeOf(database.path());
    database.run(statement);
    const auto fetched = fetch(place);
    QVERIFY(!fetched.content);
    QCOMPARE(fetched.content.error().kind, base::ErrorKind::NotFound);
    QCOMPARE(m_tool.read(place, fetched, fetching::now).front().state, profile::CopyState::Absent);
    QVERIFY(QFile::remove(database.path()));
    QCOMPARE(fetch(place).content.error().kind, base::ErrorKind::NotFound);
}

void DatabaseCellTest::unknownVersion_isReadAndSaysSo_data()
{
    QTest::addColumn<Database::Kind>("kind");
    QTest::addColumn<QString>("statement");
    QTest::newRow("newer") << Database::Kind::Shared << QStringLiteral("PRAGMA user_version = 19");
    QTest::newRow("older") << Database::Kind::Shared << QStringLiteral("PRAGMA user_version = 17");
    QTest::newRow("agent, between") << Database::Kind::Agent << QStringLiteral("PRAGMA user_version = 12");
    QTest::newRow("foreign role") << Database::Kind::Shared << QStringLiteral("UPDATE schema_meta SET role = 'agent'");
    QTest::newRow("no role") << Database::Kind::Shared << QStringLiteral("DROP TABLE schema_meta");
}

void DatabaseCellTest::unknownVersion_isReadAndSaysSo()
{
    QFETCH(Database::Kind, kind);
    QFETCH(QString, statement);
    Database database(*m_home, kind, kind == Database::Kind::Shared ? 18 : 23);
    database.put(login);
    database.run(statement);
    const tools::CopyPlace place = placeOf(database.path());
    const auto fetched = fetch(place);
    QVERIFY(fetched.content);
    QCOMPARE(fetched.companions.at(database.path()).error().kind, base::ErrorKind::UnknownVersion);
    const auto readings = m_tool.read(place, fetched, fetching::now);
    QCOMPARE(readings.front().state, profile::CopyState::Held);
    QCOMPARE(readings.front().problem->kind, base::ErrorKind::UnknownVersion);
    using Purpose = tools::CopyWriter::Purpose;
    for (const Purpose purpose : {Purpose::Share, Purpose::Feed})
        QVERIFY(!m_tool.writer()->objection(purpose, place, slot, fetched, world()).isEmpty());
}

void DatabaseCellTest::newerVersionWithoutTheCell_isNoAbsence()
{
    Database database(*m_home, Database::Kind::Shared, 19);
    const tools::CopyPlace place = placeOf(database.path());
    QCOMPARE(fetch(place).content.error().kind, base::ErrorKind::UnknownVersion);
    QCOMPARE(m_tool.read(place, fetch(place), fetching::now).front().state, profile::CopyState::Unreadable);
}

void DatabaseCellTest::storeElsewhere_isNotFound()
{
    Database database(*m_home, Database::Kind::Shared, 18);
    database.put(login);
    database.run(QStringLiteral("UPDATE config_machine_state SET value_json = '{\"location\":\"main-agent\"}' "
                                "WHERE state_key = 'auth.sharedStore'"));
    QCOMPARE(fetch(placeOf(database.path())).content.error().kind, base::ErrorKind::NotFound);
}

void DatabaseCellTest::damagedDatabase_isAnError_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<base::ErrorKind>("expected");
    QTest::newRow("empty") << QByteArray() << base::ErrorKind::Incomplete;
    QTest::newRow("text") << QByteArray("no database at all, and longer than its header would be: one hundred bytes"
                                        " and then some more")
                          << base::ErrorKind::Malformed;
    QTest::newRow("cut") << QByteArray("SQLite format 3\0", 16) << base::ErrorKind::Malformed;
}

void DatabaseCellTest::damagedDatabase_isAnError()
{
    QFETCH(QByteArray, content);
    QFETCH(base::ErrorKind, expected);
    const tools::CopyPlace place = placeOf(make(Database::Kind::Shared, 18));
    m_home->write(QStringLiteral(".openclaw/state/openclaw.sqlite"), content);
    const auto fetched = fetch(place);
    QVERIFY(!fetched.content);
    QCOMPARE(fetched.content.error().kind, expected);
    QCOMPARE(m_tool.read(place, fetched, fetching::now).front().state, profile::CopyState::Unreadable);
}

void DatabaseCellTest::replacement_changesTheCellAndItsTimeAlone()
{
    QFETCH(Database::Kind, kind);
    QFETCH(int, version);
    const QString path = make(kind, version);
    const QStringList before = Database::dump(path);
    const tools::CopyPlace place = placeOf(path);
    QVERIFY(became(replace(place), ReplacementState::Replaced));
    QCOMPARE(m_asked, std::vector{profile::CopyState::Held});
    QCOMPARE(m_kept, login);
    QByteArray expected = login;
    expected.replace("a-dummy-1", "a-dummy-2").replace("r-dummy-1", "r-dummy-2");
    expected.replace("1795345200000", QByteArray::number(qint64{1795345200000} + 8 * 3600000 - 300000));
    const auto fetched = fetch(place);
    QCOMPARE(textOf(fetched), expected);
    QVERIFY(fetched.content->facts.modified == m_clock.wallTime());
    QStringList after = Database::dump(path);
    after.replaceInStrings(QString::fromUtf8(expected), QString::fromUtf8(login));
    after.replaceInStrings(QString::number(m_clock.wallTime().time_since_epoch().count()),
                           QString::number(Database::writtenAt.time_since_epoch().count()));
    QCOMPARE(after, before); // INV-7
    QCOMPARE(fetched.content->facts.mode, mode_t{0600});
}

void DatabaseCellTest::replacement_ofWhatChanged_isLeftAlone()
{
    const QString path = make(Database::Kind::Shared, 18);
    const QStringList before = Database::dump(path);
    QVERIFY(became(replace(placeOf(path), Answer::No), ReplacementState::ChangedMeanwhile));
    QCOMPARE(Database::dump(path), before);
    QVERIFY(m_kept.isEmpty());
}

void DatabaseCellTest::replacement_withTheSame_isAlreadyThere()
{
    const QString path = make(Database::Kind::Shared, 18);
    QVERIFY(became(replace(placeOf(path)), ReplacementState::Replaced));
    const QStringList before = Database::dump(path);
    m_clock.advance(std::chrono::minutes{1});
    QVERIFY(became(replace(placeOf(path)), ReplacementState::AlreadyThere));
    QCOMPARE(Database::dump(path), before);
}

void DatabaseCellTest::replacement_inAnUnknownVersion_isRefused_data()
{
    unknownVersion_isReadAndSaysSo_data();
}

void DatabaseCellTest::replacement_inAnUnknownVersion_isRefused()
{
    QFETCH(Database::Kind, kind);
    QFETCH(QString, statement);
    Database database(*m_home, kind, kind == Database::Kind::Shared ? 18 : 23);
    database.put(login);
    database.run(statement);
    const QStringList before = Database::dump(database.path());
    const auto state = replace(placeOf(database.path()));
    QVERIFY(!state);
    QCOMPARE(state.error().kind, base::ErrorKind::UnknownVersion);
    QCOMPARE(Database::dump(database.path()), before);
}

void DatabaseCellTest::replacement_neverInsertsOrCreates()
{
    Database database(*m_home, Database::Kind::Shared, 18);
    const QStringList before = Database::dump(database.path());
    const tools::CopyPlace place = placeOf(database.path());
    QCOMPARE(replace(place).error().kind, base::ErrorKind::NotFound);
    QCOMPARE(Database::dump(database.path()), before);
    QVERIFY(QFile::remove(database.path()));
    QCOMPARE(replace(place).error().kind, base::ErrorKind::NotFound);
    QVERIFY(!QFile::exists(database.path()));
}

void DatabaseCellTest::replacement_whoseKeepingFails_writesNothing()
{
    const QString path = make(Database::Kind::Shared, 18);
    const QStringList before = Database::dump(path);
    m_keepingFails = true;
    QCOMPARE(replace(placeOf(path)).error().kind, base::ErrorKind::StorageFull);
    QCOMPARE(Database::dump(path), before);
}

void DatabaseCellTest::replacement_whileSomebodyWrites_failsSoon()
{
    Database database(*m_home, Database::Kind::Shared, 18);
    database.put(login);
    const tools::CopyPlace place = placeOf(database.path());
    database.holdOpen();
    database.run(QStringLiteral("BEGIN IMMEDIATE"));
    QElapsedTimer timer;
    timer.start();
    const auto state = replace(place);
    QVERIFY(timer.elapsed() < 3000);
    QVERIFY(!state);
    QCOMPARE(state.error().kind, base::ErrorKind::Locked);
    database.run(QStringLiteral("COMMIT"));
    QVERIFY(became(replace(place), ReplacementState::Replaced));
}

void DatabaseCellTest::replacement_seesWhatAnotherWroteBefore()
{
    Database database(*m_home, Database::Kind::Shared, 18);
    database.put(login);
    const tools::CopyPlace place = placeOf(database.path());
    database.holdOpen();
    QByteArray theirs = login;
    theirs.replace("r-dummy-1", "r-dummy-theirs");
    database.put(theirs);
    QVERIFY(became(replace(place), ReplacementState::Replaced));
    QCOMPARE(m_kept, theirs); // what it was asked about is what lay there in that moment
    QVERIFY(database.value().contains("a-dummy-2"));
}

Q_DECLARE_METATYPE(fakes::OpenClawDatabase::Kind)

QTEST_GUILESS_MAIN(DatabaseCellTest)
#include "databasecell.moc"
