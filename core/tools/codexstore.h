// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/durablefile.h"
#include "base/environment.h"
#include "base/result.h"

namespace keytender::tools {

// Codex's `cli_auth_credentials_store`: where it keeps its login.
enum class CodexStore {
    File,
    Keyring,
    Auto,      // the keyring, else the file
    Ephemeral, // in memory only
};

// What `config.toml` says; File where there is none or it says nothing.
[[nodiscard]] base::Result<CodexStore> codexStoreIn(const QString &configFile, const base::Environment &environment);
[[nodiscard]] base::Result<CodexStore> codexStoreOf(const QString &configFile, const base::FileContent &content);

} // namespace keytender::tools
