// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <vector>

#include "base/fingerprint.h"
#include "provider/provider.h"
#include "service/signin/signinfacts.h"
#include "vault/vault.h"

namespace keytender::service {

struct StaticCredentialWorld {
    std::vector<vault::RecordFacts> known; // all logins there are
    const base::FingerprintKey &key;
    base::Timestamp now{};
    std::optional<provider::Provider> provider = {}; // whose key it is, where Keytender knows it
};

// The record of a key or token that a person hands to Keytender. White space around it is taken off; an error says what
// is wrong with it, without a character of it: empty, longer than 16 KiB, several lines, or kept already.
[[nodiscard]] base::Result<vault::Record> staticRecord(const StaticCredentialFacts &facts, const base::Secret &secret,
                                                       const StaticCredentialWorld &world);

} // namespace keytender::service
