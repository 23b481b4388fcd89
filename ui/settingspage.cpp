// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/settingspage.h"

#include <algorithm>

#include <QBoxLayout>
#include <QScopedValueRollback>

#include "ui/settingsgroup.h"

namespace keytender::ui {

namespace {

// What Tab reaches, in the order of the layout.
void collectFocus(QLayout &layout, QWidgetList &parts)
{
    for (int i = 0; i < layout.count(); ++i) {
        const QLayoutItem &item = *layout.itemAt(i);
        QWidget *widget = item.widget();
        if (widget != nullptr && (widget->focusPolicy() & Qt::TabFocus) != 0)
            parts += widget;
        else if (widget != nullptr && widget->layout() != nullptr)
            collectFocus(*widget->layout(), parts);
        else if (QLayout *inner = layout.itemAt(i)->layout())
            collectFocus(*inner, parts);
    }
}

} // namespace

SettingsPage::SettingsPage(const QString &title, SettingsAccess access, QWidget *parent)
    : Page(title, parent), m_access(std::move(access))
{
    m_back = addButton(tr("Back"), Button::Rank::Plain);
    connect(m_back, &QPushButton::clicked, this, &SettingsPage::left);
}

SettingsGroup *SettingsPage::addGroup(const QString &name, const QString &description)
{
    if (!m_groups.empty())
        addGap(5);
    auto *group = new SettingsGroup(name, description);
    body().addWidget(group);
    m_groups.push_back(group);
    return group;
}

bool SettingsPage::change(SettingsGroup &group, const Edit &edit)
{
    service::Settings wanted = settings();
    edit(wanted);
    const base::Result<void> done = m_access.change(wanted);
    group.sayHow(done ? QString() : base::describe(done.error()));
    if (!done)
        show(m_subject);
    return done.has_value();
}

void SettingsPage::show(const SettingsSubject &subject)
{
    const QScopedValueRollback filling(m_isFilling, true);
    m_subject = subject;
    fill();
    settle();
    orderTabs();
}

// Parts that came later stand where they are seen, and not at the end.
void SettingsPage::orderTabs()
{
    QWidgetList parts;
    collectFocus(body(), parts);
    parts += m_back;
    for (qsizetype i = 1; i < parts.size(); ++i)
        setTabOrder(parts.at(i - 1), parts.at(i));
}

void SettingsPage::forget()
{
    for (SettingsGroup *group : m_groups)
        group->forget();
}

QWidget *SettingsPage::firstFocus()
{
    QWidgetList parts;
    collectFocus(body(), parts);
    const auto first =
        std::ranges::find_if(parts, [](const QWidget *part) { return part->isEnabled() && !part->isHidden(); });
    return first == parts.end() ? m_back : *first;
}

} // namespace keytender::ui
