// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/timethread.h"

#include <QBoxLayout>
#include <QPainter>

#include "ui/drawing.h"

namespace keytender::ui {

TimeThread::TimeThread(QWidget *parent) : QWidget(parent)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
}

QVBoxLayout &TimeThread::addEntry(profile::Severity severity)
{
    const Measures measures(font());
    auto *widget = new QWidget(this);
    auto *lines = new QVBoxLayout(widget);
    lines->setContentsMargins(mirrored({4 * measures.unit, 0, 0, 3 * measures.unit}, layoutDirection()));
    lines->setSpacing(measures.unit / 2);
    layout()->addWidget(widget);
    m_entries.push_back({widget, severity});
    return *lines;
}

void TimeThread::paintEvent(QPaintEvent * /*event*/)
{
    const Measures measures(font());
    const Tones tones = tonesOf(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double radius = measures.unit / 2.0 + 1;
    const double x = layoutDirection() == Qt::RightToLeft ? width() - radius - 0.5 : radius + 0.5;
    const int firstLine = measures.plainMetrics().height() / 2;
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        const auto &[widget, severity] = m_entries.at(i);
        const double y = widget->y() + firstLine;
        if (i + 1 < m_entries.size()) {
            const double next = m_entries.at(i + 1).widget->y() + firstLine;
            painter.setPen(tones.line);
            painter.drawLine(QPointF(x, y + radius + 3), QPointF(x, next - radius - 3));
        }
        // Colour is for trouble.
        const QColor calm = i == 0 ? tones.text : tones.muted;
        painter.setPen(Qt::NoPen);
        painter.setBrush(severity >= profile::Severity::Due ? tones.of(severity) : calm);
        painter.drawEllipse(QPointF(x, y), radius, radius);
    }
}

} // namespace keytender::ui
