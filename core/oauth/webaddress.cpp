// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "oauth/webaddress.h"

#include <algorithm>
#include <optional>

#include <QCoreApplication>

namespace keytender::oauth {

namespace {

constexpr std::size_t longestAddress = 16384;

bool isAlphanumeric(char character)
{
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z')
           || (character >= '0' && character <= '9');
}

// Less than RFC 3986 allows: what a shell takes for its own ($ ( ) ! ' ;) can be percent-encoded by whoever needs it.
bool isPlain(char character)
{
    return isAlphanumeric(character) || std::string_view("-._~:/?@&=+,*%").find(character) != std::string_view::npos;
}

std::optional<int> hexDigit(char character)
{
    if (character >= '0' && character <= '9')
        return character - '0';
    if (character >= 'a' && character <= 'f')
        return character - 'a' + 10;
    if (character >= 'A' && character <= 'F')
        return character - 'A' + 10;
    return std::nullopt;
}

// Every % stands before two digits and for no control character.
bool isHarmlesslyEncoded(std::string_view text)
{
    for (std::size_t i = text.find('%'); i != std::string_view::npos; i = text.find('%', i + 3)) {
        if (i + 2 >= text.size())
            return false;
        const std::optional<int> high = hexDigit(text[i + 1]);
        const std::optional<int> low = hexDigit(text[i + 2]);
        if (!high || !low || *high < 2 || (*high == 7 && *low == 15))
            return false;
    }
    return true;
}

bool isPort(std::string_view text)
{
    int number = 0;
    for (const char digit : text) {
        if (digit < '0' || digit > '9' || number > 65535)
            return false;
        number = number * 10 + (digit - '0');
    }
    return number >= 1 && number <= 65535;
}

// The host of `authority`; nothing where there is anything beside a host and a port, such as a user name.
std::optional<QString> hostOf(std::string_view authority)
{
    const std::size_t bracket = authority.starts_with('[') ? authority.find(']') : 0;
    if (bracket == std::string_view::npos)
        return std::nullopt;
    const std::size_t colon = authority.find(':', bracket);
    if (colon != std::string_view::npos && !isPort(authority.substr(colon + 1)))
        return std::nullopt;
    std::string_view host = authority.substr(0, colon);
    if (bracket != 0 && bracket + 1 != host.size())
        return std::nullopt;
    if (bracket != 0)
        host = host.substr(1, bracket - 1);
    const auto isOfHosts = [&](char character) {
        return bracket != 0 ? hexDigit(character) || character == ':'
                            : isAlphanumeric(character) || character == '.' || character == '-';
    };
    if (host.empty() || !std::ranges::all_of(host, isOfHosts))
        return std::nullopt;
    return QString::fromLatin1(host.data(), static_cast<qsizetype>(host.size()));
}

bool isLoopback(const QString &host)
{
    return host == u"127.0.0.1" || host == u"::1" || host == u"localhost";
}

base::Unexpected<base::Error> refused(const char *why, const QString &host = {})
{
    const QString subject =
        host.isEmpty() ? QCoreApplication::translate("SignIn", QT_TRANSLATE_NOOP("SignIn", "the address to open"))
                       : host;
    return base::unexpected({.kind = base::ErrorKind::Misconfigured,
                             .subject = subject,
                             .place = {},
                             .detail = QCoreApplication::translate("SignIn", why)});
}

} // namespace

base::Result<void> checkWebAddress(std::string_view address, const WebAddressRule &rule)
{
    if (address.size() > longestAddress)
        return refused(QT_TRANSLATE_NOOP("SignIn", "is too long to be opened"));
    const bool isHttps = address.starts_with("https://");
    if (!isHttps && !address.starts_with("http://"))
        return refused(QT_TRANSLATE_NOOP("SignIn", "is not https"));
    const std::string_view rest = address.substr(isHttps ? 8 : 7);
    const std::size_t end = std::min(rest.find_first_of("/?"), rest.size());
    const std::optional<QString> host = hostOf(rest.substr(0, end));
    if (!host)
        return refused(QT_TRANSLATE_NOOP("SignIn", "is not the plain address of a host"));
    if (!std::ranges::all_of(rest.substr(end), isPlain) || !isHarmlesslyEncoded(rest))
        return refused(QT_TRANSLATE_NOOP("SignIn", "has characters in its address that do not belong there"), *host);
    if (!rule.hosts.contains(*host))
        return refused(QT_TRANSLATE_NOOP("SignIn", "is not a host of this provider"), *host);
    const bool mayBePlain = rule.scheme == provider::EndpointRule::HttpsOrLoopback && isLoopback(*host);
    if (!isHttps && !mayBePlain)
        return refused(QT_TRANSLATE_NOOP("SignIn", "is not https"), *host);
    return {};
}

} // namespace keytender::oauth
