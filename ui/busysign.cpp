// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/busysign.h"

#include <chrono>

#include <QPainter>
#include <QStyle>

#include "ui/drawing.h"

namespace keytender::ui {

namespace {

constexpr std::chrono::milliseconds frame{50};
constexpr int degreesPerFrame = 15; // 1.2 s for a turn

} // namespace

BusySign::BusySign(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_turn.setInterval(frame);
    connect(&m_turn, &QTimer::timeout, this, [this] {
        m_angle = (m_angle + 360 - degreesPerFrame) % 360;
        update();
    });
}

QSize BusySign::sizeHint() const
{
    const Measures measures(font());
    return {measures.glyph, std::max(measures.glyph, measures.boldMetrics().height())};
}

void BusySign::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, this) > 0)
        m_turn.start();
}

void BusySign::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_turn.stop();
}

void BusySign::paintEvent(QPaintEvent * /*event*/)
{
    const Tones tones = tonesOf(palette());
    const int edge = Measures(font()).glyph;
    const QRectF circle = QRectF(0, (height() - edge) / 2.0, edge, edge).adjusted(2, 2, -2, -2);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(tones.line, 2));
    painter.drawEllipse(circle);
    painter.setPen(QPen(tones.accent, 2, Qt::SolidLine, Qt::RoundCap));
    painter.drawArc(circle, m_angle * 16, 100 * 16);
}

} // namespace keytender::ui
