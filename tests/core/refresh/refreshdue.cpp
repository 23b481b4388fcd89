// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <QtTest>

#include "refresh/refreshdue.h"
#include "refresh/retrypolicy.h"

using namespace keytender;
using namespace std::chrono_literals;
using base::Milliseconds;
using base::Timestamp;
using profile::Care;
using refresh::Due;
using refresh::Ending;
using refresh::LineageHistory;
using refresh::Moment;
using refresh::Plan;
using refresh::PlannedLogin;

Q_DECLARE_METATYPE(PlannedLogin)
Q_DECLARE_METATYPE(LineageHistory)
Q_DECLARE_METATYPE(Moment)
Q_DECLARE_METATYPE(Plan)
Q_DECLARE_METATYPE(Milliseconds)
Q_DECLARE_METATYPE(Ending)

namespace {

constexpr Timestamp noon{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 12h};
constexpr Milliseconds boot = 100h;

base::Fingerprint fingerprint(std::uint8_t number)
{
    base::Fingerprint print;
    print.bytes[0] = number;
    return print;
}

// For an hour, of our own.
PlannedLogin issued(Timestamp at, Milliseconds life = 1h)
{
    PlannedLogin login;
    login.credential.accessToken = fingerprint(1);
    login.credential.refreshToken = fingerprint(2);
    login.credential.issuedAt = at;
    login.credential.expiresAt = at + life;
    login.care = Care::Own;
    login.firstSeenAt = at;
    login.lifetimes.usual = 1h;
    return login;
}

template <class Change>
PlannedLogin with(PlannedLogin login, const Change &change)
{
    change(login);
    return login;
}

Moment at(Milliseconds sinceNoon)
{
    return {.wall = noon + sinceNoon, .machineWall = noon + sinceNoon, .boot = boot + sinceNoon, .isConfirmed = false};
}

// The wall clock alone is off by `by`.
Moment jumped(Milliseconds sinceNoon, Milliseconds by)
{
    Moment moment = at(sinceNoon);
    moment.wall += by;
    moment.machineWall += by;
    return moment;
}

// ... and a server has said so.
Moment corrected(Milliseconds sinceNoon, Milliseconds by)
{
    Moment moment = at(sinceNoon);
    moment.machineWall += by;
    moment.isConfirmed = true;
    return moment;
}

LineageHistory obtained(Moment when)
{
    LineageHistory history;
    history.obtained = when;
    return history;
}

LineageHistory seen(Moment when)
{
    LineageHistory history;
    history.firstLook = when;
    return history;
}

template <class Change>
LineageHistory remembering(const Change &change)
{
    LineageHistory history;
    change(history);
    return history;
}

} // namespace

class TestRefreshDue : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void refreshDue_byTable_data();
    void refreshDue_byTable();
    void jitter_movesTheDateByFourPercent();
    void farDates_doNotOverflow_data();
    void farDates_doNotOverflow();
    void serverTime_correctsOnlyWhatIsFarOff_data();
    void serverTime_correctsOnlyWhatIsFarOff();
    void retryAfter_byTable_data();
    void retryAfter_byTable();
    void retryAfter_neverEndsALineageButByRefusal();
    void retryAfter_isAtLeastWhatTheServerAskedFor();
};

void TestRefreshDue::refreshDue_byTable_data()
{
    QTest::addColumn<PlannedLogin>("login");
    QTest::addColumn<LineageHistory>("history");
    QTest::addColumn<Moment>("now");
    QTest::addColumn<Plan>("plan");
    QTest::addColumn<Milliseconds>("in");
    QTest::addColumn<bool>("isDoubtful");
    const auto row = [](const char *name, const PlannedLogin &login, const LineageHistory &history, const Moment &now,
                        Plan plan, Milliseconds in = 0ms, bool isDoubtful = false) {
        QTest::newRow(name) << login << history << now << plan << in << isDoubtful;
    };
    const LineageHistory none;
    row("fresh", issued(noon), none, at(10min), Plan::Fresh, 38min);
    row("at 80 %", issued(noon), none, at(48min), Plan::Due);
    row("lapsed", issued(noon), none, at(2h), Plan::Due);
    row("8 hours", issued(noon, 8h), none, at(6h), Plan::Fresh, 24min);
    row("60 seconds", issued(noon, 60s), none, at(47s), Plan::Fresh, 1s);
    row("F-63: no life at all", issued(noon, 1ms), none, at(1ms), Plan::Due);
    row("F-104: a year", issued(noon, 8760h), none, at(24h), Plan::Fresh, 7008h - 24h);

    const auto owned = [&](Care care) { return with(issued(noon), [&](PlannedLogin &l) { l.care = care; }); };
    row("watched", owned(Care::Watched), none, at(2h), Plan::NotOurs);
    row("delegated", owned(Care::Delegated), none, at(2h), Plan::NotOurs);
    row("no refresh token", with(issued(noon), [](PlannedLogin &l) { l.credential.refreshToken = {}; }), none, at(2h),
        Plan::Unrenewable);
    row("an API key", with(issued(noon), [](PlannedLogin &l) { l.credential.kind = profile::CredentialKind::ApiKey; }),
        none, at(2h), Plan::Unrenewable);
    row("the service ended",
        with(issued(noon), [](PlannedLogin &l) { l.lifetimes.service = profile::Lifetimes::Service::Ended; }), none,
        at(2h), Plan::Unrenewable);
    row("ended", issued(noon), remembering([](LineageHistory &h) { h.isEnded = true; }), at(2h), Plan::Ended);

    const auto onlyEnd = [&](Milliseconds life, std::optional<std::chrono::seconds> usual) {
        return with(issued(noon, life), [&](PlannedLogin &l) {
            l.credential.issuedAt.reset();
            l.lifetimes.usual = usual;
        });
    };
    row("F-103: only an end, 8 h usual", onlyEnd(3h, 8h), none, at(0ms), Plan::Fresh, 3h - 96min);
    row("F-103: only an end, near", onlyEnd(3h, 8h), none, at(90min), Plan::Due);
    row("F-103: five minutes at least", onlyEnd(15min, 15min), none, at(0ms), Plan::Fresh, 10min);
    row("only an end, nothing usual", onlyEnd(10h, std::nullopt), none, at(0ms), Plan::Fresh, 8h);
    const auto noEnd = [&](std::optional<std::chrono::seconds> usual) {
        return with(onlyEnd(1h, usual), [](PlannedLogin &l) { l.credential.expiresAt.reset(); });
    };
    row("N-27: no end, the usual one", noEnd(1h), none, at(0ms), Plan::Fresh, 48min);
    row("N-27: no end, nothing usual: daily", noEnd(std::nullopt), none, at(0ms), Plan::Fresh,
        Milliseconds(24h) * 4 / 5);
    row("an impossible end",
        with(issued(noon), [](PlannedLogin &l) { l.credential.expiresAt = Timestamp(Milliseconds(INT64_MAX / 2)); }),
        none, at(49min), Plan::Due);

    const auto shared = [&](std::chrono::seconds window) {
        return with(issued(noon), [&](PlannedLogin &l) {
            l.care = Care::Shared;
            l.lifetimes.ownerWindow = window;
        });
    };
    row("shared, ahead of the window", shared(5min), none, at(48min), Plan::Due);
    row("shared, in the window", shared(5min), none, at(56min), Plan::OwnersWindow, 4min);
    row("shared, lapsed", shared(5min), none, at(60min), Plan::Due);
    row("shared, the window opens before 80 %", shared(30min), none, at(29min), Plan::Fresh, 30s);
    row("shared, just ahead of it", shared(30min), none, at(29min + 30s), Plan::Due);
    row("shared, in the early window", shared(30min), none, at(48min), Plan::OwnersWindow, 12min);
    row("shared, nothing but window", shared(1h), none, at(1min), Plan::OwnersWindow, 59min);
    row("own: nobody else has a window", with(shared(30min), [](PlannedLogin &l) { l.care = Care::Own; }), none,
        at(31min), Plan::Fresh, 17min);

    const auto chosen = [](double share, PlannedLogin login) {
        login.lifetimes.renewalShare = share;
        return login;
    };
    row("chosen: 50 %", chosen(0.5, issued(noon)), none, at(10min), Plan::Fresh, 20min);
    row("chosen: 95 %", chosen(0.95, issued(noon)), none, at(56min), Plan::Fresh, 1min);
    row("chosen: 95 %, only an end", chosen(0.95, onlyEnd(3h, 8h)), none, at(0ms), Plan::Fresh, 3h - 24min);
    row("chosen: 95 %, never in the owner's window", chosen(0.95, shared(5min)), none, at(30min), Plan::Fresh,
        24min + 30s);
    row("chosen: 95 %, in the window", chosen(0.95, shared(5min)), none, at(57min), Plan::OwnersWindow, 3min);

    const auto sent = [](Milliseconds when) {
        return remembering([&](LineageHistory &h) { h.lastDelivery = boot + when; });
    };
    row("sent a moment ago", issued(noon), sent(2h - 20s), at(2h), Plan::TooSoon, 40s);
    row("sent a minute ago", issued(noon), sent(2h - 1min), at(2h), Plan::Due);
    row("60 seconds, sent when issued", issued(noon, 60s), sent(0s), at(50s), Plan::TooSoon, 10s);
    const auto resting = [](Milliseconds until) {
        return remembering([&](LineageHistory &h) { h.notBefore = boot + until; });
    };
    row("backing off", issued(noon), resting(2h + 3min), at(2h), Plan::BackedOff, 3min);
    row("backed off", issued(noon), resting(2h), at(2h), Plan::Due);
    row("backing off, but fresh for longer", issued(noon), resting(11min), at(10min), Plan::Fresh, 38min);
    const auto refused = [](std::initializer_list<Milliseconds> times) {
        return remembering([&](LineageHistory &h) {
            for (const Milliseconds time : times)
                h.refusals.push_back(noon + time);
        });
    };
    row("N-32: refused twice", issued(noon), refused({-1h, -2h}), at(2h), Plan::Due);
    row("N-32: refused three times", issued(noon), refused({-1h, -2h, -3h}), at(2h), Plan::BudgetSpent, 43h);
    row("N-32: long ago", issued(noon), refused({-1h, -2h, -47h}), at(2h), Plan::Due);
    row("N-32: by a clock that was ahead", issued(noon), refused({100h, 101h, 102h}), at(2h), Plan::BudgetSpent, 48h);
    row("F-70: refused by its API", issued(noon), remembering([](LineageHistory &h) { h.isRefused = true; }), at(1min),
        Plan::Due);

    row("F-96: suspended across 80 %", issued(noon), obtained(at(0ms)), at(8h), Plan::Due);
    row("F-98: ten years ahead, got by us", issued(noon), obtained(at(0ms)), jumped(10min, 87600h), Plan::Due, 38min,
        true);
    row("F-98: ten years ahead, a server knows better", issued(noon), obtained(at(0ms)), corrected(10min, 87600h),
        Plan::Due, 38min, true);
    row("F-98: ten years ahead, due anyway", issued(noon), obtained(at(0ms)), jumped(49min, 87600h), Plan::Due);
    row("F-99: set back 4 h, got by us", issued(noon), obtained(at(0ms)), jumped(49min, -4h), Plan::Due);
    row("F-99: set back 4 h, only seen", issued(noon), seen(at(10min)), jumped(49min, -4h), Plan::Due);
    row("F-99: set back 4 h, seen and fresh", issued(noon), seen(at(10min)), jumped(20min, -4h), Plan::Fresh, 28min);
    row("F-99: 1970", issued(noon), seen(at(10min)), jumped(49min, -24h * 20000), Plan::Due);
    row("F-99: got while the clock said 1974", issued(noon - 19000 * 24h, 1min), obtained(jumped(0ms, -19000 * 24h)),
        jumped(40s, -19000 * 24h), Plan::Fresh, 8s);
    row("F-100: issued in the future", issued(noon + 1h), none, at(0ms), Plan::Due);
    row("F-102: nine minutes in the future", issued(noon + 9min), none, at(0ms), Plan::Fresh, 57min);
    row("paused machine: the server knows, boot time does not", issued(noon),
        obtained({.wall = noon, .machineWall = noon, .boot = boot, .isConfirmed = true}),
        {.wall = noon + 9h, .machineWall = noon + 9h, .boot = boot + 1min, .isConfirmed = true}, Plan::Due);
}

void TestRefreshDue::refreshDue_byTable()
{
    QFETCH(const PlannedLogin, login);
    QFETCH(const LineageHistory, history);
    QFETCH(const Moment, now);
    QFETCH(const Plan, plan);
    QFETCH(const Milliseconds, in);
    QFETCH(const bool, isDoubtful);
    const Due due = refreshDue(login, history, now, 0.5);
    QCOMPARE(int(due.plan), int(plan));
    QCOMPARE(due.in.count(), in.count());
    QCOMPARE(due.isDoubtful, isDoubtful);
}

void TestRefreshDue::jitter_movesTheDateByFourPercent()
{
    QCOMPARE(refreshDue(issued(noon, 100min), {}, at(0ms), 0).in, Milliseconds(78min));
    QCOMPARE(refreshDue(issued(noon, 100min), {}, at(0ms), 1).in, Milliseconds(82min));
}

void TestRefreshDue::farDates_doNotOverflow_data()
{
    QTest::addColumn<qint64>("seconds");
    QTest::newRow("2038") << Q_INT64_C(2147483648);
    QTest::newRow("2106") << Q_INT64_C(4294967296);
    QTest::newRow("2200") << Q_INT64_C(7258118400);
    QTest::newRow("the end of time") << Q_INT64_C(9000000000000);
    QTest::newRow("before 1970") << Q_INT64_C(-1);
}

// F-105.
void TestRefreshDue::farDates_doNotOverflow()
{
    QFETCH(const qint64, seconds);
    PlannedLogin login = issued(noon);
    login.credential.expiresAt = Timestamp(std::chrono::seconds(seconds));
    const Due due = refreshDue(login, {}, at(0ms), 0.5);
    QVERIFY(due.in >= 0ms);
    QVERIFY(due.in <= 366 * 24h);
}

void TestRefreshDue::serverTime_correctsOnlyWhatIsFarOff_data()
{
    QTest::addColumn<Milliseconds>("off");
    QTest::addColumn<bool>("isCorrected");
    QTest::newRow("right") << Milliseconds(0) << false;
    QTest::newRow("F-102: nine minutes") << Milliseconds(9min) << false;
    QTest::newRow("F-102: nine minutes slow") << Milliseconds(-9min) << false;
    QTest::newRow("eleven minutes") << Milliseconds(11min) << true;
    QTest::newRow("F-98: ten years") << Milliseconds(87600h) << true;
    QTest::newRow("F-99: 1970") << Milliseconds(-20000 * 24h) << true;
}

void TestRefreshDue::serverTime_correctsOnlyWhatIsFarOff()
{
    QFETCH(const Milliseconds, off);
    QFETCH(const bool, isCorrected);
    refresh::ServerTime time;
    QVERIFY(!time.momentOf(noon, boot).isConfirmed);
    time.note(noon, boot);
    const Moment moment = time.momentOf(noon + 2h + off, boot + 2h);
    QVERIFY(moment.isConfirmed);
    QCOMPARE(moment.wall, isCorrected ? noon + 2h : noon + 2h + off);
    QCOMPARE(moment.machineWall, noon + 2h + off);
    time.note(Timestamp{}, boot); // a server with no clock
    QCOMPARE(time.momentOf(noon + 2h + off, boot + 2h), moment);
}

void TestRefreshDue::retryAfter_byTable_data()
{
    QTest::addColumn<Ending>("ending");
    QTest::addColumn<Milliseconds>("first");
    QTest::addColumn<Milliseconds>("fourth");
    QTest::addColumn<Milliseconds>("longest");
    QTest::newRow("renewed") << Ending::Renewed << 0ms + 0ms << 0ms + 0ms << 0ms + 0ms;
    QTest::newRow("adopted") << Ending::Adopted << 0ms + 0ms << 0ms + 0ms << 0ms + 0ms;
    const auto row = [](const char *name, Ending ending, Milliseconds first, Milliseconds fourth, Milliseconds most) {
        QTest::newRow(name) << ending << first << fourth << most;
    };
    row("offline", Ending::NotSent, 5s, 40s, 40s);
    row("busy", Ending::Busy, 2s, 16s, 30s);
    row("full disk", Ending::KeptInJournal, 5s, 30s, 30s);
    row("storage", Ending::StorageFault, 10s, 80s, 5min);
    row("server", Ending::TryLater, 1min, 5min, 5min);
    row("unsure", Ending::Unsure, 1min, 5min, 5min);
    row("F-52: configuration", Ending::Misconfigured, 1h, 8h, 24h);
    row("other account", Ending::OtherAccount, 1min, 8min, 1h);
}

void TestRefreshDue::retryAfter_byTable()
{
    QFETCH(const Ending, ending);
    refresh::Outcome outcome;
    outcome.ending = ending;
    const auto pause = [&](int failures, double jitter) {
        return refresh::retryAfter(outcome, {.failures = failures, .hasLapsed = false}, jitter).after;
    };
    QTEST(pause(1, 0), "first");
    QTEST(pause(4, 0), "fourth");
    QTEST(pause(1000, 0), "longest");
    QCOMPARE(pause(1000, 1).count(), pause(1000, 0).count() * 6 / 5);
}

// Style rule 14: only a refusal asks for a new sign-in.
void TestRefreshDue::retryAfter_neverEndsALineageButByRefusal()
{
    for (int number = int(Ending::Renewed); number <= int(Ending::NotNow); ++number) {
        refresh::Outcome outcome;
        outcome.ending = Ending(number);
        const bool isRefusal = outcome.ending == Ending::Rejected || outcome.ending == Ending::AnswerLost;
        QCOMPARE(refresh::retryAfter(outcome, {.failures = 100, .hasLapsed = true}, 0.5).isEnded, isRefusal);
    }
}

// F-47.
void TestRefreshDue::retryAfter_isAtLeastWhatTheServerAskedFor()
{
    refresh::Outcome outcome;
    outcome.ending = Ending::TryLater;
    outcome.retryAfter = 1h;
    QCOMPARE(refresh::retryAfter(outcome, {.failures = 1, .hasLapsed = true}, 0.5).after, Milliseconds(1h));
    outcome.retryAfter = 1s;
    QCOMPARE(refresh::retryAfter(outcome, {.failures = 1, .hasLapsed = true}, 0).after, Milliseconds(1min));
}

QTEST_GUILESS_MAIN(TestRefreshDue)
#include "refreshdue.moc"
