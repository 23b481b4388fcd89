// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/linkspage.h"

#include <QAbstractButton>
#include <QBoxLayout>

#include "ui/linkcard.h"
#include "ui/wraplayout.h"

namespace keytender::ui {

using service::Link;

LinksPage::LinksPage(const base::Clock &clock, QWidget *parent) : Page({}, parent), m_clock(clock)
{
    addText(tr("Only the access token is handed on, never what renews it, and never to a place that holds another "
               "account."),
            TextRole::Plain);
    m_list = new QVBoxLayout;
    m_list->setSpacing(0);
    body().addLayout(m_list);
    addGap(4);
    auto *flow = new WrapLayout(2 * unit(), WrapLayout::Side::Start);
    m_variable = new Button(tr("Add a variable in a file…"), Button::Rank::Plain);
    connect(m_variable, &QPushButton::clicked, this, &LinksPage::variableRequested);
    flow->addWidget(m_variable);
    body().addLayout(flow);
    body().addStretch(1);
    connect(addButton(tr("Cancel"), Button::Rank::Plain), &QPushButton::clicked, this, &LinksPage::left);
    connect(addButton(tr("Apply"), Button::Rank::Primary), &QPushButton::clicked, this,
            [this] { Q_EMIT confirmed(news()); });
}

void LinksPage::show(const QString &label, const std::vector<Link> &links, const Ways &ways)
{
    setTitle(tr("Where the token of %1 goes").arg(label));
    clear(*m_list);
    m_cards.clear();
    for (const Link &link : links) {
        const auto way = ways.find(link.id);
        auto *card = new LinkCard(link, way == ways.end() ? link.way : way->second, m_clock.wallTime());
        connect(card, &LinkCard::chosenChanged, this, &LinksPage::follow);
        connect(card, &LinkCard::editRequested, this, &LinksPage::editRequested);
        m_list->addSpacing(3 * unit());
        m_list->addWidget(card);
        m_cards.push_back(card);
    }
    follow();
}

LinksPage::Ways LinksPage::ways() const
{
    Ways all;
    for (const LinkCard *card : m_cards)
        all[card->link().id] = card->chosen();
    return all;
}

std::vector<Link> LinksPage::news() const
{
    std::vector<Link> some;
    for (const LinkCard *card : m_cards) {
        if (card->chosen() == card->link().way)
            continue;
        some.push_back(card->link());
        some.back().way = card->chosen();
    }
    return some;
}

void LinksPage::follow()
{
    primary()->setEnabled(!news().empty());
}

void LinksPage::setProblem(const QString &linkId, const QString &text)
{
    for (LinkCard *card : m_cards) {
        if (card->link().id != linkId)
            continue;
        card->setProblem(text);
        reveal(*card);
    }
}

QWidget *LinksPage::firstFocus()
{
    for (const LinkCard *card : m_cards) {
        if (card->checked() != nullptr)
            return card->checked();
    }
    return m_variable;
}

} // namespace keytender::ui
