// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <vector>

#include "base/fingerprint.h"
#include "refresh/ownercopies.h"
#include "tools/tool.h"

namespace keytender::refresh {

// What is known of the lineage that its copies are compared with.
struct KnownLineage {
    const vault::Record &record;
    const base::FingerprintKey &key;
    const std::function<bool(const base::Fingerprint &refreshToken)> &isAncestor;
    base::Timestamp now{};
};

// What the readings of all copies mean together. A later token wins over everything, because it is the one that works;
// what cannot be read or told apart stops us; then one copy that holds what we know is enough to go on. Copies that
// hold an earlier token, or a bare one where we can renew, are stale and say nothing.
[[nodiscard]] CopiesReading judge(const std::vector<tools::CopyReading> &readings, const KnownLineage &known);

// INV-5: it holds what was spent or an ancestor of it, and is the same account's.
[[nodiscard]] bool mayGetSuccessor(const tools::CopyReading &reading, const base::Fingerprint &spent,
                                   const KnownLineage &known);

} // namespace keytender::refresh
