// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>
#include <vector>

#include "tools/locks/toollock.h"

namespace keytender::tools {

// The locks that a tool takes around one write, for the few milliseconds that ours takes. Others hold them as briefly,
// so we wait here, for a moment at most: whoever holds one longer is told as ErrorKind::Locked and tried again later by
// those who know when. Let go in the reverse order with the object.
class WriteLocks final {
public:
    static constexpr base::Milliseconds longestWait = std::chrono::milliseconds(400);

    [[nodiscard]] static base::Result<WriteLocks> take(const std::vector<LockSpec> &locks, const LockWorld &world);
    WriteLocks(WriteLocks &&) = default;
    WriteLocks &operator=(WriteLocks &&) = delete;
    ~WriteLocks();

    // Looks, as LockSet::isHeld() does.
    [[nodiscard]] bool areHeld() const;

private:
    WriteLocks() = default;
    [[nodiscard]] static base::Result<WriteLocks> tryAll(const std::vector<LockSpec> &locks, const LockWorld &world);
    std::vector<std::unique_ptr<ToolLock>> m_held;
};

} // namespace keytender::tools
