// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "base/jwt.h"

#include <sodium.h>

namespace keytender::base {

namespace {

// The payload of a token of exactly three non-empty segments.
std::optional<std::string_view> payloadOf(std::string_view token)
{
    const std::size_t first = token.find('.');
    if (first == 0 || first == std::string_view::npos)
        return std::nullopt;
    const std::size_t second = token.find('.', first + 1);
    if (second == std::string_view::npos || second == first + 1 || second + 1 == token.size())
        return std::nullopt;
    if (token.find('.', second + 1) != std::string_view::npos)
        return std::nullopt;
    return token.substr(first + 1, second - first - 1);
}

std::optional<Secret> fromBase64Url(std::string_view text)
{
    Secret bytes(text.size() / 4 * 3 + 3);
    std::size_t size = 0;
    const char *end = nullptr;
    const auto target = bytes.writable();
    if (sodium_base642bin(reinterpret_cast<unsigned char *>(target.data()), target.size(), text.data(), text.size(),
                          nullptr, &size, &end, sodium_base64_VARIANT_URLSAFE_NO_PADDING)
            != 0
        || end != text.data() + text.size())
        return std::nullopt;
    bytes.truncate(size);
    return bytes;
}

} // namespace

std::optional<JwtClaims> JwtClaims::decode(const Secret &token)
{
    if (token.size() > sizeLimit)
        return std::nullopt;
    const auto payload = payloadOf(token.expose());
    if (!payload)
        return std::nullopt;
    auto bytes = fromBase64Url(*payload);
    if (!bytes)
        return std::nullopt;
    auto document = JsonSpans::parse(std::move(*bytes), QStringLiteral("JSON Web Token"),
                                     {.bytes = sizeLimit, .depth = 16, .values = 4096});
    if (!document || !document->root().isObject())
        return std::nullopt;
    return JwtClaims(std::move(*document));
}

QString JwtClaims::text(std::initializer_list<std::string_view> path) const
{
    JsonValue value = m_document.root();
    for (const std::string_view name : path)
        value = value.member(name);
    const auto found = value.optionalString();
    return found ? found->value_or(QString()) : QString();
}

std::optional<Timestamp> JwtClaims::time(std::string_view claim) const
{
    const auto number = m_document.root().member(claim).optionalNumber();
    if (!number || !number->has_value())
        return std::nullopt;
    return fromEpochSeconds(**number);
}

} // namespace keytender::base
