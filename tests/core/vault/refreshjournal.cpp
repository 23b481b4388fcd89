// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <cerrno>
#include <memory>

#include <QTemporaryDir>
#include <QtTest>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/vault/records.h"
#include "fakes/faultycalls.h"
#include "vault/refreshjournal.h"
#include "vault/tokenarchive.h"

using namespace keytender;
using fakes::Answer;
using fakes::answerTo;
using vault::ArchivedToken;
using vault::JournalEntry;
using vault::LineageJournal;
using Phase = vault::JournalEntry::Phase;

namespace {

constexpr const char *body = R"({"access_token":"at-2-kL0mN9oP8qR7","refresh_token":"rt-2-Ab3dEf6hIj9"})";

JournalEntry intent(const QString &attempt = QStringLiteral("a1"))
{
    JournalEntry entry;
    entry.phase = Phase::Intent;
    entry.attemptId = attempt;
    entry.profileIds = QStringList{QStringLiteral("claude-cli"), QStringLiteral("claude-cli@work")};
    entry.providerId = QStringLiteral("anthropic");
    entry.spent.bytes.fill(7);
    entry.sentAt = tests::at(1'795'000'000'123);
    entry.deliveries = 1;
    return entry;
}

JournalEntry received(std::string_view bytes = body)
{
    JournalEntry entry = intent();
    entry.phase = Phase::Received;
    entry.answer = {.status = 200,
                    .headers = {{"Content-Type", "application/json"}, {"Date", "x"}},
                    .body = base::Secret::copyOf(bytes),
                    .receivedAt = tests::at(1'795'000'000'456),
                    .roundTrip = base::Milliseconds(333)};
    return entry;
}

bool isSame(const JournalEntry &left, const JournalEntry &right)
{
    return left.phase == right.phase && left.attemptId == right.attemptId && left.profileIds == right.profileIds
           && left.providerId == right.providerId && left.spent == right.spent && left.sentAt == right.sentAt
           && left.deliveries == right.deliveries && left.answer.status == right.answer.status
           && left.answer.headers == right.answer.headers && left.answer.body == right.answer.body
           && left.answer.receivedAt == right.answer.receivedAt && left.answer.roundTrip == right.answer.roundTrip;
}

ArchivedToken retired(const QString &profile, const char *token, ArchivedToken::Why why = ArchivedToken::Why::Retired)
{
    ArchivedToken archived;
    archived.why = why;
    archived.profileId = profile;
    archived.spent.bytes.fill(9);
    archived.at = tests::at(1'795'000'000'123);
    archived.attemptId = QStringLiteral("a1");
    archived.reason = QStringLiteral("invalid_grant");
    archived.bytes = base::Secret::copyOf(token);
    return archived;
}

} // namespace

class TestRefreshJournal : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void init();
    void cleanup() { answerTo() = nullptr; }

    void entry_isReadBackByAnotherJournal();
    void entry_largerThanASlot_isKeptWhole();
    void file_isPrivate_andHoldsNoTokenInTheClear();
    void write_needsNoNewBlocks();
    void tornSlot_leavesTheEntryBeforeIt();
    void bothSlotsTorn_isRefusedAndKept();
    void unknownVersion_isRefusedAndKept();
    void otherKey_isRefusedAndKept();
    void symbolicLink_isRefused();
    void failedSync_closesTheFile_andTheNextWriteMakesANewOne_data();
    void failedSync_closesTheFile_andTheNextWriteMakesANewOne();
    void interruptedAndShortWrites_arriveWhole();
    void write_killedAtEveryStep_leavesTheEntryBeforeOrTheNewOne();
    void readOpen_namesOpenEntriesAndProblems();
    void forget_removesTheFile();
    void archive_keepsEachTokenOnce_andForgets();
    void archive_keepsTheNewestUnusableAnswers_andEveryToken();
    void archive_ofAnotherKey_isNotWrittenOver();

private:
    [[nodiscard]] vault::RefreshJournal journal(char key = 'j')
    {
        return {m_home->path(), base::Secret::copyOf(std::string(32, key)), m_random};
    }
    [[nodiscard]] vault::TokenArchive archive(char key = 'j')
    {
        return {m_home->path(), base::Secret::copyOf(std::string(32, key)), m_random};
    }
    [[nodiscard]] QString file() const
    {
        return m_home->filePath(QDir(m_home->path()).entryList({QStringLiteral("*.journal")}).value(0));
    }
    // Writes bytes over a part of the file.
    void overwrite(qint64 at, const QByteArray &bytes) const
    {
        QFile target(file());
        QVERIFY(target.open(QIODevice::ReadWrite) && target.seek(at) && target.write(bytes) == bytes.size());
    }

    const QString m_id = QStringLiteral("claude-cli");
    base::SystemRandom m_random;
    std::unique_ptr<QTemporaryDir> m_home;
};

void TestRefreshJournal::init()
{
    m_home = std::make_unique<QTemporaryDir>();
}

void TestRefreshJournal::entry_isReadBackByAnotherJournal()
{
    auto lineage = journal().lineage(m_id);
    QVERIFY(lineage);
    QVERIFY(!lineage->current().isOpen());
    QVERIFY(lineage->write(intent()));
    QVERIFY(isSame(journal().lineage(m_id)->current(), intent()));
    QVERIFY(lineage->write(received()));
    QVERIFY(isSame(journal().lineage(m_id)->current(), received()));
    QVERIFY(lineage->write(JournalEntry()));
    QVERIFY(!journal().lineage(m_id)->current().isOpen());
    for (int round = 0; round < 10; ++round) {
        QVERIFY(lineage->write(intent(QString::number(round))));
        QCOMPARE(journal().lineage(m_id)->current().attemptId, QString::number(round));
    }
}

void TestRefreshJournal::entry_largerThanASlot_isKeptWhole()
{
    const std::string large(1 << 20, 'x');
    auto lineage = journal().lineage(m_id);
    QVERIFY(lineage->write(intent()));
    QVERIFY(lineage->write(received(large)));
    QVERIFY(isSame(journal().lineage(m_id)->current(), received(large)));
    QVERIFY(lineage->write(intent()));
    QVERIFY(isSame(journal().lineage(m_id)->current(), intent()));
}

void TestRefreshJournal::file_isPrivate_andHoldsNoTokenInTheClear()
{
    const mode_t before = umask(0);
    auto lineage = journal().lineage(m_id);
    umask(before);
    QVERIFY(lineage->write(received()));
    struct stat status {};
    QCOMPARE(stat(QFile::encodeName(file()).constData(), &status), 0);
    QCOMPARE(status.st_mode & 0777, mode_t(0600));
    const QByteArray bytes = tests::bytesOf(file());
    QCOMPARE(bytes.size(), qsizetype(2 * LineageJournal::leastSlotSize));
    QVERIFY(!bytes.contains("rt-2-Ab3"));
    QVERIFY(!bytes.contains("claude-cli"));
    QCOMPARE(chmod(QFile::encodeName(file()).constData(), 0644), 0);
    QVERIFY(journal().lineage(m_id));
    QCOMPARE(stat(QFile::encodeName(file()).constData(), &status), 0);
    QCOMPARE(status.st_mode & 0777, mode_t(0600));
}

// F-74: what is allocated when the file is made is enough for an answer.
void TestRefreshJournal::write_needsNoNewBlocks()
{
    const std::string large(LineageJournal::leastSlotSize - 1024, 'x');
    auto lineage = journal().lineage(m_id);
    struct stat before {};
    QCOMPARE(stat(QFile::encodeName(file()).constData(), &before), 0);
    QVERIFY(lineage->write(intent()));
    QVERIFY(lineage->write(received(large)));
    QVERIFY(lineage->write(received(large)));
    struct stat after {};
    QCOMPARE(stat(QFile::encodeName(file()).constData(), &after), 0);
    QCOMPARE(after.st_ino, before.st_ino);
    QCOMPARE(after.st_size, before.st_size);
    QVERIFY(before.st_blocks * 512 >= before.st_size);
}

// F-81.
void TestRefreshJournal::tornSlot_leavesTheEntryBeforeIt()
{
    {
        auto lineage = journal().lineage(m_id); // its entry stands in slot 0
        QVERIFY(lineage->write(intent()));      // slot 1
        QVERIFY(lineage->write(received()));    // slot 0
    }
    overwrite(100, "torn");
    auto lineage = journal().lineage(m_id);
    QVERIFY(lineage);
    QVERIFY(isSame(lineage->current(), intent()));
    QVERIFY(lineage->write(received())); // goes over the torn one
    QVERIFY(isSame(journal().lineage(m_id)->current(), received()));
    overwrite(0, QByteArray(64, '\0')); // the length, too
    QVERIFY(isSame(journal().lineage(m_id)->current(), intent()));
    overwrite(0, QByteArray(8, '\xff')); // longer than the file
    QVERIFY(isSame(journal().lineage(m_id)->current(), intent()));
}

void TestRefreshJournal::bothSlotsTorn_isRefusedAndKept()
{
    QVERIFY(journal().lineage(m_id)->write(received()));
    overwrite(100, "torn");
    overwrite(LineageJournal::leastSlotSize + 100, "torn");
    const QByteArray before = tests::bytesOf(file());
    const auto lineage = journal().lineage(m_id);
    QVERIFY(!lineage);
    QCOMPARE(lineage.error().kind, base::ErrorKind::WrongKey);
    QCOMPARE(lineage.error().subject, file());
    QCOMPARE(tests::bytesOf(file()), before);
}

// F-111: whoever cannot read one slot cannot know that the other is the later one.
void TestRefreshJournal::unknownVersion_isRefusedAndKept()
{
    QVERIFY(journal().lineage(m_id)->write(received()));
    overwrite(LineageJournal::leastSlotSize + 8 + 8, QByteArray("\x02", 1)); // the version in the sealed header
    const QByteArray before = tests::bytesOf(file());
    const auto lineage = journal().lineage(m_id);
    QVERIFY(!lineage);
    QCOMPARE(lineage.error().kind, base::ErrorKind::UnknownVersion);
    QCOMPARE(journal().readOpen().problems.size(), 1u);
    QCOMPARE(tests::bytesOf(file()), before);
}

void TestRefreshJournal::otherKey_isRefusedAndKept()
{
    QVERIFY(journal().lineage(m_id)->write(received()));
    const QByteArray before = tests::bytesOf(file());
    const auto contents = journal('x').readOpen();
    QCOMPARE(contents.open.size(), 0u);
    QCOMPARE(contents.problems.size(), 1u);
    QCOMPARE(contents.problems.front().kind, base::ErrorKind::WrongKey);
    QCOMPARE(tests::bytesOf(file()), before);
}

void TestRefreshJournal::symbolicLink_isRefused()
{
    QVERIFY(journal().lineage(m_id));
    const QString path = file();
    QVERIFY(QFile::rename(path, path + QStringLiteral(".elsewhere")));
    QVERIFY(QFile::link(path + QStringLiteral(".elsewhere"), path));
    QVERIFY(!journal().lineage(m_id));
}

void TestRefreshJournal::failedSync_closesTheFile_andTheNextWriteMakesANewOne_data()
{
    QTest::addColumn<QString>("call");
    QTest::addColumn<int>("error");
    QTest::newRow("sync fails") << QStringLiteral("fdatasync") << EIO;
    QTest::newRow("write fails") << QStringLiteral("pwrite") << EIO;
    QTest::newRow("no space") << QStringLiteral("pwrite") << ENOSPC;
    QTest::newRow("quota") << QStringLiteral("pwrite") << EDQUOT;
}

// F-75: the pages behind a failed fsync are not trusted a second time.
void TestRefreshJournal::failedSync_closesTheFile_andTheNextWriteMakesANewOne()
{
    QFETCH(const QString, call);
    QFETCH(const int, error);
    auto lineage = journal().lineage(m_id);
    QVERIFY(lineage->write(intent()));
    struct stat before {};
    QCOMPARE(stat(QFile::encodeName(file()).constData(), &before), 0);
    answerTo() = [&](const std::string &made) {
        return made == call.toStdString() ? Answer{.isReal = false, .error = error} : Answer();
    };
    const auto written = lineage->write(received());
    answerTo() = nullptr;
    QVERIFY(!written);
    QVERIFY(isSame(lineage->current(), intent()));
    QVERIFY(lineage->write(received()));
    struct stat after {};
    QCOMPARE(stat(QFile::encodeName(file()).constData(), &after), 0);
    QVERIFY(after.st_ino != before.st_ino);
    QVERIFY(isSame(journal().lineage(m_id)->current(), received()));
    QVERIFY(lineage->write(JournalEntry()));
    QVERIFY(!journal().lineage(m_id)->current().isOpen());
}

// F-77.
void TestRefreshJournal::interruptedAndShortWrites_arriveWhole()
{
    auto lineage = journal().lineage(m_id);
    int asked = 0;
    answerTo() = [&](const std::string &call) {
        if (call != "pwrite" && call != "pread")
            return Answer();
        return ++asked % 3 == 0 ? Answer{.isReal = false, .error = EINTR} : Answer{.most = 100};
    };
    const auto written = lineage->write(received());
    const auto found = journal().lineage(m_id);
    answerTo() = nullptr;
    QVERIFY(written);
    QVERIFY(isSame(found->current(), received()));
}

void TestRefreshJournal::write_killedAtEveryStep_leavesTheEntryBeforeOrTheNewOne()
{
    bool hasFinished = false;
    int step = 0;
    while (!hasFinished) {
        QVERIFY(++step < 100);
        m_home = std::make_unique<QTemporaryDir>();
        const pid_t child = fork();
        if (child == 0) {
            int asked = 0;
            answerTo() = [&](const std::string &call) {
                if (++asked == step)
                    _exit(9);
                return call == "pwrite" ? Answer{.most = 64} : Answer();
            };
            auto lineage = journal().lineage(m_id);
            _exit(lineage && lineage->write(intent()) && lineage->write(received()) ? 0 : 1);
        }
        int status = 0;
        QCOMPARE(waitpid(child, &status, 0), child);
        QVERIFY(WIFEXITED(status));
        hasFinished = WEXITSTATUS(status) == 0;
        QVERIFY(hasFinished || WEXITSTATUS(status) == 9);
        const auto lineage = journal().lineage(m_id);
        QVERIFY(lineage);
        QVERIFY(!lineage->current().isOpen() || isSame(lineage->current(), intent())
                || isSame(lineage->current(), received()));
    }
    QVERIFY(step > 10);
    QVERIFY(isSame(journal().lineage(m_id)->current(), received()));
}

void TestRefreshJournal::readOpen_namesOpenEntriesAndProblems()
{
    QVERIFY(journal().lineage(QStringLiteral("done")));
    QVERIFY(journal().lineage(QStringLiteral("sent"))->write(intent()));
    QVERIFY(journal().lineage(QStringLiteral("answered"))->write(received()));
    tests::put(m_home->filePath(QStringLiteral("%1.journal").arg(0, 32, 16, QLatin1Char('0'))), "short");
    const auto contents = journal().readOpen();
    QCOMPARE(contents.open.size(), 2u);
    QCOMPARE(contents.problems.size(), 1u);
    QCOMPARE(contents.problems.front().kind, base::ErrorKind::Malformed);
}

void TestRefreshJournal::forget_removesTheFile()
{
    QVERIFY(journal().lineage(m_id)->write(received()));
    QVERIFY(journal().forget(m_id));
    QVERIFY(tests::contentsOf(m_home->path()).isEmpty());
    QVERIFY(journal().forget(m_id));
}

void TestRefreshJournal::archive_keepsEachTokenOnce_andForgets()
{
    QVERIFY(archive().of(m_id)->empty());
    QVERIFY(archive().keep(retired(m_id, "rt-1")));
    QVERIFY(archive().keep(retired(m_id, "rt-1")));
    QVERIFY(archive().keep(retired(m_id, "rt-2")));
    QVERIFY(archive().keep(retired(QStringLiteral("other"), "rt-3")));
    const auto found = archive().of(m_id);
    QVERIFY(found);
    QCOMPARE(found->size(), 2u);
    QVERIFY(found->front().bytes == base::Secret::copyOf("rt-1"));
    QCOMPARE(found->front().reason, QStringLiteral("invalid_grant"));
    QCOMPARE(found->front().spent, retired(m_id, "").spent);
    QCOMPARE(found->front().at, tests::at(1'795'000'000'123));
    QVERIFY(found->front().endsLineage());
    const auto files = tests::contentsOf(m_home->path());
    for (const QByteArray &bytes : files)
        QVERIFY(!bytes.contains("rt-"));
    QVERIFY(archive().forget(m_id));
    QVERIFY(archive().of(m_id)->empty());
    QCOMPARE(archive().of(QStringLiteral("other"))->size(), 1u);
}

void TestRefreshJournal::archive_keepsTheNewestUnusableAnswers_andEveryToken()
{
    using Why = ArchivedToken::Why;
    for (int number = 0; number < 20; ++number) {
        QVERIFY(archive().keep(retired(m_id, QByteArray::number(number).constData(), Why::Unusable)));
        QVERIFY(archive().keep(retired(m_id, QByteArray::number(number).constData(), Why::Retired)));
    }
    const auto found = archive().of(m_id);
    const auto isUnusable = [](const ArchivedToken &token) { return token.why == Why::Unusable; };
    QCOMPARE(std::ranges::count_if(*found, isUnusable), 8);
    QCOMPARE(found->size(), 28u);
    QVERIFY(std::ranges::find_if(*found, isUnusable)->bytes == base::Secret::copyOf("12"));
}

void TestRefreshJournal::archive_ofAnotherKey_isNotWrittenOver()
{
    QVERIFY(archive().keep(retired(m_id, "rt-1")));
    const QString name = QDir(m_home->path()).entryList({QStringLiteral("*.archive")}).constFirst();
    const QByteArray before = tests::bytesOf(m_home->filePath(name));
    tests::put(m_home->filePath(name), before + '!');
    const auto kept = archive().keep(retired(m_id, "rt-2"));
    QVERIFY(!kept);
    QCOMPARE(kept.error().kind, base::ErrorKind::WrongKey);
    QCOMPARE(tests::bytesOf(m_home->filePath(name)), before + '!');
}

QTEST_GUILESS_MAIN(TestRefreshJournal)
#include "refreshjournal.moc"
