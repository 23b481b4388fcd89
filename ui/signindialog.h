// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <vector>

#include "base/clock.h"
#include "base/secret.h"
#include "service/signin/signinfacts.h"
#include "ui/dialog.h"

namespace keytender::ui {

class OutcomePage;
class ProviderPage;
class ServerPage;
class SignInProgressPage;
class SignInWayPage;

// Signing in, from the choice of a provider to the label of the new login; knows nothing but what it is told.
//   provider -> (another server ->) way and scopes -> progress -> done | failed
// Closing it while a sign-in is under way cancels that.
class SignInDialog final : public Dialog {
    Q_OBJECT

public:
    explicit SignInDialog(const base::Clock &clock, QWidget *parent = nullptr);

    void setOffers(const std::vector<service::SignInOffer> &offers);
    // Goes to the provider's ways and scopes; to the list where it offers none. After setOffers().
    void preselect(const QString &providerId);
    // Goes to the page on which a person describes a server of their own.
    void describeServer();
    // To sign in to a login again: its provider, and what of the scopes is checked. After setOffers().
    void setWish(const service::SignInWish &wish, const QString &label);

    // The answer to discoverRequested(): the provider is among the offers by now, or why there is none.
    void setDiscovered(const QString &providerId);
    void setDiscoveryProblem(const QString &text);

    void setFacts(const service::SignInFacts &facts);
    // Beside the facts of ShowingCodes. `completeUri` may be empty: there is no QR code then.
    void setCodes(const base::Secret &userCode, const QUrl &verificationUri, const base::Secret &completeUri);
    // What is wrong with what was pasted; the attempt lives on.
    void setPasteProblem(const QString &text);

    [[nodiscard]] bool isUnderWay() const { return m_isUnderWay; }

public Q_SLOTS:
    void reject() override;

Q_SIGNALS:
    void discoverRequested(const service::CustomServer &server);
    // For "Try again" too, where nothing was granted yet.
    void startRequested(const service::SignInWish &wish);
    void storeAgainRequested();            // what was granted is still there: SignInSession::retry()
    void pasted(const base::Secret &text); // valid during the call; never connect it queued
    void copyLinkRequested();
    void openVerificationRequested();
    void cancelRequested(); // the window is gone by then

private:
    void choose(const QString &providerId);
    void start(const service::SignInWish &wish);
    void showFailure(const service::SignInFacts &facts);
    void showDone(const service::SignInFacts &facts);
    void makeEnds();

    std::vector<service::SignInOffer> m_offers;
    service::SignInWish m_wish;
    QString m_label; // of the login that is signed in to again
    bool m_isUnderWay = false;
    bool m_canStoreAgain = false;
    ProviderPage *m_providers = nullptr;
    ServerPage *m_server = nullptr;
    SignInWayPage *m_way = nullptr;
    SignInProgressPage *m_progress = nullptr;
    OutcomePage *m_done = nullptr;
    OutcomePage *m_failed = nullptr;
};

} // namespace keytender::ui
