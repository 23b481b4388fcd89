// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/tool.h"

namespace keytender::tools {

std::vector<std::unique_ptr<Tool>> allTools()
{
    std::vector<std::unique_ptr<Tool>> tools;
    return tools;
}

} // namespace keytender::tools
