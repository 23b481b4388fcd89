// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/carecard.h"

#include <algorithm>

#include <QBoxLayout>
#include <QButtonGroup>

#include "ui/button.h"
#include "ui/choice.h"
#include "ui/drawing.h"
#include "ui/labels.h"
#include "ui/problemline.h"
#include "ui/wraplayout.h"

namespace keytender::ui {

using service::CareChoice;
using service::CareOffer;

CareCard::CareCard(const CareOffer &offer, profile::Care chosen, Length length, QWidget *parent)
    : Card(parent), m_offer(offer)
{
    if (length == Length::Short) {
        body().addWidget(new TextLabel(offer.label, TextRole::Strong));
        body().addSpacing(Measures(font()).unit / 2);
    }
    m_group = new QButtonGroup(this);
    for (const CareChoice &choice : offer.choices)
        addChoice(choice, length);
    const CareChoice *wanted = choiceFor(offer, chosen);
    for (const auto &[button, choice] : m_choices) {
        if (wanted != nullptr && choice == *wanted)
            const_cast<QAbstractButton *>(button)->setChecked(true); // NOLINT(cppcoreguidelines-pro-type-const-cast)
    }
    if (m_group->checkedButton() == nullptr && !m_group->buttons().isEmpty())
        m_group->buttons().constFirst()->setChecked(true);
    connect(m_group, &QButtonGroup::idToggled, this, [this](int, bool isOn) {
        if (isOn)
            Q_EMIT chosenChanged();
    });
    if (hasPreview(offer))
        addPreview();
    m_problem = new ProblemLine;
    body().addWidget(m_problem);
}

void CareCard::addChoice(const CareChoice &choice, Length length)
{
    const bool isOneOfSome = std::ranges::count_if(m_offer.choices, &CareChoice::isOffered) > 1;
    const bool isRecommended = choice.isOffered && isOneOfSome && choice.care == m_offer.recommended;
    auto *button =
        new Choice(Choice::Kind::Radio, isRecommended ? tr("%1 (recommended)").arg(choice.title) : choice.title,
                   choice.isOffered ? choice.text : choice.whyNot);
    button->setEnabled(choice.isOffered);
    button->setBrief(choice.isOffered && length == Length::Short);
    if (length == Length::Short) // among others of the same name
        button->setAccessibleName(choice.title + QStringLiteral(", ") + m_offer.label);
    m_group->addButton(button);
    m_choices[button] = choice;
    body().addWidget(button);
}

void CareCard::addPreview()
{
    const int unit = Measures(font()).unit;
    body().addSpacing(unit);
    auto *flow = new WrapLayout(2 * unit, WrapLayout::Side::Start);
    auto *preview = new Button(tr("Preview of the first write…"), Button::Rank::Plain);
    preview->setObjectName(QStringLiteral("preview"));
    preview->setAccessibleDescription(m_offer.label);
    connect(preview, &QPushButton::clicked, this, [this] { Q_EMIT previewRequested(m_offer.profileId); });
    flow->addWidget(preview);
    body().addLayout(flow);
}

profile::Care CareCard::chosen() const
{
    const auto found = m_choices.find(m_group->checkedButton());
    return found == m_choices.end() ? m_offer.care : found->second.care;
}

QString CareCard::chosenTitle() const
{
    const auto found = m_choices.find(m_group->checkedButton());
    return found == m_choices.end() ? QString() : found->second.title;
}

QAbstractButton *CareCard::checked() const
{
    return m_group->checkedButton();
}

void CareCard::setProblem(const QString &text)
{
    m_problem->say(text);
}

const CareChoice *choiceFor(const CareOffer &offer, profile::Care care)
{
    const auto found = std::ranges::find(offer.choices, care, &CareChoice::care);
    return found == offer.choices.end() ? nullptr : &*found;
}

bool hasPreview(const CareOffer &offer)
{
    return std::ranges::any_of(offer.choices, [](const CareChoice &choice) {
        return choice.isOffered && choice.care == profile::Care::Shared;
    });
}

} // namespace keytender::ui
