// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/jsonspans.h"

namespace keytender::tools {

// The kind of login in a record of Codex, which Codex infers where `auth_mode` is missing: "chatgpt", "apikey" ...;
// empty = there is no login in it.
[[nodiscard]] base::Result<QString> codexModeOf(const base::JsonValue &root);

// `tokens` of a ChatGPT login that may be written beside Codex: Codex can read it, it would renew it itself, at the
// authorization server that Codex is built for. Every other record is an error, and stays as it is.
[[nodiscard]] base::Result<base::JsonValue> sharedCodexTokens(const base::JsonValue &root);

} // namespace keytender::tools
