// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QPointer>
#include <QTimer>

#include "vault/desktopkeychain.h"
#include "vault/kwallet.h"
#include "vault/secretservice.h"

namespace keytender::vault {

// What may be said before qtkeychain is asked: why not to ask it (NotFound, Locked, Unavailable), or nothing.
enum class Display { Present, None };
[[nodiscard]] std::optional<base::ErrorKind> answerWithoutReading(const SecretServiceFacts &facts, Display display);

// One read: who keeps the item here → is it open → qtkeychain. Ends within the place's deadline; an answer that comes
// later is wiped and dropped. Deletes itself.
class KeychainReading final : public QObject {
    Q_OBJECT

public:
    KeychainReading(KeychainPlace place, QObject *context, Keychain::ReadCallback callback);
    void start();

private:
    void askWallet();
    void askSecretService();
    void readItem(base::ErrorKind whenNotFound);
    void fail(base::ErrorKind kind, const QString &detail = {});
    void finish(base::Result<base::Secret> result);

    KeychainPlace m_place;
    QPointer<QObject> m_context;
    Keychain::ReadCallback m_callback;
    QTimer m_deadline;
};

// One write, to the disk in KWallet's case. The same ends.
class KeychainWriting final : public QObject {
    Q_OBJECT

public:
    KeychainWriting(KeychainPlace place, QObject *context, Keychain::WriteCallback callback);
    void start(const base::Secret &key);

private:
    void flush();
    void finish(base::Result<void> result);

    KeychainPlace m_place;
    QPointer<QObject> m_context;
    Keychain::WriteCallback m_callback;
    QTimer m_deadline;
};

} // namespace keytender::vault
