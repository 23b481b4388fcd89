// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tools/replacecopy.h"

// What all exchanges of a copy judge alike, wherever it lies.
namespace keytender::tools {

// It holds just these tokens already; a successor without a refresh token is one for readers.
[[nodiscard]] bool holdsSuccessor(const CopyReading &reading, const Successor &successor);

// What is to stand there, proven by the tool's own reader: nothing is written that it would read as something else.
[[nodiscard]] base::Result<base::Secret> provenText(const Replacement &replacement, const Fetched &there,
                                                    base::Timestamp now);

} // namespace keytender::tools
