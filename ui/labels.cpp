// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/labels.h"

#include <QEvent>
#include <QScopedValueRollback>

#include "ui/drawing.h"

namespace keytender::ui {

namespace {

// Lets a path break after each separator: a zero-width space is no part of what people read.
QString breakable(QString path)
{
    constexpr QChar zeroWidthSpace(0x200B);
    for (const QChar separator : {u'/', u'|', u':', u'-'})
        path.replace(separator, QString(separator) + zeroWidthSpace);
    return path;
}

} // namespace

TextLabel::TextLabel(const QString &text, TextRole role, QWidget *parent) : QLabel(parent), m_role(role)
{
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
    say(text);
    dress();
}

void TextLabel::say(const QString &text)
{
    if (m_role != TextRole::Path) {
        setText(text);
        return;
    }
    setText(breakable(text));
    setAccessibleName(text);
}

void TextLabel::changeEvent(QEvent *event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::ParentChange || event->type() == QEvent::ApplicationFontChange
        || event->type() == QEvent::LayoutDirectionChange)
        dress();
    // Not ApplicationPaletteChange, of which changeEvent() never hears. Our own change comes back here once more.
    if (event->type() == QEvent::PaletteChange && !m_isDressing)
        dress();
}

void TextLabel::dress()
{
    const QScopedValueRollback dressing(m_isDressing, true);
    const QPalette base = parentWidget() == nullptr ? palette() : parentWidget()->palette();
    const Measures measures(parentWidget() == nullptr ? font() : parentWidget()->font());
    const Tones tones = tonesOf(base);
    QPalette dressed = base;
    const bool isQuiet = m_role == TextRole::Muted || m_role == TextRole::Path;
    dressed.setColor(QPalette::WindowText, isQuiet ? tones.muted : tones.text);
    setPalette(dressed);
    // With the panel, not with the text: a path stands at the beginning of its line in every language.
    setAlignment((layoutDirection() == Qt::RightToLeft ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignAbsolute
                 | Qt::AlignVCenter);
    switch (m_role) {
    case TextRole::Title:
    case TextRole::Strong:
        setFont(measures.bold);
        return;
    case TextRole::Plain:
        setFont(measures.plain);
        return;
    case TextRole::Muted:
    case TextRole::Path:
        setFont(measures.small);
        return;
    }
}

} // namespace keytender::ui
