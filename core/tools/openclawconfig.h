// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <compare>
#include <optional>
#include <vector>

#include "base/environment.h"
#include "base/result.h"

namespace keytender::tools {

// "2026.6.1", whatever follows.
struct OpenClawVersion {
    int year = 0;
    int month = 0;
    int release = 0;

    auto operator<=>(const OpenClawVersion &) const = default;
    [[nodiscard]] QString text() const;
};
[[nodiscard]] std::optional<OpenClawVersion> openClawVersionIn(const QString &text);

// Of the package that the command in PATH belongs to; nothing where that cannot be told.
[[nodiscard]] std::optional<OpenClawVersion> installedOpenClaw(const base::Environment &environment);

// What openclaw.json says that matters here.
struct OpenClawConfig {
    struct Agent {
        QString id;
        QString directory; // as it stands there; may be empty
    };
    std::vector<Agent> agents;
    std::optional<OpenClawVersion> touchedBy; // the version that wrote it last
};
// JSON5. Nothing in it where the file is missing.
[[nodiscard]] base::Result<OpenClawConfig> openClawConfigIn(const QString &path, const base::Environment &environment);

} // namespace keytender::tools
