// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "mcplint.h"

namespace keytender::cli {

std::vector<LintFinding> lintMcp(const std::filesystem::path & /*folder*/)
{
    return {};
}

} // namespace keytender::cli
