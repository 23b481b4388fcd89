// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tools/copywriter.h"

namespace keytender::tools {

// kimi-code 2.1: a lock directory of proper-lockfile held across the last look, the POST and the write. The client
// fails closed: it waits a minute or two for it and does without a refresh then. `expires_in` is what it reckons half
// of, so the whole life is written beside the end, both in seconds.
class KimiWriter final : public CopyWriter {
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
