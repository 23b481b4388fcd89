// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>

#include <QObject>

#include "base/clock.h"
#include "oauth/revocation.h"
#include "profile/credential.h"

namespace keytender::refresh {

// What the provider said of one token.
enum class TokenEnd {
    None,        // there is none
    NotAsked,    // it is for somebody to decide who was not asked: "forget here"
    Confirmed,   // it is dead
    AlreadyGone, // the provider does not know it any more
    StillValid,  // as far as anybody knows
    ByHand,      // this provider cannot do it by API
};

[[nodiscard]] constexpr bool isEnded(TokenEnd end)
{
    return end == TokenEnd::Confirmed || end == TokenEnd::AlreadyGone || end == TokenEnd::None;
}

struct RevocationReport {
    TokenEnd refreshToken = TokenEnd::None;
    TokenEnd accessToken = TokenEnd::None;
    std::optional<std::chrono::seconds> retryAfter;
    QString errorText; // of the last one that was not confirmed

    [[nodiscard]] bool wantsRetry() const
    {
        return refreshToken == TokenEnd::StillValid || accessToken == TokenEnd::StillValid;
    }
    [[nodiscard]] bool wantsHand() const { return refreshToken == TokenEnd::ByHand || accessToken == TokenEnd::ByHand; }
};

// Tells a provider that two tokens are to end: the refresh token first, then the access token (N-40), one POST each.
// Where nobody answers the first, the second is not tried.
class RevocationRun final : public QObject {
    Q_OBJECT

public:
    RevocationRun(provider::Provider provider, oauth::TokenTransport &transport, const base::Clock &clock,
                  QObject *parent = nullptr);

    // Once. `done` is called once, perhaps before this returns.
    void start(profile::TokenSet tokens, std::function<void(RevocationReport)> done);
    // What is not answered yet counts as still valid.
    void giveUp();

private:
    enum class Leg { RefreshToken, AccessToken };

    void ask(Leg leg);
    void hear(Leg leg, const oauth::Delivery &answer);
    void end();
    [[nodiscard]] TokenEnd &endOf(Leg leg);

    const provider::Provider m_provider;
    oauth::TokenTransport &m_transport;
    const base::Clock &m_clock;
    profile::TokenSet m_tokens;
    RevocationReport m_report;
    std::function<void(RevocationReport)> m_done;
};

} // namespace keytender::refresh
