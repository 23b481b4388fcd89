// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>
#include <optional>

#include <QStringList>

#include "base/jsonspans.h"
#include "base/secret.h"
#include "provider/provider.h"

namespace keytender::oauth {

// Reads the members of a token endpoint's success (RFC 6749 section 5.1) one by one, strict where a token is concerned
// and patient with the rest; notes what it tolerated.
class TokenMembers final {
public:
    TokenMembers(base::JsonValue answer, const provider::Provider &provider);

    // Empty unless it is visible ASCII (N-24).
    [[nodiscard]] base::Secret accessToken() const;
    // Bearer in any case; `fault` says why not.
    [[nodiscard]] bool isBearer(QString &fault);
    // Empty = none; a strange one is kept, for losing it costs a login (N-28, F-61).
    [[nodiscard]] base::Secret refreshToken();
    [[nodiscard]] base::Secret idToken() const;
    // 0 = due now; at most a year (N-27).
    [[nodiscard]] std::optional<std::chrono::seconds> expiresIn();
    [[nodiscard]] std::optional<std::chrono::seconds> refreshTokenExpiresIn();
    [[nodiscard]] std::optional<QStringList> scopes();
    // A token that stands twice: one cannot tell which one counts (F-56).
    [[nodiscard]] bool hasDoubledToken() const;

    [[nodiscard]] const QStringList &oddities() const { return m_oddities; }

private:
    [[nodiscard]] std::optional<std::chrono::seconds> lifetime(const char *name, std::chrono::seconds longest);
    void note(const char *what, const QString &member);

    base::JsonValue m_answer;
    const provider::Provider &m_provider;
    QStringList m_oddities;
};

} // namespace keytender::oauth
