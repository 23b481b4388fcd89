// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <initializer_list>
#include <optional>
#include <string_view>

#include <QString>

#include "base/jsonspans.h"
#include "base/secret.h"
#include "base/timestamp.h"

namespace keytender::base {

// The claims of a JSON Web Token (RFC 7519), unverified: for labels and for the hint when a token runs out, never for a
// decision. Whatever is odd about a token or a claim is "no information" (N-62, N-63); opaque tokens are normal.
class JwtClaims final {
public:
    static constexpr std::size_t sizeLimit = 64u << 10; // of the whole token

    // Nothing unless the token has three non-empty segments and the second one is a JSON object in base64url.
    [[nodiscard]] static std::optional<JwtClaims> decode(const Secret &token);

    // The string at a path of claims; empty where there is none.
    [[nodiscard]] QString text(std::initializer_list<std::string_view> path) const;
    [[nodiscard]] JsonValue root() const { return m_document.root(); }
    // A NumericDate, such as "exp".
    [[nodiscard]] std::optional<Timestamp> time(std::string_view claim) const;

private:
    explicit JwtClaims(JsonSpans document) : m_document(std::move(document)) {}

    JsonSpans m_document;
};

} // namespace keytender::base
