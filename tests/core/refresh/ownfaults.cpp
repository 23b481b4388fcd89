// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// Faults of logins of our own that touch more than one part: a restored backup, a sign-out in the middle of a refresh,
// a sign-in that ended while the machine slept, a time zone.

#include <cerrno>
#include <ctime>

#include <QTemporaryDir>
#include <QtTest>

#include "core/refresh/crashstories.h"
#include "faults/failingdisk.h"
#include "refresh/refreshschedule.h"

using namespace keytender;
using namespace std::chrono_literals;
using refresh::Ending;
using tests::RefreshDisk;

class TestOwnFaults : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void restoredBackup_isRefusedOnce_andNothingIsLost();
    void restoredBackup_hasALowerGeneration();
    void signOutDuringARefresh_waits_andEndsWhatCameOfIt();
    void signInThatEndedWhileAsleep_isTriedOnce();
    void timeZone_changesNoPlan();
    void journalOfTheProgramBefore_isRolledForward();
    void refusal_onAFailingDisk_isNeverForgotten();
};

namespace {

const QString own = QStringLiteral("own");

void copyFiles(const QString &from, const QString &to)
{
    QVERIFY(QDir().mkpath(to + QStringLiteral("/journal")));
    for (const QString &sub : {QString(), QStringLiteral("/journal")}) {
        const QStringList names = QDir(from + sub).entryList(QDir::Files | QDir::Hidden);
        for (const QString &name : names)
            QVERIFY(QFile::copy(from + sub + u'/' + name, to + sub + u'/' + name));
    }
}

Ending refreshOnce(const QString &directory, oauth::TokenTransport &server)
{
    RefreshDisk disk(directory);
    refresh::RefreshAttempt attempt(disk.request(), disk.world(server));
    return tests::runRefresh(attempt).ending;
}

std::uint64_t generationIn(const QString &directory)
{
    const RefreshDisk disk(directory);
    const auto record = disk.vault->read(own);
    return record ? record->generation : 0;
}

// A home that was refreshed twice, and a backup of it from between.
struct Restored {
    Restored()
    {
        tests::makeRefreshableVault(now);
        first = refreshOnce(now, server);
        copyFiles(now, backup);
        second = refreshOnce(now, server);
    }
    QTemporaryDir home;
    QString now = home.filePath(QStringLiteral("vault"));
    QString backup = home.filePath(QStringLiteral("backup"));
    tests::SharedRotationBook book;
    tests::RotatingServer server{*book};
    Ending first = Ending::Cancelled;
    Ending second = Ending::Cancelled;
};

} // namespace

// F-83: the provider takes it for a stolen token, and nobody can help that. It is sent once, and put aside.
void TestOwnFaults::restoredBackup_isRefusedOnce_andNothingIsLost()
{
    Restored restored;
    QVERIFY(restored.first == Ending::Renewed && restored.second == Ending::Renewed);
    restored.book->hasGrace = false;
    QCOMPARE(refreshOnce(restored.backup, restored.server), Ending::Rejected);
    QCOMPARE(refreshOnce(restored.backup, restored.server), Ending::Rejected);
    QCOMPARE(restored.book->reuses.load(), 1);
    const RefreshDisk disk(restored.backup);
    QVERIFY(disk.holds(2));
    const auto archived = disk.archive->of(own);
    QVERIFY(archived && archived->size() == 1);
}

// F-83: what a second place would have to compare.
void TestOwnFaults::restoredBackup_hasALowerGeneration()
{
    const Restored restored;
    QVERIFY(generationIn(restored.backup) < generationIn(restored.now));
}

// F-45.
void TestOwnFaults::signOutDuringARefresh_waits_andEndsWhatCameOfIt()
{
    const QTemporaryDir home;
    const tests::SharedRotationBook book;
    tests::RotatingServer server(*book);
    const tests::SharedRevocationBook ends;
    tests::RevocationServer revoking(*ends);
    tests::SignOutDisk disk(home.filePath(QStringLiteral("vault")));
    vault::Record record = tests::ownRecord("rt-1-1");
    QVERIFY(disk.vault->write(record));
    refresh::VaultCredentials credentials(*disk.vault);
    refresh::RefreshRequest request;
    request.profileIds = QStringList{own};
    request.refreshToken = disk.vault->fingerprintKey().of(record.credential.tokens.refreshToken);
    request.provider = tests::someProvider();
    refresh::RefreshAttempt attempt(request, {.clock = disk.clock,
                                              .random = disk.random,
                                              .transport = server,
                                              .credentials = credentials,
                                              .journal = *disk.journal,
                                              .archive = *disk.archive});
    attempt.start();
    QVERIFY(attempt.isInFlight());
    QCOMPARE(tests::runSignOut(disk, revoking).ending, refresh::SignOutOutcome::Ending::SignedOut);
    QVERIFY(!attempt.isInFlight());
    QCOMPARE(revoking.told, (QStringList{QStringLiteral("rt-1-2"), QStringLiteral("at-1-2")}));
    QVERIFY(disk.isEmpty());
}

// F-97: the date is the provider's word of a month ago, and no reason not to ask.
void TestOwnFaults::signInThatEndedWhileAsleep_isTriedOnce()
{
    tests::RefreshFixture fixture;
    fixture.credentials.records.at(own).credential.tokens.refreshTokenExpiresAt = fixture.clock.wall - 24h;
    fixture.server.families["rt-1"].isRevoked = true;
    QCOMPARE(fixture.run(fixture.request()).ending, Ending::Rejected);
    QCOMPARE(fixture.run(fixture.request()).ending, Ending::Rejected);
    QCOMPARE(fixture.server.spent.size(), 1);
    QCOMPARE(fixture.archived().size(), 1u);
}

// F-101.
void TestOwnFaults::timeZone_changesNoPlan()
{
    const base::Timestamp noon = tests::at(1'795'000'000'000);
    refresh::PlannedLogin login;
    login.care = profile::Care::Own;
    const base::FingerprintKey key{base::Secret::copyOf(std::string(base::FingerprintKey::size, 'f'))};
    login.credential.kind = profile::CredentialKind::OAuth;
    login.credential.refreshToken = key.of(base::Secret::copyOf("rt"));
    login.credential.issuedAt = noon;
    login.credential.expiresAt = noon + 1h;
    const refresh::Moment now{.wall = noon + 10min, .machineWall = noon + 10min, .boot = 10min, .isConfirmed = false};
    const QByteArray before = qgetenv("TZ");
    std::vector<refresh::Due> plans;
    for (const char *zone : {"UTC", "Pacific/Kiritimati", "America/New_York", "Europe/Berlin"}) {
        qputenv("TZ", zone);
        tzset();
        plans.push_back(refreshDue(login, {}, now, 0.5));
    }
    qputenv("TZ", before);
    tzset();
    QVERIFY(std::ranges::all_of(plans, [&plans](const refresh::Due &plan) { return plan == plans.front(); }));
    QCOMPARE(plans.front().plan, refresh::Plan::Fresh);
}

// F-111: what one process left is read by another that knows nothing of it.
void TestOwnFaults::journalOfTheProgramBefore_isRolledForward()
{
    const QTemporaryDir home;
    const QString directory = home.filePath(QStringLiteral("vault"));
    tests::SignOutDisk before(directory);
    QVERIFY(before.vault->write(tests::ownRecord("rt-1")));
    QVERIFY(tests::journalAnAnswer(before));
    before.vault.reset();
    const tests::SharedRotationBook book;
    tests::RotatingServer server(*book);
    RefreshDisk after(directory);
    QCOMPARE(tests::recover(after, server), QString());
    QVERIFY(after.vault->read(own)->credential.tokens.refreshToken.expose() == "rt-2");
    QCOMPARE(book->refreshes.load(), 0);
}

// N-32: whichever call fails once, what was told as refused is known as that to the next start, and not sent again.
void TestOwnFaults::refusal_onAFailingDisk_isNeverForgotten()
{
    bool wasHit = true;
    int step = 0;
    for (step = 1; wasHit; ++step) {
        const QTemporaryDir home(tests::quickHome());
        const QString directory = home.filePath(QStringLiteral("vault"));
        tests::makeRefreshableVault(directory);
        const tests::SharedRotationBook book;
        book->isRevoked = true;
        tests::RotatingServer server(*book);
        Ending ending = Ending::Cancelled;
        {
            RefreshDisk disk(directory);
            refresh::RefreshAttempt attempt(disk.request(), disk.world(server));
            const tests::FailingDisk failing({.call = step, .error = EIO});
            ending = tests::runRefresh(attempt).ending;
            wasHit = failing.hasHit();
        }
        RefreshDisk disk(directory);
        const auto archived = disk.archive->of(own);
        const bool isKnown = (archived && !archived->empty()) || !disk.journal->readOpen().open.empty();
        QVERIFY2(!needsSignIn(ending) || isKnown, qPrintable(QString::number(step)));
        QVERIFY(disk.holds(1));
    }
    QVERIFY(step > 20);
}

QTEST_GUILESS_MAIN(TestOwnFaults)
#include "ownfaults.moc"
