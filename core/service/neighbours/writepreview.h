// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <vector>

#include "base/environment.h"
#include "base/fingerprint.h"
#include "base/secret.h"
#include "service/neighbours/neighbourfacts.h"
#include "service/neighbours/neighboursworld.h"
#include "service/neighbours/sharing.h"

namespace keytender::service {

// What would change from one JSON text to the other, value by value: changed and added values with their line before
// and after, the values beside them by name alone. Strings that might be a secret show as their fingerprint. Texts
// that are no JSON say only how many bytes change.
[[nodiscard]] std::vector<WritePreview::Line> changesBetween(const base::Secret &before, const base::Secret &after,
                                                             const base::FingerprintKey &key);

// What the first renewal of this login would write into its copies.
[[nodiscard]] WritePreview previewOf(const profile::Profile &login, const Sharing &sharing,
                                     const NeighboursWorld &world);

} // namespace keytender::service
