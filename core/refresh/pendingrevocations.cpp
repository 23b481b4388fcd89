// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "refresh/pendingrevocations.h"

#include <algorithm>
#include <utility>

namespace keytender::refresh {

using namespace std::chrono_literals;
using Phase = vault::RevocationNote::Phase;

namespace {

// Longer than any pause: a wall clock that was set back must not make us wait for it (INV-7).
constexpr base::Milliseconds longestWait = 8h;

bool isDue(const vault::RevocationNote &note, base::Timestamp now)
{
    return note.isUnderWay() || note.phase == Phase::Replacing || note.nextTry <= now
           || note.nextTry > now + longestWait;
}

} // namespace

vault::RevocationNote noteOf(const vault::Record &record, Phase phase, const SignOutWorld &world)
{
    vault::RevocationNote note;
    note.phase = phase;
    note.profileId = record.id;
    note.providerId = record.providerId;
    note.label = record.label;
    note.lineage = profile::factsOf(record.credential, world.vault.fingerprintKey()).lineage();
    note.begunAt = world.clock.wallTime();
    note.nextTry = note.begunAt;
    note.refreshToken = record.credential.tokens.refreshToken.clone();
    note.accessToken = record.credential.tokens.accessToken.clone();
    return note;
}

PendingRevocations::PendingRevocations(SignOutWorld world, ProviderFor providerFor, After after, QObject *parent)
    : QObject(parent), m_world(world), m_providerFor(std::move(providerFor)), m_after(std::move(after))
{
}

void PendingRevocations::start()
{
    look(Which::Due);
}

void PendingRevocations::tryNow()
{
    look(Which::All);
}

base::Result<void> PendingRevocations::add(const vault::RevocationNote &note)
{
    if (!note.hasTokens() || note.lineage.isNull())
        return {};
    if (auto written = m_world.notes.write(note); !written)
        return written;
    m_after(0ms, this, [this] { look(Which::Due); });
    return {};
}

void PendingRevocations::expect()
{
    if (!m_isBusy)
        rest();
}

void PendingRevocations::look(Which which)
{
    if (m_isBusy)
        return; // rest() plans the next one
    vault::RevocationNotes::Contents contents = m_world.notes.readAll();
    for (const base::Error &problem : contents.problems)
        Q_EMIT problemFound(problem);
    for (vault::RevocationNote &note : contents.notes) {
        if (which == Which::All || isDue(note, m_world.clock.wallTime()))
            m_queue.push_back(std::move(note));
    }
    // What a kill left unfinished goes first: everything else at start waits for it.
    std::stable_partition(m_queue.begin(), m_queue.end(),
                          [](const vault::RevocationNote &note) { return note.isUnderWay(); });
    m_isBusy = true;
    next();
}

void PendingRevocations::next()
{
    if (!m_hasCaughtUp && (m_queue.empty() || !m_queue.front().isUnderWay())) {
        m_hasCaughtUp = true;
        Q_EMIT caughtUp();
    }
    if (m_queue.empty())
        return rest();
    vault::RevocationNote note = std::move(m_queue.front());
    m_queue.pop_front();
    const std::optional<provider::Provider> provider = m_providerFor(note.providerId);
    if (!provider) {
        Q_EMIT problemFound(
            {.kind = base::ErrorKind::NotFound,
             .subject = note.providerId,
             .place = {},
             .detail = QStringLiteral("is no provider that is known now; '%1' stays signed in there").arg(note.label)});
        return next();
    }
    if (note.isUnderWay())
        return finishSignOut(note, *provider);
    if (note.phase == Phase::Replacing)
        return judgeReplacement(std::move(note), *provider);
    tell(std::move(note), *provider);
}

void PendingRevocations::finishSignOut(const vault::RevocationNote &note, const provider::Provider &provider)
{
    m_signOut = std::make_unique<SignOut>(SignOutRequest{.purpose = SignOutRequest::Purpose::Resume,
                                                         .profileId = note.profileId,
                                                         .provider = provider,
                                                         .lineage = note.lineage},
                                          m_world);
    connect(m_signOut.get(), &SignOut::finished, this, &PendingRevocations::conclude);
    m_signOut->start();
}

// KeepSignIn writes this note and the record in one turn, so whoever reads it here reads it after a crash or after the
// whole of it.
void PendingRevocations::judgeReplacement(vault::RevocationNote note, const provider::Provider &provider)
{
    const auto record = m_world.vault.read(note.profileId);
    if (!record && record.error().kind != base::ErrorKind::NotFound) {
        Q_EMIT problemFound(record.error());
        return next();
    }
    const bool isStillHeld =
        record && profile::factsOf(record->credential, m_world.vault.fingerprintKey()).lineage() == note.lineage;
    // What came after must be durable before the one before it is ended; whoever was interrupted here did not see that.
    const auto durable = !isStillHeld && record ? m_world.vault.write(*record) : base::Result<void>();
    if (!durable) {
        Q_EMIT problemFound(durable.error());
        return next();
    }
    if (!isStillHeld)
        return tell(std::move(note), provider);
    if (const auto removed = m_world.notes.remove(note.lineage); !removed)
        Q_EMIT problemFound(removed.error());
    next();
}

void PendingRevocations::tell(vault::RevocationNote note, const provider::Provider &provider)
{
    profile::TokenSet tokens;
    tokens.refreshToken = note.refreshToken.clone();
    tokens.accessToken = note.accessToken.clone();
    m_run = std::make_unique<RevocationRun>(provider, m_world.transport, m_world.clock);
    auto kept = std::make_shared<vault::RevocationNote>(std::move(note));
    m_run->start(std::move(tokens),
                 [this, kept, provider](const RevocationReport &report) { close(std::move(*kept), report, provider); });
}

void PendingRevocations::close(vault::RevocationNote note, const RevocationReport &report,
                               const provider::Provider &provider)
{
    note.phase = Phase::Pending;
    noteDown(note, report, m_world);
    SignOutOutcome outcome = outcomeOf(note, report, provider);
    outcome.hasLeftHere = true;
    const bool isGivenUp = note.tries >= mostTries && note.hasTokens();
    if (isGivenUp)
        outcome.ending = SignOutOutcome::Ending::ByHand;
    const auto closed = note.hasTokens() && !isGivenUp ? m_world.notes.write(note) : m_world.notes.remove(note.lineage);
    if (!closed)
        outcome.error = closed.error();
    conclude(outcome);
}

void PendingRevocations::conclude(const SignOutOutcome &outcome)
{
    Q_EMIT tried(outcome);
    // Whoever has just finished must not be destroyed by its own word.
    m_after(0ms, this, [this] { next(); });
}

void PendingRevocations::rest()
{
    m_isBusy = false;
    if (m_isWaiting || m_world.notes.readAll().notes.empty())
        return;
    m_isWaiting = true;
    m_after(lookEvery, this, [this] {
        m_isWaiting = false;
        look(Which::Due);
    });
}

} // namespace keytender::refresh
