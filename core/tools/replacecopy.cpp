// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/replacecopy.h"

#include <algorithm>
#include <thread>

#include <QCoreApplication>

#include "tools/copyswap.h"
#include "tools/databasecell.h"
#include "tools/fetchplace.h"
#include "tools/locks/lockset.h"
#include "tools/locks/writelocks.h"
#include "tools/pendingfile.h"

namespace keytender::tools {

namespace {

using Content = base::Result<base::FileContent>;

constexpr int mostRounds = 3; // while somebody else writes at the same time
constexpr int mostLooks = 5;  // while something half-written lies there
constexpr auto lookPause = std::chrono::milliseconds(20);

QString translated(const char *text)
{
    return QCoreApplication::translate("Neighbours", text);
}

base::Unexpected<base::Error> refused(base::ErrorKind kind, const QString &path, const QString &detail)
{
    return base::unexpected({.kind = kind, .subject = path, .place = {}, .detail = detail});
}

// The same bytes in the same file, or as little as before.
bool isUnchanged(const Content &before, const Content &now)
{
    if (!before || !now)
        return !before && !now && before.error().kind == now.error().kind;
    return before->facts.inode == now->facts.inode && before->facts.device == now->facts.device
           && before->bytes == now->bytes;
}

// One copy, from the look at it to the look back.
class FileSwap final {
public:
    FileSwap(const Replacement &replacement, const ReplacementWorld &world, const WriteLocks &locks)
        : m_what(replacement), m_writer(*replacement.tool.writer()), m_world(world), m_locks(locks)
    {
    }

    [[nodiscard]] base::Result<ReplacementState> run();

private:
    void look();
    // Nothing where somebody else wrote in the meantime, so that all begins anew.
    [[nodiscard]] base::Result<std::optional<ReplacementState>> tryOnce();
    [[nodiscard]] base::Result<bool> putInPlace(const base::Secret &text);

    const Replacement &m_what;
    const CopyWriter &m_writer;
    const ReplacementWorld &m_world;
    const WriteLocks &m_locks;
    Fetched m_there{.content = refused(base::ErrorKind::NotFound, {}, {}), .companions = {}};
    CopyReading m_reading;
};

void FileSwap::look()
{
    for (int looks = 1;; ++looks) {
        m_there = fetchPlace(m_what.place);
        m_reading = readingOf(m_what.tool, m_what.place, m_what.slot, m_there, m_world.clock.wallTime());
        if (!isHalfWritten(m_reading) || looks == mostLooks)
            return;
        std::this_thread::sleep_for(lookPause);
    }
}

base::Result<bool> FileSwap::putInPlace(const base::Secret &text)
{
    auto file = PendingFile::beside(m_what.place.path, m_writer.linkHabit(), m_world.random, m_world.clock);
    if (!file)
        return base::unexpected(file.error());
    const mode_t before = m_there.content ? m_there.content->facts.mode : 0600;
    if (const auto written = file->write(text.expose(), m_writer.modeAfter(before)); !written)
        return base::unexpected(written.error());
    if (m_what.keepBefore && m_there.content)
        if (const auto kept = m_what.keepBefore(m_there.content->bytes); !kept)
            return base::unexpected(kept.error());
    // The last moment: nothing but the rename stands between this and its end (F-85).
    if (!isUnchanged(m_there.content, fetchPlace(m_what.place).content))
        return false;
    if (!m_locks.areHeld())
        return refused(base::ErrorKind::Locked, m_what.place.path,
                       translated(QT_TRANSLATE_NOOP("Neighbours", "its tool's lock was taken over")));
    if (const auto moved = file->moveIntoPlace(); !moved)
        return base::unexpected(moved.error());
    return true;
}

base::Result<std::optional<ReplacementState>> FileSwap::tryOnce()
{
    look();
    if (m_reading.state == profile::CopyState::Unreadable)
        return base::unexpected(m_reading.problem.value_or(
            base::Error{.kind = base::ErrorKind::Malformed, .subject = m_what.place.path, .place = {}, .detail = {}}));
    if (holdsSuccessor(m_reading, m_what.successor))
        return std::optional(ReplacementState::AlreadyThere);
    if (!m_what.mayReplace(m_reading))
        return std::optional(ReplacementState::ChangedMeanwhile);
    const auto text = provenText(m_what, m_there, m_world.clock.wallTime());
    if (!text)
        return base::unexpected(text.error());
    const auto isInPlace = putInPlace(*text);
    if (!isInPlace)
        return base::unexpected(isInPlace.error());
    if (!*isInPlace)
        return std::optional<ReplacementState>();
    look();
    return std::optional(holdsSuccessor(m_reading, m_what.successor) ? ReplacementState::Replaced
                                                                     : ReplacementState::ChangedMeanwhile);
}

base::Result<ReplacementState> FileSwap::run()
{
    for (int round = 0; round < mostRounds; ++round) {
        const auto state = tryOnce();
        if (!state)
            return base::unexpected(state.error());
        if (*state)
            return **state;
    }
    return refused(base::ErrorKind::Incomplete, m_what.place.path,
                   translated(QT_TRANSLATE_NOOP("Neighbours", "somebody else writes to it all the time")));
}

// What the copy was, and what stands beside it now.
Fetched besideNow(const CopyPlace &place, const Fetched &before)
{
    Fetched now = fetchPlace(place);
    now.content = before.content ? Content(base::FileContent{before.content->bytes.clone(), before.content->facts})
                                 : Content(base::unexpected(before.content.error()));
    return now;
}

// False where it changed in the meantime.
base::Result<bool> writeBeside(const CompanionChange &change, const Fetched &there, const CopyPlace &place,
                               const LockWorld &world)
{
    const auto before = there.companions.find(change.path);
    if (before == there.companions.end() || (before->second && before->second->bytes == change.content))
        return true;
    auto file = PendingFile::beside(change.path, CopyWriter::LinkHabit::Follow, world.random, world.clock);
    if (!file)
        return base::unexpected(file.error());
    const mode_t mode = before->second ? before->second->facts.mode : 0600;
    if (const auto written = file->write(change.content.expose(), mode); !written)
        return base::unexpected(written.error());
    if (!isUnchanged(before->second, fetchPlace(place).companions.at(change.path)))
        return false;
    if (const auto moved = file->moveIntoPlace(); !moved)
        return base::unexpected(moved.error());
    return true;
}

base::Result<bool> tryCompanions(const Replacement &replacement, const Fetched &before, const ReplacementWorld &world)
{
    const CopyPlace &place = replacement.place;
    const CopyWriter &writer = *replacement.tool.writer();
    const LockWorld lockWorld{world.clock, world.random, world.locks};
    const auto changes = [&](const Fetched &there) {
        return writer.companionChanges(place, replacement.slot, there, replacement.successor, world.tool);
    };
    const auto planned = changes(besideNow(place, before));
    if (!planned)
        return base::unexpected(planned.error());
    for (const CompanionChange &plan : *planned) {
        const auto locks = WriteLocks::take(plan.locks, lockWorld);
        if (!locks)
            return base::unexpected(locks.error());
        const Fetched there = besideNow(place, before); // under the lock: nobody who keeps to it writes now
        const auto wanted = changes(there);
        if (!wanted)
            return base::unexpected(wanted.error());
        const auto change = std::ranges::find(*wanted, plan.path, &CompanionChange::path);
        if (change == wanted->end())
            continue;
        const auto written = writeBeside(*change, there, place, lockWorld);
        if (!written || !*written)
            return written;
    }
    return true;
}

} // namespace

base::Result<ReplacementState> replaceCopy(const Replacement &replacement, const ReplacementWorld &world)
{
    const CopyPlace &place = replacement.place;
    const CopyWriter *writer = replacement.tool.writer();
    if (writer == nullptr || place.kind != CopyPlace::Kind::File)
        return refused(base::ErrorKind::Unavailable, place.path,
                       translated(QT_TRANSLATE_NOOP("Neighbours", "Keytender does not write here")));
    const auto plan = writer->lockPlan(place, replacement.slot, world.tool);
    if (!plan)
        return base::unexpected(plan.error());
    const bool takesAll = replacement.locks == Replacement::Locks::All;
    const auto locks = WriteLocks::take(takesAll ? plan->locks : locksOf({*plan}, LockSpec::Span::Write),
                                        {world.clock, world.random, world.locks});
    if (!locks)
        return base::unexpected(locks.error());
    return place.cell ? replaceCell(replacement, world) : FileSwap(replacement, world, *locks).run();
}

base::Result<void> replaceCompanions(const Replacement &replacement, const Fetched &before,
                                     const ReplacementWorld &world)
{
    for (int round = 0; round < mostRounds; ++round) {
        const auto written = tryCompanions(replacement, before, world);
        if (!written)
            return base::unexpected(written.error());
        if (*written)
            return {};
    }
    return refused(base::ErrorKind::Incomplete, replacement.place.path,
                   translated(QT_TRANSLATE_NOOP("Neighbours", "somebody else writes beside it all the time")));
}

} // namespace keytender::tools
