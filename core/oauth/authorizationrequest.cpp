// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "oauth/authorizationrequest.h"

#include <algorithm>

#include <QCoreApplication>
#include <QSet>
#include <QUrlQuery>

#include "oauth/requestbody.h"

namespace keytender::oauth {

namespace {

base::Unexpected<base::Error> refused(const AuthorizationRequest &request, const QString &detail)
{
    return base::unexpected({.kind = base::ErrorKind::Misconfigured,
                             .subject = request.endpoint.host(),
                             .place = QStringLiteral("authorizationEndpoint"),
                             .detail = detail});
}

QString say(const char *text)
{
    return QCoreApplication::translate("SignIn", text);
}

void add(std::vector<Parameter> &parameters, const char *name, const QString &value)
{
    const QByteArray bytes = value.toUtf8();
    parameters.push_back(parameter(name, {bytes.constData(), static_cast<std::size_t>(bytes.size())}));
}

std::vector<Parameter> parametersOf(const AuthorizationRequest &request)
{
    std::vector<Parameter> parameters;
    add(parameters, "response_type", QStringLiteral("code"));
    add(parameters, "client_id", request.clientId);
    add(parameters, "redirect_uri", QString::fromLatin1(request.redirectUri.toEncoded()));
    if (!request.scopes.isEmpty())
        add(parameters, "scope", request.scopes.join(u' '));
    parameters.push_back({.name = "state", .value = request.state.clone()});
    add(parameters, "code_challenge", QString::fromLatin1(request.pkce.challenge));
    add(parameters, "code_challenge_method", QStringLiteral("S256"));
    for (const auto &[name, value] : request.furtherOnes)
        add(parameters, name.toUtf8().constData(), value);
    return parameters;
}

// A parameter that stands there twice is read by some servers as the first and by others as the last.
bool hasTwins(const AuthorizationRequest &request, const std::vector<Parameter> &parameters)
{
    QSet<QByteArray> names;
    qsizetype count = 0;
    for (const auto &[name, value] : QUrlQuery(request.endpoint).queryItems(QUrl::FullyDecoded)) {
        names.insert(name.toUtf8());
        ++count;
    }
    for (const Parameter &each : parameters) {
        names.insert(each.name);
        ++count;
    }
    return names.size() != count || names.contains(QByteArray());
}

base::Secret joined(std::string_view front, std::string_view separator, const base::Secret &query)
{
    base::Secret all(front.size() + separator.size() + query.size());
    char *end = std::ranges::copy(front, all.writable().data()).out;
    end = std::ranges::copy(separator, end).out;
    std::ranges::copy(query.expose(), end);
    return all;
}

} // namespace

base::Result<base::Secret> authorizationUrl(const AuthorizationRequest &request, const WebAddressRule &rule)
{
    if (!request.endpoint.isValid() || request.endpoint.hasFragment() || !request.endpoint.userInfo().isEmpty())
        return refused(request, say(QT_TRANSLATE_NOOP("SignIn", "is no address to sign in at")));
    if (request.clientId.isEmpty() || request.redirectUri.isEmpty() || request.state.isEmpty()
        || request.pkce.challenge.isEmpty())
        return refused(request, say(QT_TRANSLATE_NOOP("SignIn", "cannot be asked without a client id, a redirect "
                                                                "URI, a state and a challenge")));
    const std::vector<Parameter> parameters = parametersOf(request);
    if (hasTwins(request, parameters))
        return refused(request, say(QT_TRANSLATE_NOOP("SignIn", "would be given a parameter twice")));
    const QByteArray endpoint = request.endpoint.toEncoded();
    const std::string_view front(endpoint.constData(), static_cast<std::size_t>(endpoint.size()));
    const bool isBegun = front.ends_with('?') || front.ends_with('&');
    const std::string_view separator = isBegun ? "" : request.endpoint.hasQuery() ? "&" : "?";
    base::Secret url = joined(front, separator, bodyOf(parameters, provider::BodyEncoding::Form));
    if (const base::Result<void> checked = checkWebAddress(url.expose(), rule); !checked)
        return base::unexpected(checked.error());
    return url;
}

ExpectedResponse expectedResponse(const AuthorizationRequest &request)
{
    return {.state = request.state.clone(), .issuer = request.issuer, .requiresIssuer = request.requiresIssuer};
}

} // namespace keytender::oauth
