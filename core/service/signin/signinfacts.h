// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <vector>

#include <QString>
#include <QStringList>
#include <QUrl>

#include "base/timestamp.h"
#include "profile/credential.h"
#include "provider/provider.h"

namespace keytender::service {

// Values around signing in and out, for dialogs and menus: no secret in them.

// A provider to which Keytender can sign in, or cannot, and why.
struct SignInOffer {
    QString providerId;
    QString providerName;                  // "Anthropic"
    std::vector<provider::SignInWay> ways; // the usual one first; empty = see whyNone
    QString whyNone;                       // in a few words
    struct Scope {
        QString name;        // "user:inference"
        QString words;       // "use the models in your name"; empty where nobody knows
        bool isLeast = true; // preselected, and the sign-in is of no use without it
        bool operator==(const Scope &) const = default;
    };
    std::vector<Scope> scopes; // empty = the server decides

    bool operator==(const SignInOffer &) const = default;
};

// What a person wants to be signed in to.
struct SignInWish {
    QString providerId;
    QString profileId; // to be renewed; empty = a new login
    provider::SignInWay way = provider::SignInWay::Browser;
    QStringList scopes;       // chosen of the offer
    bool opensBrowser = true; // false: the person opens the address somewhere else
};

// A server that people bring themselves (RFC 8414).
struct CustomServer {
    QString issuer; // "https://login.example.com"
    QString clientId;
};

enum class SignInStage {
    Preparing,
    WaitingForBrowser, // the person signs in there, and may paste what the browser shows
    ShowingCodes,      // of a device grant
    Exchanging,
    ReadingAccount,
    Keeping, // making it durable
    Done,
    Failed,
    Cancelled,
};

// Where a sign-in stands.
struct SignInFacts {
    QString providerId;
    QString providerName;
    QString renewedLabel; // of the login that is signed in to again; empty = a new one
    provider::SignInWay way = provider::SignInWay::Browser;
    SignInStage stage = SignInStage::Preparing;
    QString text;            // the stage, or why it failed, in a sentence
    QString cure;            // of a failure: what to do; may be empty
    QString hint;            // what is odd but no failure: the browser did not open
    bool hasAddress = false; // there is a link to copy
    bool canRetry = false;   // Failed, and what was granted is still there to be kept
    QUrl verificationUri;    // of ShowingCodes
    std::optional<base::Timestamp> codesEndAt;
    QString profileId; // of Done
    QString label;     // of Done: "Anthropic · me@example.com"

    bool operator==(const SignInFacts &) const = default;
};

// What a sign-out is about.
struct SignOutScope {
    enum class What { Profile, Provider, Everything };
    What what = What::Profile;
    QString id;               // of the profile or the provider
    bool keepsKeys = true;    // "OAuth only": keys that were handed out by hand stay
    bool forgetsOnly = false; // removed here, and left alive at the provider
};

// Before: one line for each login that would go.
struct SignOutPreview {
    struct Login {
        QString profileId;
        QString label;
        enum class End {
            Revoked, // by Keytender, at the provider
            ByHand,  // only the person can do it, at revokeByHand
            Kept,    // stays alive there: a key, or "forget here"
        } end = End::Revoked;
        QUrl revokeByHand;
        QString alsoEnds; // what else stops working, in a few words
        bool operator==(const Login &) const = default;
    };
    std::vector<Login> logins;
    QStringList staysWithTools; // labels of tools' own logins in this scope: they are not ours to end

    bool operator==(const SignOutPreview &) const = default;
};

// After: what became of one login.
struct SignOutResult {
    QString profileId;
    QString label;
    bool hasLeftHere = false;
    bool isComplete = false; // nothing is left to be done by anybody
    QString text;            // "Signed out; Anthropic confirmed it."
    QUrl revokeByHand;       // where the person can do the rest; empty where nobody knows
};

// A key or token that was handed out by hand, without the secret itself.
struct StaticCredentialFacts {
    QString providerId; // may be one that Keytender knows nothing of: "example.com"
    QString label;      // "CI key"; empty = the provider's name
    profile::CredentialKind kind = profile::CredentialKind::ApiKey;
    bool isSetupToken = false;                // printed by the provider's own tool, for machines without a browser
    std::optional<base::Timestamp> issuedAt;  // absent = today
    std::optional<base::Timestamp> expiresAt; // absent = as the token itself says, else none, or nobody knows
};

} // namespace keytender::service
