// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/button.h"

#include <QPainter>

#include "ui/drawing.h"

namespace keytender::ui {

Button::Button(const QString &text, Rank rank, QWidget *parent) : QPushButton(text, parent), m_rank(rank)
{
    setAutoDefault(false);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

QSize Button::sizeHint() const
{
    return Measures(font()).buttonSize(text());
}

void Button::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    Tones tones = activeTones(palette());
    if (m_rank == Rank::Destructive)
        tones.text = tones.actNow;
    if (!isEnabled())
        tones.text = tones.muted;
    paintButton(painter, rect(), text(), Measures(font()), tones,
                {.isPrimary = m_rank == Rank::Primary && isEnabled(),
                 .isUnderPointer = underMouse() && isEnabled(),
                 .isDown = isDown(),
                 .hasFocus = hasFocus()});
}

} // namespace keytender::ui
