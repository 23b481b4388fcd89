// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "refresh/itemswap.h"

#include <utility>

#include "tools/copyswap.h"
#include "tools/fetchplace.h"
#include "tools/locks/lockset.h"

namespace keytender::refresh {

using tools::ReplacementState;

ItemSwap::ItemSwap(tools::Replacement replacement, const ToolCopiesWorld &world, QObject *parent)
    : QObject(parent), m_what(std::move(replacement)), m_world(world)
{
}

void ItemSwap::start(Done done)
{
    m_done = std::move(done);
    const tools::CopyWriter *writer = m_what.tool.writer();
    const auto plan = writer->lockPlan(m_what.place, m_what.slot, m_world.toolWorld(m_what.tool.facts().id));
    if (!plan)
        return end(base::unexpected(plan.error()));
    auto locks = tools::WriteLocks::take(tools::locksOf({*plan}, tools::LockSpec::Span::Write),
                                         {m_world.clock, m_world.random, m_world.locks});
    if (!locks)
        return end(base::unexpected(locks.error()));
    m_locks.emplace(*std::move(locks));
    m_world.keychain.read(m_what.place.attributes, this,
                          [this](base::Result<base::Secret> item) { exchange(std::move(item)); });
}

tools::CopyReading ItemSwap::readingOf(const tools::Fetched &there) const
{
    return tools::readingOf(m_what.tool, m_what.place, m_what.slot, there, m_world.clock.wallTime());
}

void ItemSwap::exchange(base::Result<base::Secret> item)
{
    const tools::Fetched there = tools::fetchedItem(m_what.place, std::move(item));
    const tools::CopyReading reading = readingOf(there);
    if (reading.state == profile::CopyState::Unreadable && reading.problem)
        return end(base::unexpected(*reading.problem));
    if (tools::holdsSuccessor(reading, m_what.successor))
        return end(ReplacementState::AlreadyThere);
    if (!m_what.mayReplace(reading))
        return end(ReplacementState::ChangedMeanwhile);
    auto text = tools::provenText(m_what, there, m_world.clock.wallTime());
    if (!text)
        return end(base::unexpected(text.error()));
    if (m_what.keepBefore && there.content)
        if (const auto kept = m_what.keepBefore(there.content->bytes); !kept)
            return end(base::unexpected(kept.error()));
    if (!m_locks->areHeld())
        return end(base::unexpected({.kind = base::ErrorKind::Locked,
                                     .subject = m_what.place.path,
                                     .place = {},
                                     .detail = QStringLiteral("its tool's lock was taken over")}));
    m_world.keychain.write(m_what.place.attributes, *std::move(text), this, [this](const base::Result<void> &written) {
        m_locks.reset();
        // After TimedOut it may have arrived all the same: a look tells.
        if (!written && written.error().kind != base::ErrorKind::TimedOut)
            return end(base::unexpected(written.error()));
        lookBack();
    });
}

void ItemSwap::lookBack()
{
    m_world.keychain.read(m_what.place.attributes, this, [this](base::Result<base::Secret> item) {
        const tools::CopyReading reading = readingOf(tools::fetchedItem(m_what.place, std::move(item)));
        if (reading.state == profile::CopyState::Unreadable && reading.problem)
            return end(base::unexpected(*reading.problem));
        end(tools::holdsSuccessor(reading, m_what.successor) ? ReplacementState::Replaced
                                                             : ReplacementState::ChangedMeanwhile);
    });
}

void ItemSwap::end(base::Result<ReplacementState> result)
{
    m_locks.reset();
    const Done done = std::exchange(m_done, nullptr);
    done(std::move(result));
}

} // namespace keytender::refresh
