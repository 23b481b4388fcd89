// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/openclaw.h"

#include "tools/openclawstore.h"

namespace keytender::tools {

const ToolFacts &OpenClaw::facts() const
{
    static const ToolFacts facts{.id = QStringLiteral("openclaw"),
                                 .name = QStringLiteral("OpenClaw"),
                                 .profileName = QStringLiteral("openclaw"),
                                 .providerId = {},
                                 .signInCommand = QStringLiteral("openclaw models auth login")};
    return facts;
}

Located OpenClaw::locate(const ToolWorld &world) const
{
    return locatedOf(openClawStores(Claw::OpenClaw, world));
}

std::vector<CopyReading> OpenClaw::interpret(const CopyPlace &place, const base::FileContent &content,
                                             const Fetched &fetched, base::Timestamp /*now*/) const
{
    return readOpenClawPlace(place, content, fetched, facts().name);
}

} // namespace keytender::tools
