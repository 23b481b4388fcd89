// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QCryptographicHash>
#include <QJsonObject>
#include <QString>
#include <QUrl>
#include <QUrlQuery>

#include "fakes/oidcprovider.h"
#include "fakes/plainhttp.h"

namespace keytender::fakes {

// The least a client does, without any of our code.
struct Client {
    OidcProvider &provider;
    QString redirectUri = QStringLiteral("http://127.0.0.1:49152/callback"); // nobody listens there
    QByteArray verifier = QByteArray(43, 'v');

    [[nodiscard]] QUrl authorizationUrl() const
    {
        const QByteArray challenge = QCryptographicHash::hash(verifier, QCryptographicHash::Sha256)
                                         .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
        QUrl url = provider.endpoint(QStringLiteral("/auth"));
        url.setQuery(QUrlQuery{{QStringLiteral("client_id"), provider.clientId()},
                               {QStringLiteral("response_type"), QStringLiteral("code")},
                               {QStringLiteral("redirect_uri"), redirectUri},
                               {QStringLiteral("scope"), QStringLiteral("openid offline_access email")},
                               {QStringLiteral("prompt"), QStringLiteral("consent")},
                               {QStringLiteral("state"), QStringLiteral("af0ifjsldkj")},
                               {QStringLiteral("code_challenge"), QString::fromLatin1(challenge)},
                               {QStringLiteral("code_challenge_method"), QStringLiteral("S256")}});
        return url;
    }

    [[nodiscard]] PlainAnswer post(const QString &path, QUrlQuery form) const
    {
        form.addQueryItem(QStringLiteral("client_id"), provider.clientId());
        return PlainHttp().post(provider.endpoint(path), form);
    }

    [[nodiscard]] PlainAnswer exchange(const QUrl &redirect) const
    {
        return post(QStringLiteral("/token"),
                    {{QStringLiteral("grant_type"), QStringLiteral("authorization_code")},
                     {QStringLiteral("code"), QUrlQuery(redirect).queryItemValue(QStringLiteral("code"))},
                     {QStringLiteral("redirect_uri"), redirectUri},
                     {QStringLiteral("code_verifier"), QString::fromLatin1(verifier)}});
    }

    [[nodiscard]] PlainAnswer refresh(const QByteArray &refreshToken) const
    {
        return post(QStringLiteral("/token"), {{QStringLiteral("grant_type"), QStringLiteral("refresh_token")},
                                               {QStringLiteral("refresh_token"), QString::fromLatin1(refreshToken)}});
    }
};

[[nodiscard]] inline QByteArray tokenIn(const PlainAnswer &answer, const QString &member)
{
    return answer.json().value(member).toString().toLatin1();
}

[[nodiscard]] inline QByteArray accessTokenIn(const PlainAnswer &answer)
{
    return tokenIn(answer, QStringLiteral("access_token"));
}

[[nodiscard]] inline QByteArray refreshTokenIn(const PlainAnswer &answer)
{
    return tokenIn(answer, QStringLiteral("refresh_token"));
}

[[nodiscard]] inline QString errorIn(const PlainAnswer &answer)
{
    return answer.json().value(QStringLiteral("error")).toString();
}

} // namespace keytender::fakes
