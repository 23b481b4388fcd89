// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/locks/toollock.h"

#include <cerrno>

#include <QCoreApplication>

#include <fcntl.h>

#include "tools/locks/kinds.h"
#include "tools/locks/lockledger.h"

namespace keytender::tools {

namespace {

// proper-lockfile resolves the path of the file that it locks, which therefore has to be there.
base::Result<void> makeSentinel(const QString &path)
{
    const auto place = lockPlaceOf(path, true);
    if (!place)
        return base::unexpected(place.error());
    const base::FileDescriptor file(openat(place->directory.number(), place->name.constData(),
                                           O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!file.isOpen() && errno != EEXIST)
        return base::unexpected(base::errorFromErrno(errno, path));
    return {};
}

TakenLock takeAt(LockPlace place, const LockSpec &spec, const LockWorld &world)
{
    switch (spec.kind) {
    case LockSpec::Kind::Directory:
        return takeLockDirectory(spec, std::move(place), world);
    case LockSpec::Kind::Flock:
        return takeFlock(spec, std::move(place), world);
    case LockSpec::Kind::PidFile:
        return takePidFile(spec, std::move(place), world);
    case LockSpec::Kind::TokenFile:
        return takeTokenFile(spec, std::move(place), world);
    }
    return base::unexpected(heldBySomebody(spec.path));
}

} // namespace

base::Error datedInTheFuture(const QString &path)
{
    return heldBySomebody(path, QCoreApplication::translate(
                                    "Locks", "this lock is dated in the future, so nobody can tell whether it was left "
                                             "behind; remove it if its tool is not running"));
}

TakenLock takeToolLock(const LockSpec &spec, const LockWorld &world)
{
    if (!spec.sentinel.isEmpty())
        if (const auto made = makeSentinel(spec.sentinel); !made)
            return base::unexpected(made.error());
    auto place = lockPlaceOf(spec.path, spec.kind == LockSpec::Kind::PidFile || !spec.sentinel.isEmpty());
    if (!place)
        return base::unexpected(place.error());
    auto lock = takeAt(*std::move(place), spec, world);
    if (lock && world.ledger)
        return noted(*std::move(lock), spec, world.ledger);
    return lock;
}

} // namespace keytender::tools
