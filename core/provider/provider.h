// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>
#include <map>
#include <optional>

#include <QDate>
#include <QString>
#include <QStringList>
#include <QUrl>

#include "profile/health.h"

namespace keytender::provider {

// Measured: seen of the real client, or read in its source. Assumed: documentation, reports, general knowledge; never
// enough for a step that destroys something.
enum class Evidence { Measured, Assumed };

template <class T>
struct Fact {
    T value{};
    Evidence evidence = Evidence::Assumed;
    bool operator==(const Fact &) const = default;
};

enum class BodyEncoding { Form, Json };

// What the service behind a login still does.
struct Retirement {
    QDate on;
    bool forEveryone = true; // false: for some accounts, and the record does not say for which
    QString instead;         // what works today, in a few words
    Evidence evidence = Evidence::Assumed;
    bool operator==(const Retirement &) const = default;
};

// What an error code of the token endpoint means (RFC 6749 section 5.2, and the providers' own codes).
enum class Verdict { GrantRejected, Configuration, Transient };

// Facts about an authorization server and its client. Data, read from JSON; absent = the provider has no such thing or
// nobody knows. A redirect URI on loopback without a port stands for any port (RFC 8252 section 7.3).
struct Provider {
    QString id;   // "anthropic"
    QString name; // "Anthropic"
    bool isBuiltIn = true;

    std::optional<Fact<QUrl>> authorizationEndpoint;
    std::optional<Fact<QUrl>> tokenEndpoint;
    std::optional<Fact<QUrl>> deviceAuthorizationEndpoint;
    std::optional<Fact<QUrl>> revocationEndpoint;
    std::optional<Fact<QUrl>> revokeByHand; // the page where a user can do it
    std::optional<Fact<QString>> clientId;
    std::optional<Fact<QStringList>> scopes;
    std::optional<Fact<QStringList>> redirectUris;
    std::optional<Fact<BodyEncoding>> exchangeEncoding;
    std::optional<Fact<BodyEncoding>> refreshEncoding;
    std::optional<Fact<BodyEncoding>> revocationEncoding;
    std::optional<Fact<std::chrono::seconds>> accessTokenLifetime; // the usual one
    std::optional<Fact<std::chrono::seconds>> signInLifetime; // of a refresh token, where renewing does not extend it
    std::optional<Fact<std::chrono::seconds>> ownerWindow;    // its own client renews this long before the end
    std::optional<Fact<bool>> refreshTokenRotates;
    std::map<QString, Fact<Verdict>> errorCodes;
    std::optional<Retirement> retirement;

    [[nodiscard]] profile::Lifetimes lifetimes() const;
    // True only where it was measured that this code ends the grant. What is assumed never costs anybody a login: an
    // unknown or assumed code is tried again.
    [[nodiscard]] bool endsGrant(const QString &errorCode) const;
    bool operator==(const Provider &) const = default;
};

} // namespace keytender::provider
