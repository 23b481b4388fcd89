// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>
#include <vector>

#include <QString>

#include "refresh/toolcopies.h"
#include "sync/synchronizer.h"

namespace keytender::service {

// Who holds the refresh token of a login, and whether it may be spent beside them: one lineage, one spender.
struct Sharing {
    std::vector<refresh::OwnedCopy> copies; // of this login and of all that hold the same refresh token
    QString objection;                      // why it may not be, in one sentence; empty = it may

    [[nodiscard]] bool isAllowed() const { return objection.isEmpty(); }
};

// Whether every other login with the same refresh token has to be kept fresh already.
enum class Others { MayBeAsked, MustBeShared };
// `mirrors`: those that a person has tied to this one by a mirror.
[[nodiscard]] Sharing sharingOf(const QString &profileId, const sync::Synchronizer &synchronizer, Others others,
                                const QStringList &mirrors = {});

// Copies that cannot be locked, for `why`: nothing is spent for a login with these.
[[nodiscard]] std::shared_ptr<refresh::OwnerCopies> lockedOut(const QString &profileId, const QString &why);

// What lies at a place just now; a keychain item has to be asked for elsewhere and is Unavailable here.
[[nodiscard]] tools::Fetched fetchNow(const tools::CopyPlace &place, uid_t user);

} // namespace keytender::service
