// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>

namespace keytender::bench {

// Claude Code's record of one account, with dummy tokens of the sizes that real ones have. A later generation has other
// tokens, and ends later.
[[nodiscard]] std::string claudeRecord(const std::string &account, long generation);
// What Claude Code says beside it of the account that is in use.
[[nodiscard]] std::string claudeSettings(const std::string &account);
[[nodiscard]] std::string claudeRefreshToken(const std::string &account, long generation);

} // namespace keytender::bench
