// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/scrollbar.h"

#include <QAbstractScrollArea>
#include <QPainter>
#include <QStyleOptionSlider>

#include "ui/drawing.h"

namespace keytender::ui {

void ScrollBar::dress(QAbstractScrollArea &area)
{
    area.setVerticalScrollBar(new ScrollBar(&area));
    area.setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
}

ScrollBar::ScrollBar(QWidget *parent) : QScrollBar(Qt::Vertical, parent)
{
    setAttribute(Qt::WA_Hover);
}

QSize ScrollBar::sizeHint() const
{
    return {5 * Measures(font()).unit / 2, QScrollBar::sizeHint().height()};
}

void ScrollBar::paintEvent(QPaintEvent * /*event*/)
{
    const Tones tones = tonesOf(palette());
    QPainter painter(this);
    painter.fillRect(rect(), tones.surface);
    if (maximum() <= minimum())
        return;
    const double length = height();
    const double range = maximum() - minimum() + pageStep();
    const double thumb = std::max(6.0 * width(), length * pageStep() / range);
    const double top = (length - thumb) * (sliderPosition() - minimum()) / (maximum() - minimum());
    const double inset = width() / 4.0;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(underMouse() || isSliderDown() ? tones.muted : tones.line);
    painter.drawRoundedRect(QRectF(inset, top + inset, width() - 2 * inset, thumb - 2 * inset), inset, inset);
}

} // namespace keytender::ui
