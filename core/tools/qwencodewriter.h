// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tools/copywriter.h"

namespace keytender::tools {

// Qwen Code 0.15 and 0.24: not offered to anybody, because the service behind this login has ended. How it would be
// done stands here all the same, should a service return: a lock file of our own text, younger than 10 s (0.15 takes an
// older one away, 0.24 one of 35 s), of which any Qwen process that exits may rob us.
class QwenCodeWriter final : public CopyWriter {
public:
    [[nodiscard]] QString objection(Purpose purpose, const CopyPlace &place, const QString &slot,
                                    const Fetched &fetched, const ToolWorld &world) const override;
    [[nodiscard]] base::Result<LockPlan> lockPlan(const CopyPlace &place, const QString &slot,
                                                  const ToolWorld &world) const override;
    [[nodiscard]] base::Result<base::Secret> rewritten(const CopyPlace &place, const QString &slot,
                                                       const Fetched &fetched,
                                                       const Successor &successor) const override;
    [[nodiscard]] mode_t modeAfter(mode_t /*before*/) const override { return 0600; }
    [[nodiscard]] LinkHabit linkHabit() const override { return LinkHabit::Replace; }
};

} // namespace keytender::tools
