// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <deque>
#include <map>
#include <memory>

#include <QObject>
#include <QString>

#include "refresh/ownercopies.h"
#include "service/neighbours/neighboursworld.h"

namespace keytender::service {

// Puts the current tokens back where a copy holds spent ones: a write that failed (F-88), or another program that wrote
// from memory what it held before (F-87, F-93). Rate-limited; who does it time and again is told of, and then let be
// for an hour.
class CopyMending final : public QObject {
    Q_OBJECT

public:
    static constexpr base::Milliseconds interval = std::chrono::seconds(5); // at least, between two of one login
    static constexpr int mostInAnHour = 3;

    // The copies of a login; null where there are none.
    using CopiesOf = std::function<std::shared_ptr<refresh::OwnerCopies>(const QString &profileId)>;

    CopyMending(const NeighboursWorld &world, CopiesOf copiesOf);
    ~CopyMending() override;

    // A copy of this login holds `spent`, which the login held before.
    void mend(const QString &profileId, const base::Fingerprint &spent);
    void release(const QString &profileId);

private:
    struct Job {
        std::shared_ptr<refresh::OwnerCopies> copies; // while it runs
        std::deque<base::Milliseconds> starts;        // of the last hour, boot time
        bool isTold = false;                          // that it does not help
    };
    void publish(const QString &profileId, const base::Fingerprint &spent);
    void finish(const QString &profileId, const std::vector<refresh::PublishedCopy> &copies);

    const NeighboursWorld &m_world;
    const CopiesOf m_copiesOf;
    std::map<QString, Job> m_jobs;
};

} // namespace keytender::service
