// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/foldbutton.h"

#include <QPainter>

#include "ui/drawing.h"
#include "ui/icons.h"

namespace keytender::ui {

FoldButton::FoldButton(const QString &text, QWidget *parent) : QAbstractButton(parent)
{
    setText(text);
    setCheckable(true);
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

QSize FoldButton::sizeHint() const
{
    const Measures measures(font());
    const QFontMetrics metrics = measures.smallMetrics();
    return {measures.glyph + metrics.horizontalAdvance(text()) + measures.unit, metrics.height() + measures.unit};
}

void FoldButton::paintEvent(QPaintEvent * /*event*/)
{
    const Measures measures(font());
    const Tones tones = tonesOf(palette());
    const bool isMirrored = layoutDirection() == Qt::RightToLeft;
    const QColor ink = underMouse() || hasFocus() ? tones.text : tones.muted;
    const int edge = measures.glyph * 3 / 4;
    QPainter painter(this);
    const Glyph glyph = isChecked() ? Glyph::Down : isMirrored ? Glyph::Back : Glyph::Forward;
    painter.drawPixmap(isMirrored ? width() - edge : 0, (height() - edge) / 2,
                       glyphPixmap(glyph, ink, edge, devicePixelRatioF()));
    QFont font = measures.small;
    font.setUnderline(underMouse());
    painter.setFont(font);
    painter.setPen(ink);
    const QRect words = rect().adjusted(isMirrored ? 0 : measures.glyph, 0, isMirrored ? -measures.glyph : 0, 0);
    painter.drawText(words,
                     static_cast<int>((isMirrored ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignAbsolute)
                         | Qt::AlignVCenter | Qt::TextSingleLine,
                     text());
    if (!hasFocus())
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(tones.accent, 1.5));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.75, 0.75, -0.75, -0.75), measures.unit, measures.unit);
}

} // namespace keytender::ui
