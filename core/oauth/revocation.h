// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>
#include <optional>

#include <QString>

#include "oauth/delivery.h"
#include "provider/provider.h"

namespace keytender::oauth {

// What an answer of the revocation endpoint means for the one token that was sent (N-41). The posts and their order are
// in tokenrequests.h.
enum class RevocationVerdict {
    Confirmed,    // as strictly as the provider's own client asks for it
    AlreadyGone,  // the provider does not know the token any more
    Later,        // nobody answered, or not now: still valid at the provider until it is tried again
    Unsupported,  // this provider cannot do it by API: Provider::revokeByHand, where there is one
    NotConfirmed, // an answer that says neither: still valid, as far as anybody knows
};

struct RevocationAnswer {
    RevocationVerdict verdict = RevocationVerdict::NotConfirmed;
    std::optional<std::chrono::seconds> retryAfter; // clamped to 1 s .. 1 h
    QString errorText;                              // for people, as in TokenResponse; empty where it was Confirmed

    // The token can no longer be used.
    [[nodiscard]] bool isEnded() const
    {
        return verdict == RevocationVerdict::Confirmed || verdict == RevocationVerdict::AlreadyGone;
    }
};

[[nodiscard]] RevocationAnswer readRevocationAnswer(const Delivery &answer, const provider::Provider &provider,
                                                    base::Timestamp now);

} // namespace keytender::oauth
