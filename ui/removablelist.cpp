// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/removablelist.h"

#include <algorithm>

#include <QBoxLayout>

#include "ui/button.h"
#include "ui/drawing.h"
#include "ui/labels.h"
#include "ui/page.h"
#include "ui/problemline.h"

namespace keytender::ui {

RemovableList::RemovableList(QString none, QWidget *parent) : QWidget(parent), m_none(std::move(none))
{
    m_list = new QVBoxLayout(this);
    m_list->setContentsMargins({});
    m_list->setSpacing(0);
    if (!m_none.isEmpty())
        m_list->addWidget(new TextLabel(m_none, TextRole::Muted));
}

void RemovableList::show(const std::vector<Entry> &entries)
{
    if (entries == m_entries)
        return;
    const QList<Button *> before = findChildren<Button *>();
    const auto focused = std::ranges::find_if(before, [](const Button *button) { return button->hasFocus(); });
    const auto place = focused == before.end() ? -1 : std::distance(before.begin(), focused);
    m_entries = entries;
    clear(*m_list);
    for (const Entry &entry : m_entries)
        add(entry);
    if (m_entries.empty() && !m_none.isEmpty())
        m_list->addWidget(new TextLabel(m_none, TextRole::Muted));
    const QList<Button *> now = findChildren<Button *>();
    if (place >= 0 && !now.isEmpty())
        now.at(std::min(place, now.size() - 1))->setFocus();
}

void RemovableList::add(const Entry &entry)
{
    const int unit = Measures(font()).unit;
    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, unit, 0, unit);
    layout->setSpacing(2 * unit);
    auto *text = new QVBoxLayout;
    text->setSpacing(0);
    text->setContentsMargins(0, entry.more.isEmpty() ? unit : 0, 0, 0); // beside the button's own words
    text->addWidget(new TextLabel(entry.text, TextRole::Plain));
    if (!entry.more.isEmpty())
        text->addWidget(new TextLabel(entry.more, TextRole::Muted));
    if (!entry.problem.isEmpty())
        text->addWidget(new ProblemLine(entry.problem));
    auto *remove = new Button(tr("Remove"), Button::Rank::Plain);
    remove->setAccessibleDescription(entry.more.isEmpty() ? entry.text
                                                          : entry.text + QStringLiteral(", ") + entry.more);
    connect(remove, &QPushButton::clicked, this, [this, key = entry.key] { Q_EMIT removeRequested(key); });
    layout->addLayout(text, 1);
    layout->addWidget(remove, 0, Qt::AlignTop);
    m_list->addWidget(row);
    row->show();
}

} // namespace keytender::ui
