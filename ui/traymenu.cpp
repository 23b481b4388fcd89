// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/traymenu.h"

#include <QClipboard>
#include <QGuiApplication>

#include "profile/words.h"

namespace keytender::ui {

namespace {

// A menu longer than this is no menu; the panel has them all, and trouble stands first.
constexpr int profilesShown = 12;

QString escaped(QString text)
{
    return text.replace(u'&', QStringLiteral("&&"));
}

} // namespace

TrayMenu::TrayMenu(const ProfileModel &model, const base::Clock &clock, QWidget *parent)
    : QMenu(parent), m_model(model), m_clock(clock)
{
    m_follow.setSingleShot(true);
    m_follow.setInterval(0);
    connect(&m_follow, &QTimer::timeout, this, &TrayMenu::follow);
    connect(&model, &ProfileModel::summaryChanged, &m_follow, qOverload<>(&QTimer::start));
    connect(this, &QMenu::aboutToShow, this, &TrayMenu::follow);
    build(shownIds());
    refreshWords();
}

void TrayMenu::setSurroundings(const service::Surroundings &surroundings)
{
    m_keychainIsLocked = surroundings.keychain == service::KeychainState::Locked;
    m_unlock->setVisible(m_keychainIsLocked);
}

// The same entries are kept as long as they are for the same logins: a host that draws the menu by itself may send a
// click on what it saw a moment ago.
void TrayMenu::follow()
{
    const QStringList ids = shownIds();
    if (ids != m_built)
        build(ids);
    refreshWords();
}

QStringList TrayMenu::shownIds() const
{
    QStringList ids;
    for (int i = 0; i < std::min(m_model.rowCount(), profilesShown); ++i)
        ids += m_model.at(i).profile.id;
    return ids;
}

void TrayMenu::build(const QStringList &ids)
{
    clear();
    qDeleteAll(m_profiles);
    m_profiles.clear();
    m_built = ids;
    m_summary = addAction(QString(), this, &TrayMenu::panelRequested);
    addSeparator();
    for (const QString &id : ids)
        addProfile(id);
    m_more = addAction(QString(), this, &TrayMenu::panelRequested);
    addSeparator();
    addAction(tr("Show panel"), this, &TrayMenu::panelRequested);
    addAction(tr("Rescan now"), this, &TrayMenu::rescanRequested);
    m_unlock = addAction(tr("Unlock the keychain…"), this, &TrayMenu::unlockRequested);
    m_unlock->setVisible(m_keychainIsLocked);
    addSeparator();
    addAction(tr("Quit Keytender"), this, &TrayMenu::quitRequested);
}

void TrayMenu::addProfile(const QString &id)
{
    auto *menu = new QMenu(this);
    menu->addAction(tr("Show details and activity"), this, [this, id] { Q_EMIT profileRequested(id); });
    const service::Row *row = m_model.find(id);
    if (row != nullptr && !row->signInCommand.isEmpty()) {
        const QString command = row->signInCommand;
        menu->addAction(tr("Copy “%1”").arg(escaped(command)), this,
                        [command] { QGuiApplication::clipboard()->setText(command); });
    }
    m_profiles += menu;
    addMenu(menu);
}

void TrayMenu::refreshWords()
{
    const base::Timestamp now = m_clock.wallTime();
    m_summary->setText(escaped(service::headline(m_model.summary())));
    for (qsizetype i = 0; i < m_profiles.size(); ++i) {
        const service::Row *row = m_model.find(m_built.at(i));
        if (row == nullptr)
            continue;
        const QString state = profile::headline(row->profile, row->condition, now);
        m_profiles.at(i)->setTitle(escaped(QStringLiteral("%1: %2").arg(row->profile.label, state)));
    }
    const auto hidden = m_model.rowCount() - static_cast<int>(m_built.size());
    m_more->setVisible(hidden > 0 && !m_built.isEmpty());
    m_more->setText(tr("%n more…", nullptr, hidden));
}

} // namespace keytender::ui
