// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/detailssection.h"

#include <QBoxLayout>

#include "ui/drawing.h"
#include "ui/line.h"
#include "ui/notice.h"
#include "ui/problemline.h"
#include "ui/wraplayout.h"

namespace keytender::ui {

DetailsSection::DetailsSection(QWidget *parent)
    : QWidget(parent), m_layout(new QVBoxLayout(this)), m_unit(Measures(font()).unit)
{
    m_layout->setContentsMargins({});
    m_layout->setSpacing(0);
}

bool DetailsSection::isEmpty() const
{
    return m_layout->isEmpty();
}

TextLabel *DetailsSection::say(const QString &text, TextRole role)
{
    auto *label = new TextLabel(text, role);
    m_layout->addWidget(label);
    return label;
}

void DetailsSection::sayWord(const SectionWord &word)
{
    if (word.text.isEmpty())
        return;
    if (word.isProblem) {
        m_layout->addWidget(new ProblemLine(word.text));
        return;
    }
    addGap(2);
    m_layout->addWidget(new Notice({Glyph::Tick, Notice::Weight::Calm}, word.text, {}));
}

void DetailsSection::addGap(int units)
{
    m_layout->addSpacing(units * m_unit);
}

WrapLayout *DetailsSection::addButtons()
{
    auto *line = new WrapLayout(2 * m_unit, WrapLayout::Side::Start);
    m_layout->addLayout(line);
    return line;
}

Button *DetailsSection::addButton(WrapLayout &line, const QString &text, const QString &name)
{
    auto *button = new Button(text, Button::Rank::Plain);
    button->setObjectName(name);
    line.addWidget(button);
    return button;
}

QWidget *addSectionHeading(QBoxLayout &layout, const QString &text)
{
    auto *heading = new TextLabel(text, TextRole::Strong);
    const int unit = Measures(heading->font()).unit;
    layout.addSpacing(4 * unit);
    layout.addWidget(new Line);
    layout.addSpacing(4 * unit);
    layout.addWidget(heading);
    layout.addSpacing(2 * unit);
    return heading;
}

} // namespace keytender::ui
