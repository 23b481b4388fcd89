// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "oauth/tokenrequests.h"

namespace keytender::oauth {

using provider::BodyEncoding;
using provider::Provider;
using provider::RevocationStyle;

namespace {

template <class T>
T valueOf(const std::optional<provider::Fact<T>> &fact, T otherwise = {})
{
    return fact ? fact->value : otherwise;
}

Parameter textParameter(const char *name, const QString &value)
{
    return parameter(name, value.toStdString());
}

Parameter secretParameter(const char *name, const base::Secret &value)
{
    return {.name = name, .value = value.clone()};
}

Post postTo(const std::optional<provider::Fact<QUrl>> &endpoint, BodyEncoding encoding, const Provider &provider)
{
    Post post;
    post.endpoint = valueOf(endpoint);
    post.encoding = encoding;
    if (provider.userAgent)
        post.headers.emplace_back("User-Agent", provider.userAgent->value.toLatin1());
    return post;
}

void addClient(Post &post, const Provider &provider)
{
    if (provider.clientId)
        post.parameters.push_back(textParameter("client_id", provider.clientId->value));
}

void addScopes(Post &post, const QStringList &scopes)
{
    if (!scopes.isEmpty())
        post.parameters.push_back(textParameter("scope", scopes.join(u' ')));
}

Post revocationPost(const Provider &provider, const base::Secret &token, const char *hint)
{
    Post post = postTo(provider.revocationEndpoint, valueOf(provider.revocationEncoding, BodyEncoding::Form), provider);
    switch (valueOf(provider.revocationStyle, RevocationStyle::Rfc7009)) {
    case RevocationStyle::Rfc7009:
        post.parameters.push_back(secretParameter("token", token));
        post.parameters.push_back(parameter("token_type_hint", hint));
        addClient(post, provider);
        break;
    case RevocationStyle::TokenOnly:
        post.parameters.push_back(secretParameter("token", token));
        break;
    case RevocationStyle::List:
        post.parameters.push_back(secretParameter("credentials", token));
        break;
    case RevocationStyle::Bearer:
        post.bearer = token.clone();
        break;
    }
    return post;
}

} // namespace

Post exchangePost(const Provider &provider, const AuthorizationRequest &request, const base::Secret &code)
{
    Post post = postTo(provider.tokenEndpoint, valueOf(provider.exchangeEncoding, BodyEncoding::Form), provider);
    post.parameters.push_back(parameter("grant_type", "authorization_code"));
    post.parameters.push_back(secretParameter("code", code));
    post.parameters.push_back(parameter("redirect_uri", request.redirectUri.toEncoded().toStdString()));
    post.parameters.push_back(textParameter("client_id", request.clientId));
    post.parameters.push_back(secretParameter("code_verifier", request.pkce.verifier));
    if (valueOf(provider.exchangeSendsState))
        post.parameters.push_back(secretParameter("state", request.state));
    return post;
}

Post refreshPost(const Provider &provider, const profile::TokenSet &tokens)
{
    Post post = postTo(provider.tokenEndpoint, valueOf(provider.refreshEncoding, BodyEncoding::Form), provider);
    post.parameters.push_back(parameter("grant_type", "refresh_token"));
    post.parameters.push_back(secretParameter("refresh_token", tokens.refreshToken));
    addClient(post, provider);
    if (valueOf(provider.refreshSendsScope))
        addScopes(post, tokens.scopes);
    return post;
}

Post deviceAuthorizationPost(const Provider &provider, const QStringList &scopes)
{
    Post post = postTo(provider.deviceAuthorizationEndpoint, BodyEncoding::Form, provider);
    addClient(post, provider);
    addScopes(post, scopes);
    return post;
}

Post devicePollPost(const Provider &provider, const base::Secret &deviceCode)
{
    Post post = postTo(provider.tokenEndpoint, BodyEncoding::Form, provider);
    post.parameters.push_back(parameter("grant_type", "urn:ietf:params:oauth:grant-type:device_code"));
    post.parameters.push_back(secretParameter("device_code", deviceCode));
    addClient(post, provider);
    return post;
}

std::vector<Post> revocationPosts(const Provider &provider, const profile::TokenSet &tokens)
{
    std::vector<Post> posts;
    if (!provider.revocationEndpoint)
        return posts;
    if (!tokens.refreshToken.isEmpty())
        posts.push_back(revocationPost(provider, tokens.refreshToken, "refresh_token"));
    if (!tokens.accessToken.isEmpty())
        posts.push_back(revocationPost(provider, tokens.accessToken, "access_token"));
    return posts;
}

} // namespace keytender::oauth
