// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>

#include <QString>

#include "base/clock.h"
#include "base/random.h"
#include "oauth/networktransport.h"
#include "refresh/refreshworld.h"

namespace keytender::bench {

// Logins of our own in a vault of their own, with all that refreshes them for real.
class OwnLogins final {
public:
    // Opens the vault in `directory`, or makes it.
    explicit OwnLogins(const QString &directory);

    // Writes a login whose access token has lapsed, of dummy tokens.
    void add(const QString &profileId, const QString &providerId);

    [[nodiscard]] refresh::RefreshWorld world();
    [[nodiscard]] vault::Vault &vault() { return *m_vault; }
    [[nodiscard]] const vault::RefreshJournal &journal() const { return *m_journal; }

private:
    base::SystemClock m_clock;
    base::SystemRandom m_random;
    oauth::NetworkTransport m_transport;
    std::unique_ptr<vault::Vault> m_vault;
    std::unique_ptr<vault::RefreshJournal> m_journal;
    std::unique_ptr<vault::TokenArchive> m_archive;
    std::unique_ptr<refresh::VaultCredentials> m_credentials;
};

// One whose token endpoint is on loopback.
[[nodiscard]] provider::Provider loopbackProvider(const QString &id, int port);

} // namespace keytender::bench
