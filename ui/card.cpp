// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/card.h"

#include <QBoxLayout>
#include <QPainter>

#include "ui/drawing.h"

namespace keytender::ui {

Card::Card(QWidget *parent) : QWidget(parent), m_layout(new QVBoxLayout(this))
{
    const int pad = 3 * Measures(font()).unit;
    m_layout->setContentsMargins(pad, pad, pad, pad);
    m_layout->setSpacing(0);
}

void Card::paintEvent(QPaintEvent * /*event*/)
{
    const Measures measures(font());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(tonesOf(palette()).box);
    painter.drawRoundedRect(rect(), 2 * measures.unit, 2 * measures.unit);
}

} // namespace keytender::ui
