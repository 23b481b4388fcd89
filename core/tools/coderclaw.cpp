// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/coderclaw.h"

#include "tools/openclawstore.h"

namespace keytender::tools {

const ToolFacts &CoderClaw::facts() const
{
    static const ToolFacts facts{.id = QStringLiteral("coderclaw"),
                                 .name = QStringLiteral("CoderClaw"),
                                 .profileName = QStringLiteral("coderclaw"),
                                 .providerId = {},
                                 .signInCommand = QStringLiteral("coderclaw models auth login")};
    return facts;
}

Located CoderClaw::locate(const ToolWorld &world) const
{
    return locatedOf(openClawStores(Claw::CoderClaw, world));
}

std::vector<CopyReading> CoderClaw::interpret(const CopyPlace &place, const base::FileContent &content,
                                              const Fetched &fetched, base::Timestamp /*now*/) const
{
    return readOpenClawPlace(place, content, fetched, facts().name);
}

} // namespace keytender::tools
