// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "refresh/refreshschedule.h"

#include <algorithm>
#include <utility>

namespace keytender::refresh {

using base::Milliseconds;
using namespace std::chrono_literals;

namespace {

// A server that is silent must not hold up all the others.
constexpr Milliseconds probePatience = 5s;
constexpr Milliseconds shortestPause = 10ms;

} // namespace

RefreshSchedule::RefreshSchedule(RefreshWorld world, QObject *parent)
    : QObject(parent), m_world(std::move(world)), m_book(m_world.random)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &RefreshSchedule::look);
}

RefreshSchedule::~RefreshSchedule() = default;

void RefreshSchedule::tend(TendedLogin login)
{
    const QString id = login.profileId;
    const bool isNew = m_book.find(id) == nullptr;
    m_book.tend(std::move(login), now());
    if (!isNew)
        return;
    std::vector<base::Timestamp> refusals;
    const auto archived = m_world.archive.of(id); // what cannot be read stops the attempt, not the plan
    if (archived) {
        for (const vault::ArchivedToken &token : *archived) {
            if (token.why == vault::ArchivedToken::Why::Retired || token.why == vault::ArchivedToken::Why::AnswerLost)
                refusals.push_back(token.at);
        }
    }
    m_book.restoreRefusals(id, refusals);
    if (m_isStarted)
        m_timer.start(0ms);
}

void RefreshSchedule::release(const QString &profileId)
{
    m_book.release(profileId);
}

void RefreshSchedule::start()
{
    m_isStarted = true;
    m_timer.start(0ms);
}

void RefreshSchedule::stop()
{
    m_isStarted = false;
    m_timer.stop();
    std::vector<RefreshAttempt *> attempts; // cancelling one may end it at once
    for (const auto &[token, running] : m_running)
        attempts.push_back(running.attempt.get());
    for (RefreshAttempt *attempt : attempts)
        attempt->cancel();
    if (m_running.empty())
        QTimer::singleShot(0, this, &RefreshSchedule::settled);
}

bool RefreshSchedule::isInFlight() const
{
    return std::ranges::any_of(m_running, [](const auto &entry) { return entry.second.attempt->isInFlight(); });
}

Moment RefreshSchedule::now() const
{
    return m_serverTime.momentOf(m_world.clock.wallTime(), m_world.clock.bootTime());
}

std::optional<base::Milliseconds> RefreshSchedule::serverAhead() const
{
    return m_serverTime.ahead(m_world.clock.wallTime(), m_world.clock.bootTime());
}

void RefreshSchedule::look()
{
    if (!m_isStarted)
        return;
    const Moment at = now();
    Milliseconds wait = longestPause;
    const std::vector<Candidate> due = candidates(at, wait);
    for (const Candidate &candidate : due) {
        if (!mayStart(candidate, at, wait))
            continue;
        startAttempt(candidate, at);
        wait = shortestPause; // one in a turn: it writes its journal in this one, and others want to paint
        break;
    }
    answerStranded(at);
    m_timer.start(std::clamp(wait, shortestPause, longestPause));
}

// Those that are due or asked for, the ones that lapse first ahead.
std::vector<RefreshSchedule::Candidate> RefreshSchedule::candidates(const Moment &at, Milliseconds &wait)
{
    std::vector<Candidate> found;
    for (const auto &[id, entry] : m_book.entries()) {
        const base::Fingerprint token = entry.login.credential.refreshToken;
        const Due due = m_joiners.contains(token) ? m_book.dueOnDemand(entry, at) : m_book.dueOf(entry, at);
        if (due.isNow() && (!due.isDoubtful || mayProbe(at))) {
            found.push_back({.token = token,
                             .profileId = id,
                             .lapses = entry.login.credential.expiresAt.value_or(base::Timestamp()),
                             .isDoubtful = due.isDoubtful});
        } else if (due.in > 0ms) {
            wait = std::min(wait, due.in);
        }
    }
    std::ranges::sort(found, {}, &Candidate::lapses);
    return found;
}

bool RefreshSchedule::mayProbe(const Moment &at) const
{
    const Milliseconds offset = at.machineWall.time_since_epoch() - at.boot;
    return m_running.empty() && (!m_probedOffset || std::chrono::abs(offset - *m_probedOffset) > ServerTime::tolerance);
}

bool RefreshSchedule::mayStart(const Candidate &candidate, const Moment &at, Milliseconds &wait) const
{
    const LineageBook::Entry *entry = m_book.find(candidate.profileId);
    // Two profiles may hold one token, and whoever asks for it while it is under way joins.
    if (entry == nullptr || !entry->login.provider || m_running.contains(candidate.token))
        return false;
    const QString provider = entry->login.provider->id;
    int running = 0;
    for (const auto &[token, other] : m_running) {
        running += other.providerId == provider ? 1 : 0;
        const bool goesAhead = other.isProbe || candidate.isDoubtful || !m_isProbed;
        if (goesAhead && at.boot - other.startedAt < probePatience) {
            wait = std::min(wait, other.startedAt + probePatience - at.boot);
            return false;
        }
    }
    if (running >= mostAtOnce) // its end makes us look again
        return false;
    const auto last = m_lastStart.find(provider);
    if (last == m_lastStart.end() || at.boot - last->second >= startInterval)
        return true;
    wait = std::min(wait, last->second + startInterval - at.boot);
    return false;
}

void RefreshSchedule::startAttempt(const Candidate &candidate, const Moment &at)
{
    const LineageBook::Entry *entry = m_book.find(candidate.profileId);
    RefreshRequest request;
    request.profileIds = m_book.sharersOf(candidate.token);
    request.refreshToken = candidate.token;
    request.provider = *entry->login.provider;
    if (entry->login.copies)
        request.copies = entry->login.copies();
    m_lastStart[request.provider.id] = m_world.clock.bootTime(); // later than `at`, by what went ahead in this turn
    Running running{.attempt = std::make_unique<RefreshAttempt>(request, m_world),
                    .providerId = request.provider.id,
                    .startedAt = at.boot,
                    .isProbe = candidate.isDoubtful || !m_isProbed};
    RefreshAttempt *attempt = running.attempt.get();
    const QStringList ids = request.profileIds;
    connect(attempt, &RefreshAttempt::stepTaken, this, [this, ids, token = candidate.token](Step step) {
        if (step == Step::Sent || step == Step::Resent)
            m_running.at(token).sentAt = m_world.clock.bootTime();
        Q_EMIT stepTaken(ids, step);
    });
    connect(attempt, &RefreshAttempt::storageFailing, this,
            [this, ids](const base::Error &error) { Q_EMIT storageFailing(ids, error); });
    connect(attempt, &RefreshAttempt::finished, this,
            [this, token = candidate.token](const Outcome &outcome) { conclude(token, outcome); });
    m_running.emplace(candidate.token, std::move(running));
    Q_EMIT attemptStarted(ids);
    attempt->start();
}

void RefreshSchedule::conclude(const base::Fingerprint &token, const Outcome &outcome)
{
    const auto found = m_running.find(token);
    found->second.attempt.release()->deleteLater(); // it is still telling us this
    const bool wasProbe = found->second.isProbe;
    if (outcome.deliveries > 0)
        m_book.noteDelivery(token, found->second.sentAt);
    m_running.erase(found);
    if (outcome.serverTime)
        m_serverTime.note(*outcome.serverTime, m_world.clock.bootTime());
    const Moment at = now();
    if (outcome.deliveries > 0) {
        m_isProbed = true;
        if (wasProbe)
            m_probedOffset = at.machineWall.time_since_epoch() - at.boot;
    }
    m_book.conclude(token, outcome, at);
    Q_EMIT attemptFinished(outcome);
    answerJoiners(token, outcome);
    if (m_isStarted)
        m_timer.start(0ms);
    else if (m_running.empty())
        Q_EMIT settled();
}

void RefreshSchedule::answerJoiners(const base::Fingerprint &token, const Outcome &outcome)
{
    const auto node = m_joiners.extract(token); // whoever is answered may ask again at once
    if (node.empty())
        return;
    for (const Joiner &joiner : node.mapped()) {
        if (joiner.context)
            joiner.done(outcome);
    }
}

// Those who wait for a token that another one has taken the place of, or that must rest after all.
void RefreshSchedule::answerStranded(const Moment &at)
{
    std::vector<std::pair<base::Fingerprint, Outcome>> answers;
    for (const auto &[token, joiners] : m_joiners) {
        const QStringList sharers = m_book.sharersOf(token);
        const LineageBook::Entry *entry = m_book.find(sharers.value(0));
        if (m_running.contains(token) || (entry != nullptr && m_book.dueOnDemand(*entry, at).isNow()))
            continue;
        Outcome outcome;
        outcome.ending = entry != nullptr ? Ending::NotNow : Ending::Adopted;
        outcome.profileIds = sharers;
        outcome.spent = token;
        answers.emplace_back(token, std::move(outcome));
    }
    for (const auto &[token, outcome] : answers)
        answerJoiners(token, outcome);
}

void RefreshSchedule::noteOnline()
{
    m_book.noteOnline();
    look();
}

void RefreshSchedule::refresh(const QString &profileId, QObject *context, std::function<void(const Outcome &)> done)
{
    const LineageBook::Entry *entry = m_book.find(profileId);
    Outcome refusal;
    refusal.ending = entry != nullptr ? Ending::NotNow : Ending::Gone;
    refusal.profileIds = QStringList{profileId};
    if (entry != nullptr) {
        const base::Fingerprint token = entry->login.credential.refreshToken;
        const Due due = m_book.dueOnDemand(*entry, now());
        if (m_isStarted && (due.isNow() || m_running.contains(token))) {
            m_joiners[token].push_back({.context = context, .done = std::move(done)});
            if (!m_running.contains(token))
                m_timer.start(0ms);
            return;
        }
        refusal.held = entry->login.credential;
        if (due.plan == Plan::Ended && entry->last)
            refusal = *entry->last;
    }
    QTimer::singleShot(0, context, [refusal, done = std::move(done)] { done(refusal); });
}

void RefreshSchedule::noteRefused(const QString &profileId, const base::Fingerprint &accessToken)
{
    if (m_book.noteRefused(profileId, accessToken) && m_isStarted)
        m_timer.start(0ms);
}

Due RefreshSchedule::dueOf(const QString &profileId) const
{
    const LineageBook::Entry *entry = m_book.find(profileId);
    return entry != nullptr ? m_book.dueOf(*entry, now()) : Due{.plan = Plan::NotOurs, .in = {}, .isDoubtful = false};
}

bool RefreshSchedule::isRefreshing(const QString &profileId) const
{
    const LineageBook::Entry *entry = m_book.find(profileId);
    return entry != nullptr && m_running.contains(entry->login.credential.refreshToken);
}

std::optional<Outcome> RefreshSchedule::lastOf(const QString &profileId) const
{
    const LineageBook::Entry *entry = m_book.find(profileId);
    return entry != nullptr ? entry->last : std::nullopt;
}

} // namespace keytender::refresh
