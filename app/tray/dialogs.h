// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>

#include <QObject>
#include <QPointer>

#include "composition/autostart.h"
#include "oauth/urlopener.h"
#include "service/service.h"
#include "service/signin/signinsession.h"
#include "ui/settingsaccess.h"

namespace keytender::service {
class Doctor;
class Neighbours;
} // namespace keytender::service

namespace keytender::ui {
class AccountDialog;
class CareDialog;
class DoctorDialog;
class KeyDialog;
class LinksDialog;
class RescueDialog;
class SettingsDialog;
class SignInDialog;
class SignOutDialog;
} // namespace keytender::ui

namespace keytender::tray {

// The windows in which a person signs in, signs out, hands over keys and says what is to be done with the logins of
// other tools: each built when it is asked for, at most one
// of a kind, and gone when it is closed. They know values; this tells the service what was asked for in them.
class Dialogs final : public QObject {
    Q_OBJECT

public:
    struct World {
        service::Service &service;
        oauth::UrlOpener &opener;
        const base::Clock &clock;
        const base::Environment &environment;
        const composition::Autostart &autostart;
        provider::EndpointRule rule = provider::EndpointRule::HttpsOnly; // of pages to open
    };
    explicit Dialogs(World world, QObject *parent = nullptr);
    ~Dialogs() override;

    void signIn(const QString &providerId = {}); // empty = to be chosen
    void addServer();                            // one that people bring themselves
    void signInAgain(const QString &profileId);
    void signOut(const service::SignOutScope &scope);
    void signOutOf(const QString &profileId);
    void signOutOfEverything();
    void addKey();
    void openPage(const QUrl &page);
    // What stands in the way of healthy logins. `doctor` outlives it.
    void checkUp(service::Doctor &doctor);

    // Everything that can be set.
    void settings();
    // Why the tray app does not start with the session although it is to; empty = it does as it was told.
    void setStartProblem(const QString &text);

    // Those of other tools; null while nothing can be done about them. The windows that speak of them close with it.
    void setNeighbours(service::Neighbours *neighbours);
    // Once, where there are logins of which nobody has said anything yet.
    void introduceNeighbours();
    void askOfAll();
    void askOf(const QString &profileId);
    void previewOf(const QString &profileId);
    void linksOf(const QString &profileId);
    void rescue(const QString &profileId);
    void useAccount(const QString &profileId, const QString &inPlaceOf);

Q_SIGNALS:
    // To start with the session, whatever the desktop's own settings say.
    void startInsisted();
    // To see which programs may have which login's token. Offered where somebody listens.
    void programsRequested();

private:
    [[nodiscard]] ui::SignInDialog &signInDialog();
    void makeSettings();
    void followSettings();
    [[nodiscard]] ui::SettingsSubject settingsSubject() const;
    // Not while there are no neighbours.
    template <class D, class... More>
    [[nodiscard]] D &dialogOf(QPointer<D> &place, More &...more);
    void begin(const service::SignInWish &wish);
    void showSession();
    void copyLink();
    void keepKey(const service::StaticCredentialFacts &facts, const base::Secret &secret);
    void readKeyFile(const QString &path);

    const World m_world;
    QPointer<ui::SignInDialog> m_signIn;
    QPointer<ui::SignOutDialog> m_signOut;
    QPointer<ui::KeyDialog> m_key;
    QPointer<ui::DoctorDialog> m_checkUp;
    QPointer<ui::SettingsDialog> m_settings;
    QString m_startProblem;
    QPointer<service::Neighbours> m_neighbours;
    bool m_areIntroduced = false;
    QPointer<ui::CareDialog> m_care;
    QPointer<ui::LinksDialog> m_links;
    QPointer<ui::RescueDialog> m_rescue;
    QPointer<ui::AccountDialog> m_account;
    std::unique_ptr<service::SignInSession> m_session;
};

} // namespace keytender::tray
