// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <vector>

#include "base/result.h"
#include "service/choices.h"
#include "service/neighbours/lineagehistory.h"
#include "service/neighbours/neighboursworld.h"

namespace keytender::service {

// Where a link may lead, and the write itself: blocking for milliseconds, durable when it returns.
class Sinks final {
public:
    Sinks(const NeighboursWorld &world, const LineageHistory &history, const vault::CopyBackups &backups)
        : m_world(world), m_history(history), m_backups(backups)
    {
    }

    struct Candidate {
        QString toProfile;
        QString label;
        std::vector<LinkWay> ways;
        QString whyNot; // where there are no ways
    };
    // Logins in other tools' stores that could get this one's token.
    [[nodiscard]] std::vector<Candidate> candidatesFor(const profile::Profile &login) const;
    [[nodiscard]] Candidate candidate(const profile::Profile &login, const profile::Profile &other) const;

    // What is odd about it although it was written, or nothing.
    [[nodiscard]] base::Result<QString> write(const LinkChoice &choice, const vault::Record &record) const;

private:
    [[nodiscard]] base::Result<void> writeCopy(const LinkChoice &choice, const vault::Record &record) const;

    const NeighboursWorld &m_world;
    const LineageHistory &m_history;
    const vault::CopyBackups &m_backups;
};

} // namespace keytender::service
