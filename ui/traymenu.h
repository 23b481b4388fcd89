// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <map>
#include <vector>

#include <QMenu>
#include <QTimer>

#include "base/clock.h"
#include "service/facts.h"
#include "service/neighbours/neighbourfacts.h"
#include "service/signin/signinfacts.h"
#include "ui/profilemodel.h"

namespace keytender::ui {

// The menu of the tray icon: what the panel's essentials are where only a menu works. Its entries follow the logins,
// since a host that draws it measures what it knew before; its words are brought up to date each time it is about to
// show.
class TrayMenu final : public QMenu {
    Q_OBJECT

public:
    TrayMenu(const ProfileModel &model, const base::Clock &clock, QWidget *parent = nullptr);

    void setSurroundings(const service::Surroundings &surroundings);
    // Whom one can sign in to; those without a way are left out.
    void setOffers(const std::vector<service::SignInOffer> &offers);
    // Keytender itself can sign in and keep what it is given; not before it was said.
    void setCanSignIn(bool canSignIn);
    // Those of which there is more than one have a menu of their own.
    void setAccounts(const std::vector<service::AccountGroup> &groups);
    // There are logins that other tools made.
    void setHasNeighbours(bool hasNeighbours);

Q_SIGNALS:
    void panelRequested();
    void profileRequested(const QString &id); // its details and activity
    void rescanRequested();
    void unlockRequested();
    void quitRequested();
    void signInRequested(const QString &providerId);
    void customServerRequested();
    void addKeyRequested();
    void renewSignInRequested(const QString &profileId);
    void refreshRequested(const QString &profileId);
    void signOutRequested(const keytender::service::SignOutScope &scope);
    void accountRequested(const QString &profileId, const QString &inPlaceOf);
    void neighboursRequested();
    void programsRequested(); // what was said about them
    void checkUpRequested();
    void settingsRequested();

private:
    // What the entries are for; as long as it stays the entries do.
    struct Login {
        QString id;
        QString command;
        bool isOwn = false;
        bool operator==(const Login &) const = default;
    };
    struct Contents {
        std::vector<Login> logins;
        std::map<QString, QString> providers;            // of all own logins: id and name
        std::vector<std::pair<QString, QString>> offers; // name and id, in their order
        std::vector<service::AccountGroup> groups;
        bool operator==(const Contents &) const = default;
    };
    struct ProfileMenu {
        QMenu *menu = nullptr;
        QAction *refresh = nullptr;
        QAction *signIn = nullptr;
        QAction *signOut = nullptr;
    };

    void follow();
    [[nodiscard]] Contents contents() const;
    void makeLasting();
    void build();
    void addProfile(const Login &login);
    void addSignIn();
    void addSignOut();
    void addAccounts(const service::AccountGroup &group);
    void refreshWords();

    const ProfileModel &m_model;
    const base::Clock &m_clock;
    bool m_canSignIn = false;
    std::vector<std::pair<QString, QString>> m_offers;
    std::vector<service::AccountGroup> m_groups;
    Contents m_built;
    QTimer m_follow;   // many changes of the logins are one of the menu
    QObject m_lasting; // the parent of those entries that clear() is to leave alive
    QAction *m_summary = nullptr;
    QAction *m_more = nullptr;
    QAction *m_addKey = nullptr;
    QAction *m_neighbours = nullptr;
    QAction *m_programs = nullptr;
    QAction *m_showPanel = nullptr;
    QAction *m_rescan = nullptr;
    QAction *m_unlock = nullptr;
    QAction *m_checkUp = nullptr;
    QAction *m_settings = nullptr;
    QAction *m_quit = nullptr;
    QMenu *m_signIn = nullptr;
    std::vector<ProfileMenu> m_profiles;
    std::vector<QMenu *> m_submenus;
};

} // namespace keytender::ui
