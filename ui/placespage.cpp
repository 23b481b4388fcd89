// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/placespage.h"

#include <algorithm>

#include <QBoxLayout>
#include <QDir>

#include <unistd.h>

#include "service/settings/homecheck.h"
#include "ui/pickers.h"
#include "ui/removablelist.h"
#include "ui/rowtext.h"
#include "ui/settingsgroup.h"

namespace keytender::ui {

using service::Settings;

namespace {

QString keyOf(const QString &tool, const QString &home)
{
    return tool + u':' + home;
}

} // namespace

PlacesPage::PlacesPage(SettingsAccess access, QWidget *parent) : SettingsPage(tr("Places"), std::move(access), parent)
{
    m_homes =
        addGroup(tr("Further homes"),
                 tr("The usual home of every tool is found by itself. Where you keep a second login in a directory "
                    "of its own, such as ~/.claude-work, name it here."));
    m_list = new RemovableList({});
    m_homes->body().addWidget(m_list);
    connect(m_list, &RemovableList::removeRequested, this, &PlacesPage::removeHome);
    m_homes->addGap(2);
    m_tool = new WordPicker;
    m_tool->setAccessibleName(tr("Tool"));
    m_choose = new Button(tr("Add a directory…"), Button::Rank::Plain);
    QHBoxLayout &line = m_homes->addLine();
    line.addWidget(m_tool);
    line.addStretch(1);
    line.addWidget(m_choose);
    body().addStretch(1);
    connect(m_choose, &QPushButton::clicked, this,
            [this] { Q_EMIT directoryRequested(m_tool->currentData().toString()); });
}

void PlacesPage::fill()
{
    std::vector<WordPicker::Word> tools;
    for (const SettingsSubject::Tool &tool : subject().tools)
        tools.push_back({.text = tool.name, .data = tool.id});
    m_tool->setWords(tools);
    std::vector<RemovableList::Entry> entries;
    for (const auto &[tool, homes] : settings().homes) {
        for (const QString &home : homes)
            entries.push_back({.key = keyOf(tool, home),
                               .text = toolName(tool),
                               .more = shortPath(home),
                               .problem = service::homeProblem(home, getuid())});
    }
    m_list->show(entries);
}

QString PlacesPage::toolName(const QString &toolId) const
{
    const auto found = std::ranges::find(subject().tools, toolId, &SettingsSubject::Tool::id);
    return found == subject().tools.end() ? toolId : found->name;
}

void PlacesPage::addHome(const QString &toolId, const QString &path)
{
    const QString home = QDir::cleanPath(path);
    change(*m_homes, [&](Settings &settings) {
        QStringList &homes = settings.homes[toolId];
        if (!homes.contains(home))
            homes += home;
    });
}

void PlacesPage::removeHome(const QString &key)
{
    change(*m_homes, [&key](Settings &settings) {
        for (auto &[tool, homes] : settings.homes)
            homes.removeIf([&, tool = tool](const QString &home) { return keyOf(tool, home) == key; });
        std::erase_if(settings.homes, [](const auto &tool) { return tool.second.isEmpty(); });
    });
    if (settings().homes.empty())
        m_choose->setFocus();
}

QWidget *PlacesPage::firstFocus()
{
    return m_choose;
}

QString PlacesPage::summary() const
{
    qsizetype count = 0;
    for (const auto &[tool, homes] : settings().homes)
        count += homes.size();
    if (count == 0)
        return tr("The usual homes of every tool");
    return count == 1 ? tr("1 further home") : tr("%n further homes", nullptr, static_cast<int>(count));
}

} // namespace keytender::ui
