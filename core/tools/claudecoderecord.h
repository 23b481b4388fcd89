// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tools/copywriter.h"
#include "tools/jsonrewrite.h"

// The login of Claude Code as JSON: what it must hold, and how one is made of ours.
namespace keytender::tools::claudecode {

[[nodiscard]] bool isBlank(const base::JsonValue &login);
[[nodiscard]] bool canAnswerPrompts(const base::JsonValue &login); // has the scope without which it is not used
// `claudeAiOauth`, as far as there is a login that lives: NotFound where there is none, and where the tool emptied it.
[[nodiscard]] base::Result<base::JsonValue> livingLogin(const base::JsonValue &root);
// Without these Claude Code does not use a login, or takes it for a bare key: such a record is handed to nobody.
[[nodiscard]] base::Result<void> checkWhole(const base::JsonValue &login);

// Both tokens, the end of the access token, and the scopes where they were told otherwise than before.
void setTokens(JsonRewrite &rewrite, const base::JsonValue &login, const Successor &successor);

// The login that takes another one's place, as recordOf() shapes it: the one that was put away with the tokens of
// today, or one made of what Keytender knows. Needs successor.toolRecord.
[[nodiscard]] base::Result<base::JsonSpans> arrivingRecord(const Successor &successor);
// What `.claude.json` is to say of it, as one JSON value.
[[nodiscard]] base::Result<base::Secret> arrivingAccount(const Successor &successor);

// What an `oauthAccount`, or a login itself, says of its account; a name that is no string counts as none.
[[nodiscard]] profile::Account accountToldIn(const base::JsonValue &object);
[[nodiscard]] base::Secret bytesOf(const base::JsonSpans &document, const base::JsonValue &value);
[[nodiscard]] base::FileContent contentOf(base::Secret bytes);

} // namespace keytender::tools::claudecode
