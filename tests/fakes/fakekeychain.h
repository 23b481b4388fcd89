// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <map>

#include "tools/keychainitems.h"

namespace keytender::fakes {

// Answers from a table, and changes it, at the next turn of the event loop; records what was asked.
class FakeKeychain final : public tools::KeychainItems {
    Q_OBJECT

public:
    using tools::KeychainItems::KeychainItems;
    void read(const tools::KeychainAttributes &attributes, QObject *context, Callback callback) override;
    void write(const tools::KeychainAttributes &attributes, base::Secret secret, QObject *context,
               WriteCallback callback) override;

    std::map<tools::KeychainAttributes, QByteArray> items; // everything else is NotFound
    std::optional<base::ErrorKind> failure;                // for every item, until it is reset
    std::vector<tools::KeychainAttributes> asked;
    std::vector<tools::KeychainAttributes> written; // also in vain
};

} // namespace keytender::fakes
