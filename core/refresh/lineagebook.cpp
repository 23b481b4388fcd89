// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "refresh/lineagebook.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "refresh/retrypolicy.h"

namespace keytender::refresh {

PlannedLogin LineageBook::Entry::planned() const
{
    PlannedLogin planned{.credential = login.credential,
                         .care = login.care,
                         .firstSeenAt = login.firstSeenAt,
                         .lifetimes = login.provider ? login.provider->lifetimes() : profile::Lifetimes()};
    planned.lifetimes.renewalShare = login.renewalShare;
    return planned;
}

void LineageBook::tend(TendedLogin login, const Moment &at)
{
    const auto [place, isNew] = m_entries.try_emplace(login.profileId);
    Entry &entry = place->second;
    const profile::CredentialFacts credential = login.credential;
    const profile::CredentialFacts before = std::exchange(entry.login, std::move(login)).credential;
    if (!isNew && before == credential)
        return;
    const bool isSameLineage = !isNew && before.refreshToken == credential.refreshToken;
    if (!isSameLineage) {
        entry.history.isEnded = false;
        entry.history.notBefore.reset();
        entry.history.failures = 0;
    }
    reindex(entry, isNew ? base::Fingerprint() : before.refreshToken);
    if (isNew || before.accessToken != credential.accessToken) {
        entry.history.obtained.reset();
        entry.history.firstLook = at;
        entry.history.isRefused = false;
        entry.wasRenewedAfterRefusal = false;
        entry.jitter = draw();
    }
}

void LineageBook::release(const QString &profileId)
{
    const auto found = m_entries.find(profileId);
    if (found == m_entries.end())
        return;
    m_byToken[found->second.login.credential.refreshToken].erase(profileId);
    m_entries.erase(found);
}

void LineageBook::restoreRefusals(const QString &profileId, const std::vector<base::Timestamp> &refusals)
{
    if (const auto found = m_entries.find(profileId); found != m_entries.end())
        found->second.history.refusals = refusals;
}

const LineageBook::Entry *LineageBook::find(const QString &profileId) const
{
    const auto found = m_entries.find(profileId);
    return found == m_entries.end() ? nullptr : &found->second;
}

QStringList LineageBook::sharersOf(const base::Fingerprint &refreshToken) const
{
    const auto found = m_byToken.find(refreshToken);
    if (found == m_byToken.end() || refreshToken.isNull())
        return {};
    return {found->second.begin(), found->second.end()};
}

Due LineageBook::dueOf(const Entry &entry, const Moment &at) const
{
    return refreshDue(entry.planned(), entry.history, at, entry.jitter);
}

Due LineageBook::dueOnDemand(const Entry &entry, const Moment &at) const
{
    LineageHistory history = entry.history;
    history.isRefused = true;
    return refreshDue(entry.planned(), history, at, entry.jitter);
}

bool LineageBook::noteRefused(const QString &profileId, const base::Fingerprint &accessToken)
{
    const auto found = m_entries.find(profileId);
    if (found == m_entries.end() || found->second.login.credential.accessToken != accessToken
        || found->second.wasRenewedAfterRefusal)
        return false;
    found->second.history.isRefused = true;
    return true;
}

void LineageBook::noteOnline()
{
    for (auto &[id, entry] : m_entries) {
        if (entry.last && (entry.last->ending == Ending::NotSent || entry.last->ending == Ending::Unsure))
            entry.history.notBefore.reset();
    }
}

void LineageBook::noteDelivery(const base::Fingerprint &refreshToken, base::Milliseconds boot)
{
    for (const QString &id : sharersOf(refreshToken))
        m_entries.at(id).history.lastDelivery = boot;
}

void LineageBook::conclude(const base::Fingerprint &refreshToken, const Outcome &outcome, const Moment &at)
{
    for (const QString &id : sharersOf(refreshToken))
        concludeOne(m_entries.at(id), outcome, at);
}

void LineageBook::concludeOne(Entry &entry, const Outcome &outcome, const Moment &at)
{
    entry.last = outcome;
    entry.history.refusals.insert(entry.history.refusals.end(), static_cast<std::size_t>(outcome.refusals), at.wall);
    const bool hasSucceeded = isRenewal(outcome.ending) || outcome.ending == Ending::NothingOpen;
    entry.history.failures = hasSucceeded ? 0 : entry.history.failures + 1;
    const auto &lapses = entry.login.credential.expiresAt;
    const Failing failing{.failures = entry.history.failures, .hasLapsed = lapses && *lapses <= at.wall};
    const Retry retry = retryAfter(outcome, failing, draw());
    entry.history.notBefore.reset();
    if (retry.after > base::Milliseconds(0))
        entry.history.notBefore = at.boot + retry.after;
    entry.history.isEnded = retry.isEnded;
    if (!outcome.held.accessToken.isNull())
        takeToken(entry, outcome.held, at);
}

// What the vault holds after an attempt; whoever tends the login says the same a little later.
void LineageBook::takeToken(Entry &entry, const profile::CredentialFacts &credential, const Moment &at)
{
    const bool isNewToken = entry.login.credential.accessToken != credential.accessToken;
    const base::Fingerprint before = entry.login.credential.refreshToken;
    entry.login.credential = credential;
    reindex(entry, before);
    if (!isNewToken)
        return;
    entry.wasRenewedAfterRefusal = std::exchange(entry.history.isRefused, false);
    entry.login.firstSeenAt = at.wall;
    entry.jitter = draw();
    entry.history.firstLook = at;
    entry.history.obtained.reset();
    if (entry.last && entry.last->ending == Ending::Renewed && entry.last->deliveries > 0)
        entry.history.obtained = at;
}

void LineageBook::reindex(Entry &entry, const base::Fingerprint &before)
{
    const QString &id = entry.login.profileId;
    if (const auto old = m_byToken.find(before); old != m_byToken.end()) {
        old->second.erase(id);
        if (old->second.empty())
            m_byToken.erase(old);
    }
    m_byToken[entry.login.credential.refreshToken].insert(id);
}

double LineageBook::draw()
{
    std::array<std::byte, 4> bytes{};
    m_random.fill(bytes);
    std::uint32_t number = 0;
    std::memcpy(&number, bytes.data(), sizeof number);
    return static_cast<double>(number) / static_cast<double>(UINT32_MAX);
}

} // namespace keytender::refresh
