// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/service/neighbourfixture.h"
#include "vault/vault.h"

namespace keytender::fakes {

// A login that Keytender made or was given earlier, as it lies in the vault.
struct KeptLogin {
    QString id = QStringLiteral("anthropic");
    QString providerId = QStringLiteral("anthropic");
    QString label = QStringLiteral("Anthropic · bob@example.org");
    profile::Account account = {.id = QStringLiteral("99999999-aaaa-4bbb-8ccc-000000000009"),
                                .email = QStringLiteral("bob@example.org"),
                                .organizationId = {},
                                .organizationName = {},
                                .plan = {}};
    QByteArray refreshToken = "sk-ant-ort01-bob-1"; // empty = none
    QByteArray accessToken = {};                    // empty = the refresh token's
    profile::CredentialKind kind = profile::CredentialKind::OAuth;
    std::optional<std::chrono::milliseconds> left = std::chrono::hours(7); // none = no end
    std::chrono::milliseconds life = std::chrono::hours(8);
};

[[nodiscard]] inline vault::Record keptRecord(const KeptLogin &login)
{
    const base::Timestamp now = base::SystemClock().wallTime();
    vault::Record record;
    record.id = login.id;
    record.providerId = login.providerId;
    record.label = login.label;
    record.account = login.account;
    record.care = profile::Care::Own;
    record.credential.kind = login.kind;
    QByteArray access = login.accessToken.isEmpty() ? login.refreshToken : login.accessToken;
    access.replace("ort01", "oat01");
    profile::TokenSet &tokens = record.credential.tokens;
    tokens.refreshToken = base::Secret::copyOf(login.refreshToken.toStdString());
    tokens.accessToken = base::Secret::copyOf(access.toStdString());
    if (login.left) {
        tokens.expiresAt = now + *login.left;
        tokens.issuedAt = *tokens.expiresAt - login.life;
    }
    record.firstSeenAt = tokens.issuedAt.value_or(now);
    record.lastChangedAt = record.firstSeenAt;
    return record;
}

[[nodiscard]] inline std::unique_ptr<vault::Vault> vaultIn(const TemporaryHome &home, vault::Vault::Access access)
{
    static base::SystemRandom random;
    auto opened =
        vault::Vault::open(service::Places::in(home.environment()).vault, *FixedKey().takeKey(), access, random);
    return opened ? *std::move(opened) : nullptr;
}

// Before the program starts.
[[nodiscard]] inline bool keep(const TemporaryHome &home, const KeptLogin &login)
{
    const auto vault = vaultIn(home, vault::Vault::Access::ReadWrite);
    return vault && vault->write(keptRecord(login)).has_value();
}

} // namespace keytender::fakes
