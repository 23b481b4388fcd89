// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/pendingfile.h"

#include <cerrno>
#include <memory>
#include <utility>

#include <QCoreApplication>
#include <QFile>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace keytender::tools {

namespace {

constexpr std::string_view prefix = ".keytender-copy-";
constexpr time_t leftAlone = 60; // seconds: another Keytender may be at it

base::Unexpected<base::Error> failed(int reason, const QString &path)
{
    base::Error error = base::errorFromErrno(reason, path);
    if (reason == EBUSY || reason == EXDEV) {
        error.kind = base::ErrorKind::Unavailable;
        error.detail = QCoreApplication::translate(
            "File", "is mounted there by itself, so it can be written in place only, which could lose it");
    }
    return base::unexpected(std::move(error));
}

base::Result<base::ResolvedPath> targetOf(const QString &path, CopyWriter::LinkHabit habit)
{
    if (habit == CopyWriter::LinkHabit::Follow)
        return base::resolvePath(path, geteuid());
    const qsizetype slash = path.lastIndexOf(u'/');
    const auto parent = base::resolvePath(slash <= 0 ? QStringLiteral("/") : path.first(slash), geteuid());
    if (!parent)
        return base::unexpected(parent.error());
    base::FileDescriptor directory(
        openat(parent->directory.number(), parent->name.constData(), O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (!directory.isOpen())
        return failed(errno, path);
    return base::ResolvedPath{std::move(directory), QFile::encodeName(path.sliced(slash + 1)), path};
}

void sweep(int directory, time_t now)
{
    const int descriptor = openat(directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const std::unique_ptr<DIR, int (*)(DIR *)> entries(descriptor < 0 ? nullptr : fdopendir(descriptor), closedir);
    if (!entries && descriptor >= 0)
        close(descriptor);
    while (const dirent *entry = entries ? readdir(entries.get()) : nullptr) {
        struct stat status {};
        if (std::string_view(entry->d_name).starts_with(prefix)
            && fstatat(directory, entry->d_name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(status.st_mode)
            && status.st_uid == geteuid() && status.st_mtim.tv_sec + leftAlone < now)
            unlinkat(directory, entry->d_name, 0);
    }
}

} // namespace

base::Result<PendingFile> PendingFile::beside(const QString &path, CopyWriter::LinkHabit habit, base::Random &random,
                                              const base::Clock &clock)
{
    auto target = targetOf(path, habit);
    return target ? at(*std::move(target), path, random, clock) : base::unexpected(target.error());
}

base::Result<PendingFile> PendingFile::at(base::ResolvedPath target, const QString &path, base::Random &random,
                                          const base::Clock &clock)
{
    const int directory = target.directory.number();
    sweep(directory, std::chrono::floor<std::chrono::seconds>(clock.wallTime()).time_since_epoch().count());
    PendingFile pending(path, std::move(target), QByteArray(prefix.data()) + random.hex(16).toLatin1());
    pending.m_file = base::FileDescriptor(
        openat(directory, pending.m_name.constData(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (pending.m_file.isOpen())
        return pending;
    const int reason = errno;
    pending.m_name.clear();
    return failed(reason, path);
}

PendingFile::PendingFile(PendingFile &&other) noexcept
    : m_path(std::move(other.m_path)), m_target(std::move(other.m_target)),
      m_name(std::exchange(other.m_name, QByteArray())), m_file(std::move(other.m_file))
{
}

PendingFile::~PendingFile()
{
    if (!m_name.isEmpty())
        unlinkat(m_target.directory.number(), m_name.constData(), 0);
}

// A file that a group shares stays readable to it. Who is not in that group cannot keep it, and needs not.
void PendingFile::keepGroup()
{
    struct stat before {};
    struct stat now {};
    if (fstatat(m_target.directory.number(), m_target.name.constData(), &before, AT_SYMLINK_NOFOLLOW) == 0
        && fstat(m_file.number(), &now) == 0 && S_ISREG(before.st_mode) && before.st_gid != now.st_gid)
        (void)!fchown(m_file.number(), static_cast<uid_t>(-1), before.st_gid);
}

base::Result<void> PendingFile::write(std::string_view bytes, mode_t mode)
{
    while (!bytes.empty()) {
        const ssize_t written = ::write(m_file.number(), bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return failed(errno, m_path);
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    keepGroup();
    if (fchmod(m_file.number(), mode) != 0 || fsync(m_file.number()) != 0 || (m_file.close() != 0 && errno != EINTR))
        return failed(errno, m_path);
    return {};
}

base::Result<void> PendingFile::moveIntoPlace()
{
    const int directory = m_target.directory.number();
    if (renameat(directory, m_name.constData(), directory, m_target.name.constData()) != 0)
        return failed(errno, m_path);
    m_name.clear();
    // One opened with O_PATH cannot be synced. EINVAL: this file system keeps names by its own means (FUSE, CIFS).
    const base::FileDescriptor opened(openat(directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!opened.isOpen() || (fsync(opened.number()) != 0 && errno != EINVAL))
        return failed(errno, m_path);
    return {};
}

} // namespace keytender::tools
