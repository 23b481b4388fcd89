// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tools/tool.h"

// The two databases in which gcloud keeps its logins: `credentials.db` with what each account signed in with, and
// beside it `access_tokens.db` with what it was given last. Both are one cell here: the text of all rows.
namespace keytender::tools {

inline const QString gcloudKind = QStringLiteral("gcloud"); // DatabaseCell::kind of the first

// All accounts of a home, and the table of the access tokens that belongs to them.
[[nodiscard]] DatabaseCell gcloudCredentials(const QString &home);
[[nodiscard]] DatabaseCell gcloudTokens(const DatabaseCell &credentials);

// fetchCell() for `gcloudCredentials`: an object of the values by account, each the text of a JSON object. The
// companion under the tokens' file is an object by account too, with `access_token` and `token_expiry`; or an error,
// NotFound where there is no such file. Reads only, and changes nothing beside them either.
[[nodiscard]] Fetched fetchGcloudStore(const CopyPlace &place, uid_t owner);

} // namespace keytender::tools
