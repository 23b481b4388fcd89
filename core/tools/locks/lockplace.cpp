// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/locks/lockplace.h"

#include <cerrno>
#include <cstdio>

#include <QCoreApplication>
#include <QFile>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/resolvedpath.h"

namespace keytender::tools {

using namespace std::chrono_literals;

namespace {

constexpr int mostMissingDirectories = 2;
constexpr std::size_t longestContent = 4096;
constexpr auto clockTolerance = 5s; // between our clock and that of the file system

QString translated(const char *text)
{
    return QCoreApplication::translate("Locks", text);
}

base::Unexpected<base::Error> failed(const QString &path)
{
    return base::unexpected(base::errorFromErrno(errno, path));
}

base::Result<base::FileDescriptor> openedDirectory(const QString &path)
{
    const auto resolved = base::resolvePath(path, geteuid());
    if (!resolved)
        return base::unexpected(resolved.error());
    base::FileDescriptor directory(openat(resolved->directory.number(), resolved->name.constData(),
                                          O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (!directory.isOpen())
        return failed(path);
    return directory;
}

base::Result<base::FileDescriptor> madeDirectory(const QString &path, int missing)
{
    auto directory = openedDirectory(path);
    const qsizetype slash = path.lastIndexOf(u'/');
    if (directory || directory.error().kind != base::ErrorKind::NotFound || missing == 0 || slash <= 0)
        return directory;
    const auto parent = madeDirectory(path.first(slash), missing - 1);
    if (!parent)
        return base::unexpected(parent.error());
    if (mkdirat(parent->number(), QFile::encodeName(path.sliced(slash + 1)).constData(), S_IRWXU) != 0
        && errno != EEXIST)
        return failed(path);
    return openedDirectory(path);
}

LockEntry entryFrom(const struct stat &status)
{
    return {.device = status.st_dev,
            .inode = status.st_ino,
            .size = status.st_size,
            .seconds = status.st_mtim.tv_sec,
            .nanoseconds = status.st_mtim.tv_nsec,
            .mode = status.st_mode};
}

// Never replaces anything. Not all file systems know how; then a look must do.
bool moveAside(int directory, const QByteArray &from, const QByteArray &to)
{
    if (renameat2(directory, from.constData(), directory, to.constData(), RENAME_NOREPLACE) == 0)
        return true;
    if (errno != EINVAL && errno != ENOSYS)
        return false;
    if (faccessat(directory, to.constData(), F_OK, AT_SYMLINK_NOFOLLOW) == 0) {
        errno = EEXIST;
        return false;
    }
    return renameat(directory, from.constData(), directory, to.constData()) == 0;
}

timespec timeOf(base::Timestamp time)
{
    const auto sinceEpoch = time.time_since_epoch();
    const auto whole = std::chrono::floor<std::chrono::seconds>(sinceEpoch);
    return {.tv_sec = whole.count(), .tv_nsec = std::chrono::nanoseconds(sinceEpoch - whole).count()};
}

QByteArray nameBeside(const QByteArray &name, base::Random &random)
{
    return name + ".keytender-" + random.hex(8).toLatin1();
}

} // namespace

base::Timestamp LockEntry::modified() const
{
    const auto time = std::chrono::seconds{seconds} + std::chrono::nanoseconds{nanoseconds};
    return base::Timestamp{std::chrono::floor<base::Milliseconds>(time)};
}

base::Result<LockPlace> lockPlaceOf(const QString &path, bool makesDirectories)
{
    const qsizetype slash = path.lastIndexOf(u'/');
    if (slash < 0 || slash + 1 == path.size())
        return base::unexpected({.kind = base::ErrorKind::NotFound, .subject = path, .place = {}, .detail = {}});
    auto directory = madeDirectory(slash == 0 ? QStringLiteral("/") : path.first(slash),
                                   makesDirectories ? mostMissingDirectories : 0);
    if (!directory)
        return base::unexpected(directory.error());
    return LockPlace{*std::move(directory), QFile::encodeName(path.sliced(slash + 1)), path};
}

base::Result<LockEntry> entryAt(const LockPlace &place)
{
    struct stat status {};
    if (fstatat(place.directory.number(), place.name.constData(), &status, AT_SYMLINK_NOFOLLOW) != 0)
        return failed(place.path);
    return entryFrom(status);
}

base::Result<LockEntry> entryOf(const base::FileDescriptor &file, const QString &path)
{
    struct stat status {};
    if (fstat(file.number(), &status) != 0)
        return failed(path);
    return entryFrom(status);
}

base::Result<LockEntry> touchedAt(const LockPlace &place, base::Timestamp now)
{
    const timespec times[] = {timeOf(now), timeOf(now)};
    if (utimensat(place.directory.number(), place.name.constData(), times, AT_SYMLINK_NOFOLLOW) != 0)
        return failed(place.path);
    return entryAt(place);
}

LockAge ageOf(const LockEntry &entry, base::Milliseconds stale, base::Timestamp now)
{
    if (entry.modified() > now + clockTolerance)
        return LockAge::Future;
    return stale > 0ms && entry.modified() + stale < now ? LockAge::Abandoned : LockAge::Fresh;
}

base::Result<void> breakLock(const LockPlace &place, const LockEntry &judged, base::Random &random)
{
    const int directory = place.directory.number();
    const QByteArray aside = nameBeside(place.name, random);
    if (!moveAside(directory, place.name, aside))
        return errno == ENOENT ? base::Result<void>() : failed(place.path);
    struct stat status {};
    const bool isJudged =
        fstatat(directory, aside.constData(), &status, AT_SYMLINK_NOFOLLOW) == 0 && entryFrom(status) == judged;
    if (isJudged && unlinkat(directory, aside.constData(), S_ISDIR(judged.mode) ? AT_REMOVEDIR : 0) == 0)
        return {};
    const int reason = errno; // a directory that holds something is not removed
    const bool isBack = moveAside(directory, aside, place.name);
    if (!isBack && !isJudged) // somebody was faster still: whoever had it sees that it is gone
        unlinkat(directory, aside.constData(), S_ISDIR(status.st_mode) ? AT_REMOVEDIR : 0);
    if (!isJudged)
        return base::unexpected(heldBySomebody(place.path));
    return base::unexpected(base::errorFromErrno(reason, place.path));
}

base::Result<LockEntry> makeLockFile(const LockPlace &place, const NewLockFile &wanted, base::Random &random)
{
    const int directory = place.directory.number();
    const QByteArray temporary = nameBeside(place.name, random);
    const base::FileDescriptor file(
        openat(directory, temporary.constData(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, wanted.mode));
    if (!file.isOpen())
        return failed(place.path);
    const auto givenUp = [&](int reason) {
        unlinkat(directory, temporary.constData(), 0);
        return base::unexpected(reason == EEXIST ? heldBySomebody(place.path)
                                                 : base::errorFromErrno(reason, place.path));
    };
    // Synced: an empty file after a power cut would stay for ever where unreadable locks are never broken.
    const timespec times[] = {timeOf(wanted.modified), timeOf(wanted.modified)};
    if (write(file.number(), wanted.content.constData(), static_cast<std::size_t>(wanted.content.size()))
            != wanted.content.size()
        || futimens(file.number(), times) != 0 || fsync(file.number()) != 0)
        return givenUp(errno);
    auto entry = entryOf(file, place.path);
    if (renameat2(directory, temporary.constData(), directory, place.name.constData(), RENAME_NOREPLACE) == 0)
        return entry;
    if (errno != EINVAL && errno != ENOSYS)
        return givenUp(errno);
    if (linkat(directory, temporary.constData(), directory, place.name.constData(), 0) != 0)
        return givenUp(errno);
    unlinkat(directory, temporary.constData(), 0);
    return entry;
}

base::Result<QByteArray> contentOf(const LockPlace &place)
{
    const base::FileDescriptor file(openat(place.directory.number(), place.name.constData(),
                                           O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
    if (!file.isOpen())
        return failed(place.path);
    QByteArray content(longestContent, '\0');
    const ssize_t size = read(file.number(), content.data(), longestContent);
    if (size < 0)
        return failed(place.path);
    content.truncate(size);
    return content;
}

base::Error heldBySomebody(const QString &path, const QString &detail)
{
    return {.kind = base::ErrorKind::Locked,
            .subject = path,
            .place = {},
            .detail =
                detail.isEmpty() ? translated(QT_TRANSLATE_NOOP("Locks", "another program holds this lock")) : detail};
}

base::Error wrongKind(const QString &path, const LockEntry &there, const QString &expected)
{
    const auto found = [&there] {
        if (S_ISDIR(there.mode))
            return translated(QT_TRANSLATE_NOOP("Locks", "a directory"));
        if (S_ISLNK(there.mode))
            return translated(QT_TRANSLATE_NOOP("Locks", "a symbolic link"));
        if (S_ISREG(there.mode))
            return translated(QT_TRANSLATE_NOOP("Locks", "a file"));
        return translated(QT_TRANSLATE_NOOP("Locks", "a pipe or a device"));
    };
    return {.kind = base::ErrorKind::NotAFile,
            .subject = path,
            .place = {},
            .detail =
                translated(QT_TRANSLATE_NOOP("Locks", "%1 stands where the tool's lock is %2")).arg(found(), expected)};
}

} // namespace keytender::tools
