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
#include "vault/masterkey.h"

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
    std::uint64_t generation = 0; // rises with every write

    [[nodiscard]] Record clone() const;
};

// Keytender's own durable, sealed store: one file per profile, libsodium XChaCha20-Poly1305 under a key derived from
// the master key, 0600 in a directory of 0700. A file of an older or newer format, or sealed with another key, is
// reported and its bytes stay untouched. One process writes: open() takes a lock and fails with AlreadyRunning.
class Vault final {
public:
    enum class Access { ReadWrite, ReadOnly };

    struct Opened;
    [[nodiscard]] static base::Result<std::unique_ptr<Vault>> open(const QString &directory, MasterKey key,
                                                                   Access access, base::Random &random);
    ~Vault();
    Vault(const Vault &) = delete;
    Vault &operator=(const Vault &) = delete;

    struct Contents {
        std::vector<Record> records;
        std::vector<base::Error> problems; // files that could not be opened; they are left alone
    };
    [[nodiscard]] Contents readAll() const;
    // NotFound where there is none.
    [[nodiscard]] base::Result<Record> read(const QString &id) const;
    // Durable when it returns. Refuses (UnknownVersion, WrongKey) to write over a file that it cannot open.
    [[nodiscard]] base::Result<void> write(const Record &record);
    [[nodiscard]] base::Result<void> remove(const QString &id);

    // For fingerprints that mean the same tomorrow.
    [[nodiscard]] const base::FingerprintKey &fingerprintKey() const;
    [[nodiscard]] profile::Protection protection() const;

private:
    struct State;
    explicit Vault(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace keytender::vault
