// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>
#include <functional>

#include <QObject>

#include "base/random.h"
#include "base/result.h"
#include "base/secret.h"
#include "profile/profile.h"

namespace keytender::vault {

// The key that seals the vault, and how well it is kept.
struct MasterKey {
    static constexpr std::size_t size = 32; // bytes
    base::Secret key;
    profile::Protection protection = profile::Protection::Sealed; // Sealed or SealedByFile
};

// Fetches the master key, or makes it at the very first start: in the desktop keychain through qtkeychain, else, where
// the session has no keychain at all, in a file of mode 0600 beside the vault. A keychain that is locked or late is
// waited for, never replaced by a file and never prompted from the background; a key that existed is never made anew.
class MasterKeySource : public QObject {
    Q_OBJECT

public:
    // What the user should know while there is no key yet.
    enum class Obstacle { None, KeychainLocked, KeychainSilent, KeychainGone, KeyFileUnusable };

    using QObject::QObject;
    virtual void start() = 0;
    // The user pressed "Unlock": may prompt.
    virtual void unlock() = 0;

Q_SIGNALS:
    void obstacleChanged(keytender::vault::MasterKeySource::Obstacle obstacle);
    // Once. The receiver takes the key out with takeKey().
    void ready();

public:
    [[nodiscard]] virtual base::Result<MasterKey> takeKey() = 0;
};

} // namespace keytender::vault
