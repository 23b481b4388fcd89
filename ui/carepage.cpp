// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/carepage.h"

#include <algorithm>

#include <QAbstractButton>
#include <QBoxLayout>

#include "ui/carecard.h"

namespace keytender::ui {

using service::CareOffer;

namespace {

bool isUnasked(const CareOffer &offer)
{
    return !offer.wasAsked;
}

} // namespace

CarePage::CarePage(Question question, QWidget *parent) : Page({}, parent), m_question(question)
{
    m_introduction = addText({}, TextRole::Plain);
    m_list = new QVBoxLayout;
    m_list->setSpacing(0);
    body().addLayout(m_list);
    body().addStretch(1);
    m_leave = addButton(tr("Not now"), Button::Rank::Plain);
    connect(m_leave, &QPushButton::clicked, this, &CarePage::left);
    connect(addButton({}, Button::Rank::Primary), &QPushButton::clicked, this, [this] { Q_EMIT confirmed(news()); });
}

void CarePage::show(const std::vector<CareOffer> &offers, const Answers &answers)
{
    clear(*m_list);
    m_cards.clear();
    introduce(offers);
    for (const CareOffer &offer : offers)
        addCard(offer, answers);
    follow();
}

void CarePage::introduce(const std::vector<CareOffer> &offers)
{
    if (m_question == Question::One) {
        setTitle(offers.empty() ? tr("This login is gone") : tr("Who renews %1?").arg(offers.front().label));
        m_introduction->setVisible(false);
        m_leave->setText(tr("Cancel"));
        return;
    }
    const bool isFirst = std::ranges::any_of(offers, isUnasked);
    setTitle(tr("These logins were made by other tools"));
    m_introduction->say(
        offers.empty() ? tr("There is no login of another tool that Keytender could renew.")
        : isFirst ? tr("Keytender can renew them in time and beside their tools, so that no tool signs out another. "
                       "Nothing is done before you say so, and you can change it whenever you like.")
                  : tr("Who renews them. What you change here holds from now on."));
    m_leave->setText(isFirst ? tr("Not now") : tr("Close"));
}

void CarePage::addCard(const CareOffer &offer, const Answers &answers)
{
    profile::Care chosen = isUnasked(offer) ? offer.recommended : offer.care;
    if (const auto answer = answers.find(offer.profileId); answer != answers.end())
        chosen = answer->second;
    const bool isOne = m_question == Question::One;
    auto *card = new CareCard(offer, chosen, isOne ? CareCard::Length::Full : CareCard::Length::Short);
    connect(card, &CareCard::chosenChanged, this, &CarePage::follow);
    connect(card, &CareCard::previewRequested, this, &CarePage::previewRequested);
    m_list->addSpacing((isOne ? 1 : 3) * unit());
    m_list->addWidget(card);
    m_cards.push_back(card);
}

CarePage::Answers CarePage::answers() const
{
    Answers all;
    for (const CareCard *card : m_cards)
        all[card->offer().profileId] = card->chosen();
    return all;
}

CarePage::Answers CarePage::news() const
{
    Answers some;
    for (const CareCard *card : m_cards) {
        if (isUnasked(card->offer()) || card->chosen() != card->offer().care)
            some[card->offer().profileId] = card->chosen();
    }
    return some;
}

// The button says what it will do.
void CarePage::follow()
{
    const bool asRecommended =
        std::ranges::all_of(m_cards, [](const CareCard *card) { return card->chosen() == card->offer().recommended; });
    const bool isNews = !news().empty();
    QString caption = asRecommended && isNews ? tr("Accept all recommended") : tr("Apply");
    if (m_cards.size() == 1)
        caption = m_cards.front()->chosenTitle();
    primary()->setText(caption);
    primary()->setEnabled(isNews);
}

void CarePage::setProblem(const QString &profileId, const QString &text)
{
    for (CareCard *card : m_cards) {
        if (card->offer().profileId != profileId)
            continue;
        card->setProblem(text);
        if (!text.isEmpty())
            reveal(*card);
    }
}

QWidget *CarePage::firstFocus()
{
    return m_cards.empty() ? m_leave : static_cast<QWidget *>(m_cards.front()->checked());
}

} // namespace keytender::ui
