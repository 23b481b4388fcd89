// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <cerrno>

#include <QCoreApplication>

#include <fcntl.h>
#include <sys/stat.h>

#include "base/durablefile.h"
#include "base/filedescriptor.h"
#include "base/resolvedpath.h"

namespace keytender::base {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("File", text);
}

struct OpenFile {
    FileDescriptor descriptor;
    struct stat status {};
    QString resolvedPath;
};

Unexpected<Error> refused(ErrorKind kind, const QString &path, const QString &detail)
{
    return unexpected({.kind = kind, .subject = path, .place = {}, .detail = detail});
}

Unexpected<Error> changedMeanwhile(const QString &path)
{
    return refused(ErrorKind::Incomplete, path,
                   translated(QT_TRANSLATE_NOOP("File", "was changed while it was being read")));
}

QString wordsForType(mode_t mode)
{
    if (S_ISDIR(mode))
        return translated(QT_TRANSLATE_NOOP("File", "is a directory, not a file"));
    if (S_ISFIFO(mode))
        return translated(QT_TRANSLATE_NOOP("File", "is a pipe, not a file"));
    if (S_ISSOCK(mode))
        return translated(QT_TRANSLATE_NOOP("File", "is a socket, not a file"));
    return translated(QT_TRANSLATE_NOOP("File", "is a device, not a file"));
}

Result<void> check(const struct stat &status, const QString &path, uid_t owner)
{
    if (!S_ISREG(status.st_mode))
        return refused(ErrorKind::NotAFile, path, wordsForType(status.st_mode));
    if (status.st_uid != owner)
        return refused(ErrorKind::ForeignOwner, path, {});
    if (status.st_nlink > 1)
        return refused(ErrorKind::Unsafe, path, translated(QT_TRANSLATE_NOOP("File", "has a second hard link")));
    // The group may: on most systems each user has one of their own.
    if ((status.st_mode & S_IWOTH) != 0)
        return refused(ErrorKind::Unsafe, path, translated(QT_TRANSLATE_NOOP("File", "everybody may write to it")));
    return {};
}

Result<OpenFile> openChecked(const ResolvedPath &place, const QString &path, uid_t owner)
{
    OpenFile file{.descriptor = {}, .status = {}, .resolvedPath = place.path};
    // Looked at first, because opening a device may already do something; what counts is the check on the descriptor.
    if (fstatat(place.directory.number(), place.name.constData(), &file.status, AT_SYMLINK_NOFOLLOW) != 0)
        return unexpected(errorFromErrno(errno, path));
    if (const auto checked = check(file.status, path, owner); !checked)
        return unexpected(checked.error());
    file.descriptor = FileDescriptor(openat(place.directory.number(), place.name.constData(),
                                            O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    if (!file.descriptor.isOpen())
        return errno == ELOOP ? changedMeanwhile(path) : unexpected(errorFromErrno(errno, path));
    if (fstat(file.descriptor.number(), &file.status) != 0)
        return unexpected(errorFromErrno(errno, path));
    if (const auto checked = check(file.status, path, owner); !checked)
        return unexpected(checked.error());
    return file;
}

FileFacts factsOf(const OpenFile &file, const QString &path)
{
    const auto modified =
        std::chrono::seconds{file.status.st_mtim.tv_sec} + std::chrono::nanoseconds{file.status.st_mtim.tv_nsec};
    return {.path = path,
            .resolvedPath = file.resolvedPath,
            .device = file.status.st_dev,
            .inode = file.status.st_ino,
            .size = file.status.st_size,
            .modified = Timestamp{std::chrono::floor<Milliseconds>(modified)},
            .mode = file.status.st_mode & 07777,
            .owner = file.status.st_uid};
}

// Reads until the end or until `bytes` is full; the number of bytes read, or -1 and errno.
ssize_t readAll(int descriptor, std::span<char> bytes)
{
    std::size_t size = 0;
    while (size < bytes.size()) {
        const ssize_t got = read(descriptor, bytes.data() + size, bytes.size() - size);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return -1;
        if (got == 0)
            break;
        size += static_cast<std::size_t>(got);
    }
    return static_cast<ssize_t>(size);
}

bool isUnchanged(const struct stat &before, const struct stat &after)
{
    const auto same = [](const timespec &a, const timespec &b) {
        return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
    };
    return before.st_size == after.st_size && same(before.st_mtim, after.st_mtim)
           && same(before.st_ctim, after.st_ctim);
}

Result<FileContent> readAt(const ResolvedPath &place, const QString &path, const ReadLimits &limits)
{
    const Result<OpenFile> file = openChecked(place, path, limits.owner);
    if (!file)
        return unexpected(file.error());
    const auto size = static_cast<std::size_t>(file->status.st_size);
    if (size > limits.bytes)
        return refused(ErrorKind::TooLarge, path,
                       translated(QT_TRANSLATE_NOOP("File", "holds %1 bytes, more than the %2 that Keytender reads"))
                           .arg(size)
                           .arg(limits.bytes));
    Secret bytes(size + 1); // one more, to see whether it grew
    const ssize_t got = readAll(file->descriptor.number(), bytes.writable());
    if (got < 0)
        return unexpected(errorFromErrno(errno, path));
    struct stat after {};
    if (fstat(file->descriptor.number(), &after) != 0)
        return unexpected(errorFromErrno(errno, path));
    if (static_cast<std::size_t>(got) != size || !isUnchanged(file->status, after))
        return changedMeanwhile(path);
    bytes.truncate(size);
    return FileContent{.bytes = std::move(bytes), .facts = factsOf(*file, path)};
}

} // namespace

Result<FileContent> readFile(const QString &path, const ReadLimits &limits)
{
    const Result<ResolvedPath> place = resolvePath(path, limits.owner);
    return place ? readAt(*place, path, limits) : unexpected(place.error());
}

Result<FileContent> readFile(const ResolvedPath &place, const ReadLimits &limits)
{
    return readAt(place, place.path, limits);
}

Result<FileFacts> inspectFile(const QString &path, uid_t owner)
{
    const Result<ResolvedPath> place = resolvePath(path, owner);
    if (!place)
        return unexpected(place.error());
    const Result<OpenFile> file = openChecked(*place, path, owner);
    if (!file)
        return unexpected(file.error());
    return factsOf(*file, path);
}

} // namespace keytender::base
