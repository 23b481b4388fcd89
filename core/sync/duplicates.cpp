// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "sync/duplicates.h"

#include <algorithm>

namespace keytender::sync {

namespace {

using profile::Duplicate;
using profile::DuplicateKind;

template <class Index, class Key>
void withdrawFrom(Index &index, const Key &key, const QString &id)
{
    const auto found = index.find(key);
    if (found == index.end())
        return;
    found->second.erase(id);
    if (found->second.empty())
        index.erase(found);
}

template <class Fingerprints>
void collect(const profile::CredentialFacts &credential, Fingerprints &lineages, Fingerprints &apiKeys)
{
    if (credential.lineage().isNull())
        return;
    if (credential.kind == profile::CredentialKind::ApiKey)
        apiKeys.insert(credential.lineage());
    else
        lineages.insert(credential.lineage());
}

// Ids whose kind of duplicate differs between the two.
QSet<QString> changedBetween(const QHash<QString, DuplicateKind> &before, const QHash<QString, DuplicateKind> &after)
{
    QSet<QString> changed;
    for (auto it = before.cbegin(); it != before.cend(); ++it) {
        const auto found = after.constFind(it.key());
        if (found == after.cend() || *found != *it)
            changed.insert(it.key());
    }
    for (auto it = after.cbegin(); it != after.cend(); ++it) {
        if (!before.contains(it.key()))
            changed.insert(it.key());
    }
    return changed;
}

} // namespace

DuplicateIndex::Keys DuplicateIndex::keysOf(const profile::Profile &profile)
{
    Keys keys{.provider = profile.providerId, .account = profile.account, .lineages = {}, .apiKeys = {}};
    // Names and plans change without making it somebody else.
    keys.account.organizationName.clear();
    keys.account.plan.clear();
    collect(profile.credential, keys.lineages, keys.apiKeys);
    for (const profile::Copy &copy : profile.copies) {
        if (copy.state == profile::CopyState::Held && copy.credential)
            collect(*copy.credential, keys.lineages, keys.apiKeys);
    }
    return keys;
}

QStringList DuplicateIndex::accountKeysOf(const Keys &keys)
{
    QStringList found;
    if (!keys.account.id.isEmpty())
        found.append(keys.provider + QStringLiteral("\nid\n") + keys.account.id.toCaseFolded());
    if (!keys.account.email.isEmpty())
        found.append(keys.provider + QStringLiteral("\nemail\n") + keys.account.email.toCaseFolded());
    return found;
}

DuplicateIndex::Kinds DuplicateIndex::kindsOf(const QString &id) const
{
    Kinds kinds;
    const auto found = m_keys.constFind(id);
    if (found == m_keys.cend())
        return kinds;
    const Keys &own = *found;
    for (const QString &key : accountKeysOf(own)) {
        for (const QString &other : m_byAccount.at(key)) {
            if (own.account.isSameAs(m_keys.constFind(other)->account))
                kinds.insert(other, DuplicateKind::SameAccount);
        }
    }
    for (const base::Fingerprint &key : own.apiKeys) {
        for (const QString &other : m_byApiKey.at(key))
            kinds.insert(other, DuplicateKind::SameAccount);
    }
    for (const base::Fingerprint &lineage : own.lineages) {
        for (const QString &other : m_byLineage.at(lineage))
            kinds.insert(other, DuplicateKind::SameLineage);
    }
    kinds.remove(id);
    return kinds;
}

void DuplicateIndex::enter(const QString &id, const Keys &keys)
{
    for (const base::Fingerprint &lineage : keys.lineages)
        m_byLineage[lineage].insert(id);
    for (const base::Fingerprint &key : keys.apiKeys)
        m_byApiKey[key].insert(id);
    for (const QString &key : accountKeysOf(keys))
        m_byAccount[key].insert(id);
    m_keys.insert(id, keys);
}

void DuplicateIndex::withdraw(const QString &id)
{
    const Keys keys = m_keys.take(id);
    for (const base::Fingerprint &lineage : keys.lineages)
        withdrawFrom(m_byLineage, lineage, id);
    for (const base::Fingerprint &key : keys.apiKeys)
        withdrawFrom(m_byApiKey, key, id);
    for (const QString &key : accountKeysOf(keys))
        withdrawFrom(m_byAccount, key, id);
}

QSet<QString> DuplicateIndex::update(const profile::Profile &profile)
{
    const Keys keys = keysOf(profile);
    const auto known = m_keys.constFind(profile.id);
    if (known != m_keys.cend() && *known == keys)
        return {};
    const Kinds before = kindsOf(profile.id);
    withdraw(profile.id);
    enter(profile.id, keys);
    return changedBetween(before, kindsOf(profile.id));
}

QSet<QString> DuplicateIndex::remove(const QString &id)
{
    const Kinds before = kindsOf(id);
    withdraw(id);
    return changedBetween(before, {});
}

std::vector<Duplicate> DuplicateIndex::of(const QString &id) const
{
    const Kinds kinds = kindsOf(id);
    std::vector<Duplicate> duplicates;
    duplicates.reserve(static_cast<std::size_t>(kinds.size()));
    for (auto it = kinds.cbegin(); it != kinds.cend(); ++it)
        duplicates.push_back({.profile = it.key(), .kind = it.value()});
    std::ranges::sort(duplicates, {}, &Duplicate::profile);
    return duplicates;
}

} // namespace keytender::sync
