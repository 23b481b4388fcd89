// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tools/copywriter.h"
#include "tools/openclawconfig.h"
#include "tools/openclawplaces.h"

// Which locks keep an OpenClaw of which version away.
namespace keytender::tools {

enum class OpenClawLocking {
    Directory,         // until 2026.2.12: the directory auth-profiles.json.lock, also while refreshing
    PidFile,           // from 2026.2.17 and in CoderClaw: a file of that name with a process in it
    PidFileAndRefresh, // from 2026.4: a lock for each profile's refresh before it
    Refresh,           // databases: that lock alone, and the transaction
    NotRead,           // a JSON file that the installed version does not read any more
    Unknown,           // the first two exclude each other, and nothing tells which it is
};

// What is known of an installation.
struct OpenClawEvidence {
    std::optional<OpenClawVersion> installed; // of the command in PATH
    std::optional<OpenClawVersion> touchedBy; // that wrote the configuration last
    bool hasStateFile = false;                // auth-state.json lies beside the store
};
[[nodiscard]] OpenClawLocking openClawLocking(Claw claw, bool isDatabase, const OpenClawEvidence &evidence);
[[nodiscard]] OpenClawEvidence openClawEvidence(const OpenClawStore &store, const ToolWorld &world);

// The names of a profile's refresh lock, without directory: of 2026.4 to 2026.6, and later ones (2026.7.1 has it).
// `provider` and `profileId` as they stand in the store.
[[nodiscard]] QString openClawRefreshLock(const QString &provider, const QString &profileId);
[[nodiscard]] QString openClawShortRefreshLock(const QString &provider, const QString &profileId);

struct LockedProfile {
    QString provider;
    QString profileId;
    bool isRenewed = false; // its refresh token is spent under the locks, and not only its access token replaced
};
[[nodiscard]] LockPlan openClawLockPlan(const OpenClawStore &store, OpenClawLocking locking,
                                        const OpenClawEvidence &evidence, const LockedProfile &profile);

} // namespace keytender::tools
