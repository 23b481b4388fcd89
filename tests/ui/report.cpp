// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <QDir>
#include <QTest>

#include "samplerows.h"
#include "ui/report.h"

using namespace keytender;

class ReportTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void account_isMasked_data();
    void account_isMasked();
    void report_namesStatesAndPlaces_butNoPersonAndNoHome();
    void attempt_isToldWithItsReasonAndItsSteps();
};

void ReportTest::account_isMasked_data()
{
    QTest::addColumn<QString>("account");
    QTest::addColumn<QString>("expected");
    QTest::newRow("address") << QStringLiteral("dev@example.com") << QStringLiteral("d…@example.com");
    QTest::newRow("id") << QStringLiteral("octodev") << QStringLiteral("oct…");
    QTest::newRow("short id") << QStringLiteral("me") << QStringLiteral("me");
    QTest::newRow("none") << QString() << QString();
}

void ReportTest::account_isMasked()
{
    QFETCH(const QString, account);
    QTEST(ui::masked(account), "expected");
}

void ReportTest::report_namesStatesAndPlaces_butNoPersonAndNoHome()
{
    const service::Row row = samples::claude();
    const QString report = ui::reportOf(row, samples::activity(row.profile.id), samples::now());
    QVERIFY(report.contains(QStringLiteral("profile: claude-cli\n")));
    QVERIFY(report.contains(QStringLiteral("health: fresh\n")));
    QVERIFY(report.contains(QStringLiteral("expires: 2026-11-22T14:12:00Z\n")));
    QVERIFY(report.contains(QStringLiteral("~/.claude/.credentials.json")));
    QVERIFY(report.contains(QStringLiteral("adopted a newer token from this copy")));
    QVERIFY(!report.contains(row.profile.account.email));
    QVERIFY(!report.contains(QDir::homePath()));
}

void ReportTest::attempt_isToldWithItsReasonAndItsSteps()
{
    const service::Row row = samples::ownFresh();
    std::vector<service::Activity> history = samples::ownActivity(row.profile.id);
    history.front().detail = QStringLiteral("invalid_grant: the grant of dev@example.com was revoked");
    const QString report = ui::reportOf(row, history, samples::now());
    QVERIFY2(report.contains(QStringLiteral("invalid_grant: the grant of d…@example.com was revoked")),
             qPrintable(report));
    QVERIFY2(report.contains(QStringLiteral("lock taken +0 ms, read again +4 ms")), qPrintable(report));
    QVERIFY(!report.contains(row.profile.account.email));
}

QTEST_GUILESS_MAIN(ReportTest)
#include "report.moc"
