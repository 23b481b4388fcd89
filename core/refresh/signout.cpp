// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "refresh/signout.h"

#include <algorithm>
#include <array>
#include <utility>

#include "refresh/settlement.h"

namespace keytender::refresh {

using namespace std::chrono_literals;
using Ending = SignOutOutcome::Ending;
using Phase = vault::RevocationNote::Phase;
using Purpose = SignOutRequest::Purpose;
using vault::JournalEntry;

namespace {

constexpr base::Milliseconds firstPause = 1min;
constexpr base::Milliseconds longestPause = 6h;

double drawn(base::Random &random)
{
    std::array<std::byte, 2> bytes{};
    random.fill(bytes);
    return (std::to_integer<int>(bytes[0]) * 256 + std::to_integer<int>(bytes[1])) / 65535.0;
}

Ending endingFor(const RevocationReport &report)
{
    if (report.wantsRetry())
        return Ending::StillValid;
    return report.wantsHand() ? Ending::ByHand : Ending::SignedOut;
}

void dropUnless(bool isKept, base::Secret &token)
{
    if (!isKept)
        token = {};
}

} // namespace

base::Milliseconds revocationPause(std::uint64_t tries, std::optional<std::chrono::seconds> retryAfter, double jitter)
{
    const std::uint64_t doublings = std::clamp<std::uint64_t>(tries, 1, 10) - 1;
    const base::Milliseconds pause = std::min(firstPause * (1L << doublings), longestPause);
    const auto spread = base::Milliseconds(static_cast<base::Milliseconds::rep>(double(pause.count()) * jitter / 4));
    return std::max<base::Milliseconds>(pause + spread, retryAfter.value_or(0s));
}

void noteDown(vault::RevocationNote &note, const RevocationReport &report, const SignOutWorld &world)
{
    dropUnless(report.refreshToken == TokenEnd::StillValid, note.refreshToken);
    dropUnless(report.accessToken == TokenEnd::StillValid, note.accessToken);
    ++note.tries;
    note.nextTry = world.clock.wallTime() + revocationPause(note.tries, report.retryAfter, drawn(world.random));
}

SignOutOutcome outcomeOf(const vault::RevocationNote &note, const RevocationReport &report,
                         const provider::Provider &provider)
{
    SignOutOutcome outcome;
    outcome.ending = endingFor(report);
    outcome.profileId = note.profileId;
    outcome.label = note.label;
    outcome.refreshToken = report.refreshToken;
    outcome.accessToken = report.accessToken;
    outcome.mayHaveSuccessor = note.mayHaveSuccessor;
    outcome.errorText = report.errorText;
    outcome.revokeByHand = provider.revokeByHand ? provider.revokeByHand->value : QUrl();
    outcome.alsoEnds = provider.revocationEffect ? provider.revocationEffect->value : QString();
    outcome.tries = note.tries;
    if (outcome.ending == Ending::StillValid)
        outcome.nextTry = note.nextTry;
    return outcome;
}

base::Result<bool> settleJournal(const QString &profileId, const provider::Provider &provider,
                                 const SignOutWorld &world)
{
    const auto lineage = world.journal.lineage(profileId);
    if (!lineage)
        return base::unexpected(lineage.error());
    const JournalEntry &entry = lineage->current();
    if (entry.phase != JournalEntry::Phase::Received)
        return entry.phase == JournalEntry::Phase::Intent;
    VaultCredentials credentials(world.vault);
    const Settled settled = settle(entry, provider,
                                   RefreshWorld{.clock = world.clock,
                                                .random = world.random,
                                                .transport = world.transport,
                                                .credentials = credentials,
                                                .journal = world.journal,
                                                .archive = world.archive});
    if (settled.fault)
        return base::unexpected(*settled.fault);
    return false;
}

SignOut::SignOut(SignOutRequest request, SignOutWorld world, QObject *parent)
    : QObject(parent), m_request(std::move(request)), m_world(world),
      m_lock(m_world.journal.directory(), {m_world.journal.lockName(m_request.profileId)}, m_world.clock),
      m_run(m_request.provider, m_world.transport, m_world.clock)
{
}

void SignOut::start()
{
    m_lock.take(lockDeadline, [this](const base::Result<void> &taken) {
        if (!taken)
            return end(taken.error().kind == base::ErrorKind::TimedOut ? Ending::Busy : Ending::StorageFault,
                       taken.error());
        if (m_request.purpose == Purpose::Resume)
            return resume();
        reread();
    });
}

void SignOut::reread()
{
    if (m_request.purpose == Purpose::SignOut) {
        const auto settled = settleJournal(m_request.profileId, m_request.provider, m_world);
        if (!settled)
            return end(Ending::StorageFault, settled.error());
        m_note.mayHaveSuccessor = *settled;
    }
    const auto record = m_world.vault.read(m_request.profileId);
    if (!record && record.error().kind == base::ErrorKind::NotFound)
        return end(Ending::Gone);
    if (!record)
        return end(Ending::StorageFault, record.error());
    if (record->care != profile::Care::Own)
        return end(Ending::NotOurs);
    note(*record);
}

void SignOut::note(const vault::Record &record)
{
    m_note.phase = m_request.purpose == Purpose::ForgetHere ? Phase::Forgetting : Phase::UnderWay;
    m_note.profileId = record.id;
    m_note.providerId = record.providerId;
    m_note.label = record.label;
    m_note.lineage = profile::factsOf(record.credential, m_world.vault.fingerprintKey()).lineage();
    m_note.begunAt = m_world.clock.wallTime();
    m_note.nextTry = m_note.begunAt;
    if (m_note.phase == Phase::UnderWay) {
        m_note.refreshToken = record.credential.tokens.refreshToken.clone();
        m_note.accessToken = record.credential.tokens.accessToken.clone();
    }
    if (const auto written = m_world.notes.write(m_note); !written)
        return end(Ending::StorageFault, written.error());
    m_isNoted = true;
    tell();
}

// Anything may have happened since the note was written: it is read again, and the record is looked at.
void SignOut::resume()
{
    auto found = m_world.notes.read(m_request.lineage);
    if (!found && found.error().kind == base::ErrorKind::NotFound)
        return end(Ending::Gone);
    if (!found)
        return end(Ending::StorageFault, found.error());
    if (!found->isUnderWay() || found->profileId != m_request.profileId)
        return end(Ending::Gone); // somebody else finished it
    m_note = *std::move(found);
    m_isNoted = true;
    const auto record = m_world.vault.read(m_note.profileId);
    if (!record && record.error().kind != base::ErrorKind::NotFound)
        return end(Ending::StorageFault, record.error());
    m_isRecordOurs =
        !record || profile::factsOf(record->credential, m_world.vault.fingerprintKey()).lineage() == m_note.lineage;
    tell();
}

void SignOut::tell()
{
    if (m_note.phase == Phase::Forgetting) {
        RevocationReport report;
        report.refreshToken = TokenEnd::NotAsked;
        report.accessToken = TokenEnd::NotAsked;
        return erase(report);
    }
    profile::TokenSet tokens;
    tokens.refreshToken = m_note.refreshToken.clone();
    tokens.accessToken = m_note.accessToken.clone();
    m_run.start(std::move(tokens), [this](const RevocationReport &report) { erase(report); });
}

void SignOut::erase(const RevocationReport &report)
{
    const bool isForgotten = m_note.phase == Phase::Forgetting;
    noteDown(m_note, report, m_world);
    SignOutOutcome outcome = outcomeOf(m_note, report, m_request.provider);
    if (isForgotten)
        outcome.ending = Ending::Forgotten;
    if (const auto erased = eraseHere(); !erased) { // the note stands as it was: PendingRevocations goes on from there
        outcome.ending = Ending::StorageFault;
        outcome.error = erased.error();
        return end(outcome);
    }
    outcome.hasLeftHere = m_isRecordOurs;
    m_note.phase = Phase::Pending;
    const auto closed = m_note.hasTokens() ? m_world.notes.write(m_note) : m_world.notes.remove(m_note.lineage);
    if (!closed)
        outcome.error = closed.error(); // it is gone through once more, and finds everything done
    end(outcome);
}

base::Result<void> SignOut::eraseHere()
{
    if (!m_isRecordOurs)
        return {};
    if (auto removed = m_world.vault.remove(m_note.profileId); !removed)
        return removed;
    if (auto forgotten = m_world.journal.forget(m_note.profileId); !forgotten)
        return forgotten;
    return m_world.archive.forget(m_note.profileId);
}

void SignOut::cancel()
{
    if (m_isOver)
        return;
    if (m_isNoted)
        return m_run.giveUp();
    end(Ending::Cancelled);
}

void SignOut::end(Ending ending, std::optional<base::Error> error)
{
    SignOutOutcome outcome;
    outcome.ending = ending;
    outcome.profileId = m_request.profileId;
    outcome.error = std::move(error);
    end(outcome);
}

void SignOut::end(const SignOutOutcome &outcome)
{
    m_isOver = true;
    m_note = {};
    m_lock.letGo();
    Q_EMIT finished(outcome);
}

} // namespace keytender::refresh
