// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <vector>

#include "base/timestamp.h"
#include "tools/openclawfence.h"
#include "tools/tool.h"

// OpenClaw 2026.9.4 and later throw a login away when one refresh fails, even if nothing ever left the machine. Where
// that is sure, the tokens that our vault still holds are as good as before and can be put back.
namespace keytender::tools {

// A time during which this machine reached nobody: an attempt at each end failed to resolve or to connect, and none in
// between did better.
struct OfflineSpan {
    base::Timestamp from;
    base::Timestamp until;
};

struct RescueEvidence {
    // Between these OpenClaw claimed the tokens and failed: the last look that found them, and the first that found
    // the failed marker.
    base::Timestamp heldAt;
    base::Timestamp failedAt;
    std::vector<OfflineSpan> offline;
};

struct RescueVerdict {
    bool matches = false; // the markers stand for exactly the tokens in the vault
    QString proof;        // why the refresh cannot have reached the provider; empty = that is not proved
    QString whyNot;       // why it cannot be put back; empty = it can
};

// Of one profile in the content of a place; for people, translated. `vault` is what the vault holds of this profile.
[[nodiscard]] RescueVerdict judgeRescue(const CopyPlace &place, const QString &slot, const Fetched &fetched,
                                        const profile::TokenSet &vault, const RescueEvidence &evidence);

// The whole content with the vault's tokens in the place of failed markers that stand for them. To be written under
// the tool's locks, by compare-and-swap, after the user confirmed it. An error for everything but such markers: a
// pending one above all.
[[nodiscard]] base::Result<base::Secret> restored(const CopyPlace &place, const QString &slot, const Fetched &fetched,
                                                  const profile::TokenSet &vault);

} // namespace keytender::tools
