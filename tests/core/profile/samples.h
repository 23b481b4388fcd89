// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "profile/health.h"

// Profiles as the tests of this folder need them: a Claude Code login that is well, to be bent by each row.
namespace keytender::samples {

using namespace std::chrono_literals;

inline constexpr base::Timestamp now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 9h};

inline base::Fingerprint fingerprint(std::uint8_t number)
{
    base::Fingerprint print;
    print.bytes[0] = number;
    return print;
}

inline profile::Copy copy(profile::CopyState state, std::optional<base::ErrorKind> problem = std::nullopt)
{
    profile::Copy copy;
    copy.tool = QStringLiteral("claude-code");
    copy.path = QStringLiteral("/home/u/.claude/.credentials.json");
    copy.state = state;
    if (problem)
        copy.problem = base::Error{.kind = *problem, .subject = copy.path, .place = {}, .detail = {}};
    return copy;
}

// Issued 2 h ago for 8 h, with a refresh token, held in one place.
inline profile::Profile login()
{
    profile::Profile profile;
    profile.id = QStringLiteral("claude-cli");
    profile.providerId = QStringLiteral("anthropic");
    profile.toolId = QStringLiteral("claude-code");
    profile.label = QStringLiteral("Claude Code");
    profile.credential.accessToken = fingerprint(1);
    profile.credential.refreshToken = fingerprint(2);
    profile.credential.issuedAt = now - 2h;
    profile.credential.expiresAt = now + 6h;
    profile.copies = {copy(profile::CopyState::Held)};
    return profile;
}

inline profile::Lifetimes eightHours()
{
    return {.usual = 8h, .ownerWindow = 5min};
}

// The same without a refresh token.
inline profile::Profile lastingToken()
{
    profile::Profile profile = login();
    profile.credential.kind = profile::CredentialKind::Token;
    profile.credential.refreshToken = {};
    return profile;
}

} // namespace keytender::samples
