// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/fingerprint.h"
#include "oauth/tokenresponse.h"

namespace keytender::refresh {

// What an answer means for the profile that it was asked for, whenever it is read: just now, or after a crash.
enum class Meaning {
    Apply,            // the vault takes the token set
    AlreadyApplied,   // it has it: only what comes after is missing
    SaveRefreshToken, // no access token, but a new refresh token that must not be lost (F-58)
    Unusable,         // a success without anything of use: the grant may be spent (F-55)
    OtherAccount,     // somebody else's (F-71)
    Superseded,       // the profile has gone on without it; the tokens in it are put aside
    Moot,             // likewise, and there is nothing in it
    Rejected,         // perhaps the end of the grant (N-30)
    Misconfigured,
    TryLater,
};

struct Standing {
    base::Fingerprint spent;
    base::Fingerprint held;     // by the vault now
    base::Fingerprint answered; // of the refresh token in the answer; null = none
    bool isOtherAccount = false;
};

[[nodiscard]] Meaning meaningOf(oauth::TokenVerdict verdict, const Standing &standing);

} // namespace keytender::refresh
