// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>

#include "base/clock.h"
#include "base/random.h"
#include "base/result.h"
#include "tools/copywriter.h"

namespace keytender::tools {

class LockLedger;

struct LockWorld {
    const base::Clock &clock;
    base::Random &random;
    std::shared_ptr<LockLedger> ledger = {}; // may be missing
};

// One lock of a tool in our hands. Let go with the object, and only where it is still ours: what somebody put there
// meanwhile is theirs (F-06, F-07). Should we be killed, whoever waits gets it by its own kind's rule,
// and our next start removes it by the ledger (F-03).
class ToolLock {
public:
    ToolLock() = default;
    virtual ~ToolLock() = default;
    ToolLock(const ToolLock &) = delete;
    ToolLock &operator=(const ToolLock &) = delete;

    // Looks: it is there, it is the one that we took, and nobody may call it abandoned.
    [[nodiscard]] virtual bool isOurs() const = 0;
    // Renews it; false where it is not ours any more, in which case nothing is touched.
    [[nodiscard]] virtual bool touch() = 0;
};

using TakenLock = base::Result<std::unique_ptr<ToolLock>>;

// Never waits. ErrorKind::Locked: somebody holds it, and trying again may help. Every other error will stay: a lock of
// another kind stands in its place, its directory cannot be written. Locks that others left behind are broken by their
// kind's own rule and never earlier (F-04).
[[nodiscard]] TakenLock takeToolLock(const LockSpec &spec, const LockWorld &world);

} // namespace keytender::tools
