// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <set>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include <QHash>
#include <QSet>
#include <QString>

#include "profile/profile.h"

namespace keytender::sync {

// Which profiles hold the same lineage or the same account, by hash index: a change costs as much as the profile has
// keys and duplicates, and no look at the others.
class DuplicateIndex final {
public:
    // What a profile holds now. Returns the ids of the other profiles whose duplicates changed by it.
    QSet<QString> update(const profile::Profile &profile);
    QSet<QString> remove(const QString &id);

    // Sorted by id; SameLineage hides SameAccount for the same pair.
    [[nodiscard]] std::vector<profile::Duplicate> of(const QString &id) const;

private:
    // Not hashes of Qt's: one element of theirs takes a kilobyte, and nearly all of these hold one.
    using Fingerprints = std::unordered_set<base::Fingerprint>;
    using Ids = std::set<QString>;

    struct Keys {
        QString provider;
        profile::Account account;
        Fingerprints lineages; // of the vault's and of each held copy's credential
        Fingerprints apiKeys;  // nobody renews these: held twice they are the same account, no more
        bool operator==(const Keys &) const = default;
    };
    using Kinds = QHash<QString, profile::DuplicateKind>; // by the other profile's id

    [[nodiscard]] static Keys keysOf(const profile::Profile &profile);
    // Where to look for the same account; Account::isSameAs() has the last word.
    [[nodiscard]] static QStringList accountKeysOf(const Keys &keys);
    [[nodiscard]] Kinds kindsOf(const QString &id) const;
    void enter(const QString &id, const Keys &keys);
    void withdraw(const QString &id);

    QHash<QString, Keys> m_keys;
    std::unordered_map<base::Fingerprint, Ids> m_byLineage;
    std::unordered_map<base::Fingerprint, Ids> m_byApiKey;
    std::unordered_map<QString, Ids> m_byAccount;
};

} // namespace keytender::sync
