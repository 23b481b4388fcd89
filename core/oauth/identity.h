// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/jsonspans.h"
#include "oauth/tokenresponse.h"
#include "profile/credential.h"
#include "provider/provider.h"

namespace keytender::oauth {

// Whose login it is, read as the provider's facts say and for the label alone: tokens are decoded, never verified
// (N-62). What is odd, too long or unreadable is "no information" (N-63).
[[nodiscard]] profile::Account accountIn(const base::JsonValue &source, const provider::Identity &identity);

// What the answer of the token endpoint and the tokens in it say.
[[nodiscard]] profile::Account accountOf(const base::JsonValue &answer, const TokenResponse &tokens,
                                         const provider::Provider &provider);

// `account`, and what `further` adds where it is empty; unchanged where the two are of different people.
[[nodiscard]] profile::Account completed(profile::Account account, const profile::Account &further);

// The profile endpoint would add something.
[[nodiscard]] bool wantsProfile(const profile::Account &account, const provider::Provider &provider);
// A precondition is that wantsProfile() said so.
[[nodiscard]] Get profileRequest(const base::Secret &accessToken, const provider::Provider &provider);
// Empty where the answer is no success or says nothing of use: a label is not worth a failed sign-in.
[[nodiscard]] profile::Account readProfile(const Delivery &answer, const provider::Provider &provider);

} // namespace keytender::oauth
