// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>

#include "base/timestamp.h"
#include "profile/profile.h"

namespace keytender::sync {

enum class Step {
    Nothing,            // the vault and the copy agree, or the copy says nothing
    Import,             // the vault knows nothing yet
    AdoptNewer,         // the copy holds a later token of the same account
    UpgradeToOAuth,     // the vault holds a bare token, the copy a token set of the same account
    KeepRicher,         // the copy would downgrade: a bare token where the vault has a token set
    KeepNewer,          // the vault's token is the later one
    ReplaceAccount,     // the tool was signed in to another account: watched profiles follow their tool
    KeepThroughBlank,   // the tool blanked its record: the vault keeps what it has
    KeepThroughAbsence, // the record is gone
    KeepThroughError,   // the record cannot be read
    Ambiguous,          // different, and neither is provably later
    KeepAccount,        // the copy belongs to another account, and this profile does not follow it
};

// What one look at a copy means for the profile. A pure function's answer; the caller carries it out.
struct Decision {
    Step step = Step::Nothing;
    profile::Accord accord = profile::Accord::Agreed;
    bool learnsFacts = false; // the tokens are the same, but the copy says more about them or whose they are

    [[nodiscard]] bool takesCopy() const
    {
        return step == Step::Import || step == Step::AdoptNewer || step == Step::UpgradeToOAuth
               || step == Step::ReplaceAccount;
    }
    bool operator==(const Decision &) const = default;
};

// What the vault holds, without the secrets.
struct Known {
    profile::CredentialFacts credential;
    profile::Account account;
    profile::Care care = profile::Care::Watched;
    base::Timestamp firstSeenAt{};
    bool isEnded = false;         // the provider refused its refresh token for good: nothing is lost by leaving it
    bool isHeldElsewhere = false; // another copy of the profile holds just this, so this copy alone decides nothing

    bool operator==(const Known &) const = default;
};

// Which token is later is told by expiresAt, then issuedAt, then refreshTokenExpiresAt, as far as both sides name them
// and `now` makes them believable. Bare tokens without any date, such as gh's, are dated by their file instead, where
// the profile follows its tool: no refresh token can be lost by it. Whatever stays equal or undated is ambiguous.
// An account that one side does not name is not a different one.
[[nodiscard]] Decision reconcile(const std::optional<Known> &known, const profile::Copy &copy, base::Timestamp now);

// Whose the profile is once `decision` is carried out: what the copy does not say stays as it was known.
[[nodiscard]] profile::Account accountAfter(const Decision &decision, const std::optional<Known> &known,
                                            const profile::Account &ofCopy);

// The same token's dates and scopes where `tokens` does not name them itself.
void completeFrom(const profile::CredentialFacts &known, profile::TokenSet &tokens);

} // namespace keytender::sync
