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
};

// What one look at a copy means for the profile. A pure function; the caller carries it out.
struct Decision {
    Step step = Step::Nothing;
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
};

[[nodiscard]] Decision reconcile(const std::optional<Known> &known, const profile::Copy &copy, base::Timestamp now);

} // namespace keytender::sync
