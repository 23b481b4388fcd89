// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>
#include <functional>

#include <QObject>
#include <QString>

#include "base/environment.h"
#include "base/result.h"

namespace keytender::vault {

// KWallet 5 as far as qtkeychain does not tell: jobs on a closed wallet never end without a desktop, and what was
// written lies in memory for 5 seconds unless sync() is called.
struct KWalletFacts {
    bool isPresent = false;
    QString wallet; // its name
    bool isOpen = false;
};

inline const QString kwalletName = QStringLiteral("org.kde.kwalletd5");

// Whether qtkeychain would go to KWallet 5 in this session, if that is there.
[[nodiscard]] bool prefersKWallet(const base::Environment &environment);

// Callbacks as in sessionbus.h. None of these opens a wallet, but openKWallet().
void askKWallet(std::chrono::milliseconds patience, QObject *context,
                std::function<void(const base::Result<KWalletFacts> &)> known);
// May show KWallet's own dialogue. Answers the wallet's handle.
void openKWallet(const QString &wallet, std::chrono::milliseconds patience, QObject *context,
                 std::function<void(base::Result<int>)> opened);
// For a wallet that is open already.
void syncKWallet(const QString &wallet, std::chrono::milliseconds patience, QObject *context,
                 std::function<void(base::Result<void>)> synced);

} // namespace keytender::vault
