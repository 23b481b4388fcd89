// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/problemline.h"

#include <QAccessible>
#include <QBoxLayout>

#include "ui/drawing.h"
#include "ui/glyphsign.h"
#include "ui/labels.h"

namespace keytender::ui {

ProblemLine::ProblemLine(const QString &text, QWidget *parent) : QWidget(parent)
{
    const int unit = Measures(font()).unit;
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 2 * unit, 0, 0);
    layout->setSpacing(2 * unit);
    m_text = new TextLabel({}, TextRole::Plain);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    layout->addWidget(new GlyphSign(Glyph::Triangle, profile::Severity::ActNow), 0, Qt::AlignTop);
    layout->addWidget(m_text, 1);
    m_text->say(text);
    if (text.isEmpty())
        hide(); // and not shown otherwise: until it is laid out it would be a window
}

void ProblemLine::say(const QString &text)
{
    m_text->say(text);
    setVisible(!text.isEmpty());
    if (text.isEmpty())
        return;
    QAccessibleEvent alert(m_text, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

} // namespace keytender::ui
