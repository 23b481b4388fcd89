// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "profile/health.h"

#include <cmath>
#include <functional>
#include <limits>

#include <QTest>

#include "profile/words.h"
#include "samples.h"

using namespace keytender;
using namespace keytender::profile;
using namespace keytender::samples;
using namespace std::chrono_literals;

namespace {

using Bend = std::function<void(Profile &, Lifetimes &)>;

constexpr base::Timestamp year1970{0ms};
constexpr base::Timestamp year2300{std::chrono::sys_days{std::chrono::year{2300} / 1 / 1}};

} // namespace

Q_DECLARE_METATYPE(Bend)

class HealthTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void condition_ofALogin_isJudgedByItsFacts_data();
    void condition_ofALogin_isJudgedByItsFacts();
    void dueDate_followsTheBestKnownLife_data();
    void dueDate_followsTheBestKnownLife();
    void renewal_ofAWatchedLogin_beginsWithItsToolsWindow();
    void renewal_ofAnOwnLogin_beginsWhenDue();
    void elapsed_staysBetweenZeroAndOne_data();
    void elapsed_staysBetweenZeroAndOne();
    void clockJump_thereAndBack_changesNothing();
    void clash_isOfRenewableLoginsOnly_data();
    void clash_isOfRenewableLoginsOnly();
    void everyMoment_ofALife_hasDatesInOrder();
};

void HealthTest::condition_ofALogin_isJudgedByItsFacts_data()
{
    QTest::addColumn<Bend>("bend");
    QTest::addColumn<Health>("health");
    QTest::addColumn<Reason>("reason");
    QTest::addColumn<Severity>("severity");
    const auto row = [](const char *name, Health health, Reason reason, Severity severity, const Bend &bend) {
        QTest::newRow(name) << bend << health << reason << severity;
    };
    using enum Reason;
    using enum Severity;

    // The first clock of a login that is renewed.
    row("issued 2 h ago for 8 h", Health::Fresh, None, Well, [](Profile &, Lifetimes &) {});
    row("a moment before 80 %", Health::Fresh, None, Well, [](Profile &p, Lifetimes &) {
        p.credential.issuedAt = now - 8h + 1ms;
        p.credential.expiresAt = now + 2h + 1ms;
    });
    row("at 80 %", Health::Due, RenewedByItsTool, Well, [](Profile &p, Lifetimes &) {
        p.credential.issuedAt = now - 8h;
        p.credential.expiresAt = now + 2h;
    });
    row("at 80 %, our own", Health::Due, None, Well, [](Profile &p, Lifetimes &) {
        p.care = Care::Own;
        p.credential.issuedAt = now - 8h;
        p.credential.expiresAt = now + 2h;
    });
    row("a moment before its end", Health::Due, RenewedByItsTool, Well,
        [](Profile &p, Lifetimes &) { p.credential.expiresAt = now + 1ms; });
    row("at its end", Health::Paused, RenewedByItsTool, Well,
        [](Profile &p, Lifetimes &) { p.credential.expiresAt = now; });
    row("lapsed for a week", Health::Paused, RenewedByItsTool, Well,
        [](Profile &p, Lifetimes &) { p.credential.expiresAt = now - 168h; });
    row("lapsed, delegated", Health::Paused, RenewedByItsTool, Well, [](Profile &p, Lifetimes &) {
        p.care = Care::Delegated;
        p.credential.expiresAt = now - 1h;
    });
    row("lapsed, shared", Health::Paused, None, Well, [](Profile &p, Lifetimes &) {
        p.care = Care::Shared;
        p.credential.expiresAt = now - 1h;
    });
    row("no expiry, renewable", Health::NoExpiry, None, Well,
        [](Profile &p, Lifetimes &) { p.credential.expiresAt.reset(); });
    row("expiry in 1970", Health::NoExpiry, None, Well,
        [](Profile &p, Lifetimes &) { p.credential.expiresAt = year1970; });
    row("expiry in 2300", Health::NoExpiry, None, Well,
        [](Profile &p, Lifetimes &) { p.credential.expiresAt = year2300; });

    // The second clock.
    row("sign-in ends in 30 days", Health::Fresh, None, Well,
        [](Profile &p, Lifetimes &) { p.credential.refreshTokenExpiresAt = now + 720h; });
    row("sign-in ends in 7 days", Health::Fresh, None, Well,
        [](Profile &p, Lifetimes &) { p.credential.refreshTokenExpiresAt = now + 168h; });
    row("sign-in ends in 3 days and a bit", Health::Fresh, None, Well,
        [](Profile &p, Lifetimes &) { p.credential.refreshTokenExpiresAt = now + 72h + 1ms; });
    row("sign-in ends in 3 days", Health::Fresh, SignInEndsSoon, Severity::Due,
        [](Profile &p, Lifetimes &) { p.credential.refreshTokenExpiresAt = now + 72h; });
    row("sign-in ends in 2 days, lapsed", Health::Paused, SignInEndsSoon, Severity::Due, [](Profile &p, Lifetimes &) {
        p.credential.expiresAt = now - 1h;
        p.credential.refreshTokenExpiresAt = now + 48h;
    });
    row("sign-in ends in 2 days, no expiry", Health::NoExpiry, SignInEndsSoon, Severity::Due,
        [](Profile &p, Lifetimes &) {
            p.credential.expiresAt.reset();
            p.credential.refreshTokenExpiresAt = now + 48h;
        });
    row("sign-in ends in a day", Health::Due, SignInEndsSoon, Severity::Due,
        [](Profile &p, Lifetimes &) { p.credential.refreshTokenExpiresAt = now + 24h; });
    row("sign-in ends in an hour, lapsed", Health::Due, SignInEndsSoon, Severity::Due, [](Profile &p, Lifetimes &) {
        p.credential.expiresAt = now - 1h;
        p.credential.refreshTokenExpiresAt = now + 1h;
    });
    row("sign-in ends now", Health::NeedsSignIn, SignInEnded, ActNow,
        [](Profile &p, Lifetimes &) { p.credential.refreshTokenExpiresAt = now; });
    row("sign-in ended, token alive", Health::NeedsSignIn, SignInEnded, ActNow,
        [](Profile &p, Lifetimes &) { p.credential.refreshTokenExpiresAt = now - 240h; });
    row("sign-in ended in 1970", Health::Fresh, None, Well,
        [](Profile &p, Lifetimes &) { p.credential.refreshTokenExpiresAt = year1970; });
    row("end of a sign-in without refresh token", Health::Fresh, None, Well, [](Profile &p, Lifetimes &) {
        p = lastingToken();
        p.credential.expiresAt = now + 720h;
        p.credential.refreshTokenExpiresAt = now - 1h;
    });

    // Tokens that nothing renews.
    row("gh's token", Health::NoExpiry, None, Well, [](Profile &p, Lifetimes &) {
        p = lastingToken();
        p.credential.expiresAt.reset();
    });
    row("token for a year", Health::Fresh, None, Well, [](Profile &p, Lifetimes &) {
        p = lastingToken();
        p.credential.expiresAt = now + 8760h;
    });
    row("token for a day and a bit", Health::Fresh, None, Well, [](Profile &p, Lifetimes &) {
        p = lastingToken();
        p.credential.expiresAt = now + 24h + 1ms;
    });
    row("token for a day", Health::Due, TokenEndsSoon, Severity::Due, [](Profile &p, Lifetimes &) {
        p = lastingToken();
        p.credential.expiresAt = now + 24h;
    });
    row("token over", Health::Expired, TokenEnded, ActNow, [](Profile &p, Lifetimes &) {
        p = lastingToken();
        p.credential.expiresAt = now;
    });
    row("OAuth without refresh token over", Health::Expired, TokenEnded, ActNow, [](Profile &p, Lifetimes &) {
        p.credential.refreshToken = {};
        p.credential.expiresAt = now - 1h;
    });
    row("API key", Health::NoExpiry, None, Well, [](Profile &p, Lifetimes &) {
        p = lastingToken();
        p.credential.kind = CredentialKind::ApiKey;
        p.credential.expiresAt.reset();
    });

    // What the places say.
    row("blank", Health::NeedsSignIn, BlankedByTool, ActNow,
        [](Profile &p, Lifetimes &) { p.copies = {copy(CopyState::Blank)}; });
    row("locked away by its tool", Health::NeedsSignIn, LockedAwayByTool, ActNow,
        [](Profile &p, Lifetimes &) { p.copies = {copy(CopyState::Fenced)}; });
    row("locked away while its tool renews it", Health::Refreshing, None, Busy,
        [](Profile &p, Lifetimes &) { p.copies = {copy(CopyState::Fenced, base::ErrorKind::Locked)}; });
    row("blank and absent", Health::NeedsSignIn, BlankedByTool, ActNow, [](Profile &p, Lifetimes &) {
        p.copies = {copy(CopyState::Absent), copy(CopyState::Blank)};
    });
    row("blank and unreadable", Health::NeedsSignIn, BlankedByTool, ActNow, [](Profile &p, Lifetimes &) {
        p.copies = {copy(CopyState::Unreadable, base::ErrorKind::Io), copy(CopyState::Blank)};
    });
    row("blank beside held", Health::Fresh, None, Well, [](Profile &p, Lifetimes &) {
        p.copies = {copy(CopyState::Blank), copy(CopyState::Held)};
    });
    row("absent", Health::NeedsSignIn, SignedOut, Severity::Due, [](Profile &p, Lifetimes &) {
        p.copies = {copy(CopyState::Absent), copy(CopyState::Absent)};
    });
    row("absent beside held", Health::Fresh, None, Well, [](Profile &p, Lifetimes &) {
        p.copies = {copy(CopyState::Absent), copy(CopyState::Held)};
    });
    row("unreadable", Health::Unreadable, CopyUnreadable, ActNow,
        [](Profile &p, Lifetimes &) { p.copies = {copy(CopyState::Unreadable, base::ErrorKind::Malformed)}; });
    row("unreadable for no stated reason", Health::Unreadable, CopyUnreadable, ActNow,
        [](Profile &p, Lifetimes &) { p.copies = {copy(CopyState::Unreadable)}; });
    row("unreadable and absent is not signed out", Health::Unreadable, CopyUnreadable, ActNow,
        [](Profile &p, Lifetimes &) {
            p.copies = {copy(CopyState::Absent), copy(CopyState::Unreadable, base::ErrorKind::PermissionDenied)};
        });
    row("unreadable beside held", Health::Fresh, None, Well, [](Profile &p, Lifetimes &) {
        p.copies = {copy(CopyState::Unreadable, base::ErrorKind::Io), copy(CopyState::Held)};
    });
    row("keychain locked", Health::Unreadable, KeychainLocked, Severity::Due, [](Profile &p, Lifetimes &) {
        p.copies = {copy(CopyState::Absent), copy(CopyState::Unreadable, base::ErrorKind::Locked)};
    });
    row("keychain locked and a damaged file", Health::Unreadable, CopyUnreadable, ActNow, [](Profile &p, Lifetimes &) {
        p.copies = {copy(CopyState::Unreadable, base::ErrorKind::Locked),
                    copy(CopyState::Unreadable, base::ErrorKind::Malformed)};
    });
    row("no place at all", Health::Fresh, None, Well, [](Profile &p, Lifetimes &) { p.copies.clear(); });
    row("our own sign-in with its reader gone", Health::Fresh, None, Well, [](Profile &p, Lifetimes &) {
        p.care = Care::Own;
        p.copies = {copy(CopyState::Absent)};
    });

    // Accord.
    row("another account", Health::Conflict, DifferentAccount, ActNow,
        [](Profile &p, Lifetimes &) { p.accord = Accord::DifferentAccount; });
    row("ambiguous", Health::Conflict, Ambiguous, ActNow,
        [](Profile &p, Lifetimes &) { p.accord = Accord::Ambiguous; });
    row("the vault's is newer", Health::Fresh, None, Well,
        [](Profile &p, Lifetimes &) { p.accord = Accord::KeptNewer; });
    row("another account, lapsed", Health::Conflict, DifferentAccount, ActNow, [](Profile &p, Lifetimes &) {
        p.accord = Accord::DifferentAccount;
        p.credential.expiresAt = now - 1h;
    });

    // A provider that ended the service: a date on disk proves nothing.
    row("service ended, token in date", Health::Rejected, ServiceEnded, Severity::Due,
        [](Profile &, Lifetimes &l) { l.service = Lifetimes::Service::Ended; });
    row("service ended, signed out", Health::Rejected, ServiceEnded, Severity::Due, [](Profile &p, Lifetimes &l) {
        l.service = Lifetimes::Service::Ended;
        p.copies = {copy(CopyState::Absent)};
    });
    row("service ended, record damaged", Health::Unreadable, CopyUnreadable, ActNow, [](Profile &p, Lifetimes &l) {
        l.service = Lifetimes::Service::Ended;
        p.copies = {copy(CopyState::Unreadable, base::ErrorKind::Malformed)};
    });
    row("service ended, but this is an API key", Health::NoExpiry, None, Well, [](Profile &p, Lifetimes &l) {
        l.service = Lifetimes::Service::Ended;
        p = lastingToken();
        p.credential.kind = CredentialKind::ApiKey;
        p.credential.expiresAt.reset();
    });
    row("ended for some, fresh by date", Health::NoExpiry, ServiceEndedForSome, Well,
        [](Profile &, Lifetimes &l) { l.service = Lifetimes::Service::EndedForSome; });
    row("ended for some, lapsed", Health::NoExpiry, ServiceEndedForSome, Well, [](Profile &p, Lifetimes &l) {
        l.service = Lifetimes::Service::EndedForSome;
        p.credential.expiresAt = now - 1h;
    });
    row("ended for some, sign-in over", Health::NeedsSignIn, SignInEnded, ActNow, [](Profile &p, Lifetimes &l) {
        l.service = Lifetimes::Service::EndedForSome;
        p.credential.refreshTokenExpiresAt = now - 1h;
    });
    row("ended for some, unreadable", Health::Unreadable, CopyUnreadable, ActNow, [](Profile &p, Lifetimes &l) {
        l.service = Lifetimes::Service::EndedForSome;
        p.copies = {copy(CopyState::Unreadable, base::ErrorKind::WrongKey)};
    });
}

void HealthTest::condition_ofALogin_isJudgedByItsFacts()
{
    QFETCH(Bend, bend);
    QFETCH(Health, health);
    QFETCH(Reason, reason);
    QFETCH(Severity, severity);
    Profile profile = login();
    Lifetimes lifetimes = eightHours();
    bend(profile, lifetimes);

    const Condition condition = conditionOf(profile, lifetimes, now);
    QCOMPARE(key(condition.health), key(health));
    QCOMPARE(key(condition.reason), key(reason));
    QCOMPARE(static_cast<int>(condition.severity), static_cast<int>(severity));
    QVERIFY(!condition.hasClash);

    const bool isServiceGone = reason == Reason::ServiceEnded || reason == Reason::ServiceEndedForSome;
    QVERIFY(!isServiceGone || (!condition.dueAt && !condition.elapsed && !condition.renewsAt));
}

void HealthTest::dueDate_followsTheBestKnownLife_data()
{
    QTest::addColumn<Bend>("bend");
    QTest::addColumn<int>("minutesBeforeTheEnd");
    const auto row = [](const char *name, int minutes, const Bend &bend) { QTest::newRow(name) << bend << minutes; };

    row("issue known: 20 % of 8 h", 96, [](Profile &, Lifetimes &) {});
    row("issue known: its own life, not the usual one", 12, [](Profile &p, Lifetimes &) {
        p.credential.issuedAt = now + 5h; // 1 h of life
    });
    row("issue after the end is no issue", 96,
        [](Profile &p, Lifetimes &) { p.credential.issuedAt = *p.credential.expiresAt + 1h; });
    row("seen when it was new", 90, [](Profile &p, Lifetimes &) {
        p.credential.issuedAt.reset();
        p.firstSeenAt = *p.credential.expiresAt - 450min;
    });
    row("seen when it was old: the usual life", 96, [](Profile &p, Lifetimes &) {
        p.credential.issuedAt.reset();
        p.firstSeenAt = *p.credential.expiresAt - 60min;
    });
    row("seen long before: it lives longer than usual", 24 * 60, [](Profile &p, Lifetimes &) {
        p.credential.issuedAt.reset();
        p.firstSeenAt = *p.credential.expiresAt - 120h;
    });
    row("seen in 1970", 96, [](Profile &p, Lifetimes &) {
        p.credential.issuedAt.reset();
        p.firstSeenAt = year1970;
    });
    row("F-103: only an absolute expiry, 20 % of the usual life", 96,
        [](Profile &p, Lifetimes &) { p.credential.issuedAt.reset(); });
    row("F-103: at least 5 minutes", 5, [](Profile &p, Lifetimes &l) {
        p.credential.issuedAt.reset();
        l = {.usual = 10min};
    });
    row("nothing known but the expiry", 5, [](Profile &p, Lifetimes &l) {
        p.credential.issuedAt.reset();
        l = {};
    });
    row("seen, usual life unknown", 12, [](Profile &p, Lifetimes &l) {
        p.credential.issuedAt.reset();
        p.firstSeenAt = *p.credential.expiresAt - 60min;
        l = {};
    });
    row("a person's choice of 50 %", 240, [](Profile &, Lifetimes &l) { l.renewalShare = 0.5; });
    row("a person's choice of 95 %", 24, [](Profile &, Lifetimes &l) { l.renewalShare = 0.95; });
    row("a late choice, ahead of an owner's window all the same", 120, [](Profile &, Lifetimes &l) {
        l.renewalShare = 0.95;
        l.ownerWindow = 2h;
    });
    row("ahead of an owner's window that opens before 80 %", 120, [](Profile &, Lifetimes &l) { l.ownerWindow = 2h; });
}

void HealthTest::dueDate_followsTheBestKnownLife()
{
    QFETCH(Bend, bend);
    QFETCH(int, minutesBeforeTheEnd);
    Profile profile = login();
    Lifetimes lifetimes = eightHours();
    bend(profile, lifetimes);
    const Condition condition = conditionOf(profile, lifetimes, now);
    QVERIFY(condition.dueAt.has_value());
    QCOMPARE((*condition.expiresAt - *condition.dueAt).count(), base::Milliseconds(minutesBeforeTheEnd * 1min).count());
}

void HealthTest::renewal_ofAWatchedLogin_beginsWithItsToolsWindow()
{
    const Condition condition = conditionOf(login(), eightHours(), now);
    QCOMPARE(base::toRfc3339(*condition.renewsAt), base::toRfc3339(now + 6h - 5min));
}

void HealthTest::renewal_ofAnOwnLogin_beginsWhenDue()
{
    Profile profile = login();
    profile.care = Care::Own;
    const Condition condition = conditionOf(profile, eightHours(), now);
    QCOMPARE(base::toRfc3339(*condition.renewsAt), base::toRfc3339(now + 6h - 96min));
}

void HealthTest::elapsed_staysBetweenZeroAndOne_data()
{
    QTest::addColumn<qint64>("hoursFromNow");
    QTest::addColumn<double>("elapsed");
    QTest::newRow("a quarter") << qint64(0) << 0.25;
    QTest::newRow("clock 4 h back") << qint64(-4) << 0.0;
    QTest::newRow("clock 50 years back") << qint64(-50 * 8766) << 0.0;
    QTest::newRow("lapsed") << qint64(7) << 1.0;
    QTest::newRow("clock 10 years ahead") << qint64(10 * 8766) << 1.0;
}

void HealthTest::elapsed_staysBetweenZeroAndOne()
{
    QFETCH(qint64, hoursFromNow);
    QFETCH(double, elapsed);
    const Condition condition = conditionOf(login(), eightHours(), now + hoursFromNow * 1h);
    QVERIFY(condition.elapsed.has_value());
    QCOMPARE(*condition.elapsed, elapsed);
}

// INV-8: clocks decide when, never whether to forget.
void HealthTest::clockJump_thereAndBack_changesNothing()
{
    Profile profile = login();
    profile.credential.refreshTokenExpiresAt = now + 240h;
    const Profile before = profile;
    const Condition well = conditionOf(profile, eightHours(), now);
    QCOMPARE(key(conditionOf(profile, eightHours(), now + 87660h).health), QStringLiteral("needsSignIn"));
    QCOMPARE(key(conditionOf(profile, eightHours(), year1970).health), QStringLiteral("fresh"));
    QVERIFY(conditionOf(profile, eightHours(), now) == well);
    QVERIFY(profile == before);
}

void HealthTest::clash_isOfRenewableLoginsOnly_data()
{
    QTest::addColumn<Bend>("bend");
    QTest::addColumn<bool>("clashes");
    QTest::addColumn<Severity>("severity");
    const auto row = [](const char *name, bool clashes, Severity severity, const Bend &bend) {
        QTest::newRow(name) << bend << clashes << severity;
    };
    const std::vector<Duplicate> lineage{{QStringLiteral("opencode:openai"), DuplicateKind::SameLineage}};
    const std::vector<Duplicate> account{{QStringLiteral("opencode:openai"), DuplicateKind::SameAccount}};
    row("same lineage", true, Severity::Due, [lineage](Profile &p, Lifetimes &) { p.duplicates = lineage; });
    row("same account is fine", false, Severity::Well, [account](Profile &p, Lifetimes &) { p.duplicates = account; });
    row("same lineage, unreadable", true, Severity::ActNow, [lineage](Profile &p, Lifetimes &) {
        p.duplicates = lineage;
        p.copies = {copy(CopyState::Unreadable)};
    });
    row("nothing rotates: many may share it", false, Severity::Well, [lineage](Profile &p, Lifetimes &l) {
        p.duplicates = lineage;
        l.refreshTokenRotates = false;
    });
    row("one key in two tools", false, Severity::Well, [lineage](Profile &p, Lifetimes &) {
        p = lastingToken();
        p.credential.expiresAt.reset();
        p.duplicates = lineage;
    });
    row("a dead login logs nobody out", false, Severity::ActNow, [lineage](Profile &p, Lifetimes &) {
        p.duplicates = lineage;
        p.copies = {copy(CopyState::Blank)};
    });
}

void HealthTest::clash_isOfRenewableLoginsOnly()
{
    QFETCH(Bend, bend);
    QFETCH(bool, clashes);
    QFETCH(Severity, severity);
    Profile profile = login();
    Lifetimes lifetimes = eightHours();
    bend(profile, lifetimes);
    const Condition condition = conditionOf(profile, lifetimes, now);
    QCOMPARE(condition.hasClash, clashes);
    QCOMPARE(static_cast<int>(condition.severity), static_cast<int>(severity));
}

// Health only ever moves forward through a life, and its word agrees with its dates.
void HealthTest::everyMoment_ofALife_hasDatesInOrder()
{
    Profile profile = login();
    Health last = Health::Fresh;
    for (auto at = now - 3h; at < now + 8h; at += 1min) {
        const Condition condition = conditionOf(profile, eightHours(), at);
        QVERIFY(*condition.dueAt <= *condition.renewsAt && *condition.renewsAt <= *condition.expiresAt);
        const Health expected = at < *condition.dueAt       ? Health::Fresh
                                : at < *condition.expiresAt ? Health::Due
                                                            : Health::Paused;
        QCOMPARE(key(condition.health), key(expected));
        QVERIFY(static_cast<int>(condition.health) >= static_cast<int>(last));
        last = condition.health;
    }
    QCOMPARE(key(last), QStringLiteral("paused"));
}

QTEST_GUILESS_MAIN(HealthTest)
#include "health.moc"
