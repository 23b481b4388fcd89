// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>

#include <QCoreApplication>
#include <QFileInfo>

#include "provider/factreaders.h"
#include "provider/memberreader.h"
#include "provider/providerloader.h"

namespace keytender::provider {

using base::JsonValue;
using base::Result;

namespace {

constexpr double knownVersion = 1;
constexpr base::JsonLimits limits{.bytes = 256u << 10, .depth = 8, .values = 10'000};

QString say(const char *text)
{
    return QCoreApplication::translate("Provider", text);
}

base::Unexpected<base::Error> wrong(const JsonValue &value, const QString &detail)
{
    return base::unexpected(value.error(detail));
}

Result<Identity> readIdentity(const JsonValue &value)
{
    MemberReader members(value);
    const auto pointers = [&members](const char *key) {
        const JsonValue there = members.take(key);
        if (there.isMissing())
            return QStringList();
        const Result<QStringList> texts = readPointers(there);
        if (!texts)
            members.fail(texts.error());
        return texts ? *texts : QStringList();
    };
    Identity identity{.sources = members.required("sources", readSources),
                      .id = pointers("id"),
                      .email = pointers("email"),
                      .organizationId = pointers("organizationId"),
                      .organizationName = pointers("organizationName"),
                      .plan = pointers("plan")};
    if (std::optional<base::Error> fault = members.outcome())
        return base::unexpected(*std::move(fault));
    return identity;
}

// No way, and no reason: the user would stand before a closed door without a word.
std::optional<SignInWays> readSignInWays(MemberReader &members)
{
    const JsonValue value = members.take("signInWays");
    if (value.isMissing())
        return std::nullopt;
    MemberReader inner(value);
    SignInWays ways{.ways = inner.required("value", readWays), .whyNone = {}, .evidence = inner.evidence()};
    const JsonValue why = inner.take("whyNone");
    if (ways.ways.empty() || !why.isMissing()) {
        const Result<QString> text = readText(why);
        if (!text)
            inner.fail(text.error());
        else if (!ways.ways.empty())
            inner.fail(why.error(say(QT_TRANSLATE_NOOP("Provider", "is given, and there are ways"))));
        else
            ways.whyNone = *text;
    }
    if (std::optional<base::Error> fault = inner.outcome())
        members.fail(*std::move(fault));
    return ways;
}

std::optional<Retirement> readRetirement(MemberReader &members)
{
    const JsonValue value = members.take("retirement");
    if (value.isMissing())
        return std::nullopt;
    MemberReader inner(value);
    const Retirement retirement{.on = inner.required("on", readDay),
                                .forEveryone = inner.required("for", readForEveryone),
                                .instead = inner.required("instead", readText),
                                .evidence = inner.evidence()};
    if (std::optional<base::Error> fault = inner.outcome())
        members.fail(*std::move(fault));
    return retirement;
}

Result<double> readVersion(const JsonValue &value)
{
    Result<double> version = value.number();
    if (!version || *version == knownVersion)
        return version;
    return base::unexpected(
        value.error(say(QT_TRANSLATE_NOOP("Provider", "is not 1, the version that Keytender knows")),
                    *version > knownVersion ? base::ErrorKind::UnknownVersion : base::ErrorKind::Malformed));
}

bool isId(const QString &text)
{
    const auto isPlain = [](QChar character) {
        return (character >= u'a' && character <= u'z') || (character >= u'0' && character <= u'9')
               || character == u'-';
    };
    return !text.isEmpty() && std::ranges::all_of(text, isPlain) && !text.startsWith(u'-') && !text.endsWith(u'-')
           && !text.contains(QStringLiteral("--"));
}

Result<QString> readId(const JsonValue &value)
{
    const Result<QString> id = value.string();
    if (id && !isId(*id))
        return wrong(value,
                     say(QT_TRANSLATE_NOOP("Provider", "is not made of small letters, digits and single hyphens")));
    return id;
}

Provider readMembers(MemberReader &members, EndpointRule rule)
{
    const auto endpoint = rule == EndpointRule::HttpsOnly ? readEndpoint : readEndpointOrLoopback;
    Provider provider;
    (void)members.required("version", readVersion);
    provider.id = members.required("id", readId);
    provider.name = members.required("name", readText);
    provider.issuer = members.fact("issuer", rule == EndpointRule::HttpsOnly ? readHttpsIssuer : readIssuerOrLoopback);
    provider.issuerInResponse = members.fact("issuerInResponse", readBool);
    provider.authorizationEndpoint = members.fact("authorizationEndpoint", endpoint);
    provider.tokenEndpoint = members.fact("tokenEndpoint", endpoint);
    provider.deviceAuthorizationEndpoint = members.fact("deviceAuthorizationEndpoint", endpoint);
    provider.revocationEndpoint = members.fact("revocationEndpoint", endpoint);
    provider.revokeByHand = members.fact("revokeByHand", endpoint);
    provider.profileEndpoint = members.fact("profileEndpoint", endpoint);
    provider.clientId = members.fact("clientId", readText);
    provider.userAgent = members.fact("userAgent", readHeaderText);
    provider.scopes = members.fact("scopes", readTexts);
    provider.leastScopes = members.fact("leastScopes", readTexts);
    provider.redirectUris = members.fact("redirectUris", readRedirectUris);
    provider.exchangeEncoding = members.fact("exchangeEncoding", readEncoding);
    provider.refreshEncoding = members.fact("refreshEncoding", readEncoding);
    provider.revocationEncoding = members.fact("revocationEncoding", readEncoding);
    provider.authorizationParameters = members.fact("authorizationParameters", readParameters);
    provider.exchangeSendsState = members.fact("exchangeSendsState", readBool);
    provider.refreshSendsScope = members.fact("refreshSendsScope", readBool);
    provider.tokenTypeIsOptional = members.fact("tokenTypeIsOptional", readBool);
    provider.revocationStyle = members.fact("revocationStyle", readRevocationStyle);
    provider.revocationConfirmation = members.fact("revocationConfirmation", readHeaderText);
    provider.revocationEffect = members.fact("revocationEffect", readText);
    provider.accessTokenLifetime = members.fact("accessTokenLifetime", readSeconds);
    provider.signInLifetime = members.fact("signInLifetime", readSeconds);
    provider.setupTokenLifetime = members.fact("setupTokenLifetime", readSeconds);
    provider.ownerWindow = members.fact("ownerWindow", readSeconds);
    provider.refreshTokenRotates = members.fact("refreshTokenRotates", readBool);
    provider.gitHosts = members.fact("gitHosts", readHosts);
    provider.signInWays = readSignInWays(members);
    provider.identity = members.fact("identity", readIdentity);
    provider.errorCodes = members.facts("errorCodes", readVerdict);
    provider.retirement = readRetirement(members);
    return provider;
}

// What a user wrote is not a damaged login: the cure is to correct it.
base::Error asMisconfigured(base::Error error)
{
    if (error.kind == base::ErrorKind::Malformed || error.kind == base::ErrorKind::Incomplete)
        error.kind = base::ErrorKind::Misconfigured;
    return error;
}

} // namespace

Result<Provider> parseProvider(base::Secret bytes, const QString &path, EndpointRule rule)
{
    const Result<base::JsonSpans> text = base::JsonSpans::parse(std::move(bytes), path, limits);
    if (!text)
        return base::unexpected(asMisconfigured(text.error()));
    MemberReader members(text->root());
    Provider provider = readMembers(members, rule);
    if (const std::optional<base::Error> fault = members.outcome())
        return base::unexpected(asMisconfigured(*fault));
    if (provider.id != QFileInfo(path).completeBaseName())
        return base::unexpected(asMisconfigured(text->root().member("id").error(
            say(QT_TRANSLATE_NOOP("Provider", "is '%1', and the file is not called '%1.json'")).arg(provider.id))));
    return provider;
}

} // namespace keytender::provider
