// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tools/copywriter.h"

namespace keytender::tools {

// Beside Codex 0.150 to 0.169, whose request goes out before any lock: two of them can spend the same token, so we
// renew long before they would (they do five minutes before the end), and keep theirs from landing meanwhile.
//   auth.lock        since 0.166, across our POST: Codex waits for it with its answer in hand, however long it takes
//   auth.json.lock   since 0.169, around the rename alone: Codex gives up after 5 s, and what it got is lost
// Both belong to the home, of a login in the keychain too; where auth.json is a symbolic link, the second one lies
// beside its target. 0.165 and older know no lock and write over what they find of the same account.
class CodexWriter final : public CopyWriter {
public:
    [[nodiscard]] QString objection(Purpose purpose, const CopyPlace &place, const QString &slot,
                                    const Fetched &fetched, const ToolWorld &world) const override;
    [[nodiscard]] base::Result<LockPlan> lockPlan(const CopyPlace &place, const QString &slot,
                                                  const ToolWorld &world) const override;
    [[nodiscard]] base::Result<base::Secret> rewritten(const CopyPlace &place, const QString &slot,
                                                       const Fetched &fetched,
                                                       const Successor &successor) const override;
    [[nodiscard]] base::Result<base::Secret> recordOf(const CopyPlace &place, const QString &slot,
                                                      const Fetched &fetched) const override;
    [[nodiscard]] mode_t modeAfter(mode_t before) const override;
    [[nodiscard]] QString noticeAfterSwitch() const override;
};

} // namespace keytender::tools
