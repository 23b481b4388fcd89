// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/renewalpage.h"

#include <algorithm>

#include <QBoxLayout>

#include "profile/words.h"
#include "ui/choice.h"
#include "ui/pickers.h"
#include "ui/removablelist.h"
#include "ui/settingsgroup.h"

namespace keytender::ui {

using namespace std::chrono_literals;
using service::Settings;

namespace {

constexpr int percentStep = 5;
constexpr int mostDays = 3660;
constexpr std::chrono::seconds longestRung = std::chrono::hours{24 * 366};

} // namespace

RenewalPage::RenewalPage(SettingsAccess access, QWidget *parent)
    : SettingsPage(tr("Renewal and reminders"), std::move(access), parent)
{
    m_tokens =
        addGroup(tr("Access tokens"),
                 tr("Renewed when this much of their life is over; ahead of the time at which a tool would do it "
                    "by itself."));
    m_percent = new NumberPicker(Settings::earliestRenewal, Settings::latestRenewal);
    m_percent->setSuffix(tr(" %", "percent, after a number"));
    m_percent->setSingleStep(percentStep);
    m_percent->setAccessibleName(tr("Renew after"));
    QHBoxLayout &line = m_tokens->addLine();
    line.addWidget(new TextLabel(tr("Renew after"), TextRole::Plain), 1);
    line.addWidget(m_percent);
    connect(m_percent, &QSpinBox::valueChanged, this, [this](int percent) {
        if (!isFilling())
            change(*m_tokens, [percent](Settings &settings) { settings.renewAtPercent = percent; });
    });
    makeReminders();
    makeRotation();
    body().addStretch(1);
}

void RenewalPage::makeReminders()
{
    m_reminders =
        addGroup(tr("Before a sign-in ends"), tr("No renewal extends it; you are reminded this long before."));
    m_rungs = new RemovableList(tr("Nobody is reminded."));
    m_reminders->body().addWidget(m_rungs);
    connect(m_rungs, &RemovableList::removeRequested, this, &RenewalPage::removeReminder);
    m_reminders->addGap(1);
    m_number = new NumberPicker(1, 366);
    m_number->setAccessibleName(tr("How long before"));
    m_unit = new WordPicker;
    m_unit->setAccessibleName(tr("Unit of time"));
    m_unit->addItem(tr("days"), 24 * 60);
    m_unit->addItem(tr("hours"), 60);
    m_unit->addItem(tr("minutes"), 1);
    m_add = new Button(tr("Add"), Button::Rank::Plain);
    m_add->setAccessibleDescription(tr("Before a sign-in ends"));
    QHBoxLayout &line = m_reminders->addLine();
    line.addWidget(m_number);
    line.addWidget(m_unit);
    line.addStretch(1);
    line.addWidget(m_add);
    m_number->setValue(14);
    connect(m_add, &QPushButton::clicked, this, &RenewalPage::addReminder);
}

void RenewalPage::makeRotation()
{
    m_keys =
        addGroup(tr("Keys and tokens handed out by hand"),
                 tr("They live until somebody replaces them, and the longer they live the more places hold them."));
    m_reminds = new Choice(Choice::Kind::Check, tr("Remind me to replace them"), {});
    m_days = new NumberPicker(1, mostDays);
    m_days->setSuffix(tr(" days", "after a number"));
    m_days->setAccessibleName(tr("Replace after"));
    QHBoxLayout &line = m_keys->addLine();
    line.addWidget(m_reminds, 1);
    line.addWidget(m_days);
    connect(m_reminds, &QAbstractButton::clicked, this, &RenewalPage::setRotation);
    connect(m_days, &QSpinBox::valueChanged, this, [this] {
        if (!isFilling())
            setRotation();
    });
}

void RenewalPage::fill()
{
    m_percent->setValue(settings().renewAtPercent);
    showReminders();
    const int days = settings().rotationReminderDays;
    m_reminds->setChecked(days > 0);
    m_days->setEnabled(days > 0);
    if (days > 0 || m_days->value() == m_days->minimum())
        m_days->setValue(days > 0 ? days : Settings().rotationReminderDays);
}

void RenewalPage::showReminders()
{
    std::vector<RemovableList::Entry> entries;
    for (const std::chrono::seconds rung : settings().signInEnds)
        entries.push_back({.key = service::textOf(rung), .text = profile::duration(rung)});
    m_rungs->show(entries);
}

void RenewalPage::addReminder()
{
    const std::chrono::seconds rung = std::chrono::minutes(m_unit->currentData().toInt()) * m_number->value();
    if (rung > longestRung)
        return m_reminders->sayHow(tr("A year before is the earliest."));
    change(*m_reminders, [rung](Settings &settings) {
        if (std::ranges::find(settings.signInEnds, rung) == settings.signInEnds.end())
            settings.signInEnds.push_back(rung);
        std::ranges::sort(settings.signInEnds, std::greater());
    });
}

void RenewalPage::removeReminder(const QString &rung)
{
    change(*m_reminders, [length = service::rungFrom(rung)](Settings &settings) {
        std::erase_if(settings.signInEnds, [&](std::chrono::seconds other) { return other == length; });
    });
    if (settings().signInEnds.empty())
        m_add->setFocus();
}

void RenewalPage::setRotation()
{
    const int days = m_reminds->isChecked() ? m_days->value() : 0;
    change(*m_keys, [days](Settings &settings) { settings.rotationReminderDays = days; });
}

QString RenewalPage::summary() const
{
    const auto reminders = static_cast<int>(settings().signInEnds.size());
    return tr("After %1 % of a token's life").arg(settings().renewAtPercent) + QStringLiteral(" · ")
           + (reminders == 1 ? tr("1 reminder") : tr("%n reminders", nullptr, reminders));
}

} // namespace keytender::ui
