// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>

#include "base/random.h"
#include "base/secret.h"

namespace keytender::oauth {

// Proof key for code exchange (RFC 7636), S256 and nothing else (N-02). Made anew for every attempt (N-05).
struct Pkce {
    base::Secret verifier; // 43 characters of base64url: 256 bits (N-03)
    QByteArray challenge;  // travels in the address, and is no secret

    [[nodiscard]] static Pkce make(base::Random &random);
};

// Base64url of the SHA-256 of the verifier's characters (RFC 7636 section 4.2).
[[nodiscard]] QByteArray challengeOf(const base::Secret &verifier);

// The `state` of one attempt: 256 bits as base64url (N-06).
[[nodiscard]] base::Secret makeState(base::Random &random);

} // namespace keytender::oauth
