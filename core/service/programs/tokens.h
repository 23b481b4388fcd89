// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>
#include <functional>
#include <optional>

#include <QObject>
#include <QString>

#include "base/result.h"
#include "base/secret.h"
#include "base/timestamp.h"
#include "profile/credential.h"

namespace keytender::service {

struct TokenWish {
    QString profileId;
    std::chrono::seconds minValidity = std::chrono::minutes{5}; // from the moment of the answer
};

// What a program may have of a login: never its refresh token (S-53).
struct GivenToken {
    QString profileId;
    profile::CredentialKind kind = profile::CredentialKind::OAuth;
    base::Secret accessToken; // or the key
    std::optional<base::Timestamp> expiresAt;
    profile::Account account;
};

// Why there is none, for a program's exit code and its user's eyes.
struct TokenRefusal {
    enum class Why {
        NotFound,
        NeedsSignIn, // only a person's sign-in helps
        Unavailable, // not now: no network, the store is locked, its tool has to renew it
        Failed,
    };
    Why why = Why::Failed;
    QString text; // one sentence with its cure
};

// Hands out access tokens that are valid for long enough. A login that Keytender may renew is renewed first where it
// has to be, once, however many ask; of others what is there counts.
class Tokens : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;
    using Answer = base::Result<GivenToken, TokenRefusal>;

    // `done` is called once, later or at once, and not at all once `context` is gone.
    virtual void give(const TokenWish &wish, QObject *context, std::function<void(Answer)> done) = 0;

    // Now rather than when it is due. `done` hears why it is not renewed, and nothing where it is; as give() otherwise.
    virtual void renew(const QString &profileId, QObject *context,
                       std::function<void(std::optional<TokenRefusal>)> done) = 0;
    // A server refused the access token that the login has just now. It is renewed before it is given again, once;
    // whoever says so of that one too is not believed (F-70). Nothing is signed out.
    virtual void noteRefused(const QString &profileId) = 0;
};

} // namespace keytender::service
