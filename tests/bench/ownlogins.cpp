// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ownlogins.h"

#include <cstdio>
#include <cstdlib>

#include "base/secret.h"

namespace keytender::bench {

namespace {

template <class T>
T orAbort(base::Result<T> result)
{
    if (!result) {
        std::fprintf(stderr, "%s %s\n", qPrintable(result.error().subject), qPrintable(result.error().detail));
        std::abort();
    }
    return *std::move(result);
}

} // namespace

OwnLogins::OwnLogins(const QString &directory)
{
    if (!base::initializeCrypto())
        std::abort();
    vault::MasterKey key{.key = base::Secret::copyOf(std::string(vault::MasterKey::size, 'k')),
                         .protection = profile::Protection::SealedByFile};
    m_vault = orAbort(vault::Vault::open(directory, std::move(key), vault::Vault::Access::ReadWrite, m_random));
    m_journal = orAbort(m_vault->openJournal());
    m_archive = orAbort(m_vault->openArchive());
    m_credentials = std::make_unique<refresh::VaultCredentials>(*m_vault);
}

void OwnLogins::add(const QString &profileId, const QString &providerId)
{
    const auto token = [&profileId](const char *kind) {
        return base::Secret::copyOf((QString::fromLatin1(kind) + profileId).leftJustified(108, u'x').toStdString());
    };
    vault::Record record;
    record.id = profileId;
    record.providerId = providerId;
    record.label = profileId;
    record.account.id = profileId;
    record.account.email = profileId + QStringLiteral("@example.org");
    record.care = profile::Care::Own;
    record.credential.tokens.accessToken = token("dummy-at-");
    record.credential.tokens.refreshToken = token("dummy-rt-");
    record.credential.tokens.issuedAt = m_clock.wallTime() - std::chrono::hours(9);
    record.credential.tokens.expiresAt = m_clock.wallTime() - std::chrono::hours(1);
    record.firstSeenAt = *record.credential.tokens.issuedAt;
    record.lastChangedAt = record.firstSeenAt;
    if (!m_vault->write(record))
        std::abort();
}

refresh::RefreshWorld OwnLogins::world()
{
    return {.clock = m_clock,
            .random = m_random,
            .transport = m_transport,
            .credentials = *m_credentials,
            .journal = *m_journal,
            .archive = *m_archive};
}

provider::Provider loopbackProvider(const QString &id, int port)
{
    provider::Provider provider;
    provider.id = id;
    provider.name = id;
    provider.tokenEndpoint = {.value = QUrl(QStringLiteral("http://127.0.0.1:%1/token").arg(port)), .evidence = {}};
    provider.clientId = {.value = QStringLiteral("9d1c250a-e61b-44d9-88ed-5944d1962f5e"), .evidence = {}};
    provider.accessTokenLifetime = {.value = std::chrono::hours(8), .evidence = {}};
    return provider;
}

} // namespace keytender::bench
