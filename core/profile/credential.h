// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>

#include <QString>
#include <QStringList>

#include "base/fingerprint.h"
#include "base/secret.h"
#include "base/timestamp.h"

namespace keytender::profile {

// oauth: a token set that somebody can renew. token: an access token alone, such as a setup-token or gh's. apiKey: a
// key that was handed out by hand.
enum class CredentialKind { OAuth, Token, ApiKey };

// RFC 6749 section 5.1, with durations turned into points in time once, at parsing.
struct TokenSet {
    base::Secret accessToken;
    base::Secret refreshToken;                            // empty = none
    std::optional<base::Timestamp> expiresAt;             // of the access token
    std::optional<base::Timestamp> issuedAt;              // of the access token
    std::optional<base::Timestamp> refreshTokenExpiresAt; // the end of the sign-in
    QStringList scopes;
    base::Secret idToken = {}; // OpenID Connect; empty = none. Of use to tools that keep it in their record

    [[nodiscard]] TokenSet clone() const;
};

// What a profile holds. An API key or a static token stands in tokens.accessToken.
struct Credential {
    CredentialKind kind = CredentialKind::OAuth;
    TokenSet tokens;

    [[nodiscard]] Credential clone() const;
};

// All that may be known of a credential without holding it: this is what travels to the service and the screen.
struct CredentialFacts {
    CredentialKind kind = CredentialKind::OAuth;
    base::Fingerprint accessToken;
    base::Fingerprint refreshToken; // null = there is none
    std::optional<base::Timestamp> expiresAt;
    std::optional<base::Timestamp> issuedAt;
    std::optional<base::Timestamp> refreshTokenExpiresAt;
    QStringList scopes;

    // Two copies of one lineage share a refresh token, or the access token where there is none.
    [[nodiscard]] base::Fingerprint lineage() const { return refreshToken.isNull() ? accessToken : refreshToken; }
    [[nodiscard]] bool canBeRefreshed() const { return !refreshToken.isNull(); }

    bool operator==(const CredentialFacts &) const = default;
};

[[nodiscard]] CredentialFacts factsOf(const Credential &credential, const base::FingerprintKey &key);

// Whose credential it is. Fields that the tool's record does not name stay empty.
struct Account {
    QString id; // the provider's id of the person
    QString email;
    QString organizationId; // or workspace
    QString organizationName;
    QString plan;

    [[nodiscard]] bool isKnown() const { return !id.isEmpty() || !email.isEmpty(); }
    // The same person in the same organisation, as far as both say so: ids decide, e-mail addresses only where one
    // side has no id. An address alone never tells two organisations apart.
    [[nodiscard]] bool isSameAs(const Account &other) const;
    // Both name something that differs. Two accounts may be neither the same nor different: unknown.
    [[nodiscard]] bool differsFrom(const Account &other) const;

    bool operator==(const Account &) const = default;
};

} // namespace keytender::profile
