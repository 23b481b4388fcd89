// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>
#include <QStringList>

#include "base/result.h"
#include "base/secret.h"

namespace keytender::tools {

// The names under which Kimi's config.toml keeps logins in files: "kimi-code" for
// `[providers."managed:kimi-code"] oauth = { storage = "file", key = "oauth/kimi-code" }`. A name that would lead out
// of the directory is left out, as the client refuses it. The API keys beside it never reach the TOML parser.
[[nodiscard]] base::Result<QStringList> kimiCredentialNames(const base::Secret &toml, const QString &subject);

} // namespace keytender::tools
