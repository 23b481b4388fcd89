// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/traymenu.h"

#include <QActionGroup>
#include <QClipboard>
#include <QGuiApplication>

#include "profile/words.h"
#include "ui/rowgeometry.h"

namespace keytender::ui {

namespace {

using service::SignOutScope;

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
    makeLasting();
    m_built = contents();
    build();
    refreshWords();
}

// These outlive every build(): what a host saw of them a moment ago, it may click.
void TrayMenu::makeLasting()
{
    const auto make = [this](const QString &text, void (TrayMenu::*request)()) {
        auto *action = new QAction(text, &m_lasting);
        // Not with the menu as receiver: it disconnects itself from whatever clear() takes away.
        connect(action, &QAction::triggered, &m_lasting, [this, request] { (this->*request)(); });
        return action;
    };
    m_summary = make(QString(), &TrayMenu::panelRequested);
    m_more = make(QString(), &TrayMenu::panelRequested);
    m_addKey = make(tr("Add a key…"), &TrayMenu::addKeyRequested);
    m_neighbours = make(tr("Logins of other tools…"), &TrayMenu::neighboursRequested);
    m_neighbours->setVisible(false);
    m_programs = make(tr("Programs…"), &TrayMenu::programsRequested);
    m_showPanel = make(tr("Show panel"), &TrayMenu::panelRequested);
    m_rescan = make(tr("Rescan now"), &TrayMenu::rescanRequested);
    m_unlock = make(tr("Unlock the keychain…"), &TrayMenu::unlockRequested);
    m_unlock->setVisible(false);
    m_checkUp = make(tr("Check this machine…"), &TrayMenu::checkUpRequested);
    m_settings = make(tr("Settings…"), &TrayMenu::settingsRequested);
    m_quit = make(tr("Quit Keytender"), &TrayMenu::quitRequested);
}

void TrayMenu::setSurroundings(const service::Surroundings &surroundings)
{
    m_unlock->setVisible(surroundings.keychain == service::KeychainState::Locked);
}

void TrayMenu::setOffers(const std::vector<service::SignInOffer> &offers)
{
    m_offers.clear();
    for (const service::SignInOffer &offer : offers) {
        if (!offer.ways.empty())
            m_offers.emplace_back(offer.providerName, offer.providerId);
    }
    m_follow.start();
}

void TrayMenu::setCanSignIn(bool canSignIn)
{
    m_canSignIn = canSignIn;
    m_follow.start();
}

void TrayMenu::setAccounts(const std::vector<service::AccountGroup> &groups)
{
    m_groups = groups;
    std::erase_if(m_groups, [](const service::AccountGroup &group) { return group.accounts.size() < 2; });
    m_follow.start();
}

void TrayMenu::setHasNeighbours(bool hasNeighbours)
{
    m_neighbours->setVisible(hasNeighbours);
}

// The same entries are kept as long as they are for the same logins: a host that draws the menu by itself may send a
// click on what it saw a moment ago.
void TrayMenu::follow()
{
    if (Contents now = contents(); now != m_built) {
        m_built = std::move(now);
        build();
    }
    refreshWords();
}

TrayMenu::Contents TrayMenu::contents() const
{
    Contents made{.logins = {}, .providers = {}, .offers = m_offers, .groups = m_groups};
    for (int i = 0; i < m_model.rowCount(); ++i) {
        const service::Row &row = m_model.at(i);
        const bool isOwn = row.profile.care == profile::Care::Own;
        if (i < profilesShown)
            made.logins.push_back({row.profile.id, row.signInCommand, isOwn});
        if (isOwn)
            made.providers.emplace(row.profile.providerId,
                                   row.providerName.isEmpty() ? row.profile.providerId : row.providerName);
    }
    return made;
}

void TrayMenu::build()
{
    clear();
    qDeleteAll(m_submenus);
    m_submenus.clear();
    m_profiles.clear();
    addAction(m_summary);
    addSeparator();
    for (const Login &login : m_built.logins)
        addProfile(login);
    addAction(m_more);
    addSeparator();
    for (const service::AccountGroup &group : m_built.groups)
        addAccounts(group);
    addAction(m_neighbours);
    addAction(m_programs);
    addSeparator();
    addSignIn();
    addAction(m_addKey);
    addSignOut();
    addSeparator();
    addAction(m_showPanel);
    addAction(m_rescan);
    addAction(m_unlock);
    addAction(m_checkUp);
    addSeparator();
    addAction(m_settings);
    addAction(m_quit);
}

void TrayMenu::addProfile(const Login &login)
{
    auto *menu = new QMenu(this);
    m_submenus.push_back(menu);
    addMenu(menu);
    ProfileMenu entries{.menu = menu};
    const QString id = login.id;
    menu->addAction(ui::title(RowAction::Details), this, [this, id] { Q_EMIT profileRequested(id); });
    if (login.isOwn) {
        entries.refresh = menu->addAction(tr("Renew now"), this, [this, id] { Q_EMIT refreshRequested(id); });
        entries.signIn = menu->addAction(tr("Sign in again…"), this, [this, id] { Q_EMIT renewSignInRequested(id); });
    }
    if (!login.command.isEmpty())
        menu->addAction(tr("Copy “%1”").arg(escaped(login.command)), this,
                        [command = login.command] { QGuiApplication::clipboard()->setText(command); });
    if (login.isOwn)
        entries.signOut = menu->addAction(
            QString(), this, [this, id] { Q_EMIT signOutRequested({.what = SignOutScope::What::Profile, .id = id}); });
    m_profiles.push_back(entries);
}

void TrayMenu::addSignIn()
{
    m_signIn = addMenu(tr("Sign in to"));
    m_submenus.push_back(m_signIn);
    for (const auto &[name, id] : m_built.offers)
        m_signIn->addAction(tr("%1…").arg(escaped(name)), this,
                            [this, provider = id] { Q_EMIT signInRequested(provider); });
    m_signIn->addSeparator();
    m_signIn->addAction(tr("Another server…"), this, &TrayMenu::customServerRequested);
}

void TrayMenu::addSignOut()
{
    if (m_built.providers.empty())
        return;
    QMenu *menu = addMenu(tr("Sign out"));
    m_submenus.push_back(menu);
    for (const auto &[id, name] : m_built.providers)
        menu->addAction(tr("Sign out of %1…").arg(escaped(name)), this, [this, provider = id] {
            Q_EMIT signOutRequested({.what = SignOutScope::What::Provider, .id = provider});
        });
    menu->addSeparator();
    menu->addAction(tr("Sign out of everything…"), this,
                    [this] { Q_EMIT signOutRequested({.what = SignOutScope::What::Everything, .id = {}}); });
}

// A click asks for an account and does not yet change it: the mark follows what is in use.
void TrayMenu::addAccounts(const service::AccountGroup &group)
{
    QMenu *menu = addMenu(tr("Account in %1").arg(escaped(group.toolName)));
    m_submenus.push_back(menu);
    auto *choice = new QActionGroup(menu);
    for (const service::AccountGroup::Account &account : group.accounts) {
        QAction *entry = menu->addAction(escaped(account.label));
        choice->addAction(entry);
        entry->setCheckable(true);
        entry->setChecked(account.isInUse);
        entry->setEnabled(account.isInUse || account.whyNot.isEmpty());
        entry->setToolTip(account.whyNot);
        connect(entry, &QAction::triggered, this,
                [this, choice, isInUse = account.isInUse, id = account.profileId, place = group.profileId,
                 accounts = group.accounts] {
                    for (std::size_t i = 0; i < accounts.size(); ++i)
                        choice->actions().at(static_cast<qsizetype>(i))->setChecked(accounts.at(i).isInUse);
                    if (!isInUse)
                        Q_EMIT accountRequested(id, place);
                });
    }
}

// What a login cannot do now is hidden and keeps its place.
void TrayMenu::refreshWords()
{
    const base::Timestamp now = m_clock.wallTime();
    m_summary->setText(escaped(service::headline(m_model.summary())));
    for (std::size_t i = 0; i < m_profiles.size(); ++i) {
        const ProfileMenu &entries = m_profiles.at(i);
        const service::Row *row = m_model.find(m_built.logins.at(i).id);
        if (row == nullptr)
            continue;
        const QString state = profile::headline(row->profile, row->condition, now);
        entries.menu->setTitle(escaped(QStringLiteral("%1: %2").arg(row->profile.label, state)));
        if (!m_built.logins.at(i).isOwn)
            continue;
        entries.refresh->setVisible(offersRenewal(*row));
        entries.signIn->setVisible(row->actions.signIn);
        entries.signOut->setVisible(row->actions.signOut);
        entries.signOut->setText(signOutTitle(row->profile));
    }
    const auto hidden = m_model.rowCount() - static_cast<int>(m_built.logins.size());
    m_more->setVisible(hidden > 0 && !m_built.logins.empty());
    m_more->setText(tr("%n more…", nullptr, hidden));
    m_signIn->setEnabled(m_canSignIn);
    m_addKey->setEnabled(m_canSignIn);
}

} // namespace keytender::ui
