// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <map>

#include "tools/keychainitems.h"

namespace keytender::fakes {

// Answers from a table at the next turn of the event loop and records what was asked.
class FakeKeychain final : public tools::KeychainItems {
    Q_OBJECT

public:
    using tools::KeychainItems::KeychainItems;
    void read(const tools::KeychainAttributes &attributes, QObject *context, Callback callback) override;

    std::map<tools::KeychainAttributes, QByteArray> items; // everything else is NotFound
    std::optional<base::ErrorKind> failure;                // for every item, until it is reset
    std::vector<tools::KeychainAttributes> asked;
};

} // namespace keytender::fakes
