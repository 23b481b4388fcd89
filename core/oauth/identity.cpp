// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "oauth/identity.h"

#include <algorithm>
#include <cmath>

#include "base/jwt.h"

namespace keytender::oauth {

using base::JsonValue;
using provider::IdentitySource;

namespace {

constexpr qsizetype longestName = 320; // of an e-mail address, RFC 3696
constexpr double largestId = 9007199254740992.0;
constexpr base::JsonLimits limits{.bytes = 1u << 20, .depth = 64, .values = 100'000};

// RFC 6901 section 4, for objects; a list has no member of that name.
JsonValue valueAt(JsonValue value, const QString &pointer)
{
    const QList<QStringView> steps = QStringView(pointer).mid(1).split(u'/');
    for (const QStringView step : steps) {
        const QString name = step.toString().replace(QLatin1String("~1"), QLatin1String("/"));
        value = value.member(QString(name).replace(QLatin1String("~0"), QLatin1String("~")).toStdString());
    }
    return value;
}

bool isName(const QString &text)
{
    return text.size() <= longestName && std::ranges::all_of(text, [](QChar c) {
               return c.isPrint() && c.category() != QChar::Other_Format && c.category() != QChar::Separator_Line
                      && c.category() != QChar::Separator_Paragraph;
           });
}

QString textAt(const JsonValue &value)
{
    if (const base::Result<QString> text = value.string())
        return isName(*text) ? text->trimmed() : QString();
    const base::Result<double> number = value.number();
    if (!number || std::trunc(*number) != *number || std::abs(*number) >= largestId)
        return {};
    return QString::number(static_cast<qlonglong>(*number));
}

QString firstOf(const JsonValue &source, const QStringList &pointers)
{
    for (const QString &pointer : pointers) {
        if (const QString text = textAt(valueAt(source, pointer)); !text.isEmpty())
            return text;
    }
    return {};
}

profile::Account accountInToken(const base::Secret &token, const provider::Identity &identity)
{
    const std::optional<base::JwtClaims> claims = base::JwtClaims::decode(token);
    return claims ? accountIn(claims->root(), identity) : profile::Account();
}

bool usesProfile(const provider::Provider &provider)
{
    return provider.profileEndpoint && provider.identity
           && std::ranges::find(provider.identity->value.sources, IdentitySource::Profile)
                  != provider.identity->value.sources.end();
}

} // namespace

profile::Account accountIn(const JsonValue &source, const provider::Identity &identity)
{
    return {.id = firstOf(source, identity.id),
            .email = firstOf(source, identity.email),
            .organizationId = firstOf(source, identity.organizationId),
            .organizationName = firstOf(source, identity.organizationName),
            .plan = firstOf(source, identity.plan)};
}

profile::Account accountOf(const JsonValue &answer, const TokenResponse &tokens, const provider::Provider &provider)
{
    profile::Account account;
    if (!provider.identity)
        return account;
    const provider::Identity &identity = provider.identity->value;
    for (const IdentitySource source : identity.sources) {
        if (source == IdentitySource::TokenAnswer)
            account = completed(std::move(account), accountIn(answer, identity));
        else if (source == IdentitySource::IdToken)
            account = completed(std::move(account), accountInToken(tokens.idToken, identity));
        else if (source == IdentitySource::AccessToken)
            account = completed(std::move(account), accountInToken(tokens.accessToken, identity));
    }
    return account;
}

profile::Account completed(profile::Account account, const profile::Account &further)
{
    if (account.differsFrom(further))
        return account;
    const auto fill = [](QString &empty, const QString &text) {
        if (empty.isEmpty())
            empty = text;
    };
    fill(account.id, further.id);
    fill(account.email, further.email);
    fill(account.organizationId, further.organizationId);
    fill(account.organizationName, further.organizationName);
    fill(account.plan, further.plan);
    return account;
}

bool wantsProfile(const profile::Account &account, const provider::Provider &provider)
{
    if (!usesProfile(provider))
        return false;
    const provider::Identity &identity = provider.identity->value;
    const auto lacks = [](const QString &text, const QStringList &pointers) {
        return text.isEmpty() && !pointers.isEmpty();
    };
    return lacks(account.id, identity.id) || lacks(account.email, identity.email)
           || lacks(account.organizationId, identity.organizationId)
           || lacks(account.organizationName, identity.organizationName) || lacks(account.plan, identity.plan);
}

Get profileRequest(const base::Secret &accessToken, const provider::Provider &provider)
{
    Get request{.endpoint = provider.profileEndpoint->value, .headers = {}, .bearer = accessToken.clone()};
    if (provider.userAgent)
        request.headers.emplace_back("User-Agent", provider.userAgent->value.toLatin1());
    return request;
}

profile::Account readProfile(const Delivery &answer, const provider::Provider &provider)
{
    if (answer.fate != Fate::Answered || answer.status != 200 || !provider.identity)
        return {};
    const auto document = base::JsonSpans::parse(answer.body.clone(), QStringLiteral("profile"), limits);
    return document ? accountIn(document->root(), provider.identity->value) : profile::Account();
}

} // namespace keytender::oauth
