// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <vector>

#include "service/doctor/doctorfacts.h"
#include "service/facts.h"

// Keytender's own house: keychain, key, tray, watches, and what it could not read of its own.
namespace keytender::service::doctor {

struct HomeFacts {
    Surroundings surroundings;
    bool keyLiesInFile = false;           // of the vault
    std::optional<bool> hasTrayHost;      // nothing: this program has no icon
    std::optional<qint64> watchesAllowed; // fs.inotify.max_user_watches; nothing: it cannot be told
};

[[nodiscard]] std::optional<qint64> watchesAllowed(const QString &proc);

[[nodiscard]] std::vector<Finding> homeFindings(const HomeFacts &facts);

} // namespace keytender::service::doctor
