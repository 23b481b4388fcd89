// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <unordered_map>
#include <unordered_set>
#include <vector>

#include <QHash>
#include <QSet>
#include <QString>

#include "profile/profile.h"

namespace keytender::sync {

// Which profiles hold the same lineage or the same account, by hash index: a change costs no look at the others.
class DuplicateIndex final {
public:
    // What a profile holds now. Returns the ids of the other profiles whose duplicates changed by it.
    QSet<QString> update(const profile::Profile &profile);
    QSet<QString> remove(const QString &id);

    // Sorted by id; SameLineage hides SameAccount for the same pair.
    [[nodiscard]] std::vector<profile::Duplicate> of(const QString &id) const;

private:
    struct Keys {
        std::vector<base::Fingerprint> lineages; // of the vault's and of each held copy's credential
        QString account;                         // provider, person and organisation; empty = unknown
    };
    QHash<QString, Keys> m_keys;
    std::unordered_map<base::Fingerprint, QSet<QString>> m_byLineage;
    QHash<QString, QSet<QString>> m_byAccount;
};

} // namespace keytender::sync
