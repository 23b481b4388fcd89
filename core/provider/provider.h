// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <vector>

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

enum class BodyEncoding {
    Form,
    Json,      // one flat object of strings
    JsonLists, // an object of lists with one string each: GitHub's {"credentials": ["..."]}
};

enum class SignInWay {
    Browser, // authorization code, to a redirect URI on loopback
    Paste,   // the same, and the user brings back what the browser shows
    Device,  // RFC 8628
};

struct SignInWays {
    std::vector<SignInWay> ways;
    QString whyNone; // in a few words; empty where there are ways
    Evidence evidence = Evidence::Assumed;
    bool operator==(const SignInWays &) const = default;
};

// How the revocation endpoint wants the token.
enum class RevocationStyle {
    Rfc7009,   // token, token_type_hint, client_id
    TokenOnly, // `token` alone
    List,      // `credentials`, a list, and no client: who holds the token may end it
    Bearer,    // the token itself as bearer, no body
};

// Where the name of the account stands, for the label alone.
enum class IdentitySource { TokenAnswer, IdToken, AccessToken, Profile };

struct Identity {
    std::vector<IdentitySource> sources; // a later one fills in what the earlier ones leave empty
    // JSON Pointers (RFC 6901) into each source; the first that leads to a string or a whole number counts.
    QStringList id;
    QStringList email;
    QStringList organizationId;
    QStringList organizationName;
    QStringList plan;
    bool operator==(const Identity &) const = default;
};

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

    // RFC 8414: compared byte for byte with the `iss` of an authorization response (RFC 9207).
    std::optional<Fact<QString>> issuer;
    std::optional<Fact<bool>> issuerInResponse; // every authorization response names it: one without is refused
    std::optional<Fact<QUrl>> authorizationEndpoint;
    std::optional<Fact<QUrl>> tokenEndpoint;
    std::optional<Fact<QUrl>> deviceAuthorizationEndpoint;
    std::optional<Fact<QUrl>> revocationEndpoint;
    std::optional<Fact<QUrl>> revokeByHand;    // the page where a user can do it
    std::optional<Fact<QUrl>> profileEndpoint; // GET with the access token as bearer, for IdentitySource::Profile
    std::optional<Fact<QString>> clientId;
    std::optional<Fact<QString>> userAgent; // what the endpoints want to see; absent = Keytender's own
    std::optional<Fact<QStringList>> scopes;
    std::optional<Fact<QStringList>> leastScopes; // of `scopes`, those without which a sign-in is of no use
    std::optional<Fact<QStringList>> redirectUris;
    std::optional<Fact<BodyEncoding>> exchangeEncoding;
    std::optional<Fact<BodyEncoding>> refreshEncoding;
    std::optional<Fact<BodyEncoding>> revocationEncoding;
    std::optional<Fact<std::map<QString, QString>>> authorizationParameters; // beside those of RFC 6749 and 7636
    std::optional<Fact<bool>> exchangeSendsState;                            // in the body of the code exchange
    std::optional<Fact<bool>> refreshSendsScope;
    std::optional<Fact<bool>> tokenTypeIsOptional;        // answers without token_type are taken for bearer tokens
    std::optional<Fact<RevocationStyle>> revocationStyle; // absent = RFC 7009
    std::optional<Fact<QString>> revocationConfirmation;  // a header without which success counts for nothing
    std::optional<Fact<QString>> revocationEffect;        // what else stops working, in a few words
    std::optional<Fact<std::chrono::seconds>> accessTokenLifetime; // the usual one
    std::optional<Fact<std::chrono::seconds>> signInLifetime; // of a refresh token, where renewing does not extend it
    // Of a token that its own tool prints for machines without a browser; nothing renews it.
    std::optional<Fact<std::chrono::seconds>> setupTokenLifetime;
    std::optional<Fact<std::chrono::seconds>> ownerWindow; // its own client renews this long before the end
    std::optional<Fact<bool>> refreshTokenRotates;
    // Where its access token is a password for git: "github.com", "git.example.com:8443", in small letters.
    std::optional<Fact<QStringList>> gitHosts;
    std::optional<SignInWays> signInWays; // absent = whatever the endpoints allow
    std::optional<Fact<Identity>> identity;
    std::map<QString, Fact<Verdict>> errorCodes;
    std::optional<Retirement> retirement;

    [[nodiscard]] profile::Lifetimes lifetimes() const;
    // True only where it was measured that this code ends the grant. What is assumed never costs anybody a login: an
    // unknown or assumed code is tried again.
    [[nodiscard]] bool endsGrant(const QString &errorCode) const;
    // The provider allows this way, and all that it takes is known: endpoints, client id, redirect URI.
    [[nodiscard]] bool offers(SignInWay way) const;
    bool operator==(const Provider &) const = default;
};

} // namespace keytender::provider
