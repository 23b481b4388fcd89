// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>

#include <QByteArray>
#include <QString>

#include <sys/types.h>

#include "base/clock.h"
#include "base/filedescriptor.h"
#include "base/random.h"
#include "base/result.h"

// What all kinds of locks do alike with the place that they lie in.
namespace keytender::tools {

// A name in a directory that is held open. What stands under the name may be anything, a symbolic link too: a lock is
// never followed elsewhere.
struct LockPlace {
    base::FileDescriptor directory;
    QByteArray name;
    QString path;
};

// With `makesDirectories` up to two missing ones on the way are made (0700), as tools do that keep locks in a place of
// their own.
[[nodiscard]] base::Result<LockPlace> lockPlaceOf(const QString &path, bool makesDirectories);

// What tells one lock from the next under the same name.
struct LockEntry {
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    std::int64_t size = 0;
    std::int64_t seconds = 0; // of its mtime
    std::int64_t nanoseconds = 0;
    mode_t mode = 0; // its type too

    [[nodiscard]] base::Timestamp modified() const;
    [[nodiscard]] bool isSameFileAs(const LockEntry &other) const
    {
        return device == other.device && inode == other.inode;
    }
    bool operator==(const LockEntry &) const = default;
};

[[nodiscard]] base::Result<LockEntry> entryAt(const LockPlace &place); // NotFound where nothing is
[[nodiscard]] base::Result<LockEntry> entryOf(const base::FileDescriptor &file, const QString &path);
// Its mtime becomes `now`; the entry as it stands then.
[[nodiscard]] base::Result<LockEntry> touchedAt(const LockPlace &place, base::Timestamp now);

// Future: dated so far ahead of `now` that its age says nothing. It is not abandoned by that, and people are told of
// it, because its tool would wait for it for ever (F-05).
enum class LockAge { Fresh, Abandoned, Future };
[[nodiscard]] LockAge ageOf(const LockEntry &entry, base::Milliseconds stale, base::Timestamp now);

// Takes an abandoned lock out of the way: moved to a name that nobody guesses, looked at again there, removed if it is
// still the one that was judged, and put back if somebody took it in the meantime (ErrorKind::Locked then).
[[nodiscard]] base::Result<void> breakLock(const LockPlace &place, const LockEntry &judged, base::Random &random);

struct NewLockFile {
    const QByteArray &content;
    mode_t mode = 0600;
    base::Timestamp modified{};
};
// A file with this content appears under the name at once and whole, so that a crash never leaves an empty one there.
// ErrorKind::Locked where the name is taken.
[[nodiscard]] base::Result<LockEntry> makeLockFile(const LockPlace &place, const NewLockFile &wanted,
                                                   base::Random &random);
[[nodiscard]] base::Result<QByteArray> contentOf(const LockPlace &place);

[[nodiscard]] base::Error heldBySomebody(const QString &path, const QString &detail = {});
// Something stands there that is no lock of this kind: it is named, and nothing is removed.
[[nodiscard]] base::Error wrongKind(const QString &path, const LockEntry &there, const QString &expected);

} // namespace keytender::tools
