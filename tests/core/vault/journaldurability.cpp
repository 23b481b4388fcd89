// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// A journal whose directory could not be synced: it stands there, and power may still take it away. Nobody is to write
// an intent into it as if it were safe (F-18, F-75).

#include <cerrno>
#include <optional>

#include <QTemporaryDir>
#include <QtTest>

#include "core/vault/records.h"
#include "fakes/faultycalls.h"
#include "vault/refreshjournal.h"

using namespace keytender;
using fakes::Answer;
using fakes::answerTo;
using vault::JournalEntry;

namespace {

JournalEntry entryOf(const char *attempt, std::size_t size)
{
    JournalEntry entry;
    entry.phase = JournalEntry::Phase::Received;
    entry.attemptId = QString::fromLatin1(attempt);
    entry.profileIds = QStringList{QStringLiteral("own")};
    entry.answer.body = base::Secret::copyOf(std::string(size, 'x'));
    return entry;
}

void failDirectorySync()
{
    answerTo() = [](const std::string &call) {
        return call == "fsync directory" ? Answer{.isReal = false, .error = EIO} : Answer();
    };
}

} // namespace

class TestJournalDurability : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(base::initializeCrypto());
        m_journal.emplace(m_home.path(), base::Secret::copyOf(std::string(32, 'j')), m_random);
    }
    void cleanup() { answerTo() = nullptr; }
    void newJournal_thatMayVanish_isMadeAnew();
    void largerJournal_thatMayVanish_isNotWrittenPast();

private:
    QTemporaryDir m_home;
    base::SystemRandom m_random;
    std::optional<vault::RefreshJournal> m_journal;
};

void TestJournalDurability::newJournal_thatMayVanish_isMadeAnew()
{
    const QString id = QStringLiteral("new");
    failDirectorySync();
    QVERIFY(!m_journal->lineage(id));
    int renames = 0;
    answerTo() = [&renames](const std::string &call) {
        renames += call == "renameat" ? 1 : 0;
        return Answer();
    };
    QVERIFY(m_journal->lineage(id));
    QCOMPARE(renames, 1);
}

void TestJournalDurability::largerJournal_thatMayVanish_isNotWrittenPast()
{
    auto lineage = m_journal->lineage(QStringLiteral("own"));
    QVERIFY(lineage && lineage->write(entryOf("small", 10)));
    failDirectorySync();
    QVERIFY(!lineage->write(entryOf("large", 200'000)));
    answerTo() = nullptr;
    QVERIFY(lineage->write(entryOf("last", 10)));
    QCOMPARE(m_journal->lineage(QStringLiteral("own"))->current().attemptId, QStringLiteral("last"));
}

QTEST_GUILESS_MAIN(TestJournalDurability)
#include "journaldurability.moc"
