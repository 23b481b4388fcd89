// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <map>
#include <optional>
#include <vector>

#include "base/result.h"
#include "refresh/outcome.h"
#include "service/neighbours/neighbourfacts.h"
#include "service/neighbours/neighboursworld.h"
#include "tools/openclawrescue.h"

namespace keytender::service {

// Logins that their tool locked away for a renewal which never reached the server: the vault still has their tokens.
// Only what is provably the same generation is put back, under the tool's own locks, and only when a person says so.
// What is proof is collected while this program runs and forgotten with it.
class Rescues final {
public:
    explicit Rescues(const WritingWorld &around) : m_around(around) {}

    // Of a login as it was just seen, and of a renewal of any login.
    void note(const profile::Profile &login);
    void note(const refresh::Outcome &outcome);

    [[nodiscard]] std::optional<RescueOffer> offerFor(const profile::Profile &login) const;
    [[nodiscard]] base::Result<void> rescue(const profile::Profile &login);

private:
    struct Seen {
        base::Timestamp heldAt{};
        std::optional<base::Timestamp> failedAt;
    };
    struct Fenced;
    [[nodiscard]] std::optional<Fenced> fencedCopyOf(const profile::Profile &login) const;
    [[nodiscard]] tools::RescueEvidence evidenceOf(const QString &profileId) const;

    const WritingWorld m_around;
    std::map<QString, Seen> m_seen;
    std::vector<tools::OfflineSpan> m_offline;
    bool m_isOffline = false; // the last span is open
};

} // namespace keytender::service
