// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/outcomepage.h"

#include <QBoxLayout>

namespace keytender::ui {

OutcomePage::OutcomePage(Glyph glyph, profile::Severity severity, QWidget *parent) : Page({}, parent)
{
    setSign(glyph, severity);
    m_sentences = new QVBoxLayout;
    m_sentences->setSpacing(2 * unit());
    body().addLayout(m_sentences);
    body().addStretch(1);
}

void OutcomePage::say(const QString &title, const QStringList &sentences)
{
    setTitle(title);
    while (QLayoutItem *item = m_sentences->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const QString &sentence : sentences) {
        if (sentence.isEmpty())
            continue;
        auto *label = new TextLabel(sentence, m_sentences->isEmpty() ? TextRole::Plain : TextRole::Muted);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        m_sentences->addWidget(label);
    }
}

} // namespace keytender::ui
