// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>

#include <QString>

#include "base/jsonspans.h"

namespace keytender::oauth {

// RFC 6749 section 5.2, and what the providers make of it: {"error": {"code": ...}}, {"code": ...}.
struct ErrorResponse {
    QString code; // see isErrorCode(); empty where there is none that can be read
    QString text; // for people, see plainText()
};

// Visible ASCII, at most 64 characters, and nothing that might be a secret.
[[nodiscard]] bool isErrorCode(const QString &text);

// Nothing where there is no `error`, or where it is null, false or empty.
[[nodiscard]] std::optional<ErrorResponse> readErrorResponse(const base::JsonValue &root);

// {"code": ..., "message": ...}, beside no `error`; only where the status says that it is one.
[[nodiscard]] std::optional<ErrorResponse> readBareErrorCode(const base::JsonValue &root);

// What a server says, fit to be shown and logged: control and formatting characters gone, at most 300
// characters. What might be a secret is redacted, identifiers of requests included: servers repeat what they were sent.
[[nodiscard]] QString plainText(const QString &text);

} // namespace keytender::oauth
