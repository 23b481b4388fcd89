// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "profile/tokenorder.h"

#include <array>

namespace keytender::profile {

namespace {

// No provider gives tokens for longer: a date beyond is a damaged record, and believed it would win for ever.
constexpr auto longestLife = std::chrono::days{3653};
// How far another program's clock may run ahead of ours.
constexpr auto clockTolerance = std::chrono::days{1};

TokenOrder compare(std::optional<base::Timestamp> one, std::optional<base::Timestamp> other, base::Timestamp latest)
{
    if (!one || !other || *one > latest || *other > latest || *one == *other)
        return TokenOrder::Unknown;
    return *one > *other ? TokenOrder::Later : TokenOrder::Earlier;
}

} // namespace

TokenOrder orderOf(const CredentialFacts &one, const CredentialFacts &other, base::Timestamp now)
{
    const std::array orders{
        compare(one.expiresAt, other.expiresAt, now + longestLife),
        compare(one.issuedAt, other.issuedAt, now + clockTolerance),
        compare(one.refreshTokenExpiresAt, other.refreshTokenExpiresAt, now + longestLife),
    };
    for (const TokenOrder order : orders) {
        if (order != TokenOrder::Unknown)
            return order;
    }
    return TokenOrder::Unknown;
}

} // namespace keytender::profile
