// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tools/copywriter.h"

namespace keytender::tools {

// Writes beside Hermes: under its `auth.lock`, into the store that the login came from, the state in `providers` and
// each row of the pool that holds the same tokens. `.anthropic_oauth.json` is a place of its own with the same slot, so
// that both are compared and replaced.
class HermesWriter final : public CopyWriter {
public:
    // Hermes waits this long for the lock and then fails, when it has been waiting since we took it.
    static constexpr std::chrono::seconds hermesWaits{15};

    [[nodiscard]] QString objection(Purpose purpose, const CopyPlace &place, const QString &slot,
                                    const Fetched &fetched, const ToolWorld &world) const override;
    [[nodiscard]] base::Result<LockPlan> lockPlan(const CopyPlace &place, const QString &slot,
                                                  const ToolWorld &world) const override;
    [[nodiscard]] base::Result<base::Secret> rewritten(const CopyPlace &place, const QString &slot,
                                                       const Fetched &fetched,
                                                       const Successor &successor) const override;
    [[nodiscard]] mode_t modeAfter(mode_t before) const override;
};

// `auth.adopt_external_logins` of Hermes' config.yaml: what the user wants to be brought into Hermes from elsewhere.
// True where it says nothing.
[[nodiscard]] base::Result<bool> hermesAdoptsLogins(const base::FileContent &config, const QString &path);

} // namespace keytender::tools
