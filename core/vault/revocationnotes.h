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

// A login that is to end, until it has ended here and at its provider.
struct RevocationNote {
    enum class Phase : std::uint8_t {
        UnderWay = 0,   // its record, journal and archive are to be removed as well
        Forgetting = 1, // likewise, and the provider is not told: the tokens live on there
        Replacing = 2,  // a new sign-in is about to take its record's place: of account only once it did
        Pending = 3,    // only the provider is still to be told
    };

    Phase phase = Phase::UnderWay;
    QString profileId;
    QString providerId;
    QString label; // what people called it
    // CredentialFacts::lineage() under the vault's key: it tells the login that is to end from the one that came after.
    base::Fingerprint lineage;
    base::Timestamp begunAt{};
    base::Timestamp nextTry{};
    std::uint64_t tries = 0;
    bool mayHaveSuccessor = false; // a refresh was on its way, and its answer is unknown
    base::Secret refreshToken;     // empty = none, or ended
    base::Secret accessToken;      // likewise

    [[nodiscard]] bool hasTokens() const { return !refreshToken.isEmpty() || !accessToken.isEmpty(); }
    // The local part is still to be done.
    [[nodiscard]] bool isUnderWay() const { return phase == Phase::UnderWay || phase == Phase::Forgetting; }
    [[nodiscard]] RevocationNote clone() const;
};

// What makes a sign-out survive a crash and a dead line: sealed like the journal and beside it, one file for each
// lineage. Vault::openRevocations() makes it.
class RevocationNotes final {
public:
    // The directory exists.
    RevocationNotes(QString directory, const base::Secret &key, base::Random &random);

    // Durable when it returns. Refuses to write over what it cannot read.
    [[nodiscard]] base::Result<void> write(const RevocationNote &note) const;
    // NotFound where there is none.
    [[nodiscard]] base::Result<RevocationNote> read(const base::Fingerprint &lineage) const;
    // Durable too; a missing one is fine.
    [[nodiscard]] base::Result<void> remove(const base::Fingerprint &lineage) const;

    struct Contents {
        std::vector<RevocationNote> notes;
        std::vector<base::Error> problems; // files that cannot be read; they are left alone
    };
    [[nodiscard]] Contents readAll() const;

private:
    [[nodiscard]] QString fileName(const base::Fingerprint &lineage) const;
    [[nodiscard]] base::Result<RevocationNote> open(const QString &name) const;

    QString m_directory;
    std::shared_ptr<const Seal> m_seal;
    base::Random &m_random;
};

} // namespace keytender::vault
