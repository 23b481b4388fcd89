// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "mcpserver.h"

namespace keytender::cli {

// Becomes the program, with the descriptors 0 to 2 and nothing else of ours. Returns only where that was impossible:
// 127 where there is no such program, 126 where it cannot be started, as env(1) does.
[[nodiscard]] int become(const ChildProgram &program);

} // namespace keytender::cli
