// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "samplesettings.h"

#include <QDir>

namespace keytender::samples {

using profile::Care;

ui::SettingsAccess SettingsInMemory::access()
{
    return {.current = [this]() -> const service::Settings & { return settings; },
            .change = [this](const service::Settings &wanted) -> base::Result<void> {
                if (refusal)
                    return base::unexpected(*refusal);
                settings = wanted;
                ++changes;
                return {};
            }};
}

service::Settings someSettings()
{
    service::Settings settings;
    settings.homes[QStringLiteral("claude-code")] = {QDir::homePath() + QStringLiteral("/.claude-work")};
    settings.homes[QStringLiteral("codex")] = {QDir::rootPath()};
    settings.gitHosts[QStringLiteral("github.com")] = QStringLiteral("gh-cli");
    settings.gitHosts[QStringLiteral("git.example.com:8443")] = QStringLiteral("own:example");
    settings.startsWithSession = true;
    return settings;
}

ui::SettingsSubject settingsSubject()
{
    return {.tools = {{QStringLiteral("claude-code"), QStringLiteral("Claude Code")},
                      {QStringLiteral("codex"), QStringLiteral("Codex")},
                      {QStringLiteral("gemini-cli"), QStringLiteral("Gemini CLI")}},
            .logins = {{QStringLiteral("claude-cli"), QStringLiteral("Claude Code"), Care::Shared},
                       {QStringLiteral("codex-cli"), QStringLiteral("Codex"), Care::Delegated},
                       {QStringLiteral("gh-cli"), QStringLiteral("GitHub CLI"), Care::Watched},
                       {QStringLiteral("own:anthropic"), QStringLiteral("Anthropic"), Care::Own}},
            .languages = {QStringLiteral("de"), QStringLiteral("en")}};
}

} // namespace keytender::samples
