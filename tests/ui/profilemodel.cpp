// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <chrono>
#include <random>

#include <QAbstractItemModelTester>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include "fakes/fakeclock.h"
#include "samplerows.h"
#include "ui/profilemodel.h"

using namespace keytender;

class ProfileModelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rows_standTroubleFirstThenByName();
    void changes_inAnyOrder_keepModelAndOrderSound();
    void setRow_withTheSameRow_saysNothing();
    void setRow_thatGetsWorse_movesToTheTop();
    void removeRow_ofAnUnknownLogin_changesNothing();
    void summary_isWhatTheServiceSaysOfAllRows();
    void texts_holdNoneOfTheLongStringsThatTokensAre();
    void setRow_among10000_costsLittleMoreThanAmong10();
};

namespace {

QStringList idsOf(const ui::ProfileModel &model)
{
    QStringList ids;
    for (int i = 0; i < model.rowCount(); ++i)
        ids += model.at(i).profile.id;
    return ids;
}

service::Row someRow(std::mt19937 &random)
{
    const int number = static_cast<int>(random() % 40);
    service::Row row = samples::well(QStringLiteral("id%1").arg(number), QStringLiteral("Label %1").arg(random() % 10));
    row.condition.severity = static_cast<profile::Severity>(random() % 4);
    row.condition.hasClash = random() % 5 == 0;
    return row;
}

std::chrono::nanoseconds costOfOneChange(int count)
{
    fakes::FakeClock clock;
    ui::ProfileModel model(clock);
    for (int i = 0; i < count; ++i)
        model.setRow(samples::well(QStringLiteral("id%1").arg(i), QStringLiteral("Login %1").arg(i)));
    service::Row row = model.at(count / 2);
    auto best = std::chrono::nanoseconds::max();
    for (int i = 0; i < 200; ++i) {
        row.condition.severity = i % 2 == 0 ? profile::Severity::Due : profile::Severity::Well;
        const auto start = std::chrono::steady_clock::now();
        model.setRow(row);
        best = std::min<std::chrono::nanoseconds>(best, std::chrono::steady_clock::now() - start);
    }
    return best;
}

} // namespace

void ProfileModelTest::rows_standTroubleFirstThenByName()
{
    fakes::FakeClock clock;
    ui::ProfileModel model(clock);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    for (const service::Row &row : {samples::github(), samples::endingSoon(), samples::codex(), samples::gemini(),
                                    samples::claude(), samples::opencode()})
        model.setRow(row);
    const QStringList expected = {QStringLiteral("gemini-cli"),      QStringLiteral("opencode:openai"),
                                  QStringLiteral("claude-cli@work"), QStringLiteral("claude-cli"),
                                  QStringLiteral("codex-cli"),       QStringLiteral("gh-cli")};
    QCOMPARE(idsOf(model), expected);
    QCOMPARE(ui::sectionOf(model.at(1)), ui::Section::NeedsYou);
    QCOMPARE(ui::sectionOf(model.at(2)), ui::Section::Soon);
    QCOMPARE(ui::sectionOf(model.at(3)), ui::Section::Well);
    QCOMPARE(model.positionOf(QStringLiteral("codex-cli")), 4);
}

void ProfileModelTest::changes_inAnyOrder_keepModelAndOrderSound()
{
    fakes::FakeClock clock;
    ui::ProfileModel model(clock);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    std::mt19937 random(20261122); // NOLINT(cert-msc51-cpp): the same run each time
    std::map<QString, service::Row> expected;
    for (int i = 0; i < 2000; ++i) {
        const service::Row row = someRow(random);
        if (random() % 4 == 0) {
            model.removeRow(row.profile.id);
            expected.erase(row.profile.id);
        } else {
            model.setRow(row);
            expected[row.profile.id] = row;
        }
        QCOMPARE(model.rowCount(), static_cast<int>(expected.size()));
        QCOMPARE(model.summary(), service::summaryOf(expected));
    }
    for (int i = 0; i + 1 < model.rowCount(); ++i) {
        QVERIFY(!service::comesBefore(model.at(i + 1), model.at(i)));
        QCOMPARE(model.positionOf(model.at(i).profile.id), i);
        QCOMPARE(model.at(i), expected.at(model.at(i).profile.id));
    }
}

void ProfileModelTest::setRow_withTheSameRow_saysNothing()
{
    fakes::FakeClock clock;
    ui::ProfileModel model(clock);
    model.setRow(samples::claude());
    const QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.setRow(samples::claude());
    QCOMPARE(changed.count(), 0);
}

void ProfileModelTest::setRow_thatGetsWorse_movesToTheTop()
{
    fakes::FakeClock clock;
    ui::ProfileModel model(clock);
    for (const service::Row &row : samples::allWell())
        model.setRow(row);
    const QSignalSpy moved(&model, &QAbstractItemModel::rowsMoved);
    service::Row row = samples::github();
    row.condition.severity = profile::Severity::ActNow;
    model.setRow(row);
    QCOMPARE(moved.count(), 1);
    QCOMPARE(model.at(0).profile.id, row.profile.id);
    QCOMPARE(model.rowCount(), static_cast<int>(samples::allWell().size()));
}

void ProfileModelTest::removeRow_ofAnUnknownLogin_changesNothing()
{
    fakes::FakeClock clock;
    ui::ProfileModel model(clock);
    model.setRow(samples::claude());
    model.removeRow(QStringLiteral("nobody"));
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.find(QStringLiteral("nobody")), nullptr);
    QCOMPARE(model.positionOf(QStringLiteral("nobody")), -1);
}

void ProfileModelTest::summary_isWhatTheServiceSaysOfAllRows()
{
    fakes::FakeClock clock;
    ui::ProfileModel model(clock);
    std::map<QString, service::Row> rows;
    for (const service::Row &row : samples::trouble()) {
        model.setRow(row);
        rows[row.profile.id] = row;
    }
    QCOMPARE(model.summary(), service::summaryOf(rows));
    QCOMPARE(model.summary().needYou, 2);
}

void ProfileModelTest::texts_holdNoneOfTheLongStringsThatTokensAre()
{
    fakes::FakeClock clock;
    clock.wall = samples::now();
    ui::ProfileModel model(clock);
    for (const service::Row &row : samples::trouble())
        model.setRow(row);
    // Every token of every provider is a run of at least twenty of these; a path breaks at its slashes.
    static const QRegularExpression tokenLike(QStringLiteral("[A-Za-z0-9_+=-]{20,}"));
    for (int i = 0; i < model.rowCount(); ++i) {
        for (int role = Qt::DisplayRole; role <= ui::ProfileModel::SectionRole; ++role) {
            const QString text = model.index(i).data(role).toString();
            QVERIFY2(!tokenLike.match(text).hasMatch(), qPrintable(text));
        }
    }
}

void ProfileModelTest::setRow_among10000_costsLittleMoreThanAmong10()
{
    const auto few = costOfOneChange(10);
    const auto many = costOfOneChange(10'000);
    // Not the measured ratio, which the benchmark has: a change that looked at each row would be a hundred times
    // dearer.
    QVERIFY2(many < few * 10,
             qPrintable(QStringLiteral("%1 ns among 10, %2 ns among 10,000").arg(few.count()).arg(many.count())));
}

QTEST_MAIN(ProfileModelTest)
#include "profilemodel.moc"
