// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QStringList>

#include "oauth/authorizationrequest.h"
#include "oauth/delivery.h"
#include "profile/credential.h"
#include "provider/provider.h"

namespace keytender::oauth {

// What is posted to the endpoints of a provider, as its facts say. An endpoint that nobody knows stays empty, and the
// wire refuses it.

// Section 4.1.3 of RFC 6749 and 4.5 of RFC 7636. The client and the redirect URI are those of the request (N-20).
[[nodiscard]] Post exchangePost(const provider::Provider &provider, const AuthorizationRequest &request,
                                const base::Secret &code);

// Section 6. No scope unless the real client sends it: then the ones that were granted.
[[nodiscard]] Post refreshPost(const provider::Provider &provider, const profile::TokenSet &tokens);

// Sections 3.1 and 3.4 of RFC 8628.
[[nodiscard]] Post deviceAuthorizationPost(const provider::Provider &provider, const QStringList &scopes);
[[nodiscard]] Post devicePollPost(const provider::Provider &provider, const base::Secret &deviceCode);

// Section 2.1 of RFC 7009, the refresh token before the access token (N-40), or the provider's own form of it. Empty
// where there is no endpoint or no token.
[[nodiscard]] std::vector<Post> revocationPosts(const provider::Provider &provider, const profile::TokenSet &tokens);

} // namespace keytender::oauth
