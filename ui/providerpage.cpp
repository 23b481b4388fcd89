// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/providerpage.h"

#include <algorithm>

#include <QBoxLayout>
#include <QButtonGroup>

#include "ui/choice.h"

namespace keytender::ui {

ProviderPage::ProviderPage(QWidget *parent) : Page(tr("Where do you want to sign in?"), parent)
{
    m_list = new QVBoxLayout;
    m_list->setSpacing(0);
    body().addLayout(m_list);
    body().addStretch(1);
    m_group = new QButtonGroup(this);
    Button *cancel = addButton(tr("Cancel"), Button::Rank::Plain);
    Button *next = addButton(tr("Continue"), Button::Rank::Primary);
    connect(cancel, &QPushButton::clicked, this, &ProviderPage::cancelled);
    connect(next, &QPushButton::clicked, this, &ProviderPage::goOn);
    setOffers({});
}

void ProviderPage::setOffers(const std::vector<service::SignInOffer> &offers)
{
    while (QLayoutItem *item = m_list->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    m_ids.clear();
    for (const service::SignInOffer &offer : offers) {
        if (!offer.ways.empty())
            addOffer(offer);
    }
    m_other = new Choice(Choice::Kind::Radio, tr("Another server…"), tr("any that follows the OAuth 2.0 standards"));
    m_group->addButton(m_other);
    m_list->addWidget(m_other);
    const bool hasSilent =
        std::any_of(offers.begin(), offers.end(), [](const auto &offer) { return offer.ways.empty(); });
    if (hasSilent) {
        m_list->addSpacing(3 * unit());
        m_list->addWidget(new TextLabel(tr("Not through Keytender"), TextRole::Muted));
    }
    for (const service::SignInOffer &offer : offers) {
        if (offer.ways.empty())
            addOffer(offer);
    }
    m_group->buttons().constFirst()->setChecked(true);
}

void ProviderPage::addOffer(const service::SignInOffer &offer)
{
    auto *choice = new Choice(Choice::Kind::Radio, offer.providerName, offer.ways.empty() ? offer.whyNone : QString());
    choice->setEnabled(!offer.ways.empty());
    m_group->addButton(choice);
    m_ids[choice] = offer.providerId;
    m_list->addWidget(choice);
}

QWidget *ProviderPage::firstFocus()
{
    return m_group->checkedButton();
}

void ProviderPage::goOn()
{
    if (m_group->checkedButton() == m_other)
        Q_EMIT otherServerChosen();
    else if (const auto found = m_ids.find(m_group->checkedButton()); found != m_ids.end())
        Q_EMIT chosen(found->second);
}

} // namespace keytender::ui
