// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/field.h"

#include <QEvent>
#include <QPainter>
#include <QScopedValueRollback>

#include "ui/drawing.h"

namespace keytender::ui {

Field::Field(QWidget *parent) : QLineEdit(parent)
{
    setFrame(false);
    const int unit = Measures(font()).unit;
    setTextMargins(2 * unit, 0, 2 * unit, 0);
    dressPlaceholder(*this);
}

void Field::changeEvent(QEvent *event)
{
    QLineEdit::changeEvent(event);
    if (event->type() != QEvent::PaletteChange || m_isDressing)
        return;
    const QScopedValueRollback dressing(m_isDressing, true);
    dressPlaceholder(*this);
}

QSize Field::sizeHint() const
{
    const Measures measures(font());
    return {60 * measures.unit, measures.buttonSize({}).height()};
}

QSize Field::minimumSizeHint() const
{
    return {30 * Measures(font()).unit, sizeHint().height()};
}

void Field::paintEvent(QPaintEvent *event)
{
    QLineEdit::paintEvent(event);
    const Measures measures(font());
    const Tones tones = activeTones(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool isFocused = hasFocus();
    const double inset = isFocused ? 1 : 0.5;
    painter.setPen(isFocused ? QPen(tones.accent, 2) : QPen(tones.line));
    painter.drawRoundedRect(QRectF(rect()).adjusted(inset, inset, -inset, -inset), 1.5 * measures.unit,
                            1.5 * measures.unit);
}

void dressPlaceholder(QLineEdit &line)
{
    QPalette palette;
    palette.setColor(QPalette::PlaceholderText, activeTones(line.palette()).muted);
    line.setPalette(palette);
}

} // namespace keytender::ui
