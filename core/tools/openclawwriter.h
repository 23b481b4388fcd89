// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tools/copywriter.h"
#include "tools/openclawplaces.h"

namespace keytender::tools {

// Writes OpenClaw's and CoderClaw's stores. Share: the login of a provider whose refresh is known, `access`, `refresh`
// and `expires` of one profile. Feed: `token` and `expires` of a profile that holds a bare token; there is no row that
// it would add. Switch: never, for OpenClaw keeps several accounts side by side. A profile that OpenClaw fenced
// is left alone: see openclawrescue.h.
class OpenClawWriter final : public CopyWriter {
public:
    explicit OpenClawWriter(Claw claw) : m_claw(claw) {}

    [[nodiscard]] QString objection(Purpose purpose, const CopyPlace &place, const QString &slot,
                                    const Fetched &fetched, const ToolWorld &world) const override;
    [[nodiscard]] base::Result<LockPlan> lockPlan(const CopyPlace &place, const QString &slot,
                                                  const ToolWorld &world) const override;
    [[nodiscard]] base::Result<base::Secret> rewritten(const CopyPlace &place, const QString &slot,
                                                       const Fetched &fetched,
                                                       const Successor &successor) const override;
    [[nodiscard]] mode_t modeAfter(mode_t before) const override;

private:
    Claw m_claw;
};

} // namespace keytender::tools
