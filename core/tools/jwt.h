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

namespace keytender::tools {

// The claims of a JSON Web Token (RFC 7519), unverified: for labels and for the hint when a token runs out, never for a
// decision. Whatever is odd about a token or a claim is "no information" (N-62, N-63); opaque tokens are normal.
class JwtClaims final {
public:
    static constexpr std::size_t sizeLimit = 64u << 10; // of the whole token

    // Nothing unless the token has three non-empty segments and the second one is a JSON object in base64url.
    [[nodiscard]] static std::optional<JwtClaims> decode(const base::Secret &token);

    // The string at a path of claims; empty where there is none.
    [[nodiscard]] QString text(std::initializer_list<std::string_view> path) const;
    // A NumericDate, such as "exp".
    [[nodiscard]] std::optional<base::Timestamp> time(std::string_view claim) const;

private:
    explicit JwtClaims(base::JsonSpans document) : m_document(std::move(document)) {}

    base::JsonSpans m_document;
};

} // namespace keytender::tools
