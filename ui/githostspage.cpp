// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/githostspage.h"

#include <algorithm>

#include <QBoxLayout>
#include <QUrl>

#include "ui/field.h"
#include "ui/pickers.h"
#include "ui/removablelist.h"
#include "ui/settingsgroup.h"

namespace keytender::ui {

using service::Settings;

GitHostsPage::GitHostsPage(SettingsAccess access, QWidget *parent)
    : SettingsPage(tr("Git hosts"), std::move(access), parent)
{
    m_hosts = addGroup(tr("Which login answers git"),
                       tr("For git fetch and git push over https, once keytenderctl git is git's credential helper. "
                          "Well-known hosts are answered without this list."));
    m_list = new RemovableList({});
    m_hosts->body().addWidget(m_list);
    connect(m_list, &RemovableList::removeRequested, this, &GitHostsPage::remove);
    m_hosts->addGap(3);
    m_host = new Field;
    m_host->setPlaceholderText(QStringLiteral("git.example.com:8443"));
    m_host->setAccessibleName(tr("Host"));
    m_hosts->body().addWidget(m_host);
    m_hosts->addGap(2);
    m_login = new WordPicker;
    m_login->setAccessibleName(tr("Login"));
    m_add = new Button(tr("Add"), Button::Rank::Plain);
    m_add->setAccessibleDescription(tr("Which login answers git"));
    QHBoxLayout &line = m_hosts->addLine();
    line.addWidget(m_login);
    line.addStretch(1);
    line.addWidget(m_add);
    body().addStretch(1);
    connect(m_add, &QPushButton::clicked, this, &GitHostsPage::add);
    connect(m_host, &QLineEdit::returnPressed, this, &GitHostsPage::add);
}

void GitHostsPage::fill()
{
    std::vector<WordPicker::Word> logins;
    for (const SettingsSubject::Login &login : subject().logins)
        logins.push_back({.text = login.label, .data = login.id});
    m_login->setWords(logins);
    m_login->setEnabled(!logins.empty());
    m_add->setEnabled(!logins.empty());
    std::vector<RemovableList::Entry> entries;
    for (const auto &[host, id] : settings().gitHosts)
        entries.push_back({.key = host, .text = host, .more = labelOf(id)});
    m_list->show(entries);
}

QString GitHostsPage::labelOf(const QString &profileId) const
{
    const auto found = std::ranges::find(subject().logins, profileId, &SettingsSubject::Login::id);
    return found == subject().logins.end() ? tr("%1, which is not here just now").arg(profileId) : found->label;
}

void GitHostsPage::add()
{
    const QString host = gitHostFrom(m_host->text());
    if (!service::isGitHost(host))
        return m_hosts->sayHow(tr("This is no host: write it as in github.com or git.example.com:8443."));
    const QString login = m_login->currentData().toString();
    if (login.isEmpty())
        return;
    if (change(*m_hosts, [&](Settings &settings) { settings.gitHosts[host] = login; }))
        m_host->clear();
}

void GitHostsPage::remove(const QString &host)
{
    change(*m_hosts, [&](Settings &settings) { settings.gitHosts.erase(host); });
    if (settings().gitHosts.empty())
        m_host->setFocus();
}

QWidget *GitHostsPage::firstFocus()
{
    return m_host;
}

QString GitHostsPage::summary() const
{
    QStringList hosts;
    for (const auto &[host, id] : settings().gitHosts)
        hosts += host;
    return hosts.isEmpty() ? tr("Only the well-known ones") : hosts.join(QStringLiteral(", "));
}

QString gitHostFrom(const QString &text)
{
    const QString host = text.trimmed();
    if (!host.contains(QStringLiteral("://")))
        return host.toLower();
    const QUrl url(host);
    return url.port() < 0 ? url.host() : QStringLiteral("%1:%2").arg(url.host()).arg(url.port());
}

} // namespace keytender::ui
