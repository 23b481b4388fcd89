// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "refresh/refreshattempt.h"

#include <algorithm>
#include <utility>

#include "refresh/settlement.h"

namespace keytender::refresh {

using namespace std::chrono_literals;
using Phase = vault::JournalEntry::Phase;

namespace {

constexpr base::Milliseconds overtime = 5s; // that a transport may be late
constexpr base::Milliseconds shortestAnswer = 1s;

QStringList lockNamesOf(const RefreshRequest &request, const vault::RefreshJournal &journal)
{
    QStringList names;
    for (const QString &id : request.profileIds)
        names += journal.lockName(id);
    return names;
}

base::Error lockLost(const QString &profileId)
{
    return {.kind = base::ErrorKind::Locked,
            .subject = profileId,
            .place = {},
            .detail = QStringLiteral("the tool's lock was taken over")};
}

} // namespace

RefreshAttempt::RefreshAttempt(RefreshRequest request, RefreshWorld world, QObject *parent)
    : QObject(parent), m_request(std::move(request)), m_world(std::move(world)),
      m_lock(m_world.journal.directory(), lockNamesOf(m_request, m_world.journal), m_world.clock),
      m_wanted(m_request.refreshToken)
{
    Q_ASSERT(!m_request.profileIds.isEmpty());
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        oauth::Delivery silence;
        silence.fate = oauth::Fate::Unknown;
        receive(std::move(silence));
    });
    m_storeAgain.setSingleShot(true);
    connect(&m_storeAgain, &QTimer::timeout, this, [this] {
        m_isJournaled = m_journal->write(m_entry.clone()).has_value();
        settleAnswer();
    });
}

RefreshAttempt::~RefreshAttempt()
{
    if (m_stage != Stage::Idle && m_stage != Stage::Over && m_request.copies)
        m_request.copies->unlock();
}

void RefreshAttempt::start()
{
    m_outcome.attemptId = m_world.random.hex(8);
    m_outcome.profileIds = m_request.profileIds;
    m_stage = Stage::Locking;
    m_lock.take(lockDeadline, [this](const base::Result<void> &taken) {
        if (m_stage != Stage::Locking)
            return;
        if (!taken)
            return end(Ending::Busy, taken.error());
        lockCopies();
    });
}

void RefreshAttempt::cancel()
{
    m_isCancelled = true;
    if (m_stage == Stage::Locking || m_stage == Stage::Reading)
        end(m_isUnsure ? Ending::Unsure : Ending::Cancelled);
    else if (m_stage == Stage::Sent && m_deadline.remainingTimeAsDuration() > lastWords)
        m_deadline.start(lastWords);
}

bool RefreshAttempt::isInFlight() const
{
    return m_stage == Stage::Sent || m_stage == Stage::Settling || m_stage == Stage::Storing
           || m_stage == Stage::Publishing;
}

void RefreshAttempt::lockCopies()
{
    m_stage = Stage::Locking;
    if (!m_request.copies) {
        take(Step::Locked);
        return reread();
    }
    m_request.copies->lock(lockDeadline, this, [this, leg = ++m_leg](const base::Result<void> &locked) {
        if (leg != m_leg)
            return;
        if (!locked)
            return end(m_isUnsure ? Ending::Unsure : Ending::Busy, locked.error());
        m_copiesLockedAt = m_world.clock.bootTime();
        take(Step::Locked);
        reread();
    });
}

void RefreshAttempt::reread()
{
    m_stage = Stage::Reading;
    auto record = m_world.credentials.read(m_request.profileIds.constFirst());
    const bool isGone = !record && record.error().kind == base::ErrorKind::NotFound;
    if (!record && !isGone)
        return end(Ending::StorageFault, record.error());
    if (!openJournal())
        return;
    m_record = isGone ? vault::Record() : *std::move(record);
    m_outcome.held = profile::factsOf(m_record->credential, m_world.credentials.fingerprintKey());
    take(Step::Reread);
    if (m_journal->current().phase == Phase::Received) {
        m_entry = m_journal->current().clone();
        m_isJournaled = true;
        return settleAnswer();
    }
    judgeRecord();
}

// The journal of the first profile, or of the one that shares the token and has left something open.
bool RefreshAttempt::openJournal()
{
    m_journal.reset();
    for (const QString &id : m_request.profileIds) {
        auto lineage = m_world.journal.lineage(id);
        if (!lineage) {
            end(Ending::StorageFault, lineage.error());
            return false;
        }
        if (!m_journal || (lineage->current().isOpen() && !m_journal->current().isOpen()))
            m_journal.emplace(*std::move(lineage));
    }
    return true;
}

void RefreshAttempt::judgeRecord()
{
    const base::Fingerprint held = m_outcome.held.refreshToken;
    const vault::JournalEntry &left = m_journal->current();
    m_isUnsure = left.isOpen() && left.spent == held;
    if (left.isOpen() && !m_isUnsure) // the profile went on without it
        closeJournal();
    if (m_isUnsure && m_outcome.deliveries == 0)
        m_mayResend = false; // what is sent now is the resend
    const auto retired = isRetired(m_request.profileIds.constFirst(), held, m_world);
    if (!retired)
        return end(Ending::StorageFault, retired.error());
    if (*retired) {
        closeJournal();
        return end(Ending::Rejected);
    }
    if (!m_isUnsure && m_request.purpose == RefreshRequest::Purpose::RollForward)
        return end(Ending::NothingOpen);
    if (held.isNull())
        return end(Ending::Gone);
    if (!m_isUnsure && held != m_wanted)
        return end(Ending::Adopted);
    m_outcome.spent = held;
    if (!m_request.copies)
        return send();
    m_request.copies->reread(*m_record, OwnerCopies::Patience::Glance, this,
                             [this, leg = ++m_leg](const CopiesReading &reading) {
                                 if (leg == m_leg)
                                     judgeCopies(reading);
                             });
}

void RefreshAttempt::judgeCopies(const CopiesReading &reading)
{
    using State = CopiesReading::State;
    switch (reading.state) {
    case State::Unchanged:
        return send();
    case State::Newer:
        return adoptFrom(reading);
    case State::OtherAccount:
        return end(Ending::OtherAccount, reading.error);
    case State::Gone:
        return end(Ending::Gone, reading.error);
    case State::Ambiguous:
        return end(Ending::CopiesDisagree, reading.error);
    case State::Unreadable:
        return end(m_isUnsure ? Ending::Unsure : Ending::StorageFault, reading.error);
    }
}

vault::JournalEntry RefreshAttempt::intent() const
{
    vault::JournalEntry entry;
    entry.phase = Phase::Intent;
    entry.attemptId = m_outcome.attemptId;
    entry.profileIds = m_request.profileIds;
    entry.providerId = m_request.provider.id;
    entry.spent = m_outcome.spent;
    entry.sentAt = m_world.clock.wallTime();
    entry.deliveries = m_isUnsure ? m_journal->current().deliveries + 1 : 1;
    return entry;
}

// How much longer the owners bear their locks held.
base::Milliseconds RefreshAttempt::patienceOfOwners() const
{
    if (!m_request.copies)
        return base::Milliseconds::max();
    return m_request.copies->tolerance() - (m_world.clock.bootTime() - m_copiesLockedAt);
}

void RefreshAttempt::send()
{
    oauth::Post post = m_world.post(m_request.provider, m_record->credential.tokens);
    post.deadline = std::min(post.deadline, std::max(patienceOfOwners() - shortestAnswer / 2, shortestAnswer));
    const vault::JournalEntry open = intent();
    if (const auto written = m_journal->write(open.clone()); !written)
        return end(m_isUnsure ? Ending::Unsure : Ending::StorageFault, written.error());
    m_entry = open.clone();
    take(Step::Intent);
    // The disk may have been slow, or we asleep (F-06).
    if (m_request.copies && !m_request.copies->isLocked()) {
        if (!m_isUnsure)
            closeJournal();
        return end(m_isUnsure ? Ending::Unsure : Ending::Busy, lockLost(m_request.profileIds.constFirst()));
    }
    m_stage = Stage::Sent;
    ++m_outcome.deliveries;
    take(m_isUnsure ? Step::Resent : Step::Sent);
    m_deadline.start(post.deadline + overtime);
    m_world.transport.post(std::move(post), this, [this, leg = ++m_leg](oauth::Delivery delivery) {
        if (leg == m_leg)
            receive(std::move(delivery));
    });
}

// Failing at this leaves an entry that is seen to be settled when it is read again.
void RefreshAttempt::closeJournal()
{
    vault::JournalEntry done;
    done.attemptId = m_outcome.attemptId;
    done.profileIds = m_request.profileIds;
    (void)m_journal->write(std::move(done));
}

void RefreshAttempt::take(Step step)
{
    m_outcome.steps.push_back({.step = step, .at = m_world.clock.wallTime()});
    Q_EMIT stepTaken(step);
}

void RefreshAttempt::end(Ending ending, std::optional<base::Error> error)
{
    m_stage = Stage::Over;
    ++m_leg;
    m_deadline.stop();
    m_storeAgain.stop();
    m_outcome.ending = ending;
    m_outcome.error = std::move(error);
    if (m_request.copies)
        m_request.copies->unlock();
    m_lock.letGo();
    take(Step::Done);
    Q_EMIT finished(m_outcome);
}

} // namespace keytender::refresh
