// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/timeline.h"

#include <QBoxLayout>
#include <QLocale>
#include <QPainter>

#include "ui/drawing.h"
#include "ui/labels.h"
#include "ui/rowtext.h"

namespace keytender::ui {

namespace {

// A history is read from its end; the report holds all of it.
constexpr std::size_t entriesShown = 100;

} // namespace

Timeline::Timeline(const std::vector<service::Activity> &newestLast, base::Timestamp now, QWidget *parent)
    : QWidget(parent)
{
    const Measures measures(font());
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    const std::size_t shown = std::min(newestLast.size(), entriesShown);
    for (std::size_t i = 0; i < shown; ++i) {
        const service::Activity &activity = newestLast.at(newestLast.size() - 1 - i);
        auto *entry = new QWidget(this);
        auto *lines = new QVBoxLayout(entry);
        const int lead = 4 * measures.unit;
        const bool isMirrored = layoutDirection() == Qt::RightToLeft;
        lines->setContentsMargins(isMirrored ? 0 : lead, 0, isMirrored ? lead : 0, 3 * measures.unit);
        lines->setSpacing(measures.unit / 2);
        lines->addWidget(new TextLabel(activity.text, TextRole::Plain, entry));
        QString when = ago(activity.at, now);
        if (!activity.fingerprint.isEmpty())
            when += QStringLiteral(" · ") + activity.fingerprint;
        auto *time = new TextLabel(when, TextRole::Muted, entry);
        time->setToolTip(exactTime(activity.at));
        time->setAccessibleDescription(exactTime(activity.at));
        lines->addWidget(time);
        if (!activity.path.isEmpty())
            lines->addWidget(new TextLabel(shortPath(activity.path), TextRole::Path, entry));
        layout->addWidget(entry);
        m_entries.push_back(entry);
    }
}

void Timeline::paintEvent(QPaintEvent * /*event*/)
{
    const Measures measures(font());
    const Tones tones = tonesOf(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double radius = measures.unit / 2.0 + 1;
    const double x = layoutDirection() == Qt::RightToLeft ? width() - radius - 0.5 : radius + 0.5;
    const int firstLine = measures.plainMetrics().height() / 2;
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        const double y = m_entries.at(i)->y() + firstLine;
        if (i + 1 < m_entries.size()) {
            const double next = m_entries.at(i + 1)->y() + firstLine;
            painter.setPen(tones.line);
            painter.drawLine(QPointF(x, y + radius + 3), QPointF(x, next - radius - 3));
        }
        painter.setPen(Qt::NoPen);
        painter.setBrush(i == 0 ? tones.text : tones.muted);
        painter.drawEllipse(QPointF(x, y), radius, radius);
    }
}

} // namespace keytender::ui
