// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/result.h"
#include "base/secret.h"

namespace keytender::tools {

// A JSON5 text as JSON, for looking up what stands in it: comments and trailing commas are gone, names and strings are
// in double quotes; numbers that JSON does not have become null. Whether the result is JSON is for its parser to say.
// Where the text ends inside a string or comment: Incomplete.
[[nodiscard]] base::Result<base::Secret> jsonFromJson5(const base::Secret &text, const QString &subject);

} // namespace keytender::tools
