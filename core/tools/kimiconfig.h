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

// The same text with other letters in every string that is neither a key nor the name of a store: a parser copies what
// it reads, and nobody wipes that. Lines and columns stay.
[[nodiscard]] base::Secret tomlWithoutSecrets(const base::Secret &toml);

} // namespace keytender::tools
