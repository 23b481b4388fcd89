// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// The second half of an attempt: what became of the request, and what follows from it.

#include <algorithm>
#include <utility>

#include "refresh/refreshattempt.h"
#include "refresh/settlement.h"

namespace keytender::refresh {

using namespace std::chrono_literals;
using Phase = vault::JournalEntry::Phase;

namespace {

// A resend needs at least this much of the owners' patience; else their locks are let go and taken anew.
constexpr base::Milliseconds resendNeeds = 2s;
constexpr base::Milliseconds longestStorePause = 30s;

} // namespace

void RefreshAttempt::receive(oauth::Delivery delivery)
{
    m_deadline.stop();
    ++m_leg;
    m_outcome.error = delivery.error;
    m_outcome.serverTime = delivery.serverTime;
    switch (delivery.fate) {
    case oauth::Fate::NotSent:
        --m_outcome.deliveries;
        if (m_isUnsure)
            return end(Ending::Unsure, delivery.error);
        closeJournal();
        return end(Ending::NotSent, delivery.error);
    case oauth::Fate::Unknown:
        m_isUnsure = true;
        return resolveUnsure();
    case oauth::Fate::Answered:
        return keepAnswer(std::move(delivery));
    }
}

// Everything is read again, because a tool may have been faster; then the same token goes out once more (reliability
// rules, section 4): a token whose answer was lost is not known to be spent.
void RefreshAttempt::resolveUnsure()
{
    if (!m_mayResend || m_isCancelled)
        return end(Ending::Unsure, m_outcome.error);
    m_mayResend = false;
    if (m_request.copies && patienceOfOwners() < resendNeeds) {
        m_request.copies->unlock();
        return lockCopies();
    }
    reread();
}

void RefreshAttempt::keepAnswer(oauth::Delivery delivery)
{
    m_stage = Stage::Settling;
    m_entry.phase = Phase::Received;
    m_entry.answer = {.status = delivery.status,
                      .headers = std::move(delivery.headers),
                      .body = std::move(delivery.body),
                      .receivedAt = m_world.clock.wallTime(),
                      .roundTrip = delivery.roundTrip};
    m_isJournaled = m_journal->write(m_entry.clone()).has_value();
    take(Step::Received);
    // In a turn of its own: each sync of the disk holds up the event loop, and there are more to come.
    QTimer::singleShot(0, this, &RefreshAttempt::settleAnswer);
}

void RefreshAttempt::settleAnswer()
{
    m_stage = Stage::Settling;
    const Settled settled = settle(m_entry, m_request.provider, m_world);
    m_outcome.spent = m_entry.spent;
    m_outcome.held = settled.held;
    m_outcome.errorCode = settled.response.errorCode;
    m_outcome.errorText = settled.response.errorText;
    m_outcome.oddities = settled.response.oddities;
    m_outcome.retryAfter = settled.response.retryAfter;
    if (!settled.fault)
        return judge(settled);
    if (m_isJournaled)
        return end(Ending::KeptInJournal, settled.fault);
    holdOn(*settled.fault);
}

void RefreshAttempt::judge(const Settled &settled)
{
    switch (settled.meaning) {
    case Meaning::Apply:
    case Meaning::AlreadyApplied:
        take(Step::Stored);
        return publish(Ending::Renewed);
    case Meaning::SaveRefreshToken:
        take(Step::Stored);
        return publish(Ending::Unusable);
    case Meaning::Unusable:
        return remainUnsure();
    case Meaning::Rejected:
        return lookForNewer();
    case Meaning::OtherAccount:
    case Meaning::Superseded:
    case Meaning::Moot:
        closeJournal();
        return end(settled.meaning == Meaning::OtherAccount ? Ending::OtherAccount : Ending::Adopted);
    case Meaning::Misconfigured:
    case Meaning::TryLater:
        break;
    }
    if (m_entry.deliveries > 1) // the answer to the first delivery is as unknown as before
        return remainUnsure();
    closeJournal();
    end(settled.meaning == Meaning::Misconfigured ? Ending::Misconfigured : Ending::TryLater);
}

// Neither the journal nor the vault takes the answer (F-74): it is in memory, and there it stays until one does.
void RefreshAttempt::holdOn(const base::Error &error)
{
    m_stage = Stage::Storing;
    if (m_request.copies)
        m_request.copies->unlock();
    m_storeAgain.start(m_storePause);
    m_storePause = std::min(2 * m_storePause, longestStorePause);
    Q_EMIT storageFailing(error);
}

// The answer is done with, the question stands: the intent is open again.
void RefreshAttempt::remainUnsure()
{
    m_entry.phase = Phase::Intent;
    m_entry.answer = {};
    (void)m_journal->write(m_entry.clone()); // else the answer stands there, and is read once more
    m_isJournaled = false;
    m_isUnsure = true;
    if (m_entry.deliveries > 1)
        return end(Ending::Unsure);
    resolveUnsure();
}

void RefreshAttempt::lookForNewer()
{
    ++m_outcome.refusals;
    if (!m_request.copies)
        return judgeRefusal({});
    m_request.copies->reread(*m_record, OwnerCopies::Patience::Patient, this,
                             [this, leg = ++m_leg](const CopiesReading &reading) {
                                 if (leg != m_leg)
                                     return;
                                 m_copiesLockedAt = m_world.clock.bootTime(); // they were let go meanwhile
                                 judgeRefusal(reading);
                             });
}

void RefreshAttempt::judgeRefusal(const CopiesReading &reading)
{
    if (reading.state == CopiesReading::State::Newer && !m_hasAdopted) {
        m_hasAdopted = true;
        return adoptFrom(reading);
    }
    // Who cannot read the copies does not know whether there is anything newer: nothing is retired by that.
    if (reading.state == CopiesReading::State::Unreadable)
        return end(Ending::StorageFault, reading.error);
    const Ending ending = m_entry.deliveries > 1 ? Ending::AnswerLost : Ending::Rejected;
    const auto retired = retire(m_entry, m_outcome.errorCode, m_world);
    if (!retired) // the refusal stays in the journal and is read once more
        return end(ending, retired.error());
    closeJournal();
    end(ending);
}

void RefreshAttempt::adoptFrom(const CopiesReading &reading)
{
    const bool wasRefused = m_hasAdopted;
    if (m_world.isOtherAccount(m_record->account, reading.account))
        return end(Ending::OtherAccount, reading.error);
    const auto adopted = adopt(reading, m_request.profileIds, m_outcome.held.refreshToken, m_world);
    if (!adopted)
        return end(m_isUnsure ? Ending::Unsure : Ending::StorageFault, adopted.error());
    take(Step::Adopted);
    closeJournal();
    m_isUnsure = false;
    m_outcome.held = profile::factsOf(reading.newer, m_world.credentials.fingerprintKey());
    // F-48: the newer one is tried once, if what came with it does not last anyway.
    const std::optional<base::Timestamp> lapses = reading.newer.tokens.expiresAt;
    if (!wasRefused || m_isCancelled || (lapses && *lapses > m_world.clock.wallTime() + 1min))
        return end(Ending::Adopted);
    m_wanted = m_outcome.held.refreshToken;
    m_mayResend = true;
    reread();
}

void RefreshAttempt::publish(Ending ending)
{
    if (!m_request.copies) {
        closeJournal();
        return end(ending);
    }
    m_stage = Stage::Publishing;
    const auto renewed = m_world.credentials.read(m_request.profileIds.constFirst());
    if (!renewed) // the answer stays in the journal: it is published at the next look
        return end(Ending::KeptInJournal, renewed.error());
    m_request.copies->publish(*renewed, m_entry.spent, this,
                              [this, ending, leg = ++m_leg](std::vector<PublishedCopy> copies) {
                                  if (leg != m_leg)
                                      return;
                                  m_outcome.copies = std::move(copies);
                                  take(Step::Published);
                                  closeJournal();
                                  end(ending);
                              });
}

} // namespace keytender::refresh
