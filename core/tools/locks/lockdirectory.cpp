// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// A directory that exists while the lock is held, as Node's proper-lockfile makes it. Its time says whether its holder
// still lives: the holder renews it, and sees by it that nobody else took over.

#include <cerrno>

#include <QCoreApplication>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tools/locks/kinds.h"

namespace keytender::tools {

namespace {

class LockDirectory final : public ToolLock {
public:
    LockDirectory(LockPlace place, LockEntry entry, base::Milliseconds stale, const base::Clock &clock)
        : m_place(std::move(place)), m_entry(entry), m_stale(stale), m_clock(clock)
    {
    }
    ~LockDirectory() override
    {
        // Once it is old, somebody may be about to take it: what stands there in the next moment is theirs.
        if (isOurs())
            unlinkat(m_place.directory.number(), m_place.name.constData(), AT_REMOVEDIR);
    }

    [[nodiscard]] bool isOurs() const override
    {
        const auto there = entryAt(m_place);
        return there && *there == m_entry && ageOf(m_entry, m_stale, m_clock.wallTime()) != LockAge::Abandoned;
    }

    [[nodiscard]] bool touch() override
    {
        if (!isOurs())
            return false;
        const auto touched = touchedAt(m_place, m_clock.wallTime());
        if (!touched || !touched->isSameFileAs(m_entry))
            return false;
        m_entry = *touched;
        return true;
    }

private:
    const LockPlace m_place;
    LockEntry m_entry; // as we left it
    const base::Milliseconds m_stale;
    const base::Clock &m_clock;
};

base::Result<void> clearWay(const LockSpec &spec, const LockPlace &place, const LockWorld &world)
{
    const auto there = entryAt(place);
    if (!there)
        return there.error().kind == base::ErrorKind::NotFound ? base::Result<void>() : base::unexpected(there.error());
    if (!S_ISDIR(there->mode))
        return base::unexpected(wrongKind(
            place.path, *there, QCoreApplication::translate("Locks", "a directory", "what a tool uses as its lock")));
    switch (ageOf(*there, spec.stale, world.clock.wallTime())) {
    case LockAge::Fresh:
        return base::unexpected(heldBySomebody(place.path));
    case LockAge::Future:
        return base::unexpected(datedInTheFuture(place.path));
    case LockAge::Abandoned:
        break;
    }
    return breakLock(place, *there, world.random);
}

} // namespace

TakenLock takeLockDirectory(const LockSpec &spec, LockPlace place, const LockWorld &world)
{
    if (const auto cleared = clearWay(spec, place, world); !cleared)
        return base::unexpected(cleared.error());
    if (mkdirat(place.directory.number(), place.name.constData(), 0755) != 0)
        return base::unexpected(errno == EEXIST ? heldBySomebody(place.path) : base::errorFromErrno(errno, place.path));
    const auto entry = touchedAt(place, world.clock.wallTime());
    if (!entry) {
        unlinkat(place.directory.number(), place.name.constData(), AT_REMOVEDIR);
        return base::unexpected(entry.error());
    }
    return std::unique_ptr<ToolLock>(
        std::make_unique<LockDirectory>(std::move(place), *entry, spec.stale, world.clock));
}

} // namespace keytender::tools
