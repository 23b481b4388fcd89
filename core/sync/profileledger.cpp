// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "sync/profileledger.h"

#include <algorithm>

namespace keytender::sync {

namespace {

using profile::Copy;
using profile::CopyState;
using profile::Profile;

bool haveSameTokens(const profile::CredentialFacts &left, const profile::CredentialFacts &right)
{
    return left.accessToken == right.accessToken && left.refreshToken == right.refreshToken;
}

bool isHolding(const Copy &copy, const profile::CredentialFacts &credential)
{
    return copy.state == CopyState::Held && copy.credential && haveSameTokens(*copy.credential, credential);
}

const Copy *copyAt(const Profile &profile, const QString &path)
{
    const auto found = std::ranges::find(profile.copies, path, &Copy::path);
    return found == profile.copies.end() ? nullptr : &*found;
}

void put(Profile &profile, const Copy &copy)
{
    const auto found = std::ranges::find(profile.copies, copy.path, &Copy::path);
    if (found == profile.copies.end())
        profile.copies.push_back(copy);
    else
        *found = copy;
}

// What people call it; two homes of one tool are told apart by theirs.
QString labelOf(const Found &found)
{
    const QString label = found.reading.label.isEmpty() ? found.tool.name : found.reading.label;
    const QString &home = found.place.homeName;
    return home.isEmpty() ? label : label + QStringLiteral(" (") + home + u')';
}

Profile profileFrom(const QString &id, const Found &found, base::Timestamp now)
{
    Profile made;
    made.id = id;
    made.providerId = found.reading.providerId.isEmpty() ? found.tool.providerId : found.reading.providerId;
    made.toolId = found.tool.id;
    made.label = labelOf(found);
    made.account = found.reading.account;
    made.firstSeenAt = now;
    made.lastChangedAt = now;
    return made;
}

// A keychain that nobody could ask says nothing about a login that nothing else speaks of; what is known already stays
// and shows the error.
bool isMereSuspicion(const Found &found)
{
    using base::ErrorKind;
    const std::optional<base::Error> &problem = found.reading.problem;
    return found.place.kind == tools::CopyPlace::Kind::KeychainItem && !found.place.isPromised && problem
           && found.reading.state == CopyState::Unreadable
           && (problem->kind == ErrorKind::Unavailable || problem->kind == ErrorKind::TimedOut);
}

} // namespace

ProfileLedger::ProfileLedger(base::FingerprintKey key) : m_ownKey(std::move(key)) {}

const base::FingerprintKey &ProfileLedger::key() const
{
    return m_vault ? m_vault->fingerprintKey() : m_ownKey;
}

bool ProfileLedger::canKeep() const
{
    return m_vault && m_vault->access() == vault::Vault::Access::ReadWrite;
}

void ProfileLedger::setVault(std::unique_ptr<vault::Vault> vault, News &news)
{
    m_vault = std::move(vault);
    for (Entry &entry : m_entries) {
        entry.known.reset();
        entry.isKept = false;
        std::erase_if(entry.seen, [](const auto &seen) { return seen.second.state == CopyState::Held; });
    }
    vault::Vault::Facts facts = m_vault->readFacts();
    for (const vault::RecordFacts &record : facts.records)
        restore(record, news);
    for (base::Error &problem : facts.problems)
        news.problems.push_back(std::move(problem));
    const QStringList ids = m_entries.keys();
    for (const QString &id : ids)
        removeIfEmpty(id, news);
}

void ProfileLedger::restore(const vault::RecordFacts &record, News &news)
{
    Profile &profile = m_profiles[record.id];
    const std::optional<Profile> before = profile.id.isEmpty() ? std::nullopt : std::optional<Profile>(profile);
    profile.id = record.id;
    profile.providerId = record.providerId;
    profile.toolId = record.toolId;
    profile.label = record.label;
    profile.account = record.account;
    profile.care = record.care;
    profile.credential = record.credential;
    profile.firstSeenAt = record.firstSeenAt;
    profile.lastChangedAt = record.lastChangedAt;
    profile.protection = m_vault->protection();
    Entry &entry = m_entries[record.id];
    entry.known = Known{.credential = record.credential,
                        .account = record.account,
                        .care = record.care,
                        .firstSeenAt = record.firstSeenAt};
    entry.isKept = true;
    publish(profile, before, news);
}

void ProfileLedger::reload(const QString &id, News &news)
{
    if (!m_vault)
        return;
    const base::Result<vault::Record> record = m_vault->read(id);
    if (record)
        return restore(vault::factsOf(*record, m_vault->fingerprintKey()), news);
    if (record.error().kind != base::ErrorKind::NotFound)
        return news.problems.push_back(record.error()); // never taken for "gone"
    const auto found = m_profiles.find(id);
    if (found != m_profiles.end() && found->second.care == profile::Care::Own)
        remove(id, news);
}

base::Result<void> ProfileLedger::setCare(const QString &id, profile::Care care, News &news)
{
    if (!canKeep())
        return base::unexpected({.kind = base::ErrorKind::ReadOnly,
                                 .subject = id,
                                 .place = {},
                                 .detail = QStringLiteral("Keytender's own store is not open for writing")});
    base::Result<vault::Record> record = m_vault->read(id);
    if (!record)
        return base::unexpected(record.error());
    record->care = care;
    if (const auto written = m_vault->write(*record); !written)
        return written;
    restore(vault::factsOf(*record, m_vault->fingerprintKey()), news);
    return {};
}

void ProfileLedger::noteEnded(const QString &id, const base::Fingerprint &refreshToken)
{
    const auto entry = m_entries.find(id);
    if (entry != m_entries.end() && entry->known && entry->known->credential.refreshToken == refreshToken)
        entry->known->isEnded = true;
}

void ProfileLedger::take(const QString &id, Found found, base::Timestamp now, News &news)
{
    auto at = m_profiles.find(id);
    std::optional<Profile> before;
    if (at != m_profiles.end())
        before = at->second;
    else if (found.reading.state == CopyState::Absent || isMereSuspicion(found))
        return;
    else
        at = m_profiles.emplace(id, profileFrom(id, found, now)).first;
    Profile &profile = at->second;
    Entry &entry = m_entries[id];
    const Copy copy = copyOf(found, profile, now);
    if (const QString madeUp = std::exchange(entry.vanishedFrom, {}); !madeUp.isEmpty())
        std::erase_if(profile.copies, [&](const Copy &other) { return other.path == madeUp; });
    put(profile, copy);
    if (copy.state == CopyState::Held)
        profile.label = labelOf(found);

    const Decision decision = reconcile(knownBeside(entry, profile, copy.path), copy, now);
    if (decision.takesCopy() || decision.learnsFacts)
        carryOut(decision, found, profile, now);
    if (!entry.isKept && entry.known && isHolding(copy, entry.known->credential))
        keep(profile, std::move(found.reading.credential).value(), news);
    profile.accord = accordOf(entry, profile, now);
    note(profile, copy, decision.step, news);
    publish(profile, before, news);
    removeIfEmpty(id, news);
}

Copy ProfileLedger::copyOf(const Found &found, const Profile &profile, base::Timestamp now) const
{
    Copy copy;
    copy.tool = found.tool.id;
    copy.path = found.place.path;
    copy.slot = found.reading.slot;
    copy.role = found.place.role;
    copy.state = found.reading.state;
    copy.protection = found.reading.protection;
    copy.problem = found.reading.problem;
    copy.account = found.reading.account;
    copy.changedAt = found.writtenAt;
    if (copy.state != CopyState::Held || !found.reading.credential)
        return copy;
    copy.credential = profile::factsOf(*found.reading.credential, key());
    if (copy.changedAt)
        return copy;
    // A keychain item bears no time that we see. That it changed is dated by our noticing, as long as no other copy
    // could be the one that the known token came from.
    const Copy *last = copyAt(profile, copy.path);
    const auto isOther = [&](const Copy &other) { return other.path != copy.path && other.state == CopyState::Held; };
    if (last != nullptr && isHolding(*last, *copy.credential))
        copy.changedAt = last->changedAt;
    else if (!profile.credential.lineage().isNull() && !isHolding(copy, profile.credential)
             && std::ranges::none_of(profile.copies, isOther))
        copy.changedAt = now;
    return copy;
}

std::optional<Known> ProfileLedger::knownBeside(const Entry &entry, const Profile &profile, const QString &path) const
{
    std::optional<Known> known = entry.known;
    if (known)
        known->isHeldElsewhere = std::ranges::any_of(profile.copies, [&](const Copy &other) {
            return other.path != path && isHolding(other, known->credential);
        });
    return known;
}

profile::Accord ProfileLedger::accordOf(const Entry &entry, const Profile &profile, base::Timestamp now) const
{
    profile::Accord worst = profile::Accord::Agreed;
    for (const Copy &copy : profile.copies) {
        const profile::Accord accord = reconcile(knownBeside(entry, profile, copy.path), copy, now).accord;
        const bool isWorse = accord == profile::Accord::DifferentAccount
                             || (accord == profile::Accord::Ambiguous && worst != profile::Accord::DifferentAccount)
                             || worst == profile::Accord::Agreed;
        if (isWorse)
            worst = accord;
    }
    return worst;
}

void ProfileLedger::carryOut(const Decision &decision, Found &found, Profile &profile, base::Timestamp now)
{
    Entry &entry = m_entries[profile.id];
    const std::optional<Known> known = knownBeside(entry, profile, found.place.path);
    profile::Credential &credential = *found.reading.credential;
    if (decision.learnsFacts)
        completeFrom(known->credential, credential.tokens);
    const profile::CredentialFacts facts = profile::factsOf(credential, key());
    if (!known || known->credential.accessToken != facts.accessToken)
        profile.firstSeenAt = now;
    profile.account = accountAfter(decision, known, found.reading.account);
    profile.credential = facts;
    profile.lastChangedAt = now;
    if (!found.reading.providerId.isEmpty())
        profile.providerId = found.reading.providerId;
    entry.known = Known{
        .credential = facts, .account = profile.account, .care = profile.care, .firstSeenAt = profile.firstSeenAt};
    entry.isKept = false;
}

// Durable when it returns, or the profile goes on without: what was found is shown all the same, and kept at the next
// look that can.
void ProfileLedger::keep(Profile &profile, profile::Credential credential, News &news)
{
    if (!canKeep())
        return;
    Entry &entry = m_entries[profile.id];
    const base::Result<void> written = m_vault->write({.id = profile.id,
                                                       .providerId = profile.providerId,
                                                       .toolId = profile.toolId,
                                                       .label = profile.label,
                                                       .account = profile.account,
                                                       .care = profile.care,
                                                       .credential = std::move(credential),
                                                       .firstSeenAt = profile.firstSeenAt,
                                                       .lastChangedAt = profile.lastChangedAt});
    entry.isKept = written.has_value();
    profile.protection = written ? m_vault->protection() : profile::Protection::Unknown;
    if (written) {
        entry.keepError.reset();
    } else if (entry.keepError != written.error()) {
        entry.keepError = written.error();
        news.problems.push_back(written.error());
    }
}

// A change of state and not every look; that all is as it was when we ended last is no news either.
void ProfileLedger::note(const Profile &profile, const Copy &copy, Step step, News &news)
{
    const Seen now{.state = copy.state,
                   .step = step,
                   .lineage = copy.credential ? copy.credential->lineage() : base::Fingerprint(),
                   .note = copy.problem ? base::describe(*copy.problem) : QString()};
    std::map<QString, Seen> &seen = m_entries[profile.id].seen;
    const auto last = seen.find(copy.path);
    const bool isFirst = last == seen.end();
    bool isNews = false;
    if (step == Step::Import)
        isNews = m_vault != nullptr || !isFirst; // without the vault nobody knows whether it is new
    else if (isFirst)
        isNews = step != Step::Nothing;
    else
        isNews = last->second.state != now.state || last->second.note != now.note || last->second.lineage != now.lineage
                 || (last->second.step != step && step != Step::Nothing);
    seen.insert_or_assign(copy.path, now);
    if (isNews)
        news.sightings.push_back({.profile = profile.id,
                                  .path = copy.path,
                                  .state = now.state,
                                  .step = step,
                                  .lineage = now.lineage,
                                  .note = now.note});
}

QStringList ProfileLedger::withoutCopies() const
{
    QStringList ids;
    for (const auto &[id, profile] : m_profiles) {
        if (profile.copies.empty() && profile.care != profile::Care::Own)
            ids.append(id);
    }
    return ids;
}

void ProfileLedger::noteVanished(const QString &id, const QString &path, News &news)
{
    Profile &profile = m_profiles.at(id);
    const std::optional<Profile> before = profile;
    Copy copy;
    copy.tool = profile.toolId;
    copy.path = path;
    m_entries[id].vanishedFrom = path;
    put(profile, copy);
    note(profile, copy, Step::KeepThroughAbsence, news);
    publish(profile, before, news);
}

void ProfileLedger::publish(Profile &profile, const std::optional<Profile> &before, News &news)
{
    const QSet<QString> others = m_duplicates.update(profile);
    profile.duplicates = m_duplicates.of(profile.id);
    if (!before || *before != profile)
        news.changed.insert(profile.id);
    refreshDuplicates(others, news);
}

void ProfileLedger::refreshDuplicates(const QSet<QString> &ids, News &news)
{
    for (const QString &id : ids) {
        m_profiles.at(id).duplicates = m_duplicates.of(id);
        news.changed.insert(id);
    }
}

// A login that nobody ever held, such as the one of an unreadable file that is gone now.
void ProfileLedger::removeIfEmpty(const QString &id, News &news)
{
    const auto found = m_profiles.find(id);
    if (found == m_profiles.end() || m_entries[id].known
        || !std::ranges::all_of(found->second.copies, [](const Copy &copy) { return copy.state == CopyState::Absent; }))
        return;
    remove(id, news);
}

void ProfileLedger::remove(const QString &id, News &news)
{
    m_profiles.erase(id);
    m_entries.remove(id);
    refreshDuplicates(m_duplicates.remove(id), news);
    news.changed.remove(id);
    news.removed.insert(id);
}

bool ProfileLedger::holds(const QString &id) const
{
    const auto found = m_entries.constFind(id);
    return found != m_entries.cend() && found->known.has_value();
}

QSet<QString> ProfileLedger::possiblyAt(const tools::ToolFacts &tool, const tools::CopyPlace &place) const
{
    QSet<QString> ids;
    if (!place.slot.isEmpty())
        return ids;
    for (auto it = m_profiles.lower_bound(tool.profileName); it != m_profiles.end(); ++it) {
        if (!it->first.startsWith(tool.profileName))
            break;
        if (it->second.toolId == tool.id && it->second.copies.empty() && homeNameIn(it->first) == place.homeName)
            ids.insert(it->first);
    }
    return ids;
}

QString homeNameIn(const QString &profileId)
{
    const qsizetype at = profileId.lastIndexOf(u'@');
    return at < 0 ? QString() : profileId.mid(at + 1);
}

} // namespace keytender::sync
