// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "refresh/answermeaning.h"

namespace keytender::refresh {

using oauth::TokenVerdict;

Meaning meaningOf(TokenVerdict verdict, const Standing &standing)
{
    const bool hasToken = !standing.answered.isNull();
    if (standing.held != standing.spent) {
        if (hasToken && standing.held == standing.answered)
            return Meaning::AlreadyApplied;
        return hasToken || verdict == TokenVerdict::Granted ? Meaning::Superseded : Meaning::Moot;
    }
    const bool bringsTokens = verdict == TokenVerdict::Granted || verdict == TokenVerdict::Unusable;
    if (bringsTokens && standing.isOtherAccount)
        return Meaning::OtherAccount;
    switch (verdict) {
    case TokenVerdict::Granted:
        return Meaning::Apply;
    case TokenVerdict::Unusable:
        return hasToken && standing.answered != standing.spent ? Meaning::SaveRefreshToken : Meaning::Unusable;
    case TokenVerdict::GrantRejected:
        return Meaning::Rejected;
    case TokenVerdict::Configuration:
        return Meaning::Misconfigured;
    case TokenVerdict::AuthorizationPending: // of the device grant: senseless here, and no reason to forget anything
    case TokenVerdict::SlowDown:
    case TokenVerdict::AccessDenied:
    case TokenVerdict::ExpiredToken:
    case TokenVerdict::Transient:
        break;
    }
    return Meaning::TryLater;
}

} // namespace keytender::refresh
