// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <memory>

#include <QStringList>

#include "base/clock.h"
#include "base/random.h"
#include "oauth/delivery.h"
#include "oauth/tokenrequests.h"
#include "provider/provider.h"
#include "refresh/credentialstore.h"
#include "refresh/ownercopies.h"
#include "vault/refreshjournal.h"
#include "vault/tokenarchive.h"

namespace keytender::refresh {

// What an attempt is about.
struct RefreshRequest {
    // Refresh: the token that the caller saw is to be renewed, unless somebody did meanwhile. RollForward: only what a
    // crash or a full disk left open is brought to its end.
    enum class Purpose { Refresh, RollForward };

    Purpose purpose = Purpose::Refresh;
    QStringList profileIds;         // all that hold this refresh token (F-16); the first one's journal is used
    base::Fingerprint refreshToken; // as the caller saw it; of no account for RollForward
    provider::Provider provider;
    std::shared_ptr<OwnerCopies> copies; // null: a login of our own, which nobody else spends
};

// The world of refreshes.
struct RefreshWorld {
    const base::Clock &clock;
    base::Random &random;
    oauth::TokenTransport &transport;
    CredentialStore &credentials;
    const vault::RefreshJournal &journal;
    vault::TokenArchive &archive;
    // The request that spends a refresh token.
    std::function<oauth::Post(const provider::Provider &provider, const profile::TokenSet &tokens)> post =
        oauth::refreshPost;
    // Whether an answer belongs to somebody else than the profile (F-71).
    std::function<bool(const profile::Account &known, const profile::Account &answered)> isOtherAccount =
        [](const profile::Account &known, const profile::Account &answered) { return known.differsFrom(answered); };
};

} // namespace keytender::refresh
