// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// Sign-outs against a scripted provider, with the real vault on a real disk (N-40 .. N-43, F-109).

#include "refresh/signout.h"

#include <QTemporaryDir>
#include <QtTest>

#include "core/refresh/signoutfixture.h"

using namespace keytender;
using namespace std::chrono_literals;
using refresh::PendingRevocations;
using refresh::SignOut;
using refresh::SignOutOutcome;
using refresh::SignOutRequest;
using refresh::TokenEnd;
using Ending = refresh::SignOutOutcome::Ending;
using Phase = vault::RevocationNote::Phase;
using Purpose = refresh::SignOutRequest::Purpose;

namespace {

struct Fixture {
    Fixture()
    {
        if (!disk.vault->write(tests::ownRecord()))
            qFatal("no vault");
    }
    [[nodiscard]] SignOutRequest request(Purpose purpose = Purpose::SignOut) const
    {
        return {.purpose = purpose, .profileId = QStringLiteral("own"), .provider = provider};
    }
    SignOutOutcome run(Purpose purpose = Purpose::SignOut)
    {
        SignOut signOut(request(purpose), disk.world(server));
        return tests::runToItsEnd(signOut, &SignOut::finished);
    }
    [[nodiscard]] std::vector<vault::RevocationNote> notes() const { return disk.notes->readAll().notes; }

    QTemporaryDir home;
    tests::SharedRevocationBook book;
    tests::RevocationServer server{*book};
    tests::SignOutDisk disk{home.filePath(QStringLiteral("vault"))};
    provider::Provider provider = tests::revokingProvider();
};

// Pending revocations whose time passes when the test lets it.
struct Pending {
    explicit Pending(Fixture &fixture)
        : clock(fixture.disk.clock),
          story(
              fixture.disk.world(fixture.server),
              [&fixture](const QString &id) {
                  return id == fixture.provider.id ? std::optional(fixture.provider) : std::nullopt;
              },
              [this](base::Milliseconds pause, QObject *context, std::function<void()> next) {
                  if (pause == 0ms)
                      QTimer::singleShot(0, context, std::move(next));
                  else
                      waiting = std::move(next);
              })
    {
        QObject::connect(&story, &PendingRevocations::tried, &story,
                         [this](const SignOutOutcome &outcome) { outcomes.push_back(outcome); });
        QObject::connect(&story, &PendingRevocations::caughtUp, &story, [this] { ++caughtUp; });
        QObject::connect(&story, &PendingRevocations::problemFound, &story,
                         [this](const base::Error &) { ++problems; });
    }
    bool pass(base::Milliseconds time)
    {
        const auto next = std::exchange(waiting, {});
        clock.advance(time);
        if (next)
            next();
        QTest::qWait(0);
        QCoreApplication::processEvents();
        return bool(next);
    }

    fakes::FakeClock &clock;
    std::function<void()> waiting;
    PendingRevocations story;
    std::vector<SignOutOutcome> outcomes;
    int caughtUp = 0;
    int problems = 0;
};

} // namespace

class TestSignOut : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void signOut_tellsTheProviderThenErases();
    void signOut_isNotedBeforeTheProviderIsTold();
    void provider_decidesWhatIsLeft_data();
    void provider_decidesWhatIsLeft();
    void stillValid_isTriedAgainUntilConfirmed();
    void stillValid_isGivenUpAloud();
    void clockSetBack_doesNotStopTheTries();
    void answerInTheJournal_isTheOneThatIsRevoked();
    void openIntent_isSaid();
    void forgetHere_tellsNobody();
    void whatIsNotOurs_staysAsItIs_data();
    void whatIsNotOurs_staysAsItIs();
    void lineageInUse_isBusy();
    void cancel_beforeTheNote_changesNothing();
    void cancel_afterTheNote_tellsTheProviderLater();
    void resume_leavesALaterLoginAlone();
    void unknownProvider_keepsTheNote();
    void damagedNote_isToldOfAndStays();
    void pause_growsToSixHours_data();
    void pause_growsToSixHours();
};

void TestSignOut::signOut_tellsTheProviderThenErases()
{
    Fixture fixture;
    vault::ArchivedToken archived;
    archived.profileId = QStringLiteral("own");
    archived.bytes = base::Secret::copyOf("rt-0");
    QVERIFY(fixture.disk.archive->keep(archived));
    const SignOutOutcome outcome = fixture.run();
    QCOMPARE(outcome.ending, Ending::SignedOut);
    QVERIFY(outcome.refreshToken == TokenEnd::Confirmed && outcome.accessToken == TokenEnd::Confirmed);
    QVERIFY(outcome.hasLeftHere && !outcome.error && !outcome.nextTry && !outcome.mayHaveSuccessor);
    QCOMPARE(fixture.server.told, (QStringList{QStringLiteral("rt-1"), QStringLiteral("at-1")}));
    QVERIFY2(fixture.disk.isEmpty(), qPrintable(fixture.disk.filesBeside(QStringLiteral("*")).join(u' ')));
    QCOMPARE(fixture.run().ending, Ending::Gone);
    QCOMPARE(fixture.server.told.size(), 2);
}

// N-42.
void TestSignOut::signOut_isNotedBeforeTheProviderIsTold()
{
    Fixture fixture;
    int checked = 0;
    fixture.server.beforeAnswer = [&] {
        ++checked;
        QCOMPARE(fixture.notes().size(), 1u);
        QCOMPARE(fixture.notes().front().phase, Phase::UnderWay);
        QVERIFY(fixture.notes().front().refreshToken.expose() == "rt-1");
        QVERIFY(fixture.disk.holds("rt-1")); // and not erased before everybody was told
        const QString name = fixture.disk.filesBeside(QStringLiteral("*.revocation")).value(0);
        const QByteArray bytes = tests::bytesOf(fixture.disk.journal->directory() + u'/' + name);
        QVERIFY(!bytes.isEmpty() && !bytes.contains("rt-1") && !bytes.contains("own"));
    };
    QCOMPARE(fixture.run().ending, Ending::SignedOut);
    QCOMPARE(checked, 2);
}

void TestSignOut::provider_decidesWhatIsLeft_data()
{
    QTest::addColumn<int>("first"); // status; 0 = nothing sent, -1 = unknown
    QTest::addColumn<int>("second");
    QTest::addColumn<Ending>("ending");
    QTest::addColumn<TokenEnd>("refreshToken");
    QTest::addColumn<TokenEnd>("accessToken");
    QTest::addColumn<int>("posts");
    const TokenEnd yes = TokenEnd::Confirmed;
    const TokenEnd no = TokenEnd::StillValid;
    QTest::newRow("confirmed") << 200 << 200 << Ending::SignedOut << yes << yes << 2;
    QTest::newRow("offline") << 0 << 200 << Ending::StillValid << no << no << 1;
    QTest::newRow("answer lost") << -1 << 200 << Ending::StillValid << no << no << 1;
    QTest::newRow("out of order") << 503 << 503 << Ending::StillValid << no << no << 2;
    QTest::newRow("the second one is lost") << 200 << -1 << Ending::StillValid << yes << no << 2;
    QTest::newRow("the first one only later") << 503 << 200 << Ending::StillValid << no << yes << 2;
    QTest::newRow("redirected") << 302 << 302 << Ending::StillValid << no << no << 2;
    QTest::newRow("no such endpoint") << 404 << 404 << Ending::ByHand << TokenEnd::ByHand << TokenEnd::ByHand << 2;
    QTest::newRow("one by hand") << 404 << 200 << Ending::ByHand << TokenEnd::ByHand << yes << 2;
    QTest::newRow("nowhere to ask") << 999 << 999 << Ending::ByHand << TokenEnd::ByHand << TokenEnd::ByHand << 0;
}

// N-41, N-43, F-109: here it is over in any case.
void TestSignOut::provider_decidesWhatIsLeft()
{
    QFETCH(const int, first);
    QFETCH(const int, second);
    QFETCH(const int, posts);
    Fixture fixture;
    if (first == 999)
        fixture.provider.revocationEndpoint.reset();
    fixture.provider.revocationEffect = {QStringLiteral("all of it"), {}};
    fixture.server.answers.push_back(tests::revocationAnswer(first, "", {{"Retry-After", "1800"}}));
    fixture.server.answers.push_back(tests::revocationAnswer(second));
    const SignOutOutcome outcome = fixture.run();
    QTEST(outcome.ending, "ending");
    QTEST(outcome.refreshToken, "refreshToken");
    QTEST(outcome.accessToken, "accessToken");
    QCOMPARE(fixture.server.told.size(), posts);
    QVERIFY(outcome.hasLeftHere && !outcome.error);
    QVERIFY(fixture.disk.vault->readFacts().records.empty());
    QCOMPARE(outcome.revokeByHand, QUrl(QStringLiteral("https://a.example/apps")));
    QCOMPARE(outcome.alsoEnds, QStringLiteral("all of it"));
    const auto notes = fixture.notes();
    QCOMPARE(notes.size(), outcome.ending == Ending::StillValid ? 1u : 0u);
    if (notes.empty())
        return;
    QCOMPARE(notes.front().phase, Phase::Pending);
    QCOMPARE(notes.front().refreshToken.isEmpty(), outcome.refreshToken != TokenEnd::StillValid);
    QCOMPARE(notes.front().accessToken.isEmpty(), outcome.accessToken != TokenEnd::StillValid);
    QVERIFY(outcome.nextTry && *outcome.nextTry == notes.front().nextTry);
    QVERIFY(*outcome.nextTry >= fixture.disk.clock.wall + (first == 503 ? 30min : 1min));
}

void TestSignOut::stillValid_isTriedAgainUntilConfirmed()
{
    Fixture fixture;
    fixture.server.isDown = true;
    QCOMPARE(fixture.run().ending, Ending::StillValid);
    Pending pending(fixture);
    pending.story.start();
    QCOMPARE(pending.caughtUp, 1);
    QVERIFY(pending.outcomes.empty()); // too soon
    QVERIFY(pending.pass(2min));
    QTRY_COMPARE(pending.outcomes.size(), 1u);
    QCOMPARE(pending.outcomes.back().ending, Ending::StillValid);
    QCOMPARE(pending.outcomes.back().tries, 2u);
    fixture.server.isDown = false;
    pending.story.tryNow(); // the network is back
    QTRY_COMPARE(pending.outcomes.size(), 2u);
    QCOMPARE(pending.outcomes.back().ending, Ending::SignedOut);
    QVERIFY(fixture.book->isRefreshTokenDead && fixture.book->isAccessTokenDead);
    QTRY_VERIFY(fixture.disk.isEmpty());
    while (pending.pass(10min)) {
    }
    QCOMPARE(pending.outcomes.size(), 2u);
}

void TestSignOut::stillValid_isGivenUpAloud()
{
    Fixture fixture;
    fixture.server.isDown = true;
    QCOMPARE(fixture.run().ending, Ending::StillValid);
    Pending pending(fixture);
    pending.story.start();
    for (int look = 0; look < 500 && !fixture.disk.isEmpty(); ++look)
        QVERIFY(pending.pass(8h));
    QCOMPARE(pending.outcomes.back().ending, Ending::ByHand);
    QCOMPARE(pending.outcomes.back().tries, PendingRevocations::mostTries);
}

// INV-7.
void TestSignOut::clockSetBack_doesNotStopTheTries()
{
    Fixture fixture;
    fixture.server.isDown = true;
    QCOMPARE(fixture.run().ending, Ending::StillValid);
    fixture.server.isDown = false;
    fixture.disk.clock.wall -= std::chrono::hours(24 * 365);
    Pending pending(fixture);
    pending.story.start();
    QTRY_COMPARE(pending.outcomes.size(), 1u);
    QCOMPARE(pending.outcomes.back().ending, Ending::SignedOut);
}

// A refresh whose answer a full disk kept out of the vault: the token in the vault is spent, the one to end is this.
void TestSignOut::answerInTheJournal_isTheOneThatIsRevoked()
{
    Fixture fixture;
    QVERIFY(tests::journalAnAnswer(fixture.disk));
    QCOMPARE(fixture.run().ending, Ending::SignedOut);
    QCOMPARE(fixture.server.told, (QStringList{QStringLiteral("rt-2"), QStringLiteral("at-2")}));
    QVERIFY(fixture.disk.isEmpty());
}

void TestSignOut::openIntent_isSaid()
{
    Fixture fixture;
    vault::JournalEntry entry;
    entry.phase = vault::JournalEntry::Phase::Intent;
    entry.profileIds = QStringList{QStringLiteral("own")};
    auto lineage = fixture.disk.journal->lineage(QStringLiteral("own"));
    QVERIFY(lineage && lineage->write(std::move(entry)));
    const SignOutOutcome outcome = fixture.run();
    QCOMPARE(outcome.ending, Ending::SignedOut);
    QVERIFY(outcome.mayHaveSuccessor);
    QVERIFY(fixture.disk.isEmpty());
}

void TestSignOut::forgetHere_tellsNobody()
{
    Fixture fixture;
    const SignOutOutcome outcome = fixture.run(Purpose::ForgetHere);
    QCOMPARE(outcome.ending, Ending::Forgotten);
    QVERIFY(outcome.refreshToken == TokenEnd::NotAsked && outcome.accessToken == TokenEnd::NotAsked);
    QVERIFY(fixture.server.told.isEmpty());
    QVERIFY(fixture.disk.isEmpty());
}

void TestSignOut::whatIsNotOurs_staysAsItIs_data()
{
    QTest::addColumn<profile::Care>("care");
    QTest::newRow("shared") << profile::Care::Shared;
    QTest::newRow("delegated") << profile::Care::Delegated;
    QTest::newRow("watched") << profile::Care::Watched;
}

void TestSignOut::whatIsNotOurs_staysAsItIs()
{
    QFETCH(const profile::Care, care);
    for (const Purpose purpose : {Purpose::SignOut, Purpose::ForgetHere}) {
        Fixture fixture;
        vault::Record record = tests::ownRecord();
        record.care = care;
        QVERIFY(fixture.disk.vault->write(record));
        QCOMPARE(fixture.run(purpose).ending, Ending::NotOurs);
        QVERIFY(fixture.disk.holds("rt-1") && fixture.server.told.isEmpty() && fixture.notes().empty());
    }
}

void TestSignOut::lineageInUse_isBusy()
{
    Fixture fixture;
    const auto held =
        vault::DirectoryLock::take(fixture.disk.journal->directory(),
                                   fixture.disk.journal->lockName(QStringLiteral("own")).toLatin1().constData());
    QVERIFY(held);
    SignOut signOut(fixture.request(), fixture.disk.world(fixture.server));
    std::optional<SignOutOutcome> outcome;
    connect(&signOut, &SignOut::finished, this, [&](const SignOutOutcome &over) { outcome = over; });
    signOut.start();
    QVERIFY(!outcome);
    fixture.disk.clock.advance(SignOut::lockDeadline);
    QTRY_VERIFY(outcome);
    QCOMPARE(outcome->ending, Ending::Busy);
    QVERIFY(fixture.disk.holds("rt-1") && fixture.server.told.isEmpty());
}

void TestSignOut::cancel_beforeTheNote_changesNothing()
{
    Fixture fixture;
    const auto held =
        vault::DirectoryLock::take(fixture.disk.journal->directory(),
                                   fixture.disk.journal->lockName(QStringLiteral("own")).toLatin1().constData());
    SignOut signOut(fixture.request(), fixture.disk.world(fixture.server));
    int ends = 0;
    connect(&signOut, &SignOut::finished, this, [&](const SignOutOutcome &over) {
        ++ends;
        QCOMPARE(over.ending, Ending::Cancelled);
    });
    signOut.start();
    signOut.cancel();
    signOut.cancel();
    QCOMPARE(ends, 1);
    QVERIFY(fixture.disk.holds("rt-1") && fixture.notes().empty());
}

void TestSignOut::cancel_afterTheNote_tellsTheProviderLater()
{
    Fixture fixture;
    fixture.server.isSilent = true;
    SignOut signOut(fixture.request(), fixture.disk.world(fixture.server));
    std::optional<SignOutOutcome> outcome;
    connect(&signOut, &SignOut::finished, this, [&](const SignOutOutcome &over) { outcome = over; });
    signOut.start();
    QVERIFY(!outcome);
    signOut.cancel();
    QVERIFY(outcome);
    QCOMPARE(outcome->ending, Ending::StillValid);
    QVERIFY(fixture.disk.vault->readFacts().records.empty());
    QCOMPARE(fixture.notes().size(), 1u);
    QVERIFY(!fixture.notes().front().refreshToken.isEmpty() && !fixture.notes().front().accessToken.isEmpty());
}

// A note that could not be read at the last start, and a sign-in since.
void TestSignOut::resume_leavesALaterLoginAlone()
{
    Fixture fixture;
    QVERIFY(fixture.disk.notes->write(
        refresh::noteOf(tests::ownRecord(), Phase::UnderWay, fixture.disk.world(fixture.server))));
    QVERIFY(fixture.disk.vault->write(tests::ownRecord("rt-9", "at-9")));
    QVERIFY(fixture.disk.journal->lineage(QStringLiteral("own")));
    Pending pending(fixture);
    pending.story.start();
    QTRY_COMPARE(pending.outcomes.size(), 1u);
    QVERIFY(!pending.outcomes.front().hasLeftHere);
    QCOMPARE(fixture.server.told, (QStringList{QStringLiteral("rt-1"), QStringLiteral("at-1")}));
    QVERIFY(fixture.disk.holds("rt-9"));
    QCOMPARE(fixture.disk.filesBeside(QStringLiteral("*.journal")).size(), 1);
    QVERIFY(fixture.notes().empty());
}

void TestSignOut::unknownProvider_keepsTheNote()
{
    Fixture fixture;
    fixture.server.isDown = true;
    QCOMPARE(fixture.run().ending, Ending::StillValid);
    fixture.provider.id = QStringLiteral("another");
    Pending pending(fixture);
    pending.story.tryNow();
    QCOMPARE(pending.problems, 1);
    QCOMPARE(fixture.notes().size(), 1u);
}

void TestSignOut::damagedNote_isToldOfAndStays()
{
    Fixture fixture;
    const QString path = fixture.disk.journal->directory() + QStringLiteral("/0123.revocation");
    tests::put(path, "junk");
    Pending pending(fixture);
    pending.story.start();
    QVERIFY(pending.problems == 1 && pending.caughtUp == 1);
    QCOMPARE(tests::bytesOf(path), QByteArray("junk"));
}

void TestSignOut::pause_growsToSixHours_data()
{
    QTest::addColumn<int>("tries");
    QTest::addColumn<int>("retryAfter");
    QTest::addColumn<double>("jitter");
    QTest::addColumn<int>("seconds");
    QTest::newRow("first") << 1 << 0 << 0.0 << 60;
    QTest::newRow("second") << 2 << 0 << 0.0 << 120;
    QTest::newRow("jitter") << 1 << 0 << 1.0 << 75;
    QTest::newRow("cap") << 40 << 0 << 0.0 << 6 * 3600;
    QTest::newRow("as the server asked") << 1 << 3600 << 0.0 << 3600;
    QTest::newRow("never shorter") << 40 << 60 << 0.0 << 6 * 3600;
    QTest::newRow("none yet") << 0 << 0 << 0.0 << 60;
}

void TestSignOut::pause_growsToSixHours()
{
    QFETCH(const int, tries);
    QFETCH(const int, retryAfter);
    QFETCH(const double, jitter);
    QFETCH(const int, seconds);
    const auto asked = retryAfter > 0 ? std::optional(std::chrono::seconds(retryAfter)) : std::nullopt;
    QCOMPARE(refresh::revocationPause(static_cast<std::uint64_t>(tries), asked, jitter).count(), seconds * 1000);
}

QTEST_GUILESS_MAIN(TestSignOut)
#include "signout.moc"
