// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <vector>

#include <QByteArray>

#include "base/secret.h"
#include "provider/provider.h"

namespace keytender::oauth {

// One member of a request's body. What is secret and what is not travel alike, so that nobody has to remember which
// member is which.
struct Parameter {
    QByteArray name; // "refresh_token"
    base::Secret value;
};

// A parameter whose value is no secret: a client id, a grant type.
[[nodiscard]] Parameter parameter(const char *name, std::string_view value);

// application/x-www-form-urlencoded (RFC 6749 appendix B, space as '+'), or one flat JSON object of strings, or of
// lists with one string each, in the order given. Assembled in guarded memory.
[[nodiscard]] base::Secret bodyOf(const std::vector<Parameter> &parameters, provider::BodyEncoding encoding);

[[nodiscard]] QByteArray contentTypeOf(provider::BodyEncoding encoding);

} // namespace keytender::oauth
