// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "base/resolvedpath.h"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <optional>

#include <QByteArrayList>
#include <QCoreApplication>
#include <QDir>
#include <QFile>

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>

namespace keytender::base {

namespace {

constexpr int mostLinks = 40; // as the kernel has it

QString translated(const char *text)
{
    return QCoreApplication::translate("File", text);
}

bool isOpenToEverybody(const struct stat &directory)
{
    return (directory.st_mode & S_IWOTH) != 0 && (directory.st_mode & S_ISVTX) == 0;
}

// All at once, and only if no part of the path is a link.
FileDescriptor openWithoutLinks(const QByteArray &directory)
{
    open_how how{};
    how.flags = O_PATH | O_DIRECTORY | O_CLOEXEC;
    how.resolve = RESOLVE_NO_SYMLINKS;
    return FileDescriptor(static_cast<int>(syscall(SYS_openat2, AT_FDCWD, directory.constData(), &how, sizeof how)));
}

// Most paths have no links and nothing on their way to refuse, and need no walk. Only those who may write to a
// directory can exchange what is in it after it was looked at, and those may do so at any time. Nothing: the walk is to
// say more.
std::optional<ResolvedPath> straightWay(const QString &path)
{
    QByteArray whole = QFile::encodeName(path);
    const qsizetype last = whole.lastIndexOf('/');
    if (last <= 0 || !path.startsWith(u'/') || QDir::cleanPath(path) != path)
        return std::nullopt;
    struct stat status {};
    for (qsizetype slash = whole.indexOf('/', 1); slash > 0; slash = whole.indexOf('/', slash + 1)) {
        whole[slash] = '\0';
        const bool isPlain = lstat(whole.constData(), &status) == 0 && S_ISDIR(status.st_mode);
        whole[slash] = '/';
        if (!isPlain || isOpenToEverybody(status))
            return std::nullopt;
    }
    ResolvedPath place{.directory = openWithoutLinks(whole.first(last)), .name = whole.sliced(last + 1), .path = path};
    if (!place.directory.isOpen())
        return std::nullopt;
    const bool isThere = fstatat(place.directory.number(), place.name.constData(), &status, AT_SYMLINK_NOFOLLOW) == 0;
    if (isThere ? S_ISLNK(status.st_mode) : errno != ENOENT)
        return std::nullopt;
    return place;
}

// One walk from the root, component by component, each opened in the one before: what was checked is what is entered.
class Walk final {
public:
    Walk(const QString &path, uid_t owner) : m_path(path), m_owner(owner) { push(QFile::encodeName(path)); }

    [[nodiscard]] Result<ResolvedPath> run();

private:
    void push(const QByteArray &path);
    [[nodiscard]] Result<void> step();
    [[nodiscard]] Result<void> follow(const FileDescriptor &link, const struct stat &status);
    [[nodiscard]] Result<void> enter(FileDescriptor directory, const struct stat &status);
    [[nodiscard]] Result<void> returnToRoot();
    [[nodiscard]] Unexpected<Error> refused(ErrorKind kind, const QString &detail) const
    {
        return unexpected({.kind = kind, .subject = m_path, .place = {}, .detail = detail});
    }
    [[nodiscard]] QString here() const { return QFile::decodeName(m_walked + '/' + m_name); }

    const QString m_path;
    const uid_t m_owner;
    QByteArrayList m_pending; // the next one last
    FileDescriptor m_directory;
    QByteArray m_walked; // where m_directory is; empty for the root
    QByteArray m_name;   // the component at hand
    int m_links = 0;
    bool m_isAtEnd = false;
};

void Walk::push(const QByteArray &path)
{
    QByteArrayList components = path.split('/');
    components.removeIf([](const QByteArray &name) { return name.isEmpty() || name == "."; });
    std::ranges::reverse(components);
    m_pending.append(components);
}

Result<void> Walk::returnToRoot()
{
    m_walked.clear();
    m_directory = FileDescriptor(open("/", O_PATH | O_DIRECTORY | O_CLOEXEC));
    if (!m_directory.isOpen())
        return unexpected(errorFromErrno(errno, m_path));
    return {};
}

Result<void> Walk::follow(const FileDescriptor &link, const struct stat &status)
{
    if (status.st_uid != m_owner && status.st_uid != 0)
        return refused(ErrorKind::ForeignOwner,
                       translated(QT_TRANSLATE_NOOP("File", "the symbolic link %1 on its way belongs to another user"))
                           .arg(here()));
    if (++m_links > mostLinks)
        return unexpected(errorFromErrno(ELOOP, m_path));
    char target[PATH_MAX];
    const ssize_t size = readlinkat(link.number(), "", target, sizeof target);
    if (size < 0)
        return unexpected(errorFromErrno(errno, m_path));
    push(QByteArray(target, size));
    return target[0] == '/' ? returnToRoot() : Result<void>();
}

Result<void> Walk::enter(FileDescriptor directory, const struct stat &status)
{
    if (!S_ISDIR(status.st_mode))
        return unexpected(errorFromErrno(ENOTDIR, m_path));
    if (isOpenToEverybody(status))
        return refused(ErrorKind::Unsafe,
                       translated(QT_TRANSLATE_NOOP("File", "everybody may write to the directory %1")).arg(here()));
    m_directory = std::move(directory);
    m_walked += '/' + m_name;
    return {};
}

Result<void> Walk::step()
{
    m_name = m_pending.takeLast();
    FileDescriptor next(openat(m_directory.number(), m_name.constData(), O_PATH | O_NOFOLLOW | O_CLOEXEC));
    if (!next.isOpen()) {
        const int reason = errno;
        m_isAtEnd = reason == ENOENT && m_pending.isEmpty();
        return m_isAtEnd ? Result<void>() : unexpected(errorFromErrno(reason, m_path));
    }
    if (m_name == "..") {
        m_directory = std::move(next);
        m_walked.truncate(std::max<qsizetype>(m_walked.lastIndexOf('/'), 0));
        return {};
    }
    struct stat status {};
    if (fstat(next.number(), &status) != 0)
        return unexpected(errorFromErrno(errno, m_path));
    if (S_ISLNK(status.st_mode))
        return follow(next, status);
    if (!m_pending.isEmpty())
        return enter(std::move(next), status);
    m_isAtEnd = true;
    return {};
}

Result<ResolvedPath> Walk::run()
{
    if (!m_path.startsWith(u'/'))
        return refused(ErrorKind::NotFound, translated(QT_TRANSLATE_NOOP("File", "is not an absolute path")));
    if (const auto begun = returnToRoot(); !begun)
        return unexpected(begun.error());
    while (!m_pending.isEmpty())
        if (const auto stepped = step(); !stepped)
            return unexpected(stepped.error());
    if (!m_isAtEnd) // "/", or a path that ends in ".."
        m_name = ".";
    const QString path = m_isAtEnd ? here() : QFile::decodeName(m_walked.isEmpty() ? QByteArray("/") : m_walked);
    return ResolvedPath{.directory = std::move(m_directory), .name = m_name, .path = path};
}

} // namespace

Result<ResolvedPath> resolvePath(const QString &path, uid_t owner)
{
    if (auto straight = straightWay(path))
        return *std::move(straight);
    return Walk(path, owner).run();
}

} // namespace keytender::base
