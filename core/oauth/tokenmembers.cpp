// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "oauth/tokenmembers.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include <QCoreApplication>

#include "oauth/errorresponse.h"

namespace keytender::oauth {

using base::JsonType;
using base::JsonValue;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::seconds longestAccess = 366 * 24h;
constexpr std::chrono::seconds longestSignIn = 20 * 366 * 24h;
constexpr double endless = std::numeric_limits<double>::infinity();

QString say(const char *text)
{
    return QCoreApplication::translate("OAuth", text);
}

bool isVisibleAscii(std::string_view text)
{
    return std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7f; });
}

// A number as text; beyond what a double holds it is endless or nothing.
std::optional<double> numberIn(std::string_view digits)
{
    const bool isNegative = digits.starts_with('-');
    const char first = digits.size() > (isNegative ? 1u : 0u) ? digits[isNegative ? 1 : 0] : 'x';
    if (first < '0' || first > '9')
        return std::nullopt; // from_chars takes "inf" and "nan" too
    double value = 0;
    const char *end = digits.data() + digits.size();
    const auto [rest, fault] = std::from_chars(digits.data(), end, value);
    if (fault == std::errc::result_out_of_range)
        return isNegative || digits.find("e-") != std::string_view::npos || digits.find("E-") != std::string_view::npos
                   ? 0
                   : endless;
    return fault == std::errc{} && rest == end ? std::optional(value) : std::nullopt;
}

// Where a number that came in milliseconds stands against the usual lifetime in seconds (F-65).
bool isInMilliseconds(double value, std::chrono::seconds usual)
{
    const auto seconds = static_cast<double>(usual.count());
    return seconds > 0 && value >= 500 * seconds && value <= 1000 * seconds;
}

} // namespace

TokenMembers::TokenMembers(JsonValue answer, const provider::Provider &provider)
    : m_answer(std::move(answer)), m_provider(provider)
{
}

void TokenMembers::note(const char *what, const QString &member)
{
    m_oddities.append(say(what).arg(member));
}

base::Secret TokenMembers::accessToken() const
{
    base::Result<base::Secret> token = m_answer.member("access_token").secret();
    return token && isVisibleAscii(token->expose()) ? *std::move(token) : base::Secret();
}

bool TokenMembers::isBearer(QString &fault)
{
    const JsonValue type = m_answer.member("token_type");
    if (type.isMissing()) {
        if (m_provider.tokenTypeIsOptional && m_provider.tokenTypeIsOptional->value)
            return true;
        fault = say(QT_TRANSLATE_NOOP("OAuth", "the answer does not say what kind of token it holds"));
        return false;
    }
    const base::Result<QString> name = type.string();
    if (name && name->compare(QLatin1String("bearer"), Qt::CaseInsensitive) == 0)
        return true;
    fault = say(QT_TRANSLATE_NOOP("OAuth", "the token is of the kind '%1', which Keytender cannot use"))
                .arg(name ? plainText(name->left(32)) : QStringLiteral("?"));
    return false;
}

base::Secret TokenMembers::refreshToken()
{
    const JsonValue value = m_answer.member("refresh_token");
    if (value.isMissing())
        return {};
    base::Result<base::Secret> token = value.secret();
    if (!token || token->isEmpty()) {
        note(QT_TRANSLATE_NOOP("OAuth", "%1 is not a token: the one before it is kept"),
             QStringLiteral("refresh_token"));
        return {};
    }
    if (!isVisibleAscii(token->expose()))
        note(QT_TRANSLATE_NOOP("OAuth", "%1 holds characters that no token has"), QStringLiteral("refresh_token"));
    return *std::move(token);
}

base::Secret TokenMembers::idToken() const
{
    base::Result<base::Secret> token = m_answer.member("id_token").secret();
    return token && isVisibleAscii(token->expose()) ? *std::move(token) : base::Secret();
}

std::optional<std::chrono::seconds> TokenMembers::lifetime(const char *name, std::chrono::seconds longest)
{
    const JsonValue value = m_answer.member(name);
    if (value.isMissing())
        return std::nullopt;
    const QString member = QString::fromLatin1(name);
    std::optional<double> number;
    if (value.type() == JsonType::Number) {
        const base::Result<double> exact = value.number();
        number = exact ? *exact : endless;
    } else if (const base::Result<QString> text = value.string()) {
        number = numberIn(text->toStdString());
        note(QT_TRANSLATE_NOOP("OAuth", "%1 is a string, not a number"), member);
    }
    if (!number) {
        note(QT_TRANSLATE_NOOP("OAuth", "%1 is not a number: the usual lifetime is taken"), member);
        return std::nullopt;
    }
    if (*number < 0)
        note(QT_TRANSLATE_NOOP("OAuth", "%1 is negative"), member);
    if (*number > static_cast<double>(longest.count()))
        note(QT_TRANSLATE_NOOP("OAuth", "%1 is too large"), member);
    return std::chrono::seconds(
        static_cast<std::int64_t>(std::clamp(*number, 0.0, static_cast<double>(longest.count()))));
}

std::optional<std::chrono::seconds> TokenMembers::expiresIn()
{
    const std::optional<std::chrono::seconds> life = lifetime("expires_in", longestAccess);
    if (!life || !m_provider.accessTokenLifetime)
        return life;
    const std::chrono::seconds usual = m_provider.accessTokenLifetime->value;
    if (!isInMilliseconds(static_cast<double>(life->count()), usual))
        return life;
    note(QT_TRANSLATE_NOOP("OAuth", "%1 is taken for milliseconds"), QStringLiteral("expires_in"));
    return usual;
}

std::optional<std::chrono::seconds> TokenMembers::refreshTokenExpiresIn()
{
    for (const char *name : {"refresh_token_expires_in", "refresh_expires_in"}) {
        // Some say 0 where there is no end; a sign-in that ends now is none.
        if (const auto life = lifetime(name, longestSignIn); life && *life > 0s)
            return life;
    }
    return std::nullopt;
}

std::optional<QStringList> TokenMembers::scopes()
{
    const JsonValue value = m_answer.member("scope");
    if (value.isMissing())
        return std::nullopt;
    QStringList names;
    if (const base::Result<QString> text = value.string()) {
        names = text->split(text->contains(u' ') ? u' ' : u',', Qt::SkipEmptyParts);
    } else if (value.type() == JsonType::Array) {
        note(QT_TRANSLATE_NOOP("OAuth", "%1 is a list"), QStringLiteral("scope"));
        for (const JsonValue &element : value.elements())
            names.append(element.string() ? *element.string() : QString());
    } else {
        note(QT_TRANSLATE_NOOP("OAuth", "%1 cannot be read: taken as asked for"), QStringLiteral("scope"));
        return std::nullopt;
    }
    names.removeIf([](const QString &name) { return name.isEmpty() || !isVisibleAscii(name.toStdString()); });
    names.removeDuplicates();
    return names;
}

bool TokenMembers::hasDoubledToken() const
{
    return std::ranges::any_of(
        std::initializer_list<std::string_view>{"access_token", "refresh_token", "token_type"},
        [this](std::string_view name) { return m_answer.member(name).type() == JsonType::Doubled; });
}

} // namespace keytender::oauth
