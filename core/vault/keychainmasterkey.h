// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>
#include <optional>

#include <QString>
#include <QTimer>

#include "vault/directorylock.h"
#include "vault/keychain.h"
#include "vault/keydirectory.h"
#include "vault/masterkey.h"

namespace keytender::vault {

// The real MasterKeySource. What it does depends on the note in the vault's directory and on the keychain's answer:
//
//               │ note: keychain      │ note: file    │ no note
//   ────────────┼─────────────────────┼───────────────┼───────────────────────────────────────────────────────
//   found       │ its id? ready       │               │ opens what is sealed? note it, ready
//               │ else KeychainGone   │ the keychain  │ else KeychainGone
//   not found   │ KeychainGone        │ is not asked: │ anything sealed? KeychainGone; else make, write, read back
//   unavailable │ KeychainGone        │ key file, or  │ anything sealed? KeychainGone; else make a key file
//   locked      │ KeychainLocked      │ KeyFile-      │ KeychainLocked
//   no answer   │ KeychainSilent      │ Unusable      │ KeychainSilent
//
// A new key is made under a lock of the directory and after asking once more under it, so that two first starts agree
// on one key. The candidate is kept until it is stored: a write that was given up may still arrive, and must not bring
// another key then. A vault under a key file stays there when a keychain appears later.
class KeychainMasterKey final : public MasterKeySource {
    Q_OBJECT

public:
    struct World {
        QString directory; // of the vault
        Keychain &keychain;
        base::Random &random;
        std::chrono::milliseconds firstRetry = std::chrono::seconds{2}; // doubles up to 5 minutes
    };

    explicit KeychainMasterKey(const World &world, QObject *parent = nullptr);
    ~KeychainMasterKey() override;

    void start() override;
    void unlock() override;
    [[nodiscard]] base::Result<MasterKey> takeKey() override;
    [[nodiscard]] std::optional<base::Error> problem() const override { return m_problem; }

private:
    void ask();
    void askKeychain();
    void useKeyFile();
    void tryUnnotedKeyFile();
    void conclude(base::Result<base::Secret> answer);
    void adopt(base::Secret key);
    void makeKey(KeyNote::Place place);
    void storeInKeychain();
    void readBack();
    void storeInFile();
    void finish(base::Secret key, KeyNote::Place place);
    void wait(Obstacle obstacle, std::optional<base::Error> problem);
    void retryLater();
    void askAgain();

    KeyDirectory m_directory;
    Keychain &m_keychain;
    base::Random &m_random;
    QTimer m_retry;
    std::chrono::milliseconds m_firstPause;
    std::chrono::milliseconds m_pause;
    std::optional<KeyNote> m_note;
    std::optional<DirectoryLock> m_creation;
    base::Secret m_candidate;
    base::Secret m_key;
    profile::Protection m_protection = profile::Protection::Sealed;
    Obstacle m_obstacle = Obstacle::None;
    std::optional<base::Error> m_problem;
    bool m_isAsking = false;
    bool m_isChanged = false; // while asking
    bool m_isDone = false;
};

} // namespace keytender::vault
