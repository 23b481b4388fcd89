// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>
#include <optional>
#include <vector>

#include <QString>

#include "base/durablefile.h"
#include "base/random.h"
#include "base/result.h"
#include "profile/profile.h"
#include "vault/copybackups.h"
#include "vault/masterkey.h"
#include "vault/refreshjournal.h"
#include "vault/revocationnotes.h"
#include "vault/tokenarchive.h"

namespace keytender::vault {

// What the vault keeps of one profile. Moved, never copied.
struct Record {
    QString id;
    QString providerId;
    QString toolId;
    QString label;
    profile::Account account;
    profile::Care care = profile::Care::Watched;
    profile::Credential credential;
    base::Timestamp firstSeenAt{}; // of this access token
    base::Timestamp lastChangedAt{};
    std::uint64_t generation = 0; // rises with every write of this profile; write() counts, whatever stands here
    // Of a login that lies in no tool just now: the tool's own record, as CopyWriter::recordOf() gave it, so that it
    // can be put back whole. Its tokens are those of the time; `credential` counts.
    base::Secret toolRecord = {};

    [[nodiscard]] Record clone() const;
};

// The same without the tokens, for thousands of profiles at a start: each guarded allocation costs about 15 us and
// three memory mappings of the 65530 that a process may have.
struct RecordFacts {
    QString id;
    QString providerId;
    QString toolId;
    QString label;
    profile::Account account;
    profile::Care care = profile::Care::Watched;
    profile::CredentialFacts credential;
    base::Timestamp firstSeenAt{};
    base::Timestamp lastChangedAt{};
    std::uint64_t generation = 0;

    bool operator==(const RecordFacts &) const = default;
};

[[nodiscard]] RecordFacts factsOf(const Record &record, const base::FingerprintKey &key);

// Keytender's own durable, sealed store: one file per profile, libsodium XChaCha20-Poly1305 under a key derived from
// the master key, 0600 in a directory of 0700. A file of an older or newer format, or sealed with another key, is
// reported and its bytes stay untouched: no write and no removal goes over a file that this vault cannot open. The same
// holds for a record with members that this version does not know: it is read, but a write is refused (UnknownVersion),
// because it would drop what a newer Keytender stored there.
//
// One process writes: open() takes a lock (flock on "vault.lock") and fails with AlreadyRunning. Readers take none;
// files change by rename, so they see the old or the new one.
//
// Generations tell a restored older state only if they are also kept in a second place: whoever wants to warn of one
// (F-83) notes the highest generation of each profile outside this directory and compares after readFacts().
class Vault final {
public:
    enum class Access { ReadWrite, ReadOnly };

    // ReadWrite makes or tightens the directory and sweeps what an interrupted write left; ReadOnly touches nothing and
    // is NotFound without a directory.
    [[nodiscard]] static base::Result<std::unique_ptr<Vault>> open(const QString &directory, MasterKey key,
                                                                   Access access, base::Random &random);
    ~Vault();
    Vault(const Vault &) = delete;
    Vault &operator=(const Vault &) = delete;

    struct Facts {
        std::vector<RecordFacts> records;  // in no order
        std::vector<base::Error> problems; // files that could not be opened; they are left alone
    };
    [[nodiscard]] Facts readFacts() const;
    // NotFound where there is none.
    [[nodiscard]] base::Result<Record> read(const QString &id) const;
    // Durable when it returns. Refuses (UnknownVersion, WrongKey ...) to write over a file that it cannot open.
    [[nodiscard]] base::Result<void> write(const Record &record);
    // Durable too; a missing one is fine. Refuses as write() does.
    [[nodiscard]] base::Result<void> remove(const QString &id);

    // What lies beside the records, in "journal", under a key of its own. They outlive this vault. Made with the
    // directory where this vault may write, NotFound otherwise.
    [[nodiscard]] base::Result<std::unique_ptr<RefreshJournal>> openJournal() const;
    [[nodiscard]] base::Result<std::unique_ptr<TokenArchive>> openArchive() const;
    [[nodiscard]] base::Result<std::unique_ptr<RevocationNotes>> openRevocations() const;
    [[nodiscard]] base::Result<std::unique_ptr<CopyBackups>> openBackups() const;

    // For fingerprints that mean the same tomorrow.
    [[nodiscard]] const base::FingerprintKey &fingerprintKey() const;
    [[nodiscard]] profile::Protection protection() const;
    [[nodiscard]] Access access() const;

private:
    struct State;
    explicit Vault(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace keytender::vault
