// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/emptystate.h"

#include <QBoxLayout>
#include <QLabel>

#include "ui/button.h"
#include "ui/drawing.h"
#include "ui/labels.h"
#include "ui/scrollbar.h"
#include "ui/wraplayout.h"

namespace keytender::ui {

QString whyNoLogins(bool canSignIn)
{
    return canSignIn ? QString() : EmptyState::tr("Keytender’s own store is not open, so nothing can be kept now.");
}

EmptyState::EmptyState(QWidget *parent) : QScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    ScrollBar::dress(*this);
    viewport()->setAutoFillBackground(false);
    setAccessibleName(tr("No logins"));
    rebuild();
}

void EmptyState::setLooked(const std::vector<service::Surroundings::Looked> &looked)
{
    if (looked == m_looked)
        return;
    m_looked = looked;
    rebuild();
}

int EmptyState::fullHeight(int width) const
{
    return widget()->layout()->heightForWidth(width);
}

void EmptyState::setCanSignIn(bool canSignIn)
{
    if (canSignIn == m_canSignIn)
        return;
    m_canSignIn = canSignIn;
    rebuild();
}

QLayout *EmptyState::makeActions()
{
    auto *flow = new WrapLayout(2 * Measures(font()).unit, WrapLayout::Side::Start);
    auto *login = new Button(tr("Add a login…"), Button::Rank::Primary);
    auto *key = new Button(tr("Add a key…"), Button::Rank::Plain);
    connect(login, &QPushButton::clicked, this, &EmptyState::addLoginRequested);
    connect(key, &QPushButton::clicked, this, &EmptyState::addKeyRequested);
    for (Button *button : {login, key}) {
        button->setEnabled(m_canSignIn);
        button->setToolTip(whyNoLogins(m_canSignIn));
        flow->addWidget(button);
    }
    return flow;
}

void EmptyState::rebuild()
{
    const Measures measures(font());
    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(measures.margin(), 5 * measures.unit, measures.margin(), 5 * measures.unit);
    layout->setSpacing(0);
    layout->addWidget(
        new TextLabel(tr("Sign in to one of your AI tools, and it appears here by itself."), TextRole::Plain));
    layout->addSpacing(2 * measures.unit);
    layout->addWidget(
        new TextLabel(tr("Or add a login of Keytender’s own: sign in once, and Keytender keeps it fresh from then on."),
                      TextRole::Plain));
    layout->addSpacing(3 * measures.unit);
    layout->addLayout(makeActions());
    layout->addSpacing(5 * measures.unit);
    if (!m_looked.empty()) {
        layout->addWidget(new TextLabel(tr("Keytender looked for"), TextRole::Muted));
        layout->addSpacing(measures.unit);
    }
    for (const service::Surroundings::Looked &place : m_looked) {
        layout->addSpacing(2 * measures.unit);
        layout->addWidget(new TextLabel(place.tool, TextRole::Plain));
        layout->addWidget(new TextLabel(place.path, TextRole::Path));
    }
    layout->addStretch(1);
    setWidget(page);
    page->setAutoFillBackground(false); // the panel paints it
}

} // namespace keytender::ui
