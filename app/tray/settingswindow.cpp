// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// The window in which everything is set.
#include "dialogs.h"

#include <algorithm>

#include <QMetaMethod>

#include "tools/tool.h"
#include "translations/language.h"
#include "ui/settingsdialog.h"

namespace keytender::tray {

using composition::Autostart;
using service::Service;
using ui::SettingsDialog;
using ui::SettingsSubject;

namespace {

SettingsSubject::Start startOf(const Autostart &autostart, const QString &problem)
{
    using Standing = SettingsSubject::Start::Standing;
    SettingsSubject::Start start{.file = autostart.file(), .problem = problem};
    const auto standing = autostart.standing();
    if (!standing && problem.isEmpty())
        start.problem = base::describe(standing.error());
    if (standing && *standing == Autostart::Standing::SwitchedOff)
        start.standing = Standing::SwitchedOff;
    if (standing && *standing == Autostart::Standing::Foreign)
        start.standing = Standing::Foreign;
    return start;
}

} // namespace

void Dialogs::settings()
{
    if (!m_settings)
        makeSettings();
    followSettings();
    m_settings->present();
}

void Dialogs::makeSettings()
{
    Service &service = m_world.service;
    m_settings = new SettingsDialog(
        {.current = [&service]() -> const service::Settings & { return service.settings(); },
         .change = [&service](const service::Settings &wanted) { return service.changeSettings(wanted); }});
    m_settings->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_settings, &SettingsDialog::careRequested, this, &Dialogs::askOf);
    connect(m_settings, &SettingsDialog::linksRequested, this, &Dialogs::linksOf);
    connect(m_settings, &SettingsDialog::startInsisted, this, &Dialogs::startInsisted);
    connect(&service, &Service::settingsChanged, m_settings, &SettingsDialog::follow);
    for (const auto change : {&Service::settingsChanged, &Service::surroundingsChanged, &Service::settled})
        connect(&service, change, m_settings, [this] { followSettings(); });
    for (const auto change : {&Service::rowChanged, &Service::rowRemoved})
        connect(&service, change, m_settings, [this] { followSettings(); });
    connect(m_settings, &SettingsDialog::programsRequested, this, &Dialogs::programsRequested);
    if (isSignalConnected(QMetaMethod::fromSignal(&Dialogs::programsRequested)))
        m_settings->addPrograms();
}

void Dialogs::followSettings()
{
    if (!m_settings)
        return;
    m_settings->setSubject(settingsSubject());
    const auto &problem = m_world.service.settingsProblem();
    m_settings->setFileProblem(problem ? base::describe(*problem) : QString());
}

void Dialogs::setStartProblem(const QString &text)
{
    m_startProblem = text;
    followSettings();
}

SettingsSubject Dialogs::settingsSubject() const
{
    SettingsSubject subject;
    for (const auto &tool : tools::allTools())
        subject.tools.push_back({.id = tool->facts().id, .name = tool->facts().name});
    std::ranges::sort(subject.tools, {}, [](const auto &tool) { return tool.name.toCaseFolded(); });
    for (const auto &[id, row] : m_world.service.rows())
        subject.logins.push_back({.id = id, .label = row.profile.label, .care = row.profile.care});
    subject.languages = translations::languages();
    subject.start = startOf(m_world.autostart, m_startProblem);
    return subject;
}

} // namespace keytender::tray
