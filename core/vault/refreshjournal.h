// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>
#include <vector>

#include <QString>

#include "base/random.h"
#include "base/result.h"
#include "base/secret.h"
#include "vault/journalentry.h"
#include "vault/lineagejournal.h"
#include "vault/seal.h"

namespace keytender::vault {

// What makes a refresh survive a crash: before a refresh token is sent, the intent lies here; before anybody hears of
// the answer, the answer does. One sealed file per profile, named by a keyed hash. Vault::openJournal() makes it.
class RefreshJournal final {
public:
    // The directory exists.
    RefreshJournal(QString directory, const base::Secret &key, base::Random &random);

    // Only under the lock of lockName(), and anew for each attempt.
    [[nodiscard]] base::Result<LineageJournal> lineage(const QString &profileId) const;

    struct Contents {
        std::vector<JournalEntry> open;    // of attempts that did not come to their end, without locking anything
        std::vector<base::Error> problems; // files that cannot be read; they are left alone
    };
    [[nodiscard]] Contents readOpen() const;

    // The profile is signed out: nothing of it is to stay. Only under its lock; durable.
    [[nodiscard]] base::Result<void> forget(const QString &profileId) const;

    [[nodiscard]] const QString &directory() const { return m_directory; }
    // Of the file in directory() whose flock is the lineage's lock.
    [[nodiscard]] QString lockName(const QString &profileId) const;

private:
    [[nodiscard]] QString fileName(const QString &profileId, const QString &suffix) const;
    [[nodiscard]] LineageJournal::Place placeOf(const QString &name) const;

    QString m_directory;
    std::shared_ptr<const Seal> m_seal;
    base::Random &m_random;
};

} // namespace keytender::vault
