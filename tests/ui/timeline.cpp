// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/timeline.h"

#include <QLabel>
#include <QSignalSpy>
#include <QTest>

#include "samplerows.h"
#include "ui/foldbutton.h"

using namespace keytender;
using namespace std::chrono_literals;
using profile::Severity;

namespace {

service::Activity entry(int minutesAgo, const QString &text, Severity severity = Severity::Due)
{
    return {.at = samples::now() - std::chrono::minutes(minutesAgo),
            .profile = QStringLiteral("own:google"),
            .path = {},
            .text = text,
            .fingerprint = {},
            .detail = {},
            .severity = severity};
}

} // namespace

class TimelineTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void manyOfTheSame_areToldOnce();
    void twoOfTheSame_orOfOtherReasons_standForThemselves();
    void whatWentWell_isNeverFolded();
    void aLongHistory_isReadFromItsNewest();
    void offsets_areInWords_data();
    void offsets_areInWords();
    void steps_unfoldWithTheKeyboard_andSaySo();
    void noSteps_noButton();
};

void TimelineTest::manyOfTheSame_areToldOnce()
{
    const QString offline = QStringLiteral("not renewed: offline");
    std::vector<service::Activity> history;
    for (int i = 0; i < 40; ++i)
        history.push_back(entry(i * 15, offline));
    history.push_back(entry(1000, QStringLiteral("renewed"), Severity::Well));
    const std::vector<ui::TimelineEntry> entries = ui::timelineOf(history);
    QCOMPARE(entries.size(), 2U);
    QCOMPARE(entries.front().activity.at, samples::now());
    QCOMPARE(entries.front().before, 39);
    QCOMPARE(entries.front().since, samples::now() - std::chrono::minutes(39 * 15));
    QCOMPARE(entries.back().before, 0);
}

void TimelineTest::twoOfTheSame_orOfOtherReasons_standForThemselves()
{
    const QString offline = QStringLiteral("not renewed: offline");
    QCOMPARE(ui::timelineOf({entry(0, offline), entry(15, offline)}).size(), 2U);
    std::vector<service::Activity> history = {entry(0, offline), entry(15, offline), entry(30, offline)};
    history.at(1).detail = QStringLiteral("no such name");
    QCOMPARE(ui::timelineOf(history).size(), 3U);
}

void TimelineTest::whatWentWell_isNeverFolded()
{
    const QString renewed = QStringLiteral("renewed");
    QCOMPARE(ui::timelineOf({entry(0, renewed, Severity::Well), entry(480, renewed, Severity::Well),
                             entry(960, renewed, Severity::Well)})
                 .size(),
             3U);
}

void TimelineTest::aLongHistory_isReadFromItsNewest()
{
    std::vector<service::Activity> history;
    for (int i = 0; i < 300; ++i)
        history.push_back(entry(i, QString::number(i), Severity::Well));
    const std::vector<ui::TimelineEntry> entries = ui::timelineOf(history);
    QCOMPARE(entries.size(), 100U);
    QCOMPARE(entries.front().activity.text, QStringLiteral("0"));
}

void TimelineTest::offsets_areInWords_data()
{
    QTest::addColumn<qint64>("milliseconds");
    QTest::addColumn<QString>("words");
    QTest::newRow("none") << qint64{0} << QStringLiteral("+0 ms");
    QTest::newRow("short") << qint64{321} << QStringLiteral("+321 ms");
    QTest::newRow("seconds") << qint64{12'500} << QStringLiteral("+12.5 s");
    QTest::newRow("minutes") << qint64{125'000} << QStringLiteral("+2 min");
}

void TimelineTest::offsets_areInWords()
{
    QFETCH(const qint64, milliseconds);
    QTEST(ui::offset(base::Milliseconds(milliseconds)), "words");
}

void TimelineTest::steps_unfoldWithTheKeyboard_andSaySo()
{
    const auto history = samples::ownActivity(QStringLiteral("own:github"));
    ui::Timeline timeline(history, samples::now(), {});
    timeline.show();
    const auto isShown = [&timeline](const QString &text) {
        const auto labels = timeline.findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(),
                           [&text](const QLabel *label) { return label->isVisible() && label->text() == text; });
    };
    auto *fold = timeline.findChild<ui::FoldButton *>();
    QVERIFY(fold != nullptr);
    QVERIFY(!fold->accessibleName().isEmpty());
    QVERIFY(!isShown(QStringLiteral("answer received")));
    const QSignalSpy folded(&timeline, &ui::Timeline::folded);
    fold->setFocus();
    QTest::keyClick(fold, Qt::Key_Space);
    QVERIFY(isShown(QStringLiteral("answer received")));
    QVERIFY(isShown(QStringLiteral("+321 ms")));
    QCOMPARE(folded.count(), 1);
    QCOMPARE(folded.constFirst().constFirst().toLongLong(), history.front().at.time_since_epoch().count());
    QTest::keyClick(fold, Qt::Key_Space);
    QVERIFY(!isShown(QStringLiteral("answer received")));
}

void TimelineTest::noSteps_noButton()
{
    const ui::Timeline timeline(samples::activity(QStringLiteral("claude-cli")), samples::now(), {});
    QVERIFY(timeline.findChildren<ui::FoldButton *>().isEmpty());
}

QTEST_MAIN(TimelineTest)
#include "timeline.moc"
