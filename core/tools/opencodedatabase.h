// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>

#include "base/environment.h"
#include "base/error.h"

namespace keytender::tools {

// Later versions of opencode move their logins from `auth.json` into a SQLite file, which Keytender does not read yet:
// an error that says so when logins lie there, or when one cannot tell. Writes nothing, not even SQLite's side files.
[[nodiscard]] std::optional<base::Error> loginsInOpenCodeDatabase(const QString &path,
                                                                  const base::Environment &environment);

} // namespace keytender::tools
