// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "subcommands.h"

#include <array>

namespace keytender::cli {

std::span<const Subcommand> subcommands()
{
    static constexpr std::array list{
        Subcommand{"status", addStatus},     Subcommand{"token", addToken},       Subcommand{"login", addLogin},
        Subcommand{"logout", addLogout},     Subcommand{"refresh", addRefresh},   Subcommand{"accounts", addAccounts},
        Subcommand{"use", addUse},           Subcommand{"activity", addActivity}, Subcommand{"providers", addProviders},
        Subcommand{"consents", addConsents},
    };
    return list;
}

} // namespace keytender::cli
