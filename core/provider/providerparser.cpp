// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <cmath>

#include <QCoreApplication>
#include <QFileInfo>
#include <QRegularExpression>

#include "provider/memberreader.h"
#include "provider/providerloader.h"

namespace keytender::provider {

using base::JsonValue;
using base::Result;

namespace {

constexpr double knownVersion = 1;
constexpr double longestLife = 100.0 * 366 * 86400; // seconds; what is longer is a mistake of units
constexpr base::JsonLimits limits{.bytes = 256u << 10, .depth = 8, .values = 10'000};

QString say(const char *text)
{
    return QCoreApplication::translate("Provider", text);
}

base::Unexpected<base::Error> wrong(const JsonValue &value, const QString &detail)
{
    return base::unexpected(value.error(detail));
}

Result<QString> readText(const JsonValue &value)
{
    Result<QString> text = value.string();
    if (text && text->trimmed().isEmpty())
        return wrong(value, say(QT_TRANSLATE_NOOP("Provider", "is empty: leave the member out instead")));
    return text;
}

Result<QStringList> readTexts(const JsonValue &value)
{
    if (value.type() != base::JsonType::Array)
        return wrong(value, say(QT_TRANSLATE_NOOP("Provider", "is not a list of strings")));
    QStringList texts;
    for (const JsonValue &element : value.elements()) {
        const Result<QString> text = readText(element);
        if (!text)
            return base::unexpected(text.error());
        texts.append(*text);
    }
    if (texts.isEmpty())
        return wrong(value, say(QT_TRANSLATE_NOOP("Provider", "is empty: leave the member out instead")));
    return texts;
}

Result<bool> readBool(const JsonValue &value)
{
    return value.boolean();
}

Result<std::chrono::seconds> readSeconds(const JsonValue &value)
{
    const Result<double> number = value.number();
    if (!number)
        return base::unexpected(number.error());
    if (*number < 0)
        return wrong(value, say(QT_TRANSLATE_NOOP("Provider", "is negative")));
    if (std::trunc(*number) != *number || *number > longestLife)
        return wrong(value,
                     say(QT_TRANSLATE_NOOP("Provider", "is not a whole number of seconds up to a hundred years")));
    return std::chrono::seconds(static_cast<std::int64_t>(*number));
}

// One of a few words; the position says which.
Result<int> readWord(const JsonValue &value, const QStringList &words)
{
    const Result<QString> word = value.string();
    if (!word)
        return base::unexpected(word.error());
    const auto index = static_cast<int>(words.indexOf(*word));
    if (index < 0)
        return wrong(value, say(QT_TRANSLATE_NOOP("Provider", "is '%1', which is none of: %2"))
                                .arg(*word, words.join(QStringLiteral(", "))));
    return index;
}

template <class T>
Result<T> readOne(const JsonValue &value, const QStringList &words)
{
    const Result<int> index = readWord(value, words);
    if (!index)
        return base::unexpected(index.error());
    return static_cast<T>(*index);
}

Result<BodyEncoding> readEncoding(const JsonValue &value)
{
    static_assert(static_cast<int>(BodyEncoding::Form) == 0 && static_cast<int>(BodyEncoding::Json) == 1);
    return readOne<BodyEncoding>(value, {QStringLiteral("form"), QStringLiteral("json")});
}

Result<Verdict> readVerdict(const JsonValue &value)
{
    static_assert(static_cast<int>(Verdict::GrantRejected) == 0 && static_cast<int>(Verdict::Configuration) == 1
                  && static_cast<int>(Verdict::Transient) == 2);
    return readOne<Verdict>(
        value, {QStringLiteral("grantRejected"), QStringLiteral("configuration"), QStringLiteral("transient")});
}

bool isLoopback(const QUrl &url)
{
    const QString host = url.host();
    return host == u"127.0.0.1" || host == u"::1" || host == u"localhost";
}

enum class PlainHttp { Never, OnLoopback };

// RFC 6749 sections 3.1 and 3.2: TLS, and no fragment. RFC 8252 section 7.3: plain http on loopback for redirects.
Result<QUrl> readUrl(const JsonValue &value, PlainHttp plainHttp)
{
    const Result<QString> text = readText(value);
    if (!text)
        return base::unexpected(text.error());
    const QUrl url(*text, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty())
        return wrong(value, say(QT_TRANSLATE_NOOP("Provider", "is not the address of a host")));
    const bool isPlain = url.scheme() == u"http" && isLoopback(url) && plainHttp == PlainHttp::OnLoopback;
    if (url.scheme() != u"https" && !isPlain)
        return wrong(value, say(QT_TRANSLATE_NOOP("Provider", "is not https")));
    if (!url.userInfo().isEmpty())
        return wrong(value, say(QT_TRANSLATE_NOOP("Provider", "holds a user name")));
    if (url.hasFragment())
        return wrong(value, say(QT_TRANSLATE_NOOP("Provider", "has a fragment")));
    return url;
}

Result<QUrl> readEndpoint(const JsonValue &value)
{
    return readUrl(value, PlainHttp::Never);
}

Result<QUrl> readEndpointOrLoopback(const JsonValue &value)
{
    return readUrl(value, PlainHttp::OnLoopback);
}

Result<QStringList> readRedirectUris(const JsonValue &value)
{
    const Result<QStringList> texts = readTexts(value);
    if (!texts)
        return texts;
    for (const JsonValue &element : value.elements()) {
        if (const Result<QUrl> url = readUrl(element, PlainHttp::OnLoopback); !url)
            return base::unexpected(url.error());
    }
    return texts;
}

Result<bool> readForEveryone(const JsonValue &value)
{
    const Result<int> index = readWord(value, {QStringLiteral("everyone"), QStringLiteral("some")});
    if (!index)
        return base::unexpected(index.error());
    return *index == 0;
}

Result<QDate> readDay(const JsonValue &value)
{
    const Result<QString> text = value.string();
    if (!text)
        return base::unexpected(text.error());
    const QDate day = QDate::fromString(*text, QStringLiteral("yyyy-MM-dd"));
    if (!day.isValid())
        return wrong(value, say(QT_TRANSLATE_NOOP("Provider", "is not a day such as 2026-04-15")));
    return day;
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

Result<QString> readId(const JsonValue &value)
{
    static const QRegularExpression form(QStringLiteral("\\A[a-z0-9]+(-[a-z0-9]+)*\\z"));
    const Result<QString> id = value.string();
    if (id && !form.match(*id).hasMatch())
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
    provider.authorizationEndpoint = members.fact("authorizationEndpoint", endpoint);
    provider.tokenEndpoint = members.fact("tokenEndpoint", endpoint);
    provider.deviceAuthorizationEndpoint = members.fact("deviceAuthorizationEndpoint", endpoint);
    provider.revocationEndpoint = members.fact("revocationEndpoint", endpoint);
    provider.revokeByHand = members.fact("revokeByHand", endpoint);
    provider.clientId = members.fact("clientId", readText);
    provider.scopes = members.fact("scopes", readTexts);
    provider.redirectUris = members.fact("redirectUris", readRedirectUris);
    provider.exchangeEncoding = members.fact("exchangeEncoding", readEncoding);
    provider.refreshEncoding = members.fact("refreshEncoding", readEncoding);
    provider.revocationEncoding = members.fact("revocationEncoding", readEncoding);
    provider.accessTokenLifetime = members.fact("accessTokenLifetime", readSeconds);
    provider.signInLifetime = members.fact("signInLifetime", readSeconds);
    provider.ownerWindow = members.fact("ownerWindow", readSeconds);
    provider.refreshTokenRotates = members.fact("refreshTokenRotates", readBool);
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
