// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/line.h"

#include <QPainter>

#include "ui/tones.h"

namespace keytender::ui {

Line::Line(QWidget *parent) : QWidget(parent)
{
    setFixedHeight(1);
}

void Line::paintEvent(QPaintEvent * /*event*/)
{
    QPainter(this).fillRect(rect(), tonesOf(palette()).line);
}

} // namespace keytender::ui
