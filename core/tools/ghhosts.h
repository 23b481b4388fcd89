// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <vector>

#include <QString>

#include "base/result.h"
#include "tools/yamltree.h"

namespace keytender::tools {

// One login that GitHub CLI's hosts.yml tells of, whether its token stands there or in the keychain.
struct GhLogin {
    QString host;
    QString user; // empty in files of old versions that name none
    bool isActive = false;
    const YamlNode *token = nullptr; // null = the token is in the keychain; valid as long as the tree

    // CopyReading::slot: empty for the active user of github.com, which is the login people mean.
    [[nodiscard]] QString slot() const;
};

// In file order, active users first on each host. A host without user and token is no login: gh keeps settings for it.
[[nodiscard]] base::Result<std::vector<GhLogin>> ghLogins(const YamlTree &hosts);

} // namespace keytender::tools
