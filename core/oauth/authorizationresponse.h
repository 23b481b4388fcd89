// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string_view>
#include <variant>

#include <QString>
#include <QUrl>

#include "base/secret.h"

namespace keytender::oauth {

struct ExpectedResponse {
    base::Secret state;
    QString issuer;              // empty where nobody knows it: then an `iss` says nothing
    bool requiresIssuer = false; // a response without `iss` is refused (RFC 9207 section 2.4)
};

struct AuthorizationCode {
    enum class State {
        Matched,
        Absent, // pasted bare: nothing but the code verifier binds it to this sign-in
    };
    base::Secret code; // visible ASCII and spaces (RFC 6749 appendix A.11)
    State state = State::Matched;
};

// The server's own word, under the right state: it ends the attempt (L-11).
struct ProviderError {
    QString code;        // "access_denied"; visible ASCII, at most 64 characters
    QString description; // for people, see plainText(); often empty
};

// Its state is wrong or missing, so it may come from anybody. Nothing changes (L-10).
struct NotOurs {};

// The state is right and the rest cannot be used (L-12, N-08). It ends the attempt.
struct RefusedResponse {
    QString reason; // for people: "the answer holds two codes"
};

using AuthorizationResponse = std::variant<NotOurs, AuthorizationCode, ProviderError, RefusedResponse>;

// The query of a redirect, without its question mark. `state` is looked at first and in constant time, then doubles,
// then `iss`, on errors too, then `error`, then `code`.
[[nodiscard]] AuthorizationResponse readAuthorizationResponse(std::string_view query, const ExpectedResponse &expected);

// What a person pastes (L-26): the whole address, `code=...&state=...`, `code#state`, or the bare code; the same
// checks. An address must be `redirectUri`, with or without its scheme.
[[nodiscard]] AuthorizationResponse readPastedResponse(const base::Secret &text, const ExpectedResponse &expected,
                                                       const QUrl &redirectUri);

} // namespace keytender::oauth
