// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "refresh/settlement.h"

#include <algorithm>

namespace keytender::refresh {

using vault::ArchivedToken;

namespace {

oauth::Delivery deliveryOf(const vault::JournaledAnswer &answer)
{
    oauth::Delivery delivery;
    delivery.fate = oauth::Fate::Answered;
    delivery.status = answer.status;
    delivery.headers = answer.headers;
    delivery.body = answer.body.clone();
    delivery.roundTrip = answer.roundTrip;
    return delivery;
}

void learnAccount(profile::Account &known, const profile::Account &said)
{
    const auto learn = [](QString &have, const QString &heard) {
        if (have.isEmpty())
            have = heard;
    };
    learn(known.id, said.id);
    learn(known.email, said.email);
    learn(known.organizationId, said.organizationId);
    learn(known.organizationName, said.organizationName);
    if (!said.plan.isEmpty())
        known.plan = said.plan;
}

ArchivedToken archived(const vault::JournalEntry &entry, ArchivedToken::Why why, const QString &reason)
{
    ArchivedToken token;
    token.why = why;
    token.profileId = entry.profileIds.value(0);
    token.spent = entry.spent;
    token.at = entry.answer.receivedAt;
    token.attemptId = entry.attemptId;
    token.reason = reason;
    return token;
}

base::Result<void> putAside(const vault::JournalEntry &entry, ArchivedToken::Why why, const RefreshWorld &world)
{
    ArchivedToken token = archived(entry, why, {});
    token.bytes = entry.answer.body.clone();
    return world.archive.keep(token);
}

void renew(vault::Record &record, const vault::JournalEntry &entry, const oauth::TokenResponse &response,
           const provider::Provider &provider)
{
    profile::TokenSet &tokens = record.credential.tokens;
    tokens = oauth::tokenSetOf(response, tokens, provider, entry.sentAt);
    learnAccount(record.account, response.account);
    record.firstSeenAt = entry.answer.receivedAt;
    record.lastChangedAt = entry.answer.receivedAt;
}

struct Records {
    const RefreshWorld &world;
    // The first profile's, where it has just been read: under the lineage's lock nobody else changes it. Whoever
    // succeeds leaves here what the vault holds.
    vault::Record *first = nullptr;
};

// Calls `change` for each profile that still holds `before`, and writes it.
template <class Change>
base::Result<void> rewrite(const QStringList &profileIds, const base::Fingerprint &before, const Records &records,
                           const Change &change)
{
    CredentialStore &credentials = records.world.credentials;
    for (const QString &id : profileIds) {
        std::optional<vault::Record> other;
        vault::Record *record = id == profileIds.constFirst() ? records.first : nullptr;
        if (record == nullptr) {
            auto read = credentials.read(id);
            if (!read && read.error().kind == base::ErrorKind::NotFound)
                continue; // signed out meanwhile
            if (!read)
                return base::unexpected(read.error());
            record = &other.emplace(*std::move(read));
        }
        if (credentials.fingerprintKey().of(record->credential.tokens.refreshToken) != before)
            continue;
        change(*record);
        if (const auto written = credentials.write(*record); !written)
            return written;
    }
    return {};
}

base::Result<void> keep(const Settled &settled, const vault::JournalEntry &entry, const provider::Provider &provider,
                        const Records &records)
{
    const RefreshWorld &world = records.world;
    const base::Fingerprint answered = world.credentials.fingerprintKey().of(settled.response.refreshToken);
    switch (settled.meaning) {
    case Meaning::AlreadyApplied:
        // An earlier try put it there, and did not see it durable. Then come others that share the token.
        if (const auto again = rewrite(entry.profileIds, answered, records, [](vault::Record &) {}); !again)
            return again;
        [[fallthrough]];
    case Meaning::Apply:
        return rewrite(entry.profileIds, entry.spent, records,
                       [&](vault::Record &record) { renew(record, entry, settled.response, provider); });
    case Meaning::SaveRefreshToken:
        if (const auto aside = putAside(entry, ArchivedToken::Why::Unusable, world); !aside)
            return aside;
        return rewrite(entry.profileIds, entry.spent, records, [&](vault::Record &record) {
            record.credential.tokens.refreshToken = settled.response.refreshToken.clone();
            record.lastChangedAt = entry.answer.receivedAt;
        });
    case Meaning::Unusable:
        return putAside(entry, ArchivedToken::Why::Unusable, world);
    case Meaning::OtherAccount:
        return putAside(entry, ArchivedToken::Why::OtherAccount, world);
    case Meaning::Superseded:
        return putAside(entry, ArchivedToken::Why::Superseded, world);
    case Meaning::Moot:
    case Meaning::Rejected:
    case Meaning::Misconfigured:
    case Meaning::TryLater:
        break;
    }
    return {};
}

} // namespace

Settled settle(const vault::JournalEntry &answered, const provider::Provider &provider, const RefreshWorld &world)
{
    const base::FingerprintKey &key = world.credentials.fingerprintKey();
    Settled settled;
    settled.response = oauth::readTokenResponse(deliveryOf(answered.answer), provider, answered.answer.receivedAt);
    auto record = world.credentials.read(answered.profileIds.value(0));
    const bool isGone = !record && record.error().kind == base::ErrorKind::NotFound;
    if (!record && !isGone) {
        settled.fault = record.error();
        return settled;
    }
    Standing standing;
    standing.spent = answered.spent;
    standing.held = isGone ? base::Fingerprint() : key.of(record->credential.tokens.refreshToken);
    standing.answered = key.of(settled.response.refreshToken);
    standing.isOtherAccount = !isGone && world.isOtherAccount(record->account, settled.response.account);
    settled.meaning = meaningOf(settled.response.verdict, standing);
    const Records records{.world = world, .first = isGone ? nullptr : &record.value()};
    if (const auto kept = keep(settled, answered, provider, records); !kept) {
        settled.fault = kept.error();
        record = world.credentials.read(answered.profileIds.value(0)); // whatever of it was done
    }
    if (record)
        settled.held = profile::factsOf(record->credential, key);
    return settled;
}

base::Result<void> adopt(const CopiesReading &copy, const QStringList &profileIds, const base::Fingerprint &before,
                         const RefreshWorld &world)
{
    const base::Timestamp now = world.clock.wallTime();
    return rewrite(profileIds, before, Records{.world = world}, [&](vault::Record &record) {
        record.credential = copy.newer.clone();
        learnAccount(record.account, copy.account);
        record.firstSeenAt = now;
        record.lastChangedAt = now;
    });
}

base::Result<void> retire(const vault::JournalEntry &entry, const QString &reason, const RefreshWorld &world)
{
    const auto why = entry.deliveries > 1 ? ArchivedToken::Why::AnswerLost : ArchivedToken::Why::Retired;
    for (const QString &id : entry.profileIds) {
        const auto record = world.credentials.read(id);
        if (!record && record.error().kind == base::ErrorKind::NotFound)
            continue; // signed out meanwhile
        if (!record)
            return base::unexpected(record.error()); // else the token would be sent again
        const base::Secret &token = record->credential.tokens.refreshToken;
        if (world.credentials.fingerprintKey().of(token) != entry.spent)
            continue;
        ArchivedToken aside = archived(entry, why, reason);
        aside.profileId = id;
        aside.bytes = token.clone();
        if (const auto kept = world.archive.keep(aside); !kept)
            return kept;
    }
    return {};
}

base::Result<bool> isRetired(const QString &profileId, const base::Fingerprint &refreshToken, const RefreshWorld &world)
{
    const auto tokens = world.archive.of(profileId);
    if (!tokens)
        return base::unexpected(tokens.error());
    return std::ranges::any_of(*tokens, [&refreshToken](const ArchivedToken &token) {
        return token.endsLineage() && token.spent == refreshToken;
    });
}

} // namespace keytender::refresh
