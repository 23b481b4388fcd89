// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "refresh/keepsignin.h"

#include <QTemporaryDir>
#include <QtTest>

#include "core/refresh/signoutfixture.h"

using namespace keytender;
using namespace std::chrono_literals;
using refresh::KeepSignIn;
using refresh::KeptSignIn;
using refresh::PendingRevocations;

namespace {

struct Fixture {
    [[nodiscard]] refresh::SignInToKeep signIn(const char *renewing = "rt-2", const char *accessing = "at-2") const
    {
        return {.record = tests::ownRecord(renewing, accessing),
                .placement = {.profileId = QStringLiteral("own"), .isKnown = true, .isOtherAccount = false},
                .provider = provider};
    }
    KeptSignIn keep(refresh::SignInToKeep what)
    {
        KeepSignIn story(std::move(what), disk.world(server), pending);
        return tests::runToItsEnd(story, &KeepSignIn::finished);
    }

    QTemporaryDir home;
    tests::SharedRevocationBook book;
    tests::RevocationServer server{*book};
    tests::SignOutDisk disk{home.filePath(QStringLiteral("vault"))};
    provider::Provider provider = tests::revokingProvider();
    PendingRevocations pending{disk.world(server), [this](const QString &) { return std::optional(provider); },
                               [](base::Milliseconds pause, QObject *context, std::function<void()> next) {
                                   if (pause == 0ms)
                                       QTimer::singleShot(0, context, std::move(next));
                               }};
};

} // namespace

class TestKeepSignIn : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void cleanup() { fakes::answerTo() = nullptr; }
    void firstLogin_isKept();
    void knownLogin_isReplacedThenEnded();
    void answerInTheJournal_isTheOneThatIsEnded();
    void otherAccount_neverReplaces();
    void placeThatIsTakenMeanwhile_isRefused();
    void toolsLogin_isNeverReplaced();
    void sameTokenAgain_isNotEnded();
    void endingThatMayReachFurther_isNotTried();
    void fullDisk_keepsTheOldOneAndTriesAgain();
    void lineageInUse_isWaitedFor();
};

void TestKeepSignIn::firstLogin_isKept()
{
    Fixture fixture;
    refresh::SignInToKeep signIn = fixture.signIn();
    signIn.placement.isKnown = false;
    const KeptSignIn kept = fixture.keep(std::move(signIn));
    QVERIFY(!kept.error && !kept.isRevoking);
    QVERIFY(fixture.disk.holds("rt-2"));
    QVERIFY(fixture.disk.filesBeside(QStringLiteral("*")).isEmpty());
}

void TestKeepSignIn::knownLogin_isReplacedThenEnded()
{
    Fixture fixture;
    QVERIFY(fixture.disk.vault->write(tests::ownRecord()));
    QVERIFY(fixture.disk.journal->lineage(QStringLiteral("own")));
    fixture.server.beforeAnswer = [&] { QVERIFY(fixture.disk.holds("rt-2")); }; // W-22
    const KeptSignIn kept = fixture.keep(fixture.signIn());
    QVERIFY(!kept.error && kept.isRevoking);
    QTRY_COMPARE(fixture.server.told, (QStringList{QStringLiteral("rt-1"), QStringLiteral("at-1")}));
    QTRY_VERIFY(fixture.disk.filesBeside(QStringLiteral("*")).isEmpty());
}

void TestKeepSignIn::answerInTheJournal_isTheOneThatIsEnded()
{
    Fixture fixture;
    QVERIFY(fixture.disk.vault->write(tests::ownRecord()));
    QVERIFY(tests::journalAnAnswer(fixture.disk));
    QVERIFY(fixture.keep(fixture.signIn("rt-3", "at-3")).isRevoking);
    QTRY_COMPARE(fixture.server.told, (QStringList{QStringLiteral("rt-2"), QStringLiteral("at-2")}));
    QVERIFY(fixture.disk.holds("rt-3"));
}

void TestKeepSignIn::otherAccount_neverReplaces()
{
    Fixture fixture;
    vault::Record before = tests::ownRecord();
    before.account = {
        .id = QStringLiteral("acc-9"), .email = {}, .organizationId = {}, .organizationName = {}, .plan = {}};
    QVERIFY(fixture.disk.vault->write(before));
    const KeptSignIn kept = fixture.keep(fixture.signIn());
    QVERIFY(kept.error);
    QCOMPARE(kept.error->kind, base::ErrorKind::Overridden);
    QVERIFY(fixture.disk.holds("rt-1") && fixture.disk.notes->readAll().notes.empty());
}

void TestKeepSignIn::placeThatIsTakenMeanwhile_isRefused()
{
    Fixture fixture;
    QVERIFY(fixture.disk.vault->write(tests::ownRecord()));
    refresh::SignInToKeep signIn = fixture.signIn();
    signIn.placement.isKnown = false; // as it was when the browser opened
    QVERIFY(fixture.keep(std::move(signIn)).error);
    QVERIFY(fixture.disk.holds("rt-1"));
}

void TestKeepSignIn::toolsLogin_isNeverReplaced()
{
    Fixture fixture;
    vault::Record before = tests::ownRecord();
    before.care = profile::Care::Shared;
    QVERIFY(fixture.disk.vault->write(before));
    QVERIFY(fixture.keep(fixture.signIn()).error);
    QVERIFY(fixture.disk.holds("rt-1"));
}

void TestKeepSignIn::sameTokenAgain_isNotEnded()
{
    Fixture fixture;
    QVERIFY(fixture.disk.vault->write(tests::ownRecord()));
    const KeptSignIn kept = fixture.keep(fixture.signIn("rt-1", "at-2"));
    QVERIFY(!kept.error && !kept.isRevoking);
    QVERIFY(fixture.disk.notes->readAll().notes.empty());
}

void TestKeepSignIn::endingThatMayReachFurther_isNotTried()
{
    Fixture fixture;
    fixture.provider.revocationEffect = {QStringLiteral("every program that holds this sign-in"), {}};
    QVERIFY(fixture.disk.vault->write(tests::ownRecord()));
    const KeptSignIn kept = fixture.keep(fixture.signIn());
    QVERIFY(!kept.error && !kept.isRevoking && fixture.disk.holds("rt-2"));
    QVERIFY(fixture.disk.notes->readAll().notes.empty());
}

// F-74.
void TestKeepSignIn::fullDisk_keepsTheOldOneAndTriesAgain()
{
    Fixture fixture;
    QVERIFY(fixture.disk.vault->write(tests::ownRecord()));
    KeepSignIn story(fixture.signIn(), fixture.disk.world(fixture.server), fixture.pending);
    fakes::answerTo() = [](const std::string &call) {
        return call == "create" ? fakes::Answer{.isReal = false, .error = ENOSPC} : fakes::Answer();
    };
    const KeptSignIn failed = tests::runToItsEnd(story, &KeepSignIn::finished);
    QVERIFY(failed.error);
    QCOMPARE(failed.error->kind, base::ErrorKind::StorageFull);
    QVERIFY(fixture.disk.holds("rt-1"));
    fakes::answerTo() = nullptr;
    QVERIFY(!tests::runToItsEnd(story, &KeepSignIn::finished).error);
    QVERIFY(fixture.disk.holds("rt-2"));
}

void TestKeepSignIn::lineageInUse_isWaitedFor()
{
    Fixture fixture;
    QVERIFY(fixture.disk.vault->write(tests::ownRecord()));
    std::optional<vault::DirectoryLock> held;
    held.emplace(
        *vault::DirectoryLock::take(fixture.disk.journal->directory(),
                                    fixture.disk.journal->lockName(QStringLiteral("own")).toLatin1().constData()));
    KeepSignIn story(fixture.signIn(), fixture.disk.world(fixture.server), fixture.pending);
    std::optional<KeptSignIn> kept;
    connect(&story, &KeepSignIn::finished, this, [&](const KeptSignIn &over) { kept = over; });
    story.start();
    QVERIFY(!kept && fixture.disk.holds("rt-1"));
    held.reset();
    QTRY_VERIFY(kept);
    QVERIFY(!kept->error && fixture.disk.holds("rt-2"));
}

QTEST_GUILESS_MAIN(TestKeepSignIn)
#include "keepsignin.moc"
