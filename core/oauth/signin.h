// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <memory>
#include <optional>

#include <QObject>
#include <QStringList>

#include "base/clock.h"
#include "base/random.h"
#include "oauth/authorizationrequest.h"
#include "oauth/devicegrant.h"
#include "oauth/redirectlistener.h"
#include "oauth/tokenresponse.h"
#include "oauth/urlopener.h"

namespace keytender::oauth {

struct SignInWorld {
    const base::Clock &clock;
    base::Random &random;
    TokenTransport &tokens;
    DocumentTransport &documents;
    UrlOpener &opener;
    std::function<void(base::Milliseconds, QObject *, std::function<void()>)> after;
    provider::EndpointRule rule = provider::EndpointRule::HttpsOnly;
};

struct SignedIn {
    profile::TokenSet tokens;
    profile::Account account; // as far as anybody says
    QStringList grantedScopes;
    QStringList oddities; // what was tolerated, for the activity log
};

// Why there is no login.
struct SignInFailure {
    enum class Why {
        Cancelled,
        CannotStart, // the provider does not offer this way, or no port is free: `error` names its holder
        Refused,     // by the person or the server, at the provider's page or with the device code
        Expired,     // nobody came back in time
        AnswerLost,  // of the exchange: a code works once, so everything begins anew (F-107)
        NotReached,  // the token endpoint; nothing was sent
        NotGranted,  // its answer is no token set
    };
    Why why = Why::Cancelled;
    base::Error error; // in words, always
    QString errorCode; // of the provider: "access_denied"; else empty
    // What was granted and nobody wants any more, or cannot be used alone: to be revoked.
    profile::TokenSet unwanted{};
};

enum class SignInStep {
    Listening,     // for the redirect; address() is there from here on, or from BrowserOpened where nothing listens
    BrowserOpened, // as far as anybody can tell
    CodesOffered,  // codes() is there
    Received,      // what the provider sent back
    Exchanging,
    ReadingProfile,
};

// One sign-in, from a person's click to a token set. Runs once and ends once, with finished(), perhaps before start()
// returns. Nothing of it is on disk: killed on the way it is as if it had not been (F-106).
//
//   browser   listen on loopback ─▶ browser ─▶ redirect or paste ─┐
//   paste     browser ─▶ paste ───────────────────────────────────┼─▶ exchange, once ─┐
//   device    codes ─▶ polls ─────────────────────────────────────┴───────────────────┴─▶ profile ─▶ finished()
class SignIn final : public QObject {
    Q_OBJECT

public:
    using Taken = base::Result<SignedIn, SignInFailure>;

    SignIn(provider::Provider provider, SignInWorld world, QObject *parent = nullptr);
    ~SignIn() override;

    void start(provider::SignInWay way, const QStringList &scopes);
    // At any time. No port is open when it returns (L-21).
    void cancel();

    // What the person brings back (L-26). The error says what is wrong with it; the attempt lives on.
    [[nodiscard]] base::Result<void> paste(const base::Secret &text);

    // For the browser, or for "copy link"; empty before and after it is of use.
    [[nodiscard]] base::Secret address() const { return m_address.clone(); }
    // What to show of a device grant; null where there is none under way.
    [[nodiscard]] const DeviceAuthorization *codes() const;

    // Once, after finished().
    [[nodiscard]] Taken takeResult();

Q_SIGNALS:
    void progressed(keytender::oauth::SignInStep step);
    // The attempt lives on: there is address().
    void browserFailed(const keytender::base::Error &error);
    void finished();

private:
    enum class Stage { Idle, Waiting, Exchanging, ReadingProfile, Over };

    void ask(provider::SignInWay way, const QStringList &scopes);
    [[nodiscard]] base::Result<QUrl> listen();
    [[nodiscard]] QUrl addressForPasting();
    void openBrowser();
    void startDevice(const QStringList &scopes);
    void receive(AuthorizationResponse response);
    void exchange(const base::Secret &code);
    void receiveTokens(const Delivery &answer, base::Timestamp sentAt);
    void receiveDevice(const DeviceOutcome &outcome);
    void take(const TokenResponse &response, base::Timestamp sentAt);
    void finish();
    void fail(SignInFailure failure);
    void end();
    [[nodiscard]] base::Error error(base::ErrorKind kind, const QString &detail) const;
    [[nodiscard]] SignInFailure failureOf(const TokenResponse &response) const;

    const provider::Provider m_provider;
    const SignInWorld m_world;
    AuthorizationRequest m_request;
    base::Secret m_address;
    std::unique_ptr<RedirectListener> m_listener;
    std::unique_ptr<DeviceGrant> m_device;
    bool m_hasCodes = false;
    QStringList m_scopes; // as asked for
    SignedIn m_signedIn;
    std::optional<Taken> m_result;
    Stage m_stage = Stage::Idle;
};

} // namespace keytender::oauth
