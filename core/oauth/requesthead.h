// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string_view>
#include <variant>

#include <QByteArray>

namespace keytender::oauth {

// Where the redirect goes, as a request must name it.
struct ServedAddress {
    QByteArray authority; // "127.0.0.1:1455": the one Host that is answered (L-09)
    QByteArray path;      // "/auth/callback", compared byte for byte (L-07)
};

inline constexpr std::size_t requestHeadLimit = 16384; // L-16

struct HeadIncomplete {
    bool operator==(const HeadIncomplete &) const = default;
};
struct HeadRefused {
    int status = 400;
    bool operator==(const HeadRefused &) const = default;
};
struct RedirectRequest {
    std::string_view query; // into the bytes given; what stands behind the question mark
    bool operator==(const RedirectRequest &) const = default;
};

using RequestHead = std::variant<HeadIncomplete, HeadRefused, RedirectRequest>;

// Reads as much of a request as has arrived (RFC 9112), unforgivingly: GET in origin form over HTTP/1.1, CRLF and
// nothing else between lines, one Host, no body. What was refused once stays refused however many bytes follow, so that
// the verdict does not depend on how the network cuts the request (L-17). What follows the head is not looked at.
[[nodiscard]] RequestHead readRequestHead(std::string_view bytes, const ServedAddress &address);

} // namespace keytender::oauth
