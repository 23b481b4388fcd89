// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// flock(LOCK_EX) on a file that stays where it is. It ends with its holder, so there is nothing to renew or to break.

#include <cerrno>

#include <QCoreApplication>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include "tools/locks/kinds.h"

namespace keytender::tools {

namespace {

class Flock final : public ToolLock {
public:
    Flock(LockPlace place, base::FileDescriptor file, LockEntry entry)
        : m_place(std::move(place)), m_file(std::move(file)), m_entry(entry)
    {
    }

    // Who finds another file there locks that one, and not ours.
    [[nodiscard]] bool isOurs() const override
    {
        const auto there = entryAt(m_place);
        return there && there->isSameFileAs(m_entry);
    }
    [[nodiscard]] bool touch() override { return isOurs(); }

private:
    const LockPlace m_place;
    const base::FileDescriptor m_file; // the lock goes with it
    const LockEntry m_entry;
};

} // namespace

TakenLock takeFlock(const LockSpec &spec, LockPlace place, const LockWorld & /*world*/)
{
    if (const auto there = entryAt(place); there && !S_ISREG(there->mode))
        return base::unexpected(wrongKind(
            place.path, *there, QCoreApplication::translate("Locks", "a file", "what a tool uses as its lock")));
    base::FileDescriptor file(openat(place.directory.number(), place.name.constData(),
                                     O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, spec.mode));
    if (!file.isOpen())
        return base::unexpected(base::errorFromErrno(errno, place.path));
    while (flock(file.number(), LOCK_EX | LOCK_NB) != 0) {
        if (errno == EINTR)
            continue;
        return base::unexpected(errno == EWOULDBLOCK ? heldBySomebody(place.path)
                                                     : base::errorFromErrno(errno, place.path));
    }
    const auto entry = entryOf(file, place.path);
    if (!entry)
        return base::unexpected(entry.error());
    auto lock = std::make_unique<Flock>(std::move(place), std::move(file), *entry);
    if (!lock->isOurs()) // exchanged between the two calls
        return base::unexpected(heldBySomebody(spec.path));
    return std::unique_ptr<ToolLock>(std::move(lock));
}

} // namespace keytender::tools
