// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <vector>

#include "tools/tool.h"

// Where OpenClaw and its fork CoderClaw keep logins: state directories, in them agents, each with a store of its own
// that is a JSON file (until 2026.6.1) or a cell of a database, and since 2026.8 one store that all agents share.
namespace keytender::tools {

enum class Claw { OpenClaw, CoderClaw };

struct OpenClawStore {
    CopyPlace place;
    QString stateDirectory;
    QString agentDirectory; // empty: shared by all agents
    QString configuration;  // openclaw.json
    QString leftover;       // an auth-profiles.json beside the database that OpenClaw does not read any more
    // It is oauth.json, which an installation without logins takes over once, and never looks at again.
    bool isImport = false;
};

struct OpenClawStores {
    std::vector<OpenClawStore> stores;
    QStringList directories;
    std::vector<base::Error> problems;
};

[[nodiscard]] OpenClawStores openClawStores(Claw claw, const ToolWorld &world);
[[nodiscard]] Located locatedOf(OpenClawStores found);
// The one that is this place; nothing where the tool's own files name it no more.
[[nodiscard]] std::optional<OpenClawStore> openClawStoreAt(Claw claw, const CopyPlace &place, const ToolWorld &world);

} // namespace keytender::tools
