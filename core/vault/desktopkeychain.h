// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>

#include <QString>

#include "base/environment.h"
#include "vault/keychain.h"

namespace keytender::vault {

// Where our item lies, and in which session.
struct KeychainPlace {
    base::Environment environment;
    std::chrono::milliseconds deadline = std::chrono::seconds{5}; // of one read or write as a whole
    QString service = QStringLiteral("keytender");
    QString key = QStringLiteral("vault-master-key");
};

// The desktop's keychain through qtkeychain, with the questions to the Secret Service (or KWallet 5) that qtkeychain
// does not ask: its "not found" also means "locked", it has no deadline, and it prompts.
//
// libsecret ends the process by SIGTERM when the session bus dies; nothing that is not on disk may be held.
class DesktopKeychain final : public Keychain {
    Q_OBJECT

public:
    explicit DesktopKeychain(KeychainPlace place, QObject *parent = nullptr);

    void read(QObject *context, ReadCallback callback) override;
    void write(const base::Secret &key, QObject *context, WriteCallback callback) override;
    void unlock() override;

private:
    void subscribe();
    void unlockKWallet(const QString &wallet);
    void unlockSecretService();
    void endUnlock();

    KeychainPlace m_place;
    QObject *m_unlocking = nullptr; // the parent of all that waits for the user's answer
};

} // namespace keytender::vault
