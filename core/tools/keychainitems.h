// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

#include <QObject>

#include "base/result.h"
#include "base/secret.h"
#include "tools/tool.h"

namespace keytender::tools {

// Tools' items in the desktop keychain (Secret Service, through libsecret). Never prompts: an item in a locked
// collection is ErrorKind::Locked, no item is NotFound, no service is Unavailable. Every call ends within its deadline.
class KeychainItems : public QObject {
    Q_OBJECT

public:
    using Callback = std::function<void(base::Result<base::Secret>)>;
    using WriteCallback = std::function<void(base::Result<void>)>;
    using QObject::QObject;

    // `callback` is called once, later, and not at all once `context` is gone.
    virtual void read(const KeychainAttributes &attributes, QObject *context, Callback callback) = 0;
    // Replaces the secret of the item that read() would find, in place: its collection, label, attributes and content
    // type stay. Never makes an item. After TimedOut the new secret may have arrived all the same.
    virtual void write(const KeychainAttributes &attributes, base::Secret secret, QObject *context,
                       WriteCallback callback) = 0;

Q_SIGNALS:
    // A collection was unlocked, or the service appeared: what was Locked or Unavailable is worth another look.
    void availabilityChanged();
};

// The real one. Runs on the thread whose GLib context Qt's event loop drives: where Qt runs without GLib every read
// ends as TimedOut. Of several items that match the unlocked, the exact and then the newest one counts.
class SecretServiceItems final : public KeychainItems {
    Q_OBJECT

public:
    explicit SecretServiceItems(std::chrono::milliseconds deadline = std::chrono::seconds{5},
                                QObject *parent = nullptr);
    ~SecretServiceItems() override;
    void read(const KeychainAttributes &attributes, QObject *context, Callback callback) override;
    void write(const KeychainAttributes &attributes, base::Secret secret, QObject *context,
               WriteCallback callback) override;

private:
    struct Session; // shared with the calls that are under way
    struct Request;
    void start(const KeychainAttributes &attributes, std::optional<base::Secret> successor, QObject *context,
               Callback callback);
    std::shared_ptr<Session> m_session;
    std::chrono::milliseconds m_deadline;
};

} // namespace keytender::tools
