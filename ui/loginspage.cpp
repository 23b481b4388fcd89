// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/loginspage.h"

#include <algorithm>

#include <QBoxLayout>

namespace keytender::ui {

using profile::Care;

namespace {

QString wordsFor(Care care)
{
    switch (care) {
    case Care::Own:
        return LoginsPage::tr("Renewed by Keytender alone");
    case Care::Shared:
        return LoginsPage::tr("Kept fresh beside its tool");
    case Care::Delegated:
        return LoginsPage::tr("Its tool is asked to renew it");
    case Care::Watched:
        return LoginsPage::tr("Only watched");
    }
    return {};
}

} // namespace

LoginsPage::LoginsPage(SettingsAccess access, QWidget *parent) : SettingsPage(tr("Logins"), std::move(access), parent)
{
    addText(tr("Who may renew each login, and where its token is handed on."), TextRole::Muted);
    addGap(2);
    m_list = new QVBoxLayout;
    m_list->setSpacing(0);
    body().addLayout(m_list);
    body().addStretch(1);
}

void LoginsPage::fill()
{
    if (subject().logins == m_shown && m_list->count() > 0)
        return;
    m_shown = subject().logins;
    clear(*m_list);
    for (const SettingsSubject::Login &login : m_shown)
        addLogin(login);
    if (m_shown.empty()) {
        m_list->addSpacing(3 * unit());
        m_list->addWidget(new TextLabel(tr("No logins were found yet."), TextRole::Plain));
    }
}

void LoginsPage::addLogin(const SettingsSubject::Login &login)
{
    auto *row = new QWidget;
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(0, 2 * unit(), 0, 2 * unit());
    line->setSpacing(2 * unit());
    auto *words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(new TextLabel(login.label, TextRole::Plain));
    words->addWidget(new TextLabel(wordsFor(login.care), TextRole::Muted));
    line->addLayout(words, 1);
    const auto add = [&](const QString &text, void (LoginsPage::*request)(const QString &)) {
        auto *button = new Button(text, Button::Rank::Plain);
        button->setAccessibleDescription(login.label);
        connect(button, &QPushButton::clicked, this, [this, request, id = login.id] { (this->*request)(id); });
        line->addWidget(button, 0, Qt::AlignTop);
    };
    if (login.care != Care::Own)
        add(tr("Care…"), &LoginsPage::careRequested);
    add(tr("Links…"), &LoginsPage::linksRequested);
    m_list->addWidget(row);
}

QString LoginsPage::summary() const
{
    const auto kept =
        std::ranges::count_if(subject().logins, [](const auto &login) { return login.care != Care::Watched; });
    const auto watched = static_cast<qsizetype>(subject().logins.size()) - kept;
    if (subject().logins.empty())
        return tr("None yet");
    return tr("%n renewed by Keytender", nullptr, static_cast<int>(kept)) + QStringLiteral(" · ")
           + tr("%n only watched", nullptr, static_cast<int>(watched));
}

} // namespace keytender::ui
