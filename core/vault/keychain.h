// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>

#include <QObject>

#include "base/result.h"
#include "base/secret.h"

namespace keytender::vault {

// The one item of ours in the desktop keychain. Reading and writing never prompt and always end; callbacks come once,
// later, and not at all once `context` is gone.
class Keychain : public QObject {
    Q_OBJECT

public:
    using ReadCallback = std::function<void(base::Result<base::Secret>)>;
    using WriteCallback = std::function<void(base::Result<void>)>;
    using QObject::QObject;

    // NotFound: it is open and the item is not in it, for certain. Locked: open it first. Unavailable: this session has
    // no keychain, for certain. Everything else: nobody knows, ask again later.
    virtual void read(QObject *context, ReadCallback callback) = 0;
    // On the disk when it succeeds, as far as the keychain can tell.
    virtual void write(const base::Secret &key, QObject *context, WriteCallback callback) = 0;
    // May prompt. changed() tells the outcome.
    virtual void unlock() = 0;

Q_SIGNALS:
    // It was unlocked or locked, came or went: worth another read.
    void changed();
};

} // namespace keytender::vault
