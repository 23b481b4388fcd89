// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>

#include "base/clock.h"
#include "base/environment.h"
#include "base/random.h"
#include "provider/provider.h"
#include "refresh/toolcopies.h"
#include "service/activitylog.h"
#include "service/settings/settings.h"
#include "service/signin/ownlogins.h"
#include "sync/synchronizer.h"
#include "tools/keychainitems.h"
#include "tools/replacecopy.h"
#include "vault/copybackups.h"
#include "vault/vault.h"

namespace keytender::service {

// What everything that concerns other tools' logins is given. All of it outlives its users.
struct NeighboursWorld {
    const base::Clock &clock;
    base::Random &random;
    tools::KeychainItems &keychain;
    base::Environment environment;
    sync::Synchronizer &synchronizer;
    vault::Vault &vault; // writable
    OwnLogins &logins;
    ActivityLog &activity;
    const Settings &settings;
    std::function<bool()> settingsAreRead; // not while their file is damaged: what it said is unknown then
    Places places;
    std::function<const provider::Provider *(const QString &providerId)> providerFor;
    std::shared_ptr<base::KnownSecrets> knownSecrets = {};
    std::shared_ptr<tools::LockLedger> locks = {}; // the tools' own that we hold just now

    [[nodiscard]] base::Timestamp now() const { return clock.wallTime(); }
};

// With what was written over.
struct WritingWorld {
    const NeighboursWorld &world;
    const vault::CopyBackups &backups;
};

// Where a copy of this tool's is replaced.
[[nodiscard]] tools::ReplacementWorld replacementWorld(const NeighboursWorld &world, const tools::Tool &tool);

// Keeps what a copy is about to lose. `around` refers to what outlives the call.
[[nodiscard]] std::function<base::Result<void>(const base::Secret &before)> keepingBefore(const WritingWorld &around,
                                                                                          const QString &profileId,
                                                                                          const QString &path,
                                                                                          vault::CopyBackup::Why why);

// These copies as a refresh or a mending sees them. What they are about to lose is kept.
[[nodiscard]] std::shared_ptr<refresh::OwnerCopies> copiesFor(
    const QString &profileId, std::vector<refresh::OwnedCopy> copies, const WritingWorld &around,
    std::function<bool(const base::Fingerprint &refreshToken)> isAncestor);

} // namespace keytender::service
