// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/notice.h"

#include <QBoxLayout>
#include <QPainter>

#include "ui/drawing.h"
#include "ui/labels.h"

namespace keytender::ui {

Notice::Notice(Sign sign, const QString &text, const Action &action, QWidget *parent) : QWidget(parent), m_sign(sign)
{
    const Measures measures(font());
    m_text = new TextLabel(text, TextRole::Plain, this);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *layout = new QHBoxLayout(this);
    const int pad = 3 * measures.unit;
    const bool isMirrored = layoutDirection() == Qt::RightToLeft;
    const int lead = pad + measures.glyph + 2 * measures.unit;
    layout->setContentsMargins(isMirrored ? pad : lead, pad, isMirrored ? lead : pad, pad);
    layout->setSpacing(3 * measures.unit);
    layout->addWidget(m_text, 1);
    if (action.title.isEmpty())
        return;
    m_buttons = new QVBoxLayout;
    m_buttons->setSpacing(2 * measures.unit);
    m_buttons->setAlignment(Qt::AlignVCenter);
    layout->addLayout(m_buttons);
    Button *button = addButton(action);
    setFocusProxy(button);
    connect(button, &QPushButton::clicked, this, &Notice::triggered);
}

void Notice::offerToo(const Action &alternative)
{
    if (m_buttons != nullptr)
        connect(addButton(alternative), &QPushButton::clicked, this, &Notice::alternativeTriggered);
}

Button *Notice::addButton(const Action &action)
{
    auto *button = new Button(action.title, action.rank, this);
    button->setAccessibleDescription(m_text->text());
    m_buttons->addWidget(button, 0, Qt::AlignTrailing | Qt::AlignVCenter);
    return button;
}

void Notice::paintEvent(QPaintEvent * /*event*/)
{
    const Measures measures(font());
    const Tones tones = tonesOf(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(tones.box);
    painter.drawRoundedRect(rect(), 2 * measures.unit, 2 * measures.unit);
    const int pad = 3 * measures.unit;
    // Beside the first line, however many there are.
    const int firstLine = m_text->height() - m_text->heightForWidth(m_text->width());
    const int top =
        m_text->y() + std::max(0, firstLine) / 2 + (QFontMetrics(m_text->font()).height() - measures.glyph) / 2;
    const int left = layoutDirection() == Qt::RightToLeft ? width() - pad - measures.glyph : pad;
    const QColor ink = m_sign.weight == Weight::Calm ? tones.muted : tones.due;
    painter.drawPixmap(left, top, glyphPixmap(m_sign.glyph, ink, measures.glyph, devicePixelRatioF()));
}

} // namespace keytender::ui
