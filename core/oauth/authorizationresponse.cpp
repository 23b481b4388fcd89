// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "oauth/authorizationresponse.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

#include <QCoreApplication>

#include "oauth/errorresponse.h"

namespace keytender::oauth {

namespace {

constexpr std::size_t longestPaste = 16384;
constexpr qsizetype longestCode = 64;

enum Field : std::size_t { Code, State, ErrorCode, Description, Issuer };
constexpr std::array<std::string_view, 5> fieldNames{"code", "state", "error", "error_description", "iss"};

struct Fields {
    std::array<std::vector<base::Secret>, fieldNames.size()> values;
    bool isMalformed = false; // a percent sign that stands for nothing
};

std::optional<unsigned> hexDigit(char character)
{
    if (character >= '0' && character <= '9')
        return character - '0';
    if (character >= 'a' && character <= 'f')
        return character - 'a' + 10;
    if (character >= 'A' && character <= 'F')
        return character - 'A' + 10;
    return std::nullopt;
}

// application/x-www-form-urlencoded: '+' is a space.
std::optional<base::Secret> decoded(std::string_view text)
{
    base::Secret bytes(text.size());
    std::size_t size = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char character = text[i] == '+' ? ' ' : text[i];
        if (character == '%') {
            const std::optional<unsigned> high = i + 2 < text.size() ? hexDigit(text[i + 1]) : std::nullopt;
            const std::optional<unsigned> low = i + 2 < text.size() ? hexDigit(text[i + 2]) : std::nullopt;
            if (!high || !low)
                return std::nullopt;
            character = static_cast<char>(*high << 4u | *low);
            i += 2;
        }
        bytes.writable()[size++] = character;
    }
    bytes.truncate(size);
    return bytes;
}

Fields fieldsOf(std::string_view query)
{
    Fields fields;
    while (!query.empty()) {
        const std::size_t end = std::min(query.find('&'), query.size());
        const std::string_view member = query.substr(0, end);
        query.remove_prefix(std::min(end + 1, query.size()));
        const std::size_t equals = std::min(member.find('='), member.size());
        const std::optional<base::Secret> name = decoded(member.substr(0, equals));
        std::optional<base::Secret> value = decoded(member.substr(std::min(equals + 1, member.size())));
        fields.isMalformed = fields.isMalformed || !name || !value;
        if (!name || !value)
            continue;
        if (const auto found = std::ranges::find(fieldNames, name->expose()); found != fieldNames.end())
            fields.values[static_cast<std::size_t>(found - fieldNames.begin())].push_back(*std::move(value));
    }
    return fields;
}

// Looks at all of them however early one matches.
bool holdsState(const Fields &fields, const ExpectedResponse &expected)
{
    bool isHeld = false;
    for (const base::Secret &each : fields.values[State])
        isHeld = (each == expected.state) || isHeld;
    return isHeld && !expected.state.isEmpty();
}

RefusedResponse refused(const char *reason)
{
    return {.reason = QCoreApplication::translate("SignIn", reason)};
}

bool isVisibleAscii(std::string_view text)
{
    return std::ranges::all_of(text, [](char character) { return character >= ' ' && character <= '~'; });
}

QString textOf(const base::Secret &bytes)
{
    return QString::fromUtf8(bytes.expose().data(), static_cast<qsizetype>(bytes.size()));
}

QString errorCodeOf(std::string_view bytes)
{
    QString text;
    for (const char character : bytes) {
        if (character > ' ' && character <= '~' && text.size() < longestCode)
            text += QLatin1Char(character);
    }
    return isErrorCode(text) ? text : QString();
}

std::optional<RefusedResponse> issuerFault(const Fields &fields, const ExpectedResponse &expected)
{
    const std::vector<base::Secret> &issuers = fields.values[Issuer];
    if (issuers.empty() && expected.requiresIssuer)
        return refused(QT_TRANSLATE_NOOP("SignIn", "the answer does not say which server it comes from"));
    if (issuers.empty() || (expected.issuer.isEmpty() && !expected.requiresIssuer))
        return std::nullopt;
    const QByteArray issuer = expected.issuer.toUtf8();
    if (issuers.front().expose() != std::string_view(issuer.constData(), static_cast<std::size_t>(issuer.size())))
        return refused(QT_TRANSLATE_NOOP("SignIn", "the answer comes from another server than the one asked"));
    return std::nullopt;
}

AuthorizationResponse judged(Fields fields, const ExpectedResponse &expected, AuthorizationCode::State state)
{
    if (fields.isMalformed)
        return refused(QT_TRANSLATE_NOOP("SignIn", "the answer is not encoded as an address is"));
    const auto isDouble = [&](Field field) { return fields.values[field].size() > 1; };
    if (isDouble(State) || isDouble(Code) || isDouble(ErrorCode) || isDouble(Issuer))
        return refused(QT_TRANSLATE_NOOP("SignIn", "the answer says something twice"));
    if (std::optional<RefusedResponse> fault = issuerFault(fields, expected))
        return *std::move(fault);
    std::vector<base::Secret> &codes = fields.values[Code];
    std::vector<base::Secret> &errors = fields.values[ErrorCode];
    if (!errors.empty() && !codes.empty())
        return refused(QT_TRANSLATE_NOOP("SignIn", "the answer holds both a code and an error"));
    if (!errors.empty()) {
        const std::vector<base::Secret> &descriptions = fields.values[Description];
        ProviderError error{.code = errorCodeOf(errors.front().expose()), .description = {}};
        if (!descriptions.empty())
            error.description = plainText(textOf(descriptions.front()));
        if (error.code.isEmpty())
            return refused(QT_TRANSLATE_NOOP("SignIn", "the answer holds an error without a name"));
        return error;
    }
    if (codes.empty() || codes.front().isEmpty())
        return refused(QT_TRANSLATE_NOOP("SignIn", "the answer holds no code"));
    if (!isVisibleAscii(codes.front().expose()))
        return refused(QT_TRANSLATE_NOOP("SignIn", "the code has characters that no code has"));
    return AuthorizationCode{.code = std::move(codes.front()), .state = state};
}

AuthorizationResponse judgedByState(Fields fields, const ExpectedResponse &expected)
{
    if (!holdsState(fields, expected))
        return NotOurs{};
    return judged(std::move(fields), expected, AuthorizationCode::State::Matched);
}

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t first = std::min(text.find_first_not_of(blanks), text.size());
    text.remove_prefix(first);
    return text.substr(0, text.find_last_not_of(blanks) + 1);
}

bool isAddressOf(std::string_view address, const QUrl &redirectUri)
{
    const QByteArray whole = redirectUri.toEncoded(QUrl::RemoveQuery | QUrl::RemoveFragment);
    const std::string_view expected(whole.constData(), static_cast<std::size_t>(whole.size()));
    return address == expected || address == expected.substr(std::min(expected.find("://") + 3, expected.size()));
}

bool looksLikeQuery(std::string_view text)
{
    return std::ranges::any_of(fieldNames, [&](std::string_view name) {
        return text.starts_with(name) && text.substr(name.size()).starts_with('=');
    });
}

} // namespace

AuthorizationResponse readAuthorizationResponse(std::string_view query, const ExpectedResponse &expected)
{
    return judgedByState(fieldsOf(query), expected);
}

AuthorizationResponse readPastedResponse(const base::Secret &text, const ExpectedResponse &expected,
                                         const QUrl &redirectUri)
{
    const std::string_view pasted = trimmed(text.expose());
    if (pasted.empty())
        return refused(QT_TRANSLATE_NOOP("SignIn", "nothing was pasted"));
    if (pasted.size() > longestPaste || !isVisibleAscii(pasted) || pasted.find(' ') != std::string_view::npos)
        return refused(QT_TRANSLATE_NOOP("SignIn", "this is neither an address nor a code"));

    const std::size_t question = pasted.find('?');
    const std::size_t hash = pasted.find('#');
    if (question != std::string_view::npos || looksLikeQuery(pasted)) {
        const std::size_t begin = question == std::string_view::npos ? 0 : question + 1;
        const std::size_t end = std::min(pasted.find('#', begin), pasted.size());
        AuthorizationResponse response = readAuthorizationResponse(pasted.substr(begin, end - begin), expected);
        if (begin > 1 && !std::holds_alternative<NotOurs>(response)
            && !isAddressOf(pasted.substr(0, question), redirectUri))
            return refused(QT_TRANSLATE_NOOP("SignIn", "this is another address than the one this sign-in returns to"));
        return response;
    }
    if (pasted.find("://") != std::string_view::npos)
        return refused(QT_TRANSLATE_NOOP("SignIn", "the answer holds no code"));
    Fields fields;
    fields.values[Code].push_back(base::Secret::copyOf(pasted.substr(0, hash)));
    if (hash == std::string_view::npos)
        return judged(std::move(fields), expected, AuthorizationCode::State::Absent);
    fields.values[State].push_back(base::Secret::copyOf(pasted.substr(hash + 1)));
    return judgedByState(std::move(fields), expected);
}

} // namespace keytender::oauth
