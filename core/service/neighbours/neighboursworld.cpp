// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/neighbours/neighboursworld.h"

#include "refresh/toolcopies.h"

namespace keytender::service {

tools::ReplacementWorld replacementWorld(const NeighboursWorld &world, const tools::Tool &tool)
{
    return {.random = world.random,
            .clock = world.clock,
            .tool = world.synchronizer.toolWorld(tool.facts().id),
            .locks = world.locks};
}

std::function<base::Result<void>(const base::Secret &before)> keepingBefore(const WritingWorld &around,
                                                                            const QString &profileId,
                                                                            const QString &path,
                                                                            vault::CopyBackup::Why why)
{
    return [&world = around.world, &backups = around.backups, profileId, path, why](const base::Secret &before) {
        return backups.keep(
            {.profileId = profileId, .path = path, .why = why, .at = world.now(), .bytes = before.clone()});
    };
}

std::shared_ptr<refresh::OwnerCopies> copiesFor(const QString &profileId, std::vector<refresh::OwnedCopy> copies,
                                                const WritingWorld &around,
                                                std::function<bool(const base::Fingerprint &refreshToken)> isAncestor)
{
    const NeighboursWorld &world = around.world;
    const vault::CopyBackups &backups = around.backups;
    return std::make_shared<refresh::ToolCopies>(
        std::move(copies),
        refresh::ToolCopiesWorld{
            .clock = world.clock,
            .random = world.random,
            .keychain = world.keychain,
            .fingerprintKey = world.vault.fingerprintKey(),
            .toolWorld = [&world](const QString &tool) { return world.synchronizer.toolWorld(tool); },
            .isAncestor = std::move(isAncestor),
            .keepBefore =
                [&world, &backups, profileId](const QString &path, const base::Secret &before) {
                    return keepingBefore({world, backups}, profileId, path, vault::CopyBackup::Why::Renewed)(before);
                },
            .locks = world.locks});
}

} // namespace keytender::service
