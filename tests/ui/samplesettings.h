// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>

#include "ui/settingsaccess.h"

namespace keytender::samples {

// Settings that are kept in memory, or refused. Outlives whoever it gives access.
class SettingsInMemory final {
public:
    [[nodiscard]] ui::SettingsAccess access();

    service::Settings settings;
    int changes = 0;
    std::optional<base::Error> refusal;
};

[[nodiscard]] service::Settings someSettings();
[[nodiscard]] ui::SettingsSubject settingsSubject();

} // namespace keytender::samples
