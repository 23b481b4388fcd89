// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <map>
#include <memory>
#include <optional>
#include <vector>

#include <QHash>
#include <QSet>
#include <QString>

#include "base/fingerprint.h"
#include "profile/profile.h"
#include "sync/duplicates.h"
#include "sync/reconcile.h"
#include "sync/sighting.h"
#include "tools/tool.h"
#include "vault/vault.h"

namespace keytender::sync {

// What one look changed, to be told once it is durable.
struct News {
    QSet<QString> changed;
    QSet<QString> removed;
    std::vector<Sighting> sightings;
    std::vector<base::Error> problems;
};

// One login as found at one place.
struct Found {
    const tools::ToolFacts &tool;
    const tools::CopyPlace &place;
    tools::CopyReading reading;
    std::optional<base::Timestamp> writtenAt; // the file's own time
};

// The profiles as values, and the vault behind them: takes what was found, reconciles it, keeps what is to be kept.
// The cost of a look does not depend on how many profiles there are.
class ProfileLedger final {
public:
    // Fingerprints are under this key until there is a vault with its own.
    explicit ProfileLedger(base::FingerprintKey key);

    // From then on fingerprints are the vault's. Copies are to be looked at again: theirs are not, until they are.
    void setVault(std::unique_ptr<vault::Vault> vault, News &news);
    [[nodiscard]] bool hasVault() const { return m_vault != nullptr; }
    // Whoever writes to it says so with reload(); null until there is one.
    [[nodiscard]] vault::Vault *vault() const { return m_vault.get(); }
    // The vault's record of this profile is another one now, or gone; not by our doing.
    void reload(const QString &id, News &news);

    // Who may spend its refresh token from now on. Durable when it returns; NotFound for what the vault does not hold.
    [[nodiscard]] base::Result<void> setCare(const QString &id, profile::Care care, News &news);

    // The provider refused this refresh token of it for good: what the tool holds instead counts from now on.
    void noteEnded(const QString &id, const base::Fingerprint &refreshToken);

    void take(const QString &id, Found found, base::Timestamp now, News &news);
    // Profiles of the vault of which no place has said anything; those that have no place but the vault excepted.
    [[nodiscard]] QStringList withoutCopies() const;
    // The record of such a profile is gone from `path`, where it was in all likelihood.
    void noteVanished(const QString &id, const QString &path, News &news);

    [[nodiscard]] const std::map<QString, profile::Profile> &profiles() const { return m_profiles; }
    // Whether the profile ever held a credential.
    [[nodiscard]] bool holds(const QString &id) const;
    // Profiles whose login may lie at this place, by their ids: for errors that are told of the place as a whole.
    [[nodiscard]] QSet<QString> possiblyAt(const tools::ToolFacts &tool, const tools::CopyPlace &place) const;

private:
    // What was told of one copy last.
    struct Seen {
        profile::CopyState state = profile::CopyState::Absent;
        Step step = Step::Nothing;
        base::Fingerprint lineage;
        QString note;
    };
    struct Entry {
        std::optional<Known> known;
        bool isKept = false;                  // the vault holds just this
        std::optional<base::Error> keepError; // why not
        std::map<QString, Seen> seen;         // by path
        QString vanishedFrom;                 // the path of the copy that noteVanished() made up
    };

    [[nodiscard]] const base::FingerprintKey &key() const;
    [[nodiscard]] bool canKeep() const;
    [[nodiscard]] profile::Copy copyOf(const Found &found, const profile::Profile &profile, base::Timestamp now) const;
    [[nodiscard]] std::optional<Known> knownBeside(const Entry &entry, const profile::Profile &profile,
                                                   const QString &path) const;
    [[nodiscard]] profile::Accord accordOf(const Entry &entry, const profile::Profile &profile,
                                           base::Timestamp now) const;
    void carryOut(const Decision &decision, Found &found, profile::Profile &profile, base::Timestamp now);
    void keep(profile::Profile &profile, profile::Credential credential, News &news);
    void restore(const vault::RecordFacts &record, News &news);
    void note(const profile::Profile &profile, const profile::Copy &copy, Step step, News &news);
    void publish(profile::Profile &profile, const std::optional<profile::Profile> &before, News &news);
    void removeIfEmpty(const QString &id, News &news);
    void remove(const QString &id, News &news);
    void refreshDuplicates(const QSet<QString> &ids, News &news);

    base::FingerprintKey m_ownKey;
    std::unique_ptr<vault::Vault> m_vault;
    std::map<QString, profile::Profile> m_profiles;
    QHash<QString, Entry> m_entries;
    DuplicateIndex m_duplicates;
};

// "claude-cli@work" lies in the home "work".
[[nodiscard]] QString homeNameIn(const QString &profileId);

} // namespace keytender::sync
