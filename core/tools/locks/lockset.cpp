// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/locks/lockset.h"

#include <algorithm>
#include <array>
#include <utility>

namespace keytender::tools {

using namespace std::chrono_literals;

namespace {

// Tools ask again every 50 ms to 2 s: more often than that nobody has to, and never two of us in step.
base::Milliseconds pause(base::Random &random)
{
    std::array<std::byte, 1> chance{};
    random.fill(chance);
    return 20ms + base::Milliseconds(std::to_integer<int>(chance[0]) % 60);
}

} // namespace

std::vector<LockSpec> locksOf(const std::vector<LockPlan> &plans, LockSpec::Span span)
{
    std::vector<LockSpec> locks;
    for (const LockPlan &plan : plans)
        for (const LockSpec &lock : plan.locks)
            if (lock.span == span && std::ranges::find(locks, lock.path, &LockSpec::path) == locks.end())
                locks.push_back(lock);
    return locks;
}

LockSet::LockSet(LockWorld world, QObject *parent) : QObject(parent), m_world(std::move(world))
{
    m_again.setSingleShot(true);
    connect(&m_again, &QTimer::timeout, this, &LockSet::tryNow);
    connect(&m_heartbeat, &QTimer::timeout, this, &LockSet::renew);
}

LockSet::~LockSet()
{
    drop();
}

void LockSet::take(std::vector<LockSpec> locks, base::Milliseconds deadline,
                   std::function<void(base::Result<void>)> done)
{
    letGo();
    m_wanted = std::move(locks);
    m_done = std::move(done);
    m_giveUpAt = m_world.clock.bootTime() + deadline;
    tryNow();
}

void LockSet::letGo()
{
    m_again.stop();
    m_done = nullptr;
    drop();
}

void LockSet::drop()
{
    m_heartbeat.stop();
    m_isTaken = false;
    m_isLost = false;
    while (!m_held.empty())
        m_held.pop_back();
}

bool LockSet::isHeld() const
{
    return m_isTaken && !m_isLost && std::ranges::all_of(m_held, [](const auto &lock) { return lock->isOurs(); });
}

void LockSet::tryNow()
{
    for (const LockSpec &spec : m_wanted) {
        auto lock = takeToolLock(spec, m_world);
        if (lock) {
            m_held.push_back(*std::move(lock));
            continue;
        }
        drop();
        base::Error error = lock.error();
        if (error.kind != base::ErrorKind::Locked)
            return end(base::unexpected(std::move(error)));
        if (m_world.clock.bootTime() < m_giveUpAt)
            return m_again.start(pause(m_world.random));
        error.kind = base::ErrorKind::TimedOut;
        return end(base::unexpected(std::move(error)));
    }
    end({});
}

void LockSet::renew()
{
    for (std::size_t i = 0; i < m_held.size(); ++i)
        if (m_wanted[i].heartbeat > 0ms && !m_held[i]->touch())
            m_isLost = true;
    if (m_isLost)
        m_heartbeat.stop();
}

void LockSet::end(base::Result<void> result)
{
    m_isTaken = result.has_value();
    base::Milliseconds beat{0};
    for (const LockSpec &spec : m_wanted)
        if (spec.heartbeat > 0ms && (beat == 0ms || spec.heartbeat < beat))
            beat = spec.heartbeat;
    if (m_isTaken && beat > 0ms)
        m_heartbeat.start(beat);
    const auto done = std::exchange(m_done, nullptr);
    done(std::move(result));
}

} // namespace keytender::tools
