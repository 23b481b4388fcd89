// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/previewpage.h"

#include <QBoxLayout>

#include "ui/card.h"
#include "ui/diffline.h"
#include "ui/drawing.h"
#include "ui/problemline.h"

namespace keytender::ui {

using service::WritePreview;

namespace {

// Edge to edge, so that the grounds of its lines join.
QWidget *linesOf(const WritePreview::File &file)
{
    auto *card = new Card;
    card->setAccessibleName(PreviewPage::tr("What changes in %1").arg(file.path));
    const int unit = Measures(card->font()).unit;
    card->body().setContentsMargins(0, 2 * unit, 0, 2 * unit);
    for (const WritePreview::Line &line : file.lines)
        card->body().addWidget(new DiffLine(line));
    return card;
}

} // namespace

PreviewPage::PreviewPage(QWidget *parent) : Page({}, parent)
{
    m_summary = addText({}, TextRole::Plain);
    addGap(2);
    addText(tr("Secrets are never shown: in their place stand fingerprints, by which two of them can be told apart."),
            TextRole::Muted);
    m_list = new QVBoxLayout;
    m_list->setSpacing(0);
    body().addLayout(m_list);
    body().addStretch(1);
    connect(addButton(tr("Back"), Button::Rank::Primary), &QPushButton::clicked, this, &PreviewPage::left);
}

void PreviewPage::show(const QString &label, const WritePreview &preview, Way way)
{
    setTitle(tr("What the first write changes: %1").arg(label));
    m_summary->say(preview.summary);
    m_summary->setVisible(!preview.summary.isEmpty());
    clear(*m_list);
    for (const WritePreview::File &file : preview.files)
        addFile(file);
    primary()->setText(way == Way::Back ? tr("Back") : tr("Close"));
}

void PreviewPage::addFile(const WritePreview::File &file)
{
    m_list->addSpacing(4 * unit());
    m_list->addWidget(new TextLabel(file.toolName, TextRole::Strong));
    m_list->addWidget(new TextLabel(file.path, TextRole::Path));
    if (!file.problem.isEmpty()) {
        m_list->addWidget(new ProblemLine(file.problem));
        return;
    }
    addLocks(file.locks);
    if (file.lines.empty())
        return;
    m_list->addSpacing(2 * unit());
    m_list->addWidget(linesOf(file));
}

void PreviewPage::addLocks(const QStringList &locks)
{
    if (locks.isEmpty())
        return;
    m_list->addSpacing(2 * unit());
    m_list->addWidget(new TextLabel(locks.size() == 1 ? tr("Under its lock:") : tr("Under its locks, in this order:"),
                                    TextRole::Muted));
    for (int i = 0; i < locks.size(); ++i) {
        const QString text = locks.size() == 1 ? locks.at(i) : QStringLiteral("%L1. %2").arg(i + 1).arg(locks.at(i));
        m_list->addWidget(new TextLabel(text, TextRole::Path));
    }
}

} // namespace keytender::ui
