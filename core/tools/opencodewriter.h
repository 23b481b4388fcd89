// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tools/copywriter.h"

namespace keytender::tools {

// opencode 1.18: no lock at all, and two of its own processes spend one refresh token twice. So nobody shares a login
// with it; an entry may be given the access token that another profile keeps fresh, which makes it a reader: opencode
// looks at the file before each request, and renews nothing while the token is good. Whoever asks for that has seen to
// it that the refresh token which is taken out there is kept (CopyWriter does not know lineages).
class OpenCodeWriter final : public CopyWriter {
public:
    [[nodiscard]] QString objection(Purpose purpose, const CopyPlace &place, const QString &slot,
                                    const Fetched &fetched, const ToolWorld &world) const override;
    [[nodiscard]] base::Result<LockPlan> lockPlan(const CopyPlace &place, const QString &slot,
                                                  const ToolWorld &world) const override;
    [[nodiscard]] base::Result<base::Secret> rewritten(const CopyPlace &place, const QString &slot,
                                                       const Fetched &fetched,
                                                       const Successor &successor) const override;
    [[nodiscard]] mode_t modeAfter(mode_t /*before*/) const override { return 0600; }
};

} // namespace keytender::tools
