// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/durablefile.h"
#include "base/environment.h"
#include "base/result.h"
#include "service/settings/settings.h"

namespace keytender::service {

// What config.json begins as.
inline constexpr std::string_view emptySettings = "{\n  \"version\": 1\n}\n";

// The text of config.json with `wanted` in place of `there`, which is what it says now: members that differ are
// replaced or added, in the manner of the file, and every other byte stays as it was (INV-7).
[[nodiscard]] base::Result<base::Secret> settingsText(const base::FileContent &content, const Settings &there,
                                                      const Settings &wanted, const base::Environment &environment);

// What a person changed from `before` to `wanted`, done to what stands `there` by now. Nothing where both have changed
// the same member, each in another way: its name is told instead.
struct MergedSettings {
    Settings settings;
    QString clash; // "renewAtPercent"; empty = none
};
[[nodiscard]] MergedSettings merged(const Settings &before, const Settings &wanted, Settings there);

} // namespace keytender::service
