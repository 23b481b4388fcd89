// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/locks/lockstanding.h"

#include <QCoreApplication>

#include <sys/stat.h>

#include "tools/locks/kinds.h"

namespace keytender::tools {

namespace {

using State = LockStanding::State;
using Kind = LockSpec::Kind;

State stateOf(LockAge age)
{
    switch (age) {
    case LockAge::Fresh:
        return State::Held;
    case LockAge::Abandoned:
        return State::Abandoned;
    case LockAge::Future:
        return State::Future;
    }
    return State::Held;
}

LockStanding unknown(base::Error problem, std::optional<LockEntry> entry = {})
{
    return {.state = State::Unknown, .entry = entry, .problem = std::move(problem)};
}

// Its holder's number decides, and its age where it names none. A date ahead of us says nothing then.
LockStanding standingOfPidFile(const LockSpec &spec, const LockPlace &place, const LockEntry &entry,
                               base::Timestamp now)
{
    const auto content = contentOf(place);
    if (!content)
        return content.error().kind == base::ErrorKind::NotFound ? LockStanding() : unknown(content.error(), entry);
    return {.state = isAbandonedPidFile(*content, spec, now) ? State::Abandoned : State::Held,
            .entry = entry,
            .problem = {}};
}

LockStanding standingAt(const LockSpec &spec, const LockPlace &place, base::Timestamp now)
{
    const auto entry = entryAt(place);
    if (!entry)
        return entry.error().kind == base::ErrorKind::NotFound ? LockStanding() : unknown(entry.error());
    const bool isDirectory = spec.kind == Kind::Directory;
    if (isDirectory ? !S_ISDIR(entry->mode) : !S_ISREG(entry->mode))
        return unknown(
            wrongKind(place.path, *entry,
                      isDirectory ? QCoreApplication::translate("Locks", "a directory", "what a tool uses as its lock")
                                  : QCoreApplication::translate("Locks", "a file", "what a tool uses as its lock")),
            *entry);
    if (spec.kind == Kind::PidFile)
        return standingOfPidFile(spec, place, *entry, now);
    return {.state = stateOf(ageOf(*entry, spec.stale, now)), .entry = *entry, .problem = {}};
}

} // namespace

LockStanding standingOf(const LockSpec &spec, base::Timestamp now)
{
    if (spec.kind == Kind::Flock) // ends with its holder, and the file stays
        return {};
    const auto place = lockPlaceOf(spec.path, false);
    if (!place)
        return place.error().kind == base::ErrorKind::NotFound ? LockStanding() : unknown(place.error());
    return standingAt(spec, *place, now);
}

base::Result<void> removeAbandoned(const LockSpec &spec, const LockEntry &judged, base::Timestamp now,
                                   base::Random &random)
{
    const auto place = lockPlaceOf(spec.path, false);
    if (!place)
        return base::unexpected(place.error());
    const LockStanding standing = standingAt(spec, *place, now);
    if (standing.problem)
        return base::unexpected(*standing.problem);
    if (spec.kind == Kind::Flock || standing.state != State::Abandoned)
        return base::unexpected(heldBySomebody(spec.path));
    return breakLock(*place, judged, random); // which looks whether it is the one that was judged
}

} // namespace keytender::tools
