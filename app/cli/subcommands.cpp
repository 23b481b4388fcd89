// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "subcommands.h"

#include <array>

namespace keytender::cli {

std::span<const Subcommand> subcommands()
{
    static constexpr std::array list{
        Subcommand{"status", addStatus},
        Subcommand{"token", addToken},
        Subcommand{"login", addLogin},
        Subcommand{"logout", addLogout},
        Subcommand{"refresh", addRefresh},
        Subcommand{"accounts", addAccounts},
        Subcommand{"use", addUse},
        Subcommand{"activity", addActivity},
        Subcommand{"providers", addProviders},
        Subcommand{"consents", addConsents},
        Subcommand{"doctor", addDoctor},
        Subcommand{"export", addExport},
        Subcommand{"import", addImport},
        Subcommand{"run", addRun},
        Subcommand{"git", addGit},
        Subcommand{"docker", addDocker},
        Subcommand{"aws", addAws},
        Subcommand{"api-key-helper", addApiKeyHelper},
        Subcommand{"codex-auth", addCodexAuth},
    };
    return list;
}

} // namespace keytender::cli
