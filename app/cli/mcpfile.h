// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>

#include "jsontree.h"

namespace keytender::cli {

// Reads a configuration that says what to start: a regular file of ours or of root, that nobody else may write to. The
// fault names no path.
[[nodiscard]] Checked<JsonTree> readMcpFile(const std::string &path);

} // namespace keytender::cli
