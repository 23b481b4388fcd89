// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>
#include <optional>

#include <QString>
#include <QStringList>

#include "base/secret.h"
#include "oauth/delivery.h"
#include "profile/credential.h"
#include "provider/provider.h"

namespace keytender::oauth {

// What an answer of the token endpoint means for the grant that was sent.
enum class TokenVerdict {
    Granted,
    GrantRejected,        // measured to end the grant (Provider::endsGrant): only after all copies were read again
    Configuration,        // the request is wrong, the grant is alive: invalid_client, invalid_scope ...
    AuthorizationPending, // RFC 8628 section 3.5
    SlowDown,
    AccessDenied,
    ExpiredToken,
    Transient, // try again: 5xx, 429, HTML, unknown codes
    Unusable,  // success by its status, and no usable access token: the grant may be spent
};

// Durations, not points in time: those come from our receive time, once, in tokenSetOf().
struct TokenResponse {
    TokenVerdict verdict = TokenVerdict::Transient;
    base::Secret accessToken;  // empty unless Granted
    base::Secret refreshToken; // empty = none came: the old one goes on (N-28). May stand beside Unusable
    base::Secret idToken;      // empty = none
    std::optional<std::chrono::seconds> expiresIn;
    std::optional<std::chrono::seconds> refreshTokenExpiresIn;
    std::optional<QStringList> scopes;              // absent = as requested
    profile::Account account;                       // what the answer itself says, empty otherwise
    std::optional<std::chrono::seconds> retryAfter; // clamped to 1 s .. 1 h
    QString errorCode;                              // "invalid_grant"; visible ASCII, at most 64 characters
    QString errorText;                              // plain text for people: redacted, capped, control characters gone
    QStringList oddities;                           // what was tolerated, for the activity log
};

// A pure function of what came over the wire (N-24 .. N-31, F-46 .. F-69). `now` is for a Retry-After that is a date.
[[nodiscard]] TokenResponse readTokenResponse(const Delivery &answer, const provider::Provider &provider,
                                              base::Timestamp now);

// The token set that a granted response makes of the one before it: what is absent stays, what is new is dated from
// `sentAt` plus the lifetime (F-102: our own clock, less the round trip).
[[nodiscard]] profile::TokenSet tokenSetOf(const TokenResponse &response, const profile::TokenSet &before,
                                           const provider::Provider &provider, base::Timestamp sentAt);

} // namespace keytender::oauth
