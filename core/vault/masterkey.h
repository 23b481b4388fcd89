// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>
#include <functional>
#include <optional>

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
// KeychainMasterKey (keychainmasterkey.h) is the real one.
class MasterKeySource : public QObject {
    Q_OBJECT

public:
    // What the user should know while there is no key yet.
    enum class Obstacle {
        None,
        KeychainLocked,  // waits for unlock(), or for the user to unlock it elsewhere
        KeychainSilent,  // did not answer, or only with errors; asked again with growing pauses
        KeychainGone,    // the vault was sealed under a key that the keychain does not hold (any more)
        KeyFileUnusable, // the key's file, or the note that says where the key lies
    };

    using QObject::QObject;
    virtual void start() = 0; // again, once the key was taken: fetches it once more
    // The user pressed "Unlock": may prompt. Where there is nothing to unlock it tries again at once.
    virtual void unlock() = 0;

    // Once after each ready(); Cancelled before and afterwards.
    [[nodiscard]] virtual base::Result<MasterKey> takeKey() = 0;
    // What stands behind the obstacle, with the file or the keychain's item; nothing where there is none.
    [[nodiscard]] virtual std::optional<base::Error> problem() const { return {}; }

Q_SIGNALS:
    void obstacleChanged(keytender::vault::MasterKeySource::Obstacle obstacle);
    // Once for each start(), never from within it. The receiver takes the key out with takeKey().
    void ready();
};

} // namespace keytender::vault
