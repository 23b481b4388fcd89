// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "provider/providerwriter.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace keytender::provider {

namespace {

QJsonValue valueOf(const QString &text)
{
    return text;
}

QJsonValue valueOf(const QUrl &url)
{
    return url.toString(QUrl::FullyEncoded);
}

QJsonValue valueOf(bool flag)
{
    return flag;
}

QJsonValue valueOf(const QStringList &texts)
{
    return QJsonArray::fromStringList(texts);
}

QJsonValue valueOf(BodyEncoding encoding)
{
    switch (encoding) {
    case BodyEncoding::Form:
        return QStringLiteral("form");
    case BodyEncoding::Json:
        return QStringLiteral("json");
    case BodyEncoding::JsonLists:
        return QStringLiteral("jsonLists");
    }
    return {};
}

QJsonValue valueOf(Verdict verdict)
{
    switch (verdict) {
    case Verdict::GrantRejected:
        return QStringLiteral("grantRejected");
    case Verdict::Configuration:
        return QStringLiteral("configuration");
    case Verdict::Transient:
        return QStringLiteral("transient");
    }
    return {};
}

QString nameOf(IdentitySource source)
{
    switch (source) {
    case IdentitySource::TokenAnswer:
        return QStringLiteral("tokenAnswer");
    case IdentitySource::IdToken:
        return QStringLiteral("idToken");
    case IdentitySource::AccessToken:
        return QStringLiteral("accessToken");
    case IdentitySource::Profile:
        return QStringLiteral("profile");
    }
    return {};
}

QJsonValue valueOf(const Identity &identity)
{
    QStringList sources;
    for (const IdentitySource source : identity.sources)
        sources += nameOf(source);
    QJsonObject object{{QStringLiteral("sources"), QJsonArray::fromStringList(sources)}};
    const auto put = [&object](const char *key, const QStringList &pointers) {
        if (!pointers.isEmpty())
            object.insert(QLatin1String(key), QJsonArray::fromStringList(pointers));
    };
    put("id", identity.id);
    put("email", identity.email);
    put("organizationId", identity.organizationId);
    put("organizationName", identity.organizationName);
    put("plan", identity.plan);
    return object;
}

template <class T>
QJsonObject factObject(const Fact<T> &fact)
{
    const QString evidence =
        fact.evidence == Evidence::Measured ? QStringLiteral("measured") : QStringLiteral("assumed");
    return {{QStringLiteral("value"), valueOf(fact.value)}, {QStringLiteral("evidence"), evidence}};
}

template <class T>
void put(QJsonObject &object, const char *key, const std::optional<Fact<T>> &fact)
{
    if (fact)
        object.insert(QLatin1String(key), factObject(*fact));
}

} // namespace

QByteArray providerFile(const Provider &provider)
{
    QJsonObject object{
        {QStringLiteral("version"), 1}, {QStringLiteral("id"), provider.id}, {QStringLiteral("name"), provider.name}};
    put(object, "issuer", provider.issuer);
    put(object, "issuerInResponse", provider.issuerInResponse);
    put(object, "authorizationEndpoint", provider.authorizationEndpoint);
    put(object, "tokenEndpoint", provider.tokenEndpoint);
    put(object, "deviceAuthorizationEndpoint", provider.deviceAuthorizationEndpoint);
    put(object, "revocationEndpoint", provider.revocationEndpoint);
    put(object, "profileEndpoint", provider.profileEndpoint);
    put(object, "clientId", provider.clientId);
    put(object, "scopes", provider.scopes);
    put(object, "leastScopes", provider.leastScopes);
    put(object, "redirectUris", provider.redirectUris);
    put(object, "exchangeEncoding", provider.exchangeEncoding);
    put(object, "refreshEncoding", provider.refreshEncoding);
    put(object, "revocationEncoding", provider.revocationEncoding);
    put(object, "identity", provider.identity);
    QJsonObject codes;
    for (const auto &[code, verdict] : provider.errorCodes)
        codes.insert(code, factObject(verdict));
    if (!codes.isEmpty())
        object.insert(QStringLiteral("errorCodes"), codes);
    return QJsonDocument(object).toJson(QJsonDocument::Indented);
}

} // namespace keytender::provider
