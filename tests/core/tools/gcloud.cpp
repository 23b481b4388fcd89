// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/gcloud.h"

#include <chrono>
#include <optional>

#include <sys/stat.h>

#include "core/tools/fetching.h"
#include "core/tools/gcloudhome.h"
#include "core/tools/openclawhome.h"
#include "tools/copywriter.h"
#include "tools/databasecell.h"
#include "tools/renewcommand.h"

using namespace keytender;
using namespace std::chrono_literals;
using fakes::GcloudDatabase;
using fetching::fixtureEnd;
using fetching::holds;
using profile::CopyState;
using profile::CredentialKind;

namespace {

const QByteArray ada = "ada@example.test";
const QByteArray end = "2026-11-22 11:00:00.419891"; // 419 ms after the fixtures' end

QByteArray serviceAccount(const QByteArray &key)
{
    return R"({"type":"service_account","client_email":"robot@p.iam.gserviceaccount.com","private_key":")" + key
           + R"(","token_uri":"https://oauth2.googleapis.com/token"})";
}

} // namespace

class GcloudTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void init() { m_home = std::make_unique<fakes::TemporaryHome>(); }
    void accounts_areLogins();
    void row_isJudged_data();
    void row_isJudged();
    void token_isJudged_data();
    void token_isJudged();
    void accountsRow_isFoundInBothWordings_data();
    void accountsRow_isFoundInBothWordings();
    void missingTokens_areNone_andMissingCredentialsNoLogin();
    void databaseThatIsNone_isUnreadable_data();
    void databaseThatIsNone_isUnreadable();
    void tokensThatCannotBeRead_areNoAbsence();
    void lockedDatabase_isNoAbsence();
    void whatLiesInALogOnly_isSeen();
    void interruptedWrite_isNoAbsence();
    void reading_changesNothing();
    void eitherFile_isAChange();
    void protection_isTheWorseOfBoth();
    void command_namesTheAccountAndTheHome_data();
    void command_namesTheAccountAndTheHome();
    void command_withoutAnAccount_isAnError();
    void writer_refusesEverything();

private:
    [[nodiscard]] tools::ToolWorld world() const { return {.environment = m_home->environment(), .extraHomes = {}}; }
    [[nodiscard]] tools::CopyPlace place() const { return m_tool.locate(world()).places.front(); }
    [[nodiscard]] std::vector<tools::CopyReading> look() const
    {
        return m_tool.read(place(), tools::fetchCell(place(), m_home->environment().user), fetching::now);
    }

    const tools::Gcloud m_tool;
    std::unique_ptr<fakes::TemporaryHome> m_home;
};

void GcloudTest::accounts_areLogins()
{
    const auto credentials = GcloudDatabase::credentials(*m_home);
    const auto tokens = GcloudDatabase::tokens(*m_home);
    credentials.put(ada, fakes::gcloudUser("1//dummy-ada"));
    credentials.put("bob@example.test#u.example", fakes::gcloudUser("1//dummy-bob"));
    credentials.put("robot@p.iam.gserviceaccount.com", serviceAccount("dummy-key\\nline"));
    tokens.put(ada, "ya29.dummy-ada", end);
    tokens.put("bob@example.test", "ya29.dummy-another-universe", end);
    const auto readings = look();
    QCOMPARE(fetching::idsOf(m_tool, place(), readings),
             (QStringList{QStringLiteral("gcloud-cli:ada%40example.test"),
                          QStringLiteral("gcloud-cli:bob%40example.test#u.example"),
                          QStringLiteral("gcloud-cli:robot%40p.iam.gserviceaccount.com")}));
    const tools::CopyReading &first = readings[0];
    QCOMPARE(first.state, CopyState::Held);
    QCOMPARE(first.credential->kind, CredentialKind::OAuth);
    QVERIFY(holds(first.credential->tokens.refreshToken, "1//dummy-ada"));
    QVERIFY(holds(first.credential->tokens.accessToken, "ya29.dummy-ada"));
    QVERIFY(first.credential->tokens.expiresAt == fixtureEnd + 419ms);
    QCOMPARE(first.credential->tokens.scopes.size(), 2);
    QCOMPARE(first.account.email, QString::fromLatin1(ada));
    QCOMPARE(first.label, QStringLiteral("gcloud · ada@example.test"));
    QCOMPARE(first.protection, profile::Protection::PrivateFile);
    QVERIFY(!first.problem);
    QVERIFY(readings[1].credential->tokens.accessToken.isEmpty()); // what lies there is of another universe
    QCOMPARE(readings[1].account.email, QStringLiteral("bob@example.test"));
    QCOMPARE(readings[2].credential->kind, CredentialKind::Token);
    QVERIFY(holds(readings[2].credential->tokens.accessToken, "dummy-key\nline"));
    QVERIFY(readings[2].credential->tokens.refreshToken.isEmpty());
    QVERIFY(!readings[2].credential->tokens.expiresAt);
}

void GcloudTest::row_isJudged_data()
{
    QTest::addColumn<QByteArray>("value"); // null = NULL
    QTest::addColumn<CopyState>("state");
    const auto row = [](const char *name, const QByteArray &value, CopyState state) {
        QTest::newRow(name) << value << state;
    };
    row("user", fakes::gcloudUser("r"), CopyState::Held);
    row("workforce user", R"({"type":"external_account_authorized_user","refresh_token":"r"})", CopyState::Held);
    row("emptied", fakes::gcloudUser(""), CopyState::Blank);
    row("user without a refresh token", R"({"type":"authorized_user"})", CopyState::Unreadable);
    row("refresh token a number", R"({"type":"authorized_user","refresh_token":1})", CopyState::Unreadable);
    row("P12", R"({"type":"service_account_p12","private_key":"AAAA","password":"p"})", CopyState::Held);
    row("service account without a key", R"({"type":"service_account"})", CopyState::Unreadable);
    row("service account with an empty key", serviceAccount(""), CopyState::Unreadable);
    row("federation", R"({"type":"external_account","audience":"x"})", CopyState::Held);
    row("the machine's own", R"({"type":"gce"})", CopyState::Absent);
    row("unknown type", R"({"type":"quantum"})", CopyState::Unreadable);
    row("no type", R"({"refresh_token":"r"})", CopyState::Unreadable);
    row("cut off", R"({"type":"authorized_user","refresh_to)", CopyState::Unreadable);
    row("a list", "[]", CopyState::Unreadable);
    row("empty", "", CopyState::Unreadable);
    row("NULL", {}, CopyState::Unreadable);
}

void GcloudTest::row_isJudged()
{
    QFETCH(QByteArray, value);
    const auto credentials = GcloudDatabase::credentials(*m_home);
    GcloudDatabase::tokens(*m_home).put("x", "ya29.dummy", end);
    credentials.put(ada, fakes::gcloudUser("1//dummy-ada"));
    credentials.put("x", value);
    if (value.isNull())
        credentials.run("UPDATE credentials SET value = NULL WHERE account_id = 'x'");
    const auto readings = look();
    QCOMPARE(readings.front().state, CopyState::Held); // whatever becomes of another one
    if (readings.size() == 1)
        QTEST(CopyState::Absent, "state");
    else
        QTEST(readings[1].state, "state");
    for (const tools::CopyReading &reading : readings) {
        if (reading.state == CopyState::Unreadable)
            QVERIFY(base::describe(*reading.problem).contains(QStringLiteral("credentials.db")));
        if (reading.state == CopyState::Held && !reading.credential->tokens.refreshToken.isEmpty())
            QCOMPARE(reading.credential->kind, CredentialKind::OAuth);
    }
}

void GcloudTest::token_isJudged_data()
{
    QTest::addColumn<QByteArray>("set");
    QTest::addColumn<CopyState>("state");
    QTest::addColumn<std::optional<base::Timestamp>>("expiresAt");
    QTest::addColumn<bool>("hasToken");
    using Time = std::optional<base::Timestamp>;
    const auto row = [](const char *name, const QByteArray &set, Time expiresAt, bool hasToken) {
        QTest::newRow(name) << set << CopyState::Held << expiresAt << hasToken;
    };
    const auto fault = [](const char *name, const QByteArray &set) {
        QTest::newRow(name) << set << CopyState::Unreadable << Time() << false;
    };
    row("whole second", "token_expiry = '2026-11-22 11:00:00'", fixtureEnd, true);
    row("says its zone", "token_expiry = '2026-11-22 12:00:00+01:00'", fixtureEnd, true);
    row("long expired", "token_expiry = '2026-11-20 11:00:00.1'", fixtureEnd - 48h + 100ms, true);
    row("no end", "token_expiry = NULL", {}, true);
    row("token NULL, as with a proof of a fresh sign-in alone", "access_token = NULL", {}, false);
    row("token empty", "access_token = ''", {}, false);
    row("row of somebody else", "account_id = 'adam@example.test'", {}, false);
    row("bytes for a text", "access_token = CAST(access_token AS BLOB)", fixtureEnd + 419ms, true);
    fault("end no date", "token_expiry = 'soon'");
    fault("end empty", "token_expiry = ''");
    fault("end a number", "token_expiry = 1795345200");
}

void GcloudTest::token_isJudged()
{
    QFETCH(QByteArray, set);
    GcloudDatabase::credentials(*m_home).put(ada, fakes::gcloudUser("1//dummy-ada"));
    const auto tokens = GcloudDatabase::tokens(*m_home);
    tokens.put(ada, "ya29.dummy-ada", end);
    tokens.run("UPDATE access_tokens SET " + set);
    const auto readings = look();
    QCOMPARE(readings.size(), std::size_t{1});
    QTEST(readings.front().state, "state");
    if (readings.front().state == CopyState::Unreadable) {
        QVERIFY(base::describe(*readings.front().problem).contains(QStringLiteral("access_tokens.db")));
        return;
    }
    QFETCH(std::optional<base::Timestamp>, expiresAt);
    QVERIFY(readings.front().credential->tokens.expiresAt == expiresAt);
    QTEST(!readings.front().credential->tokens.accessToken.isEmpty(), "hasToken");
    QCOMPARE(readings.front().credential->kind, CredentialKind::OAuth);
}

void GcloudTest::accountsRow_isFoundInBothWordings_data()
{
    QTest::addColumn<QByteArray>("credentialsRow");
    QTest::addColumn<QByteArray>("tokensRow");
    const QByteArray named = ada + "#googleapis.com";
    QTest::newRow("named in neither") << ada << ada;
    QTest::newRow("named in the first") << named << ada; // as it was seen
    QTest::newRow("named in the second") << ada << named;
    QTest::newRow("named in both") << named << named;
}

void GcloudTest::accountsRow_isFoundInBothWordings()
{
    QFETCH(QByteArray, credentialsRow);
    QFETCH(QByteArray, tokensRow);
    const auto credentials = GcloudDatabase::credentials(*m_home);
    if (credentialsRow != ada) // of an earlier version: gcloud takes the later row, and so do we
        credentials.put(ada, fakes::gcloudUser("1//dummy-older"));
    credentials.put(credentialsRow, fakes::gcloudUser("1//dummy-ada"));
    GcloudDatabase::tokens(*m_home).put(tokensRow, "ya29.dummy-ada", end);
    const auto readings = look();
    QCOMPARE(readings.size(), std::size_t{1});
    QCOMPARE(readings.front().slot, QStringLiteral("ada%40example.test"));
    QVERIFY(holds(readings.front().credential->tokens.refreshToken, "1//dummy-ada"));
    QVERIFY(holds(readings.front().credential->tokens.accessToken, "ya29.dummy-ada"));
}

void GcloudTest::missingTokens_areNone_andMissingCredentialsNoLogin()
{
    QCOMPARE(look().front().state, CopyState::Absent);
    const auto credentials = GcloudDatabase::credentials(*m_home);
    QCOMPARE(look().front().state, CopyState::Absent); // signed out
    credentials.put(ada, fakes::gcloudUser("1//dummy-ada"));
    const auto readings = look();
    QCOMPARE(readings.front().state, CopyState::Held);
    QVERIFY(readings.front().credential->tokens.accessToken.isEmpty());
    QVERIFY(!readings.front().credential->tokens.expiresAt);
}

void GcloudTest::databaseThatIsNone_isUnreadable_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("statement"); // or the file's content, if it is not SQL
    QTest::addColumn<base::ErrorKind>("kind");
    for (const QString &name : {QStringLiteral("credentials"), QStringLiteral("access_tokens")}) {
        const QString file = name + QStringLiteral(".db");
        const QByteArray table = name.toLatin1();
        const auto row = [&](const char *what, const QByteArray &statement, base::ErrorKind kind) {
            QTest::newRow((table + ", " + what).constData()) << file << statement << kind;
        };
        row("no table", "DROP TABLE " + table, base::ErrorKind::UnknownVersion);
        row("a column of another name",
            "ALTER TABLE " + table + " RENAME COLUMN "
                + (name.startsWith(u'c') ? QByteArray("value") : QByteArray("token_expiry")) + " TO other",
            base::ErrorKind::UnknownVersion);
        row("no account column", "ALTER TABLE " + table + " RENAME COLUMN account_id TO who",
            base::ErrorKind::UnknownVersion);
        row("empty file", "", base::ErrorKind::Incomplete);
        row("a text", QByteArray("no database").repeated(40), base::ErrorKind::Malformed);
        row("cut", QByteArray("SQLite format 3\0", 16), base::ErrorKind::Malformed);
    }
}

void GcloudTest::databaseThatIsNone_isUnreadable()
{
    QFETCH(QString, file);
    QFETCH(QByteArray, statement);
    const auto credentials = GcloudDatabase::credentials(*m_home);
    const auto tokens = GcloudDatabase::tokens(*m_home);
    credentials.put(ada, fakes::gcloudUser("1//dummy-ada"));
    tokens.put(ada, "ya29.dummy-ada", end);
    const bool isSql = statement.startsWith("DROP") || statement.startsWith("ALTER");
    if (isSql)
        (file.startsWith(u'c') ? credentials : tokens).run(statement);
    else
        m_home->write(fakes::gcloudHome + u'/' + file, statement);
    const auto readings = look();
    QCOMPARE(readings.size(), std::size_t{1});
    QCOMPARE(readings.front().state, CopyState::Unreadable);
    QTEST(readings.front().problem->kind, "kind");
    QVERIFY(readings.front().problem->subject.endsWith(file));
}

void GcloudTest::tokensThatCannotBeRead_areNoAbsence()
{
    const auto credentials = GcloudDatabase::credentials(*m_home);
    credentials.put(ada, fakes::gcloudUser("1//dummy-ada"));
    credentials.put("robot", serviceAccount("dummy-key"));
    m_home->write(fakes::gcloudHome + QStringLiteral("/access_tokens.db"), "nothing of the kind, and long enough");
    const auto readings = look();
    QCOMPARE(readings[0].state, CopyState::Unreadable);
    QCOMPARE(readings[0].slot, QStringLiteral("ada%40example.test")); // it stays this login's trouble
    QCOMPARE(readings[1].state, CopyState::Held);                     // and needs none of them
}

void GcloudTest::lockedDatabase_isNoAbsence()
{
    auto credentials = GcloudDatabase::credentials(*m_home);
    auto tokens = GcloudDatabase::tokens(*m_home);
    credentials.put(ada, fakes::gcloudUser("1//dummy-ada"));
    for (GcloudDatabase *database : {&credentials, &tokens}) {
        database->holdOpen();
        database->run("BEGIN EXCLUSIVE");
        const auto readings = look();
        QCOMPARE(readings.front().state, CopyState::Unreadable);
        QCOMPARE(readings.front().problem->kind, base::ErrorKind::Incomplete); // F-11: worth another look
        QCOMPARE(readings.front().problem->subject, database->path());
        database->run("COMMIT");
        database->letGo();
        QCOMPARE(look().front().state, CopyState::Held);
    }
}

void GcloudTest::whatLiesInALogOnly_isSeen()
{
    GcloudDatabase::credentials(*m_home).put(ada, fakes::gcloudUser("1//dummy-ada"));
    auto tokens = GcloudDatabase::tokens(*m_home);
    tokens.run("PRAGMA journal_mode = WAL"); // gcloud leaves it to whoever set it
    tokens.put(ada, "ya29.dummy-old", "2026-11-22 10:00:00");
    tokens.holdOpen();
    tokens.put(ada, "ya29.dummy-ada", end);
    QVERIFY(QFileInfo(tokens.path() + QStringLiteral("-wal")).size() > 0);
    QVERIFY(holds(look().front().credential->tokens.accessToken, "ya29.dummy-ada"));
}

// The journal of a writer that died must be rolled back before anybody reads, and that would be a write.
void GcloudTest::interruptedWrite_isNoAbsence()
{
    GcloudDatabase::credentials(*m_home).put(ada, fakes::gcloudUser("1//dummy-ada"));
    auto tokens = GcloudDatabase::tokens(*m_home);
    tokens.put(ada, "ya29.dummy-ada", end);
    tokens.holdOpen();
    tokens.run("PRAGMA cache_size = 1; PRAGMA cache_spill = 1; BEGIN IMMEDIATE");
    for (int i = 0; i < 50; ++i) // until it spills
        tokens.put("other" + QByteArray::number(i), QByteArray(4000, 'x'), end);
    const QString file = fakes::gcloudHome + QStringLiteral("/access_tokens.db");
    const QByteArray halfWritten = m_home->read(file);
    const QByteArray journal = m_home->read(file + QStringLiteral("-journal"));
    QVERIFY(!journal.isEmpty());
    tokens.run("ROLLBACK");
    tokens.letGo();
    m_home->write(file, halfWritten);
    m_home->write(file + QStringLiteral("-journal"), journal);
    const auto readings = look();
    QCOMPARE(readings.front().state, CopyState::Unreadable);
    QCOMPARE(m_home->read(file), halfWritten);
    QCOMPARE(m_home->read(file + QStringLiteral("-journal")), journal);
}

void GcloudTest::reading_changesNothing()
{
    const auto credentials = GcloudDatabase::credentials(*m_home);
    credentials.put(ada, fakes::gcloudUser("1//dummy-ada"));
    GcloudDatabase::tokens(*m_home).put(ada, "ya29.dummy-ada", end);
    const QString directory = QFileInfo(credentials.path()).path();
    const QStringList before = fakes::filesWithTimes(directory);
    fakes::WriteWatch watch(directory);
    for (int i = 0; i < 5; ++i)
        QCOMPARE(look().front().state, CopyState::Held);
    QCOMPARE(fakes::filesWithTimes(directory), before);
    QCOMPARE(watch.writes(), 0); // or our own watcher would wake us for ever
}

void GcloudTest::eitherFile_isAChange()
{
    const QString home = m_home->path(fakes::gcloudHome);
    QCOMPARE(tools::filesOf(*place().cell),
             (QStringList{home + QStringLiteral("/credentials.db"), home + QStringLiteral("/credentials.db-wal"),
                          home + QStringLiteral("/access_tokens.db"), home + QStringLiteral("/access_tokens.db-wal")}));
}

void GcloudTest::protection_isTheWorseOfBoth()
{
    GcloudDatabase::credentials(*m_home).put(ada, fakes::gcloudUser("1//dummy-ada"));
    const auto tokens = GcloudDatabase::tokens(*m_home);
    tokens.put(ada, "ya29.dummy-ada", end);
    QCOMPARE(look().front().protection, profile::Protection::PrivateFile);
    QCOMPARE(chmod(tokens.path().toUtf8().constData(), 0644), 0);
    QCOMPARE(look().front().protection, profile::Protection::SharedFile);
}

void GcloudTest::command_namesTheAccountAndTheHome_data()
{
    QTest::addColumn<QByteArray>("account");
    QTest::addColumn<QStringList>("options");
    QTest::newRow("Google's own") << ada << QStringList{QStringLiteral("--account=ada@example.test")};
    QTest::newRow("which is named") << ada + "#googleapis.com"
                                    << QStringList{QStringLiteral("--account=ada@example.test")};
    QTest::newRow("another universe") << ada + "#u.example"
                                      << QStringList{QStringLiteral("--account=ada@example.test"),
                                                     QStringLiteral("--universe-domain=u.example")};
    QTest::newRow("percent signs") << QByteArray("a%40b%25@x.test")
                                   << QStringList{QStringLiteral("--account=a%40b%25@x.test")};
    QTest::newRow("would be an option") << QByteArray("--help") << QStringList{QStringLiteral("--account=--help")};
    QTest::newRow("would be a word of ours")
        << QByteArray("{profile}") << QStringList{QStringLiteral("--account={profile}")};
}

void GcloudTest::command_namesTheAccountAndTheHome()
{
    QFETCH(QByteArray, account);
    QFETCH(QStringList, options);
    const QString second = m_home->path(QStringLiteral("second"));
    m_home->environment().variables.insert(QStringLiteral("CLOUDSDK_CONFIG"), second);
    GcloudDatabase::credentials(*m_home).put(account, fakes::gcloudUser("1//dummy-ada"));
    GcloudDatabase::credentials(*m_home, QStringLiteral("second")).put(account, fakes::gcloudUser("1//dummy-ada"));
    const auto places = m_tool.locate(world()).places;
    QCOMPARE(places.size(), std::size_t{2});
    QCOMPARE(places[1].homeName, QStringLiteral("second"));
    // The usual one too: the variable leads gcloud away from it.
    for (const tools::CopyPlace &place : places) {
        const auto readings = m_tool.read(place, tools::fetchCell(place, m_home->environment().user), fetching::now);
        const auto command =
            tools::renewCommandFor(m_tool.facts(), place, readings.front().slot, m_home->environment());
        QVERIFY(command);
        QCOMPARE(command->words, (QStringList{QStringLiteral("gcloud"), QStringLiteral("auth"),
                                              QStringLiteral("print-access-token"), QStringLiteral("--quiet")}
                                  + options));
        QCOMPARE(command->variables,
                 QStringList{QStringLiteral("CLOUDSDK_CONFIG=") + QFileInfo(place.cell->file).path()});
    }
}

void GcloudTest::command_withoutAnAccount_isAnError()
{
    const auto command = tools::renewCommandFor(m_tool.facts(), place(), {}, m_home->environment());
    QVERIFY(!command);
    QCOMPARE(command.error().kind, base::ErrorKind::Unavailable);
}

void GcloudTest::writer_refusesEverything()
{
    const tools::Fetched nothing{.content = fetching::contentOf("{}"), .companions = {}};
    using Purpose = tools::CopyWriter::Purpose;
    for (const Purpose purpose : {Purpose::Share, Purpose::Feed, Purpose::Switch})
        QVERIFY(m_tool.writer()->objection(purpose, place(), {}, nothing, world()).endsWith(u'.'));
    QVERIFY(!m_tool.writer()->lockPlan(place(), {}, world()));
}

QTEST_GUILESS_MAIN(GcloudTest)
#include "gcloud.moc"
