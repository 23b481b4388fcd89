// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "service/choices.h"
#include "service/neighbours/lineagehistory.h"
#include "service/neighbours/neighbourfacts.h"
#include "service/neighbours/neighboursworld.h"
#include "tools/copywriter.h"

namespace keytender::service {

// Several accounts for one tool: which may take its place, and the exchange. A login that is put away goes into the
// vault with its tool's own record and is ours to renew from then on; the one that takes its place is the tool's.
//
//   read the place ─▶ same login as the vault's? no ─▶ refused, nothing written
//     │ yes
//   A put away, durably ─▶ the vault says B ─▶ the tool's file says B ─▶ what stands beside it ─▶ B's own record goes
//
// Whatever is cut off leaves both logins in the vault; at worst one of them twice.
class Accounts final {
public:
    Accounts(const NeighboursWorld &world, Choices &choices, LineageHistory &history,
             const vault::CopyBackups &backups);

    [[nodiscard]] std::vector<AccountGroup> groups() const;
    [[nodiscard]] base::Result<void> use(const QString &profileId, const QString &inPlaceOf);
    // A login of the vault whose place another account has taken by itself: it becomes ours, as far as it is alive.
    [[nodiscard]] base::Result<void> putAwayKnown(const profile::Profile &login);

private:
    struct Seat;
    [[nodiscard]] std::optional<Seat> seatOf(const profile::Profile &login) const;
    [[nodiscard]] std::vector<AccountGroup::Account> accountsFor(const profile::Profile &login) const;
    [[nodiscard]] QString whyNotUsable(const profile::Profile &login) const;
    [[nodiscard]] base::Result<std::optional<vault::Record>> putAway(const Seat &seat);
    // The login is in its tool's place; what stands beside it may say so or not.
    struct Seated {
        base::Result<void> companions;
    };
    [[nodiscard]] base::Result<Seated> seat(const Seat &seat, vault::Record next);
    [[nodiscard]] QString parkedId(const profile::Profile &login) const;

    const NeighboursWorld &m_world;
    Choices &m_choices;
    LineageHistory &m_history;
    const vault::CopyBackups &m_backups;
};

} // namespace keytender::service
