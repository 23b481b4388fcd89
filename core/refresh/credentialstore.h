// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/result.h"
#include "vault/vault.h"

namespace keytender::refresh {

// What a refresh needs of the vault. Records of one lineage are read and written only under the lineage's lock.
class CredentialStore {
public:
    CredentialStore() = default;
    virtual ~CredentialStore() = default;
    CredentialStore(const CredentialStore &) = delete;
    CredentialStore &operator=(const CredentialStore &) = delete;

    // NotFound where there is none; Locked while there is no key (F-19).
    [[nodiscard]] virtual base::Result<vault::Record> read(const QString &profileId) const = 0;
    // Durable when it returns.
    [[nodiscard]] virtual base::Result<void> write(const vault::Record &record) = 0;
    // The same tomorrow as today.
    [[nodiscard]] virtual const base::FingerprintKey &fingerprintKey() const = 0;
};

class VaultCredentials final : public CredentialStore {
public:
    explicit VaultCredentials(vault::Vault &vault) : m_vault(vault) {}
    [[nodiscard]] base::Result<vault::Record> read(const QString &profileId) const override
    {
        return m_vault.read(profileId);
    }
    [[nodiscard]] base::Result<void> write(const vault::Record &record) override { return m_vault.write(record); }
    [[nodiscard]] const base::FingerprintKey &fingerprintKey() const override { return m_vault.fingerprintKey(); }

private:
    vault::Vault &m_vault;
};

} // namespace keytender::refresh
