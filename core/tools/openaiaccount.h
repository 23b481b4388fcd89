// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/jwt.h"
#include "profile/credential.h"

namespace keytender::tools {

// Whose ChatGPT login a token of auth.openai.com belongs to: the person (chatgpt_user_id) in a workspace
// (chatgpt_account_id). One address may own several workspaces.
[[nodiscard]] profile::Account openAiAccountIn(const base::JwtClaims &claims);

} // namespace keytender::tools
