// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "profile/credential.h"

namespace keytender::profile {

enum class TokenOrder { Later, Earlier, Unknown };

// Of one token set of an account against another: told by expiresAt, then issuedAt, then refreshTokenExpiresAt, as far
// as both sides name them and `now` makes them believable. Whatever stays equal or undated is unknown.
[[nodiscard]] TokenOrder orderOf(const CredentialFacts &one, const CredentialFacts &other, base::Timestamp now);

} // namespace keytender::profile
