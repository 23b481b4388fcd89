// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <QtTest>

#include "base/secret.h"
#include "refresh/delegationplan.h"

using namespace keytender;
using namespace std::chrono_literals;
using refresh::DelegationHistory;
using refresh::DelegationOutcome;
using refresh::Plan;
using Ending = refresh::DelegationOutcome::Ending;

Q_DECLARE_METATYPE(keytender::refresh::Plan)

namespace {

constexpr base::Timestamp expiry{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 12h};
constexpr base::Milliseconds bootNow = 5h;

refresh::PlannedLogin login(std::chrono::seconds window)
{
    refresh::PlannedLogin planned;
    planned.care = profile::Care::Delegated;
    planned.credential.refreshToken = base::FingerprintKey(base::Secret(32)).of(base::Secret::copyOf("r"));
    planned.credential.expiresAt = expiry;
    planned.lifetimes.ownerWindow = window;
    return planned;
}

refresh::Moment momentAt(base::Timestamp wall)
{
    return {.wall = wall, .machineWall = wall, .boot = bootNow};
}

} // namespace

class DelegationPlanTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }

    // Ahead of its window the tool would find nothing to do.
    void tool_isAskedInItsOwnWindow_data()
    {
        QTest::addColumn<int>("window"); // seconds
        QTest::addColumn<int>("left");
        QTest::addColumn<bool>("isDue");
        QTest::newRow("AWS, an hour left") << 900 << 3600 << false;
        QTest::newRow("AWS, at the edge") << 900 << 900 << false;
        QTest::newRow("AWS, in it") << 900 << 719 << true;
        QTest::newRow("AWS, lapsed") << 900 << -100000 << true;
        QTest::newRow("MiniMax, six minutes left") << 300 << 360 << false;
        QTest::newRow("MiniMax, four") << 300 << 239 << true;
        QTest::newRow("no window, a second left") << 0 << 1 << false;
        QTest::newRow("no window, lapsed") << 0 << -11 << true;
    }

    void tool_isAskedInItsOwnWindow()
    {
        QFETCH(int, window);
        QFETCH(int, left);
        for (const double jitter : {0.0, 0.5, 1.0}) {
            const auto due = refresh::delegationDue(login(std::chrono::seconds(window)), {},
                                                    momentAt(expiry - std::chrono::seconds(left)), jitter);
            QTEST(due.isNow(), "isDue");
            QCOMPARE(due.in > 0ms, !due.isNow());
            // And not so late that it would have lapsed.
            if (window > 0 && !due.isNow())
                QVERIFY(due.in < std::chrono::seconds(left));
        }
    }

    void login_thatCannotBeRenewed_isNotAskedFor_data()
    {
        QTest::addColumn<int>("which");
        QTest::addColumn<Plan>("plan");
        QTest::newRow("not delegated") << 0 << Plan::NotOurs;
        QTest::newRow("no refresh token") << 1 << Plan::Unrenewable;
        QTest::newRow("no end") << 2 << Plan::Unrenewable;
        QTest::newRow("registration over") << 3 << Plan::Unrenewable;
        QTest::newRow("service over") << 4 << Plan::Unrenewable;
    }

    void login_thatCannotBeRenewed_isNotAskedFor()
    {
        QFETCH(int, which);
        refresh::PlannedLogin planned = login(900s);
        if (which == 0)
            planned.care = profile::Care::Watched;
        if (which == 1)
            planned.credential.refreshToken = {};
        if (which == 2)
            planned.credential.expiresAt.reset();
        if (which == 3)
            planned.credential.refreshTokenExpiresAt = expiry - 1h;
        if (which == 4)
            planned.lifetimes.service = profile::Lifetimes::Service::Ended;
        QTEST(refresh::delegationDue(planned, {}, momentAt(expiry), 0).plan, "plan");
    }

    void failures_lengthenThePause()
    {
        DelegationHistory history;
        const std::vector<std::chrono::minutes> pauses{1min, 2min, 4min, 8min, 16min, 32min, 60min, 60min};
        for (const auto pause : pauses) {
            history = refresh::historyAfter(history, {.ending = Ending::NothingChanged}, bootNow, 0);
            QCOMPARE(*history.notBefore - bootNow, base::Milliseconds(pause));
            const auto due = refresh::delegationDue(login(900s), history, momentAt(expiry), 0);
            QCOMPARE(due.plan, Plan::BackedOff);
            QCOMPARE(due.in, base::Milliseconds(pause));
        }
        const auto shaken = refresh::historyAfter({}, {.ending = Ending::TimedOut}, bootNow, 1);
        QCOMPARE(*shaken.notBefore - bootNow, base::Milliseconds(72s));
    }

    void success_endsThePause_andCancelSaysNothing()
    {
        DelegationHistory history{.lastStart = {}, .notBefore = bootNow + 1h, .failures = 9};
        QCOMPARE(refresh::historyAfter(history, {.ending = Ending::Cancelled}, bootNow, 0), history);
        history = refresh::historyAfter(history, {.ending = Ending::Renewed}, bootNow, 0);
        QCOMPARE(history, DelegationHistory{});
    }

    void tool_isAskedAtMostOnceAMinute()
    {
        const DelegationHistory history{.lastStart = bootNow - 20s, .notBefore = {}};
        const auto due = refresh::delegationDue(login(900s), history, momentAt(expiry), 0);
        QCOMPARE(due.plan, Plan::TooSoon);
        QCOMPARE(due.in, base::Milliseconds(40s));
    }

    void startable_isOneOfEachTool()
    {
        const std::vector<refresh::DelegationCandidate> due{
            {.profileId = QStringLiteral("a2"), .toolId = QStringLiteral("aws"), .lapses = expiry + 1h},
            {.profileId = QStringLiteral("a1"), .toolId = QStringLiteral("aws"), .lapses = expiry},
            {.profileId = QStringLiteral("m"), .toolId = QStringLiteral("mmx"), .lapses = expiry + 2h}};
        QCOMPARE(refresh::startableDelegations(due, {}), (QStringList{QStringLiteral("a1"), QStringLiteral("m")}));
        QCOMPARE(refresh::startableDelegations(due, {QStringLiteral("aws")}), QStringList{QStringLiteral("m")});
    }
};

QTEST_GUILESS_MAIN(DelegationPlanTest)
#include "delegationplan.moc"
