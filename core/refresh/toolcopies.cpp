// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "refresh/toolcopies.h"

#include <algorithm>
#include <array>
#include <utility>

#include <QPointer>
#include <QTimer>

#include "refresh/copyjudgement.h"
#include "refresh/itemswap.h"
#include "tools/fetchplace.h"
#include "tools/locks/lockset.h"
#include "tools/replacecopy.h"

namespace keytender::refresh {

using namespace std::chrono_literals;
using Reading = CopiesReading::State;

namespace {

constexpr base::Milliseconds pollPause = 250ms;
constexpr base::Milliseconds relockDeadline = 10s;
// How long after the last look the next one is due, while something half-written lies there (F-11): 2 s in all.
constexpr std::array<base::Milliseconds, 6> retryPauses{20ms, 40ms, 90ms, 250ms, 600ms, 1000ms};

bool isNews(const CopiesReading &reading)
{
    return reading.state == Reading::Newer || reading.state == Reading::OtherAccount;
}

} // namespace

// Each story that is under way belongs to a leg; unlock() and lock() begin a new one, and the older are not heard of
// again.
struct ToolCopies::State final : public QObject {
    using Looked = std::function<void(std::vector<tools::CopyReading>)>;
    struct Question {
        vault::Record known;
        std::function<void(CopiesReading)> done;
        std::size_t retries = 0;
        base::Milliseconds patience{0};
        bool isLast = false; // whatever is there now counts
    };
    struct Publication {
        vault::Record renewed;
        base::Fingerprint spent;
        std::function<void(std::vector<PublishedCopy>)> done;
        std::vector<PublishedCopy> results;
    };

    State(std::vector<OwnedCopy> ownedCopies, ToolCopiesWorld world)
        : copies(std::move(ownedCopies)), around(std::move(world)), locks({around.clock, around.random, around.locks})
    {
    }

    [[nodiscard]] base::Result<std::vector<tools::LockPlan>> plans() const;
    void takeLocks(base::Milliseconds deadline, std::function<void(base::Result<void>)> done);
    void after(base::Milliseconds pause, std::function<void()> what);
    void look(std::vector<tools::CopyReading> readings, const Looked &looked);
    void ask(const std::shared_ptr<Question> &question);
    void weigh(const std::shared_ptr<Question> &question, const std::vector<tools::CopyReading> &readings);
    void askOnceMoreUnderLocks(const std::shared_ptr<Question> &question, CopiesReading seen);
    void publishNext(const std::shared_ptr<Publication> &publication);
    void note(const std::shared_ptr<Publication> &publication, const base::Result<tools::ReplacementState> &state);
    [[nodiscard]] KnownLineage lineageOf(const vault::Record &record) const
    {
        return {record, around.fingerprintKey, around.isAncestor, around.clock.wallTime()};
    }

    const std::vector<OwnedCopy> copies;
    const ToolCopiesWorld around;
    tools::LockSet locks;
    int leg = 0;
};

base::Result<std::vector<tools::LockPlan>> ToolCopies::State::plans() const
{
    std::vector<tools::LockPlan> all;
    for (const OwnedCopy &copy : copies) {
        const tools::ToolWorld world = around.toolWorld(copy.tool->facts().id);
        auto plan = copy.tool->writer()->lockPlan(copy.place, copy.slot, world);
        if (!plan)
            return base::unexpected(plan.error());
        all.push_back(*std::move(plan));
    }
    return all;
}

void ToolCopies::State::takeLocks(base::Milliseconds deadline, std::function<void(base::Result<void>)> done)
{
    const auto all = plans();
    if (!all)
        return done(base::unexpected(all.error()));
    locks.take(tools::locksOf(*all, tools::LockSpec::Span::Refresh), deadline, std::move(done));
}

void ToolCopies::State::after(base::Milliseconds pause, std::function<void()> what)
{
    QTimer::singleShot(pause, this, [this, what = std::move(what), began = leg] {
        if (began == leg)
            what();
    });
}

// One copy after the other; keychains answer later.
void ToolCopies::State::look(std::vector<tools::CopyReading> readings, const Looked &looked)
{
    while (readings.size() < copies.size()) {
        const OwnedCopy &copy = copies[readings.size()];
        const auto read = [this, &copy](const tools::Fetched &there) {
            return tools::readingOf(*copy.tool, copy.place, copy.slot, there, around.clock.wallTime());
        };
        if (copy.place.kind == tools::CopyPlace::Kind::File) {
            readings.push_back(read(tools::fetchPlace(copy.place)));
            continue;
        }
        // The callback is copied by those who hold it, the readings are not.
        auto soFar = std::make_shared<std::vector<tools::CopyReading>>(std::move(readings));
        return around.keychain.read(copy.place.attributes, this,
                                    [this, soFar, looked, read, &copy, began = leg](base::Result<base::Secret> item) {
                                        if (began != leg)
                                            return;
                                        soFar->push_back(read(tools::fetchedItem(copy.place, std::move(item))));
                                        look(std::move(*soFar), looked);
                                    });
    }
    looked(std::move(readings));
}

void ToolCopies::State::ask(const std::shared_ptr<Question> &question)
{
    look({}, [this, question](const std::vector<tools::CopyReading> &readings) { weigh(question, readings); });
}

void ToolCopies::State::weigh(const std::shared_ptr<Question> &question,
                              const std::vector<tools::CopyReading> &readings)
{
    const auto again = [this, question] { ask(question); };
    CopiesReading seen = judge(readings, lineageOf(question->known));
    if (isNews(seen) && (question->isLast || locks.isHeld()))
        return question->done(std::move(seen));
    if (isNews(seen))
        return askOnceMoreUnderLocks(question, std::move(seen));
    if (question->patience > 0ms) {
        // Whoever is about to write what they got may need these locks for it (F-48).
        locks.letGo();
        question->patience -= pollPause;
        return after(pollPause, again);
    }
    const bool isHalfWritten = std::ranges::any_of(readings, tools::isHalfWritten);
    if (seen.state == Reading::Unreadable && isHalfWritten && question->retries < retryPauses.size())
        return after(retryPauses[question->retries++], again);
    if (question->isLast || locks.isHeld())
        return question->done(std::move(seen));
    askOnceMoreUnderLocks(question, std::move(seen));
}

// What the caller does next it does under the locks, if they can be had; what was seen without them is what it gets
// otherwise.
void ToolCopies::State::askOnceMoreUnderLocks(const std::shared_ptr<Question> &question, CopiesReading seen)
{
    question->isLast = true;
    question->patience = 0ms;
    auto fallback = std::make_shared<CopiesReading>(std::move(seen));
    takeLocks(relockDeadline, [this, question, fallback, began = leg](const base::Result<void> &taken) {
        if (began != leg)
            return;
        if (taken)
            return ask(question);
        question->done(std::move(*fallback));
    });
}

void ToolCopies::State::publishNext(const std::shared_ptr<Publication> &publication)
{
    if (publication->results.size() == copies.size())
        return publication->done(std::move(publication->results));
    const OwnedCopy &copy = copies[publication->results.size()];
    const vault::Record &renewed = publication->renewed;
    const profile::TokenSet &tokens = renewed.credential.tokens;
    tools::Replacement replacement{
        .tool = *copy.tool,
        .place = copy.place,
        .slot = copy.slot,
        .successor = {.tokens = tokens,
                      .account = renewed.account,
                      .acquiredAt = tokens.issuedAt.value_or(renewed.lastChangedAt)},
        .mayReplace =
            [this, publication](const tools::CopyReading &reading) {
                return mayGetSuccessor(reading, publication->spent, lineageOf(publication->renewed));
            },
    };
    if (around.keepBefore)
        replacement.keepBefore = [this, &copy](const base::Secret &before) {
            return around.keepBefore(copy.place.path, before);
        };
    if (copy.place.kind == tools::CopyPlace::Kind::File) {
        note(publication, tools::replaceCopy(replacement, {.random = around.random,
                                                           .clock = around.clock,
                                                           .tool = around.toolWorld(copy.tool->facts().id),
                                                           .locks = around.locks}));
        return;
    }
    auto *swap = new ItemSwap(std::move(replacement), around, this);
    swap->start([this, swap, publication, began = leg](const base::Result<tools::ReplacementState> &state) {
        swap->deleteLater();
        if (began == leg)
            note(publication, state);
    });
}

// The next one in a turn of its own: each durable write holds up the event loop.
void ToolCopies::State::note(const std::shared_ptr<Publication> &publication,
                             const base::Result<tools::ReplacementState> &state)
{
    PublishedCopy published;
    published.path = copies[publication->results.size()].place.path;
    if (!state) {
        published.state = PublishedCopy::State::Failed; // F-88: the others go on
        published.error = state.error();
    } else if (*state == tools::ReplacementState::ChangedMeanwhile) {
        published.state = PublishedCopy::State::ChangedMeanwhile;
    }
    publication->results.push_back(std::move(published));
    if (publication->results.size() == copies.size())
        return publishNext(publication);
    after(0ms, [this, publication] { publishNext(publication); });
}

ToolCopies::ToolCopies(std::vector<OwnedCopy> copies, ToolCopiesWorld world)
    : m_state(std::make_unique<State>(std::move(copies), std::move(world)))
{
}

ToolCopies::~ToolCopies() = default;

void ToolCopies::lock(base::Milliseconds deadline, QObject *context, std::function<void(base::Result<void>)> done)
{
    ++m_state->leg;
    m_state->takeLocks(deadline, [listener = QPointer<QObject>(context), done = std::move(done)](auto taken) {
        if (listener)
            done(std::move(taken));
    });
}

void ToolCopies::unlock()
{
    ++m_state->leg;
    m_state->locks.letGo();
}

bool ToolCopies::isLocked() const
{
    return m_state->locks.isHeld();
}

base::Milliseconds ToolCopies::tolerance() const
{
    base::Milliseconds least = base::Milliseconds::max();
    const auto plans = m_state->plans();
    for (const tools::LockPlan &plan : plans ? *plans : std::vector<tools::LockPlan>())
        if (std::ranges::find(plan.locks, tools::LockSpec::Span::Refresh, &tools::LockSpec::span) != plan.locks.end())
            least = std::min(least, plan.tolerance);
    return least;
}

void ToolCopies::reread(const vault::Record &known, Patience patience, QObject *context,
                        std::function<void(CopiesReading)> done)
{
    auto question = std::make_shared<State::Question>();
    question->known = known.clone();
    question->done = [listener = QPointer<QObject>(context), done = std::move(done)](CopiesReading reading) {
        if (listener)
            done(std::move(reading));
    };
    // Without patience the answer is what lies there now, with locks or without.
    question->isLast = patience == Patience::Glance;
    if (patience == Patience::Patient)
        for (const OwnedCopy &copy : m_state->copies)
            question->patience = std::max(question->patience, copy.tool->writer()->patience());
    m_state->ask(question);
}

void ToolCopies::publish(const vault::Record &renewed, const base::Fingerprint &spent, QObject *context,
                         std::function<void(std::vector<PublishedCopy>)> done)
{
    auto publication = std::make_shared<State::Publication>();
    publication->renewed = renewed.clone();
    publication->spent = spent;
    publication->done = [listener = QPointer<QObject>(context),
                         done = std::move(done)](std::vector<PublishedCopy> copies) {
        if (listener)
            done(std::move(copies));
    };
    State &state = *m_state;
    if (state.locks.isHeld())
        return state.publishNext(publication);
    state.takeLocks(relockDeadline, [&state, publication, began = state.leg](const base::Result<void> &taken) {
        if (began != state.leg)
            return;
        if (taken)
            return state.publishNext(publication);
        for (const OwnedCopy &copy : state.copies)
            publication->results.push_back(
                {.path = copy.place.path, .state = PublishedCopy::State::Failed, .error = taken.error()});
        publication->done(std::move(publication->results));
    });
}

} // namespace keytender::refresh
