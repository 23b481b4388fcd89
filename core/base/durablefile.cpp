// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "base/durablefile.h"

#include <algorithm>
#include <cerrno>
#include <memory>

#include <QCoreApplication>
#include <QDebug>
#include <QDir>
#include <QFile>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "base/filedescriptor.h"
#include "base/resolvedpath.h"

namespace keytender::base {

namespace {

constexpr std::string_view temporaryPrefix = ".keytender-";
constexpr std::string_view temporarySuffix = ".tmp";
constexpr std::size_t temporaryRandomBytes = 16;

QString translated(const char *text)
{
    return QCoreApplication::translate("File", text);
}

bool isTemporaryName(std::string_view name)
{
    if (!name.starts_with(temporaryPrefix) || !name.ends_with(temporarySuffix))
        return false;
    name.remove_prefix(temporaryPrefix.size());
    name.remove_suffix(std::min(temporarySuffix.size(), name.size()));
    const auto isHexadecimal = [](char letter) {
        return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'f');
    };
    return name.size() == 2 * temporaryRandomBytes && std::ranges::all_of(name, isHexadecimal);
}

// A directory opened with O_PATH cannot be synced; this is the same one, opened for it.
FileDescriptor reopened(const FileDescriptor &directory, const QByteArray &name = ".")
{
    return FileDescriptor(openat(directory.number(), name.isEmpty() ? "." : name.constData(),
                                 O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
}

Result<void> syncDirectory(const FileDescriptor &directory, const QString &path)
{
    // EINVAL: this file system has no such thing and keeps names by its own means (FUSE, CIFS).
    if (fsync(directory.number()) != 0 && errno != EINVAL)
        return unexpected(errorFromErrno(errno, path));
    return {};
}

// The new content on its way: removed again unless it was moved into place.
class TemporaryFile final {
public:
    TemporaryFile(const FileDescriptor &directory, Random &random)
        : m_directory(directory), m_name(QByteArray(temporaryPrefix.data())
                                         + random.hex(temporaryRandomBytes).toLatin1() + temporarySuffix.data()),
          m_file(openat(directory.number(), m_name.constData(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                        S_IRUSR | S_IWUSR))
    {
        m_exists = m_file.isOpen();
    }
    ~TemporaryFile()
    {
        if (m_exists)
            unlinkat(m_directory.number(), m_name.constData(), 0);
    }
    Q_DISABLE_COPY_MOVE(TemporaryFile)

    [[nodiscard]] bool isOpen() const { return m_exists; }

    // All of these set errno.
    [[nodiscard]] bool write(std::string_view bytes);
    [[nodiscard]] bool sync() { return fsync(m_file.number()) == 0 && (m_file.close() == 0 || errno == EINTR); }
    [[nodiscard]] bool moveTo(const QByteArray &name)
    {
        if (renameat(m_directory.number(), m_name.constData(), m_directory.number(), name.constData()) != 0)
            return false;
        m_exists = false;
        return true;
    }

private:
    const FileDescriptor &m_directory;
    const QByteArray m_name;
    FileDescriptor m_file;
    bool m_exists = false;
};

bool TemporaryFile::write(std::string_view bytes)
{
    if (fchmod(m_file.number(), S_IRUSR | S_IWUSR) != 0) // the umask may have taken even our own rights
        return false;
    while (!bytes.empty()) {
        const ssize_t written = ::write(m_file.number(), bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

// What stands where we are going to write: nothing, or a file of ours.
Result<void> checkTarget(const FileDescriptor &directory, const QByteArray &name, const QString &path)
{
    struct stat status {};
    if (fstatat(directory.number(), name.constData(), &status, AT_SYMLINK_NOFOLLOW) != 0)
        return errno == ENOENT ? Result<void>() : unexpected(errorFromErrno(errno, path));
    if (!S_ISREG(status.st_mode))
        return unexpected({.kind = ErrorKind::NotAFile, .subject = path, .place = {}, .detail = {}});
    if (status.st_uid != geteuid())
        return unexpected({.kind = ErrorKind::ForeignOwner, .subject = path, .place = {}, .detail = {}});
    return {};
}

Result<void> makeDirectory(const QString &path)
{
    const Result<ResolvedPath> place = resolvePath(path, geteuid());
    if (!place)
        return unexpected(place.error());
    if (mkdirat(place->directory.number(), place->name.constData(), S_IRWXU) != 0 && errno != EEXIST)
        return unexpected(errorFromErrno(errno, path));
    return {};
}

// All directories on the way to `path`; those of others, which may be out of reach, as far as they let us.
Result<void> syncWayTo(const QString &path)
{
    for (qsizetype slash = path.indexOf(u'/', 1); slash >= 0; slash = path.indexOf(u'/', slash + 1)) {
        const Result<ResolvedPath> place = resolvePath(path.first(slash), geteuid());
        const FileDescriptor directory = place ? reopened(place->directory, place->name) : FileDescriptor();
        struct stat status {};
        if (!directory.isOpen() || fstat(directory.number(), &status) != 0)
            continue;
        if (const auto synced = syncDirectory(directory, path); !synced && status.st_uid == geteuid())
            return synced;
    }
    return {};
}

bool isEmpty(const FileDescriptor &directory)
{
    const int descriptor = openat(directory.number(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const std::unique_ptr<DIR, int (*)(DIR *)> entries(descriptor < 0 ? nullptr : fdopendir(descriptor), closedir);
    if (!entries && descriptor >= 0)
        close(descriptor);
    if (!entries)
        return true;
    int names = 0;
    while (names <= 2 && readdir(entries.get()))
        ++names;
    return names <= 2; // itself and its parent
}

// A writer that was killed may have put something here, and not have lived to see it durable; and whoever made the
// directories may not. Nobody is to build on that before it is.
Result<void> makeDurable(const FileDescriptor &directory, const QString &path)
{
    if (const auto synced = syncDirectory(directory, path); !synced)
        return synced;
    return isEmpty(directory) ? syncWayTo(path) : Result<void>(); // what holds something was once used as a whole
}

} // namespace

DurableFile::DurableFile(QString directory, Random &random) : m_directory(std::move(directory)), m_random(random) {}

Result<void> DurableFile::prepareDirectory() const
{
    const QString path = QDir::cleanPath(m_directory);
    for (qsizetype slash = path.indexOf(u'/', 1);; slash = path.indexOf(u'/', slash + 1)) {
        if (const auto made = makeDirectory(slash < 0 ? path : path.first(slash)); !made)
            return made;
        if (slash < 0)
            break;
    }

    const Result<ResolvedPath> place = resolvePath(path, geteuid());
    if (!place)
        return unexpected(place.error());
    const FileDescriptor directory = reopened(place->directory, place->name);
    struct stat status {};
    if (!directory.isOpen() && errno == ENOTDIR)
        return unexpected({.kind = ErrorKind::NotAFile,
                           .subject = m_directory,
                           .place = {},
                           .detail = translated(QT_TRANSLATE_NOOP("File", "is not a directory"))});
    if (!directory.isOpen() || fstat(directory.number(), &status) != 0)
        return unexpected(errorFromErrno(errno, m_directory));
    if (status.st_uid != geteuid())
        return unexpected({.kind = ErrorKind::ForeignOwner, .subject = m_directory, .place = {}, .detail = {}});
    if ((status.st_mode & 0777) == S_IRWXU)
        return makeDurable(directory, path);
    if ((status.st_mode & 077) != 0)
        qWarning().noquote()
            << translated(QT_TRANSLATE_NOOP("File", "%1 was open to others; it is private now.")).arg(m_directory);
    if (fchmod(directory.number(), S_IRWXU) != 0)
        return unexpected(errorFromErrno(errno, m_directory));
    return makeDurable(directory, path);
}

Result<void> DurableFile::write(const QString &name, std::string_view bytes) const
{
    Q_ASSERT(!name.isEmpty() && !name.contains(u'/') && !isTemporaryName(QFile::encodeName(name).toStdString()));
    const QString path = m_directory + u'/' + name;
    const auto failed = [&path] { return unexpected(errorFromErrno(errno, path)); };

    QByteArray finalName = QFile::encodeName(name);
    FileDescriptor directory = isHeld(finalName) ? std::move(m_held) : FileDescriptor();
    if (!directory.isOpen()) {
        Result<ResolvedPath> target = resolvePath(path, geteuid());
        if (!target)
            return unexpected(target.error());
        directory = reopened(target->directory);
        finalName = target->name;
    }
    if (!directory.isOpen())
        return failed();
    if (const auto checked = checkTarget(directory, finalName, path); !checked)
        return checked;
    TemporaryFile file(directory, m_random);
    if (!file.isOpen() || !file.write(bytes) || !file.sync() || !file.moveTo(finalName))
        return failed();
    if (const auto synced = syncDirectory(directory, path); !synced)
        return synced;
    // Kept only after success: a descriptor that has failed once is not asked again (S-07).
    m_held = std::move(directory);
    return {};
}

bool DurableFile::isHeld(const QByteArray &name) const
{
    struct stat held {};
    struct stat there {};
    struct stat entry {};
    if (!m_held.isOpen() || fstat(m_held.number(), &held) != 0
        || stat(QFile::encodeName(m_directory).constData(), &there) != 0)
        return false;
    const bool isLink =
        fstatat(m_held.number(), name.constData(), &entry, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(entry.st_mode);
    return held.st_dev == there.st_dev && held.st_ino == there.st_ino && !isLink;
}

Result<void> DurableFile::remove(const QString &name) const
{
    const QString path = m_directory + u'/' + name;
    const Result<ResolvedPath> target = resolvePath(path, geteuid());
    if (!target)
        return target.error().kind == ErrorKind::NotFound ? Result<void>() : unexpected(target.error());
    if (unlinkat(target->directory.number(), target->name.constData(), 0) != 0 && errno != ENOENT)
        return unexpected(errorFromErrno(errno, path));
    // Synced even if nothing was there: an earlier try may have failed just here.
    const FileDescriptor directory = reopened(target->directory);
    if (!directory.isOpen())
        return unexpected(errorFromErrno(errno, path));
    return syncDirectory(directory, path);
}

void DurableFile::sweepLeftovers() const
{
    const Result<ResolvedPath> place = resolvePath(m_directory, geteuid());
    if (!place)
        return;
    const int descriptor =
        openat(place->directory.number(), place->name.constData(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (descriptor < 0)
        return;
    const std::unique_ptr<DIR, int (*)(DIR *)> entries(fdopendir(descriptor), closedir);
    if (!entries) {
        close(descriptor);
        return;
    }
    while (const dirent *entry = readdir(entries.get()))
        if (isTemporaryName(entry->d_name))
            unlinkat(descriptor, entry->d_name, 0);
}

} // namespace keytender::base
