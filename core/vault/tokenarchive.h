// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>
#include <vector>

#include <QString>

#include "base/fingerprint.h"
#include "base/random.h"
#include "base/result.h"
#include "base/secret.h"
#include "base/timestamp.h"
#include "vault/seal.h"

namespace keytender::vault {

// Something that may still hold a login, put aside because it is of no use as it is.
struct ArchivedToken {
    enum class Why : std::uint8_t {
        Retired = 0,      // a refresh token that the provider refused, and nothing newer anywhere
        Unusable = 1,     // a whole answer of which no token set could be made (F-55)
        OtherAccount = 2, // a whole answer that belongs to somebody else (F-71)
        Superseded = 3,   // a whole answer that came after the profile had gone on without it
        AnswerLost = 4,   // a refresh token whose successor was lost on the way
    };

    Why why = Why::Retired;
    QString profileId;
    base::Fingerprint spent; // of the refresh token that is not to be sent again; null = none
    base::Timestamp at{};
    QString attemptId;
    QString reason;     // for people: the provider's error code and text
    base::Secret bytes; // the token, or the answer's body

    // The profile must not send `spent` any more.
    [[nodiscard]] bool endsLineage() const
    {
        return why == Why::Retired || why == Why::OtherAccount || why == Why::AnswerLost;
    }
};

// Where tokens go that nobody can use now (INV-4), sealed like the journal and beside it, until the profile's next
// sign-in. It is also what tells after a restart that a refresh token is not to be sent again.
class TokenArchive final {
public:
    // The directory exists.
    TokenArchive(QString directory, const base::Secret &key, base::Random &random);

    // Durable when it returns. What is kept already is not kept twice. Refuses to write over what it cannot read.
    [[nodiscard]] base::Result<void> keep(const ArchivedToken &token);
    [[nodiscard]] base::Result<std::vector<ArchivedToken>> of(const QString &profileId) const; // oldest first
    // After a sign-in whose tokens are durable, and after a sign-out.
    [[nodiscard]] base::Result<void> forget(const QString &profileId);

private:
    [[nodiscard]] QString fileName(const QString &profileId) const;

    QString m_directory;
    std::shared_ptr<const Seal> m_seal;
    base::Random &m_random;
};

} // namespace keytender::vault
