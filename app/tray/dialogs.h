// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>

#include <QObject>
#include <QPointer>

#include "oauth/urlopener.h"
#include "service/service.h"
#include "service/signinsession.h"

namespace keytender::service {
class Neighbours;
} // namespace keytender::service

namespace keytender::ui {
class AccountDialog;
class CareDialog;
class KeyDialog;
class LinksDialog;
class RescueDialog;
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

private:
    [[nodiscard]] ui::SignInDialog &signInDialog();
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
    QPointer<service::Neighbours> m_neighbours;
    bool m_areIntroduced = false;
    QPointer<ui::CareDialog> m_care;
    QPointer<ui::LinksDialog> m_links;
    QPointer<ui::RescueDialog> m_rescue;
    QPointer<ui::AccountDialog> m_account;
    std::unique_ptr<service::SignInSession> m_session;
};

} // namespace keytender::tray
