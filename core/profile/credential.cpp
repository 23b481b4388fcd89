// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "profile/credential.h"

namespace keytender::profile {

TokenSet TokenSet::clone() const
{
    return {.accessToken = accessToken.clone(),
            .refreshToken = refreshToken.clone(),
            .expiresAt = expiresAt,
            .issuedAt = issuedAt,
            .refreshTokenExpiresAt = refreshTokenExpiresAt,
            .scopes = scopes,
            .idToken = idToken.clone()};
}

Credential Credential::clone() const
{
    return {.kind = kind, .tokens = tokens.clone()};
}

CredentialFacts factsOf(const Credential &credential, const base::FingerprintKey &key)
{
    const TokenSet &tokens = credential.tokens;
    return {.kind = credential.kind,
            .accessToken = key.of(tokens.accessToken),
            .refreshToken = key.of(tokens.refreshToken),
            .expiresAt = tokens.expiresAt,
            .issuedAt = tokens.issuedAt,
            .refreshTokenExpiresAt = tokens.refreshTokenExpiresAt,
            .scopes = tokens.scopes};
}

namespace {

enum class Comparison { Equal, Different, Unknown };

Comparison compare(const QString &left, const QString &right)
{
    if (left.isEmpty() || right.isEmpty())
        return Comparison::Unknown;
    return left.compare(right, Qt::CaseInsensitive) == 0 ? Comparison::Equal : Comparison::Different;
}

Comparison compare(const Account &left, const Account &right)
{
    if (compare(left.organizationId, right.organizationId) == Comparison::Different)
        return Comparison::Different;
    const Comparison byId = compare(left.id, right.id);
    return byId == Comparison::Unknown ? compare(left.email, right.email) : byId;
}

} // namespace

bool Account::isSameAs(const Account &other) const
{
    return compare(*this, other) == Comparison::Equal;
}

bool Account::differsFrom(const Account &other) const
{
    return compare(*this, other) == Comparison::Different;
}

} // namespace keytender::profile
