// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/linkcard.h"

#include <QBoxLayout>
#include <QButtonGroup>

#include "ui/button.h"
#include "ui/choice.h"
#include "ui/drawing.h"
#include "ui/labels.h"
#include "ui/linkssection.h"
#include "ui/problemline.h"
#include "ui/rowtext.h"
#include "ui/wraplayout.h"

namespace keytender::ui {

using service::Link;
using service::LinkWay;

namespace {

QString describe(LinkWay way)
{
    switch (way) {
    case LinkWay::Off:
        return LinkCard::tr("Keytender writes nothing there.");
    case LinkWay::OneWay:
        return LinkCard::tr(
            "The access token goes there each time it is renewed. What happens there never comes back.");
    case LinkWay::Mirror:
        return LinkCard::tr("Both sides are kept in step: whichever is newer goes to the other.");
    }
    return {};
}

} // namespace

LinkCard::LinkCard(const Link &link, LinkWay chosen, base::Timestamp now, QWidget *parent) : Card(parent), m_link(link)
{
    body().addWidget(new TextLabel(link.label, TextRole::Strong));
    if (link.writtenAt) {
        auto *when = new TextLabel(tr("written %1").arg(ago(*link.writtenAt, now)), TextRole::Muted);
        when->setToolTip(exactTime(*link.writtenAt));
        when->setAccessibleDescription(exactTime(*link.writtenAt));
        body().addWidget(when);
    }
    m_group = new QButtonGroup(this);
    if (link.offered.empty() && !link.whyNot.isEmpty()) {
        body().addWidget(new TextLabel(link.whyNot, TextRole::Muted));
    } else {
        addWay(LinkWay::Off, describe(LinkWay::Off));
        for (const LinkWay way : link.offered)
            addWay(way, describe(way));
    }
    for (QAbstractButton *button : m_group->buttons())
        button->setChecked(m_ways.at(button) == chosen);
    connect(m_group, &QButtonGroup::idToggled, this, [this](int, bool isOn) {
        if (isOn)
            Q_EMIT chosenChanged();
    });
    if (!link.file.isEmpty())
        addEdit();
    m_problem = new ProblemLine(link.problem);
    body().addWidget(m_problem);
}

void LinkCard::addWay(LinkWay way, const QString &description)
{
    auto *button = new Choice(Choice::Kind::Radio, titleOf(way), description);
    button->setBrief(true);
    button->setAccessibleName(titleOf(way) + QStringLiteral(", ") + m_link.label);
    m_group->addButton(button);
    m_ways[button] = way;
    body().addWidget(button);
}

void LinkCard::addEdit()
{
    const int unit = Measures(font()).unit;
    body().addSpacing(unit);
    auto *flow = new WrapLayout(2 * unit, WrapLayout::Side::Start);
    auto *edit = new Button(tr("Edit…"), Button::Rank::Plain);
    edit->setAccessibleDescription(m_link.label);
    connect(edit, &QPushButton::clicked, this, [this] { Q_EMIT editRequested(m_link.id); });
    flow->addWidget(edit);
    body().addLayout(flow);
}

LinkWay LinkCard::chosen() const
{
    const auto found = m_ways.find(m_group->checkedButton());
    return found == m_ways.end() ? m_link.way : found->second;
}

QAbstractButton *LinkCard::checked() const
{
    return m_group->checkedButton();
}

void LinkCard::setProblem(const QString &text)
{
    m_problem->say(text);
}

} // namespace keytender::ui
