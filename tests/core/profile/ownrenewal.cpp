// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// Logins that Keytender renews by itself, and keys that were handed out by hand: what is judged, and what is said.

#include <QTest>

#include "profile/words.h"
#include "samples.h"

using namespace keytender;
using namespace keytender::profile;
using namespace keytender::samples;
using namespace std::chrono_literals;

namespace {

Profile own()
{
    Profile profile = login();
    profile.care = Care::Own;
    profile.label = QStringLiteral("Anthropic · me@example.com");
    profile.copies.clear();
    return profile;
}

Profile keyByHand()
{
    Profile profile = own();
    profile.label = QStringLiteral("CI key");
    profile.credential.kind = CredentialKind::ApiKey;
    profile.credential.refreshToken = {};
    profile.credential.refreshTokenExpiresAt.reset();
    profile.credential.expiresAt.reset();
    profile.credential.issuedAt = now - 24h * 30;
    return profile;
}

struct Seen {
    Health health = Health::Fresh;
    Severity severity = Severity::Well;
    QString headline;
    QString sentence;
    bool operator==(const Seen &) const = default;
};

Seen seen(const Profile &profile, const Lifetimes &lifetimes, const Renewal &renewal)
{
    const Condition condition = conditionOf(profile, lifetimes, renewal, now);
    return {.health = condition.health,
            .severity = condition.severity,
            .headline = headline(profile, condition, now),
            .sentence = explanation(profile, condition, QStringLiteral("Anthropic"), now)};
}

using State = Renewal::State;

} // namespace

Q_DECLARE_METATYPE(Renewal)
Q_DECLARE_METATYPE(Seen)

class OwnRenewalTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void renewal_isJudgedAndSaid_data();
    void renewal_isJudgedAndSaid();
    void lapsedToken_makesWaitingWorthASentence();
    void renewal_ofAToolsLogin_changesNothing();
    void endOfTheSignIn_isToldWhileSomethingWaits();
    void key_isRotated_whenItsTimeHasCome_data();
    void key_isRotated_whenItsTimeHasCome();
};

void OwnRenewalTest::renewal_isJudgedAndSaid_data()
{
    QTest::addColumn<Renewal>("renewal");
    QTest::addColumn<Seen>("expected");
    const auto row = [](const char *name, const Renewal &renewal, const Seen &expected) {
        QTest::newRow(name) << renewal << expected;
    };
    const auto waiting = [](Reason reason, const QString &detail = {}) {
        return Renewal{.state = State::Waiting, .reason = reason, .nextTry = now + 4min, .detail = detail};
    };
    const auto ended = [](Reason reason, const QString &detail = {}) {
        return Renewal{.state = State::Ended, .reason = reason, .nextTry = {}, .detail = detail};
    };
    row("idle", {}, {Health::Fresh, Severity::Well, QStringLiteral("renews in 4 h 24 min"), {}});
    row("running", {.state = State::Running, .reason = Reason::None, .nextTry = {}},
        {Health::Refreshing, Severity::Busy, QStringLiteral("renewing…"), {}});
    const auto again = [](Reason reason) { return Renewal{.state = State::Running, .reason = reason, .nextTry = {}}; };
    row("running again, the token is good", again(Reason::Offline),
        {Health::Refreshing, Severity::Busy, QStringLiteral("renewing…"), {}});
    row("running again, it cannot be stored", again(Reason::StorageFails),
        {Health::Refreshing, Severity::ActNow, QStringLiteral("renewing…"),
         QStringLiteral("This login cannot be stored. Make room on the disk or mend its rights; Keytender tries again "
                        "by itself.")});
    row("offline, the token is good", waiting(Reason::Offline),
        {Health::Waiting, Severity::Well, QStringLiteral("offline, next try in 4 min"), {}});
    row("the server is not well", waiting(Reason::ServerTrouble),
        {Health::Waiting, Severity::Well, QStringLiteral("no answer from the server, next try in 4 min"), {}});
    row("unsure", waiting(Reason::AnswerUnknown),
        {Health::Unsure, Severity::Well, QStringLiteral("unsure, next try in 4 min"), {}});
    row("it cannot be stored", waiting(Reason::StorageFails, QStringLiteral("vault: the disk is full")),
        {Health::Waiting, Severity::ActNow, QStringLiteral("cannot be stored, next try in 4 min"),
         QStringLiteral("This login cannot be stored. Make room on the disk or mend its rights; Keytender tries again "
                        "by itself. vault: the disk is full")});
    row("misconfigured", waiting(Reason::Misconfigured, QStringLiteral("invalid_client")),
        {Health::Waiting, Severity::Due, QStringLiteral("waiting, next try in 4 min"),
         QStringLiteral("Anthropic does not accept how Keytender asks it to renew this login. Look at its provider "
                        "file, or sign in again. It said: invalid_client.")});
    row("refused", ended(Reason::Refused, QStringLiteral("grant request is invalid")),
        {Health::NeedsSignIn, Severity::ActNow, QStringLiteral("sign in again"),
         QStringLiteral("Anthropic has ended this sign-in. It said: grant request is invalid. Sign in again.")});
    row("answer lost", ended(Reason::AnswerLost),
        {Health::NeedsSignIn, Severity::ActNow, QStringLiteral("sign in again"),
         QStringLiteral("Anthropic took the refresh token, and its answer was lost on the way. Sign in again.")});
    row("somebody else's", ended(Reason::OtherAccount),
        {Health::Conflict, Severity::ActNow, QStringLiteral("another account"),
         QStringLiteral("Anthropic answered with the login of another account; Keytender put it aside and changed "
                        "nothing. Sign in again.")});
}

void OwnRenewalTest::renewal_isJudgedAndSaid()
{
    QFETCH(Renewal, renewal);
    QFETCH(Seen, expected);
    const Seen is = seen(own(), eightHours(), renewal);
    QCOMPARE(key(is.health), key(expected.health));
    QCOMPARE(static_cast<int>(is.severity), static_cast<int>(expected.severity));
    QCOMPARE(is.headline, expected.headline);
    QCOMPARE(is.sentence, expected.sentence);
}

void OwnRenewalTest::lapsedToken_makesWaitingWorthASentence()
{
    Profile lapsed = own();
    lapsed.credential.expiresAt = now + 2min;
    for (const Reason reason : {Reason::Offline, Reason::ServerTrouble, Reason::Blocked, Reason::AnswerUnknown}) {
        const Seen is = seen(lapsed, eightHours(), {.state = State::Waiting, .reason = reason, .nextTry = now + 30s});
        QCOMPARE(static_cast<int>(is.severity), static_cast<int>(Severity::Due));
        QVERIFY2(is.sentence.contains(QStringLiteral("by itself")), qPrintable(is.sentence));
        // Work in progress moves no row: the next try is as loud, and says the same.
        const Seen again = seen(lapsed, eightHours(), {.state = State::Running, .reason = reason, .nextTry = {}});
        QCOMPARE(key(again.health), key(Health::Refreshing));
        QCOMPARE(static_cast<int>(again.severity), static_cast<int>(is.severity));
        QCOMPARE(again.sentence, is.sentence);
    }
}

void OwnRenewalTest::renewal_ofAToolsLogin_changesNothing()
{
    const Renewal ended{.state = State::Ended, .reason = Reason::Refused, .nextTry = {}};
    QVERIFY(conditionOf(login(), eightHours(), ended, now) == conditionOf(login(), eightHours(), now));
}

void OwnRenewalTest::endOfTheSignIn_isToldWhileSomethingWaits()
{
    Profile ending = own();
    ending.credential.refreshTokenExpiresAt = now + 20h;
    const Condition condition =
        conditionOf(ending, eightHours(), {.state = State::Waiting, .reason = Reason::Offline, .nextTry = {}}, now);
    QCOMPARE(key(condition.reason), QStringLiteral("signInEndsSoon"));
    const Condition refused =
        conditionOf(ending, eightHours(), {.state = State::Ended, .reason = Reason::Refused, .nextTry = {}}, now);
    QCOMPARE(key(refused.reason), QStringLiteral("refused"));
}

void OwnRenewalTest::key_isRotated_whenItsTimeHasCome_data()
{
    QTest::addColumn<int>("rotationDays");
    QTest::addColumn<int>("endsInDays");
    QTest::addColumn<QString>("reason");
    QTest::newRow("young") << 31 << 0 << QString();
    QTest::newRow("old") << 30 << 0 << QStringLiteral("rotationDue");
    QTest::newRow("nobody reminds") << 0 << 0 << QString();
    QTest::newRow("old, and ends tomorrow") << 30 << 1 << QStringLiteral("tokenEndsSoon");
}

void OwnRenewalTest::key_isRotated_whenItsTimeHasCome()
{
    QFETCH(int, rotationDays);
    QFETCH(int, endsInDays);
    QFETCH(QString, reason);
    Profile profile = keyByHand();
    Lifetimes lifetimes;
    if (rotationDays > 0)
        lifetimes.rotation = rotationDays * 24h;
    if (endsInDays > 0)
        profile.credential.expiresAt = now + endsInDays * 24h;
    const Condition condition = conditionOf(profile, lifetimes, now);
    QCOMPARE(key(condition.reason), reason);
    if (reason == QStringLiteral("rotationDue"))
        QCOMPARE(explanation(profile, condition, QString(), now),
                 QStringLiteral("This key has been in use for 30 days. Replace it with a new one, and delete the old "
                                "one at the provider."));
    Profile toolsOwn = profile;
    toolsOwn.care = Care::Watched;
    QVERIFY(key(conditionOf(toolsOwn, lifetimes, now).reason) != QStringLiteral("rotationDue"));
}

QTEST_GUILESS_MAIN(OwnRenewalTest)
#include "ownrenewal.moc"
