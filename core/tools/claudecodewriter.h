// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tools/copywriter.h"

namespace keytender::tools {

// Beside Claude Code 2.0.76 to 2.1.330 on Linux. Its locks are directories: two around a refresh, which a running
// client waits for, and one around each write of the file. What belongs to the machine and not to the account (MCP
// servers, plugins) stays where it is when another account's login takes the place.
//
// recordOf() is `{"claudeAiOauth": ..., "trustedDeviceToken": ..., "oauthAccount": ...}`, each as the tool wrote it.
class ClaudeCodeWriter final : public CopyWriter {
public:
    [[nodiscard]] QString objection(Purpose purpose, const CopyPlace &place, const QString &slot,
                                    const Fetched &fetched, const ToolWorld &world) const override;
    [[nodiscard]] base::Result<LockPlan> lockPlan(const CopyPlace &place, const QString &slot,
                                                  const ToolWorld &world) const override;
    [[nodiscard]] base::Result<base::Secret> rewritten(const CopyPlace &place, const QString &slot,
                                                       const Fetched &fetched,
                                                       const Successor &successor) const override;
    [[nodiscard]] base::Result<std::vector<CompanionChange>> companionChanges(const CopyPlace &place,
                                                                              const QString &slot,
                                                                              const Fetched &fetched,
                                                                              const Successor &successor,
                                                                              const ToolWorld &world) const override;
    [[nodiscard]] base::Result<base::Secret> recordOf(const CopyPlace &place, const QString &slot,
                                                      const Fetched &fetched) const override;
    // 2.1 puts a file in the place of a link, 2.0 writes through it. We never undo a person's link; objection() tells.
    [[nodiscard]] LinkHabit linkHabit() const override { return LinkHabit::Follow; }
    [[nodiscard]] mode_t modeAfter(mode_t) const override { return 0600; }
    [[nodiscard]] QString noticeAfterSwitch() const override;
};

} // namespace keytender::tools
