// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <csignal>

#include <QtTest>

#include <sys/resource.h>

#include "core/refresh/refreshfixture.h"

using namespace keytender;
using refresh::Ending;
using Why = vault::ArchivedToken::Why;

namespace {

// No file of this process takes a byte.
class FullDisk final {
public:
    FullDisk()
    {
        std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit none{.rlim_cur = 0, .rlim_max = m_before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &none);
    }
    ~FullDisk() { setrlimit(RLIMIT_FSIZE, &m_before); }
    Q_DISABLE_COPY_MOVE(FullDisk)

private:
    rlimit m_before{};
};

} // namespace

// What an attempt does with what its disk does not take, or has kept from before.
class TestRefreshStorage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void intentThatCannotBeWritten_sendsNothing();
    void answerInTheJournal_ofAProfileThatWentOn_isPutAside();
};

// INV-2.
void TestRefreshStorage::intentThatCannotBeWritten_sendsNothing()
{
    tests::RefreshFixture fixture;
    QCOMPARE(fixture.journaled().phase, vault::JournalEntry::Phase::Done); // and now there is the file
    std::optional<refresh::Outcome> outcome;
    {
        const FullDisk disk;
        outcome = fixture.run(fixture.request());
    }
    QCOMPARE(outcome->ending, Ending::StorageFault);
    QVERIFY(fixture.server.spent.isEmpty());
    QCOMPARE(fixture.run(fixture.request()).ending, Ending::Renewed);
    QCOMPARE(fixture.server.spent, QStringList{QStringLiteral("rt-1-1")});
}

// INV-4, INV-5.
void TestRefreshStorage::answerInTheJournal_ofAProfileThatWentOn_isPutAside()
{
    tests::RefreshFixture fixture;
    fixture.credentials.writeFault = base::ErrorKind::StorageFull;
    QCOMPARE(fixture.run(fixture.request()).ending, Ending::KeptInJournal);
    fixture.credentials.writeFault.reset();
    fixture.addLogin(QStringLiteral("own"), "rt-2-1");
    QCOMPARE(fixture.run(fixture.request()).ending, Ending::Adopted);
    QCOMPARE(fixture.held(), QStringLiteral("rt-2-1"));
    QCOMPARE(fixture.archived().size(), 1u);
    QCOMPARE(fixture.archived().front().why, Why::Superseded);
    QCOMPARE(fixture.server.spent, QStringList{QStringLiteral("rt-1-1")});
}

QTEST_GUILESS_MAIN(TestRefreshStorage)
#include "refreshstorage.moc"
