// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>

#include "oauth/tokenresponse.h"
#include "refresh/answermeaning.h"
#include "refresh/refreshworld.h"
#include "vault/journalentry.h"

namespace keytender::refresh {

// The steps of an attempt that change what the vault and the archive hold. All of them are under the lineage's lock,
// durable when they return, and harmless when they are taken twice: a crash may come between any two of them.

struct Settled {
    Meaning meaning = Meaning::TryLater;
    oauth::TokenResponse response;
    profile::CredentialFacts held;    // by the vault afterwards
    std::optional<base::Error> fault; // what had to be made durable is not: to be called again
};
// Reads an answer and keeps what it brings: in every profile of the entry that still holds what was spent, or in the
// archive where it is not for them. What a refusal means is left to the caller, who has to read the copies first.
[[nodiscard]] Settled settle(const vault::JournalEntry &answered, const provider::Provider &provider,
                             const RefreshWorld &world);

// The profiles of `profileIds` that hold `before` take what a copy holds.
[[nodiscard]] base::Result<void> adopt(const CopiesReading &copy, const QStringList &profileIds,
                                       const base::Fingerprint &before, const RefreshWorld &world);

// The refresh token of `entry` goes into the archive and is not sent again. It stays in the vault as well.
[[nodiscard]] base::Result<void> retire(const vault::JournalEntry &entry, const QString &reason,
                                        const RefreshWorld &world);

// The archive says that this refresh token is at its end.
[[nodiscard]] base::Result<bool> isRetired(const QString &profileId, const base::Fingerprint &refreshToken,
                                           const RefreshWorld &world);

} // namespace keytender::refresh
