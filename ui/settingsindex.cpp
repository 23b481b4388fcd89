// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/settingsindex.h"

#include <QBoxLayout>

#include "ui/card.h"
#include "ui/problemline.h"
#include "ui/sectionrow.h"

namespace keytender::ui {

SettingsIndex::SettingsIndex(QWidget *parent) : Page(tr("Settings"), parent)
{
    m_problem = new ProblemLine;
    body().addWidget(m_problem);
    addGap(2);
    auto *card = new Card;
    m_rows = &card->body();
    m_rows->setContentsMargins({});
    body().addWidget(card);
    body().addStretch(1);
    connect(addButton(tr("Close"), Button::Rank::Plain), &QPushButton::clicked, this, &SettingsIndex::left);
}

SectionRow *SettingsIndex::addRow(const QString &title)
{
    auto *row = new SectionRow(title);
    m_rows->addWidget(row);
    if (m_last == nullptr)
        m_last = row;
    return row;
}

void SettingsIndex::setFileProblem(const QString &text)
{
    m_problem->say(text);
}

QWidget *SettingsIndex::firstFocus()
{
    return m_last;
}

} // namespace keytender::ui
