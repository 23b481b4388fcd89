// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>

#include "oauth/delivery.h"
#include "provider/provider.h"

// Answers of an authorization server, for tests of what reads them.
namespace keytender::answers {

inline constexpr base::Timestamp receivedAt{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22}
                                            + std::chrono::hours{9}};

inline base::Secret secretOf(const QByteArray &bytes)
{
    return base::Secret::copyOf({bytes.constData(), static_cast<std::size_t>(bytes.size())});
}

inline QByteArray bytesOf(const base::Secret &secret)
{
    return {secret.expose().data(), static_cast<qsizetype>(secret.size())};
}

inline oauth::Delivery answered(int status, const QByteArray &body)
{
    oauth::Delivery delivery;
    delivery.fate = oauth::Fate::Answered;
    delivery.status = status;
    delivery.body = secretOf(body);
    return delivery;
}

// An access token that lives 8 hours, and a rejection that was measured.
inline provider::Provider testProvider()
{
    using provider::Evidence;
    using provider::Verdict;
    provider::Provider provider;
    provider.id = QStringLiteral("test");
    provider.name = QStringLiteral("Test");
    provider.tokenEndpoint = {QUrl(QStringLiteral("https://a.example/token")), Evidence::Measured};
    provider.clientId = {QStringLiteral("client-1"), Evidence::Measured};
    provider.accessTokenLifetime = {std::chrono::hours(8), Evidence::Measured};
    provider.errorCodes = {{QStringLiteral("invalid_grant"), {Verdict::GrantRejected, Evidence::Measured}},
                           {QStringLiteral("refresh_token_reused"), {Verdict::GrantRejected, Evidence::Measured}},
                           {QStringLiteral("our_mistake"), {Verdict::Configuration, Evidence::Assumed}},
                           {QStringLiteral("invalid_target"), {Verdict::Transient, Evidence::Assumed}}};
    return provider;
}

// Unsigned.
inline QByteArray jwt(const QByteArray &claims)
{
    const auto encoded = [](const QByteArray &bytes) {
        return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    };
    return encoded(R"({"alg":"none"})") + '.' + encoded(claims) + ".c2ln";
}

} // namespace keytender::answers
