// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/replacecopy.h"

#include <thread>

#include <QCoreApplication>

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

bool holds(const CopyReading &reading, const Successor &successor)
{
    if (reading.state != profile::CopyState::Held || !reading.credential)
        return false;
    const profile::TokenSet &there = reading.credential->tokens;
    return there.accessToken == successor.tokens.accessToken
           && (successor.tokens.refreshToken.isEmpty() || there.refreshToken == successor.tokens.refreshToken);
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
    [[nodiscard]] base::Result<base::Secret> successorText() const;
    // Nothing where somebody else wrote in the meantime, so that all begins anew.
    [[nodiscard]] base::Result<std::optional<ReplacementState>> tryOnce();
    [[nodiscard]] base::Result<bool> putInPlace(const base::Secret &text);
    [[nodiscard]] base::Result<ReplacementState> completed(ReplacementState state) const;
    [[nodiscard]] base::Result<std::vector<CompanionChange>> companionChanges() const;
    [[nodiscard]] base::Result<bool> writeCompanions() const;
    [[nodiscard]] CopyReading readingOf(const Fetched &fetched) const
    {
        return tools::readingOf(m_what.tool, m_what.place, m_what.slot, fetched, m_world.clock.wallTime());
    }

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
        m_reading = readingOf(m_there);
        if (!isHalfWritten(m_reading) || looks == mostLooks)
            return;
        std::this_thread::sleep_for(lookPause);
    }
}

// Nothing is written that its tool would not read as what it is meant to be.
base::Result<base::Secret> FileSwap::successorText() const
{
    auto text = m_writer.rewritten(m_what.place, m_what.slot, m_there, m_what.successor);
    if (!text)
        return text;
    base::FileContent content{.bytes = text->clone(), .facts = {}};
    if (m_there.content)
        content.facts = m_there.content->facts;
    content.facts.path = m_what.place.path;
    Fetched proof = fetchPlace(m_what.place);
    proof.content = std::move(content);
    if (!holds(readingOf(proof), m_what.successor))
        return refused(
            base::ErrorKind::UnknownVersion, m_what.place.path,
            translated(QT_TRANSLATE_NOOP("Neighbours", "would not be read back as it would be written, so it "
                                                       "is left alone")));
    return text;
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
    if (holds(m_reading, m_what.successor))
        return std::optional(ReplacementState::AlreadyThere);
    if (!m_what.mayReplace(m_reading))
        return std::optional(ReplacementState::ChangedMeanwhile);
    if (const auto companions = companionChanges(); !companions) // before anything is written
        return base::unexpected(companions.error());
    const auto text = successorText();
    if (!text)
        return base::unexpected(text.error());
    const auto isInPlace = putInPlace(*text);
    if (!isInPlace)
        return base::unexpected(isInPlace.error());
    if (!*isInPlace)
        return std::optional<ReplacementState>();
    look();
    return std::optional(holds(m_reading, m_what.successor) ? ReplacementState::Replaced
                                                            : ReplacementState::ChangedMeanwhile);
}

base::Result<ReplacementState> FileSwap::run()
{
    for (int round = 0; round < mostRounds; ++round) {
        const auto state = tryOnce();
        if (!state)
            return base::unexpected(state.error());
        if (*state)
            return completed(**state);
    }
    return refused(base::ErrorKind::Incomplete, m_what.place.path,
                   translated(QT_TRANSLATE_NOOP("Neighbours", "somebody else writes to it all the time")));
}

base::Result<std::vector<CompanionChange>> FileSwap::companionChanges() const
{
    if (m_what.successor.toolRecord == nullptr)
        return std::vector<CompanionChange>();
    return m_writer.companionChanges(m_what.place, m_what.slot, m_there, m_what.successor, m_world.tool);
}

// A place that was switched before its companions were, by us who were killed, is completed too.
base::Result<ReplacementState> FileSwap::completed(ReplacementState state) const
{
    if (state == ReplacementState::ChangedMeanwhile || m_what.successor.toolRecord == nullptr)
        return state;
    for (int round = 0; round < mostRounds; ++round) {
        const auto written = writeCompanions();
        if (!written)
            return base::unexpected(written.error());
        if (*written)
            return state;
    }
    return refused(base::ErrorKind::Incomplete, m_what.place.path,
                   translated(QT_TRANSLATE_NOOP("Neighbours", "somebody else writes beside it all the time")));
}

// False where one of them changed in the meantime.
base::Result<bool> FileSwap::writeCompanions() const
{
    const auto planned = companionChanges();
    if (!planned)
        return base::unexpected(planned.error());
    std::vector<LockPlan> plans;
    for (const CompanionChange &change : *planned)
        plans.push_back({.locks = change.locks});
    const auto locks = WriteLocks::take(locksOf(plans, LockSpec::Span::Write), {m_world.clock, m_world.random});
    if (!locks)
        return base::unexpected(locks.error());
    const Fetched there = fetchPlace(m_what.place);
    const auto changes = m_writer.companionChanges(m_what.place, m_what.slot, there, m_what.successor, m_world.tool);
    if (!changes)
        return base::unexpected(changes.error());
    for (const CompanionChange &change : *changes) {
        const auto before = there.companions.find(change.path);
        if (before == there.companions.end() || (before->second && before->second->bytes == change.content))
            continue;
        auto file = PendingFile::beside(change.path, CopyWriter::LinkHabit::Follow, m_world.random, m_world.clock);
        if (!file)
            return base::unexpected(file.error());
        if (const auto written =
                file->write(change.content.expose(), before->second ? before->second->facts.mode : 0600);
            !written)
            return base::unexpected(written.error());
        const Fetched now = fetchPlace(m_what.place);
        if (!isUnchanged(before->second, now.companions.at(change.path)) || !locks->areHeld())
            return false;
        if (const auto moved = file->moveIntoPlace(); !moved)
            return base::unexpected(moved.error());
    }
    return true;
}

} // namespace

base::Result<ReplacementState> replaceCopy(const Replacement &replacement, const ReplacementWorld &world)
{
    const CopyPlace &place = replacement.place;
    const CopyWriter *writer = replacement.tool.writer();
    if (writer == nullptr || place.kind != CopyPlace::Kind::File || place.cell)
        return refused(base::ErrorKind::Unavailable, place.path,
                       translated(QT_TRANSLATE_NOOP("Neighbours", "Keytender does not write here")));
    const auto plan = writer->lockPlan(place, replacement.slot, world.tool);
    if (!plan)
        return base::unexpected(plan.error());
    const auto locks = WriteLocks::take(locksOf({*plan}, LockSpec::Span::Write), {world.clock, world.random});
    if (!locks)
        return base::unexpected(locks.error());
    return FileSwap(replacement, world, *locks).run();
}

} // namespace keytender::tools
