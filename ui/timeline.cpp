// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/timeline.h"

#include <QBoxLayout>
#include <QGridLayout>
#include <QLocale>

#include "profile/words.h"
#include "ui/drawing.h"
#include "ui/foldbutton.h"
#include "ui/labels.h"
#include "ui/rowtext.h"
#include "ui/wraplayout.h"

namespace keytender::ui {

namespace {

// A history is read from its beginning; the report holds all of it.
constexpr std::size_t entriesShown = 100;
// So many of the same may stand one below the other.
constexpr int repeatedAtMost = 2;

bool saysTheSame(const service::Activity &one, const service::Activity &other)
{
    return one.text == other.text && one.detail == other.detail && one.path == other.path
           && one.severity == other.severity && one.severity == profile::Severity::Due;
}

// The whole seconds of the first step, and how long after it the others came.
QString timeOf(const service::Activity::Step &step, base::Timestamp begin)
{
    if (step.at == begin)
        return QLocale().toString(QDateTime::fromMSecsSinceEpoch(step.at.time_since_epoch().count()).time(),
                                  QStringLiteral("HH:mm:ss"));
    return offset(step.at - begin);
}

// Its exact time is in the tooltip, and told to screen readers.
TextLabel *addTimed(QLayout &line, const QString &text, base::Timestamp at)
{
    auto *label = new TextLabel(text, TextRole::Muted);
    label->setToolTip(exactTime(at));
    label->setAccessibleDescription(exactTime(at));
    line.addWidget(label);
    return label;
}

QWidget *stepsOf(const service::Activity &activity)
{
    auto *steps = new QWidget;
    const Measures measures(steps->font());
    auto *grid = new QGridLayout(steps);
    grid->setContentsMargins(mirrored({measures.glyph, 0, 0, 0}, steps->layoutDirection()));
    grid->setHorizontalSpacing(3 * measures.unit);
    grid->setVerticalSpacing(measures.unit / 2);
    grid->setColumnStretch(1, 1);
    const base::Timestamp begin = activity.steps.front().at;
    int line = 0;
    for (const service::Activity::Step &step : activity.steps) {
        auto *time = new TextLabel(timeOf(step, begin), TextRole::Muted);
        time->setWordWrap(false);
        auto *words = new TextLabel(step.text, TextRole::Muted);
        words->setToolTip(exactTime(step.at));
        words->setAccessibleDescription(exactTime(step.at));
        grid->addWidget(time, line, 0);
        grid->addWidget(words, line, 1);
        ++line;
    }
    return steps;
}

} // namespace

QString offset(base::Milliseconds since)
{
    if (since >= std::chrono::minutes(1))
        return u'+' + profile::duration(std::chrono::duration_cast<std::chrono::seconds>(since));
    if (since < std::chrono::seconds(1))
        return Timeline::tr("+%1 ms").arg(since.count());
    const double seconds = std::chrono::duration<double>(since).count();
    return Timeline::tr("+%1 s").arg(QLocale().toString(seconds, 'f', 1));
}

std::vector<TimelineEntry> timelineOf(const std::vector<service::Activity> &newestFirst)
{
    std::vector<TimelineEntry> entries;
    for (std::size_t first = 0; first < newestFirst.size() && entries.size() < entriesShown;) {
        std::size_t next = first + 1;
        while (next < newestFirst.size() && saysTheSame(newestFirst.at(first), newestFirst.at(next)))
            ++next;
        const auto count = static_cast<int>(next - first);
        if (count > repeatedAtMost) {
            entries.push_back({newestFirst.at(first), count - 1, newestFirst.at(next - 1).at});
            first = next;
            continue;
        }
        entries.push_back({newestFirst.at(first), 0, newestFirst.at(first).at});
        ++first;
    }
    return entries;
}

Timeline::Timeline(const std::vector<service::Activity> &newestFirst, base::Timestamp now, const Unfolded &unfolded,
                   QWidget *parent)
    : TimeThread(parent)
{
    for (const TimelineEntry &entry : timelineOf(newestFirst))
        addActivity(entry, now, unfolded.contains(entry.activity.at));
}

void Timeline::addActivity(const TimelineEntry &entry, base::Timestamp now, bool isUnfolded)
{
    const Measures measures(font());
    const service::Activity &activity = entry.activity;
    QVBoxLayout &lines = addEntry(activity.severity);
    lines.addWidget(new TextLabel(activity.text, TextRole::Plain));
    if (!activity.detail.isEmpty())
        lines.addWidget(new TextLabel(activity.detail, TextRole::Muted));
    auto *when = new WrapLayout(2 * measures.unit, WrapLayout::Side::Start);
    lines.addLayout(when);
    QString first = ago(activity.at, now);
    if (!activity.fingerprint.isEmpty())
        first += QStringLiteral(" · ") + activity.fingerprint;
    addTimed(*when, first, activity.at)->setWordWrap(false); // as wide as its words
    if (entry.before > 0)
        addTimed(lines, tr("and %n times before, the first %1", nullptr, entry.before).arg(ago(entry.since, now)),
                 entry.since);
    if (!activity.path.isEmpty())
        lines.addWidget(new TextLabel(shortPath(activity.path), TextRole::Path));
    if (!activity.steps.empty()) {
        QWidget *steps = stepsOf(activity);
        lines.addWidget(steps);
        when->addWidget(foldOf(activity, *steps, isUnfolded));
    }
}

FoldButton *Timeline::foldOf(const service::Activity &activity, QWidget &steps, bool isUnfolded)
{
    auto *fold = new FoldButton(tr("Steps"));
    const qint64 at = activity.at.time_since_epoch().count();
    fold->setObjectName(QStringLiteral("steps-%1").arg(at)); // so that the focus finds it again
    fold->setAccessibleName(tr("Steps of: %1").arg(activity.text));
    fold->setChecked(isUnfolded);
    steps.setVisible(isUnfolded);
    connect(fold, &FoldButton::toggled, this, [this, &steps, at](bool isOpen) {
        steps.setVisible(isOpen);
        Q_EMIT folded(at, isOpen);
    });
    return fold;
}

} // namespace keytender::ui
