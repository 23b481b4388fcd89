// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <fcntl.h>
#include <unistd.h>

#include "tools/locks/kinds.h"

namespace keytender::tools {

namespace {

class LockFile final : public ToolLock {
public:
    LockFile(LockPlace place, LockEntry entry, QByteArray content, const LockFileHabits &habits,
             const base::Clock &clock)
        : m_place(std::move(place)), m_entry(entry), m_content(std::move(content)), m_habits(habits), m_clock(clock)
    {
    }
    ~LockFile() override
    {
        if (stands() && (m_habits.isRemovedWhenOld || !isOld()))
            unlinkat(m_place.directory.number(), m_place.name.constData(), 0);
    }

    [[nodiscard]] bool isOurs() const override { return stands() && !isOld(); }

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
    [[nodiscard]] bool isOld() const
    {
        return ageOf(m_entry, m_habits.stale, m_clock.wallTime()) == LockAge::Abandoned;
    }
    [[nodiscard]] bool stands() const
    {
        const auto there = entryAt(m_place);
        if (!there || !there->isSameFileAs(m_entry))
            return false;
        const auto content = contentOf(m_place);
        return content && *content == m_content;
    }

    const LockPlace m_place;
    LockEntry m_entry;
    const QByteArray m_content;
    const LockFileHabits m_habits;
    const base::Clock &m_clock;
};

} // namespace

TakenLock madeLockFile(LockPlace place, const NewLockFile &wanted, const LockFileHabits &habits, const LockWorld &world)
{
    const auto entry = makeLockFile(place, wanted, world.random);
    if (!entry)
        return base::unexpected(entry.error());
    return std::unique_ptr<ToolLock>(
        std::make_unique<LockFile>(std::move(place), *entry, wanted.content, habits, world.clock));
}

} // namespace keytender::tools
