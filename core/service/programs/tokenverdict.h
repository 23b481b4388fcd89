// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "service/facts.h"
#include "service/programs/tokens.h"

namespace keytender::service {

// What is to be done for somebody who wants a login's access token.
struct TokenVerdict {
    enum class Step { Give, Renew, Refuse };
    Step step = Step::Refuse;
    TokenRefusal refusal = {}; // of Refuse

    [[nodiscard]] bool isFinal() const { return step != Step::Renew; }
};

// Depends on nothing but its arguments. `held`: what the vault holds just now. In this order:
//
//   health    only a sign-in helps, another account, a service that has ended
//   token     good for long enough: given, whoever cares for the login
//   care      ours, or its tool's when asked: to be renewed; watched, a key, a lone token: refused
[[nodiscard]] TokenVerdict judgeToken(const Row &row, const profile::CredentialFacts &held,
                                      std::chrono::seconds minValidity, base::Timestamp now);

// Somebody can be asked to renew this login.
[[nodiscard]] bool canBeRenewed(const profile::Profile &login, const profile::CredentialFacts &held);
// Why a login that nobody can be asked to renew is not renewed.
[[nodiscard]] TokenRefusal whyNotRenewed(const Row &row, const profile::CredentialFacts &held, base::Timestamp now);

} // namespace keytender::service
