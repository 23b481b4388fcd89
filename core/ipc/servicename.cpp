// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ipc/servicename.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

#include <QCoreApplication>
#include <QFile>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace keytender::ipc {

using base::FileDescriptor;

namespace {

constexpr const char *lockName = "service.lock";
constexpr const char *socketName = "service";
constexpr const char *newName = "service.new"; // what is being bound, until it listens

QString pathOf(const std::string &path)
{
    return QFile::decodeName(QByteArray::fromStdString(path));
}

base::Unexpected<base::Error> unsafe(const std::string &directory, const QString &detail)
{
    return base::unexpected(
        {.kind = base::ErrorKind::Unsafe, .subject = pathOf(directory), .place = {}, .detail = detail});
}

// 0700 each, whatever the umask leaves of it.
base::Result<void> makeDirectories(const std::string &directory)
{
    for (std::size_t end = directory.find('/', 1);; end = directory.find('/', end + 1)) {
        const std::string part = directory.substr(0, end);
        if (mkdir(part.c_str(), 0700) != 0 && errno != EEXIST)
            return base::unexpected(base::errorFromErrno(errno, pathOf(part)));
        if (end == std::string::npos)
            return {};
    }
}

// Opened first and looked at then, so that nothing else can be put in its place in between.
base::Result<FileDescriptor> openDirectory(const std::string &directory)
{
    if (directory.empty())
        return base::unexpected({.kind = base::ErrorKind::Unavailable,
                                 .subject = QStringLiteral("XDG_RUNTIME_DIR"),
                                 .place = {},
                                 .detail = QCoreApplication::translate(
                                     "ServiceName", "neither it nor HOME names a directory for Keytender's socket")});
    if (auto made = makeDirectories(directory); !made)
        return base::unexpected(made.error());
    FileDescriptor opened(open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    struct stat found {};
    if (!opened.isOpen() && (errno == ELOOP || errno == ENOTDIR))
        return unsafe(directory, QCoreApplication::translate(
                                     "ServiceName", "something else stands where the directory of Keytender's socket "
                                                    "belongs. Move it away, then start Keytender again"));
    if (!opened.isOpen() || fstat(opened.number(), &found) != 0)
        return base::unexpected(base::errorFromErrno(errno, pathOf(directory)));
    if (found.st_uid != geteuid())
        return unsafe(directory, QCoreApplication::translate("ServiceName", "belongs to another user, who could answer "
                                                                            "in Keytender's place. Move it away"));
    if ((found.st_mode & 0077) != 0)
        return unsafe(directory, QCoreApplication::translate("ServiceName", "is open to other users. Close it with "
                                                                            "chmod 700, then start Keytender again"));
    return opened;
}

base::Error alreadyRunning(const std::string &path)
{
    return {.kind = base::ErrorKind::AlreadyRunning, .subject = pathOf(path), .place = {}, .detail = {}};
}

bool isStillNamed(int lock, int directory)
{
    struct stat held {};
    struct stat named {};
    return fstat(lock, &held) == 0 && fstatat(directory, lockName, &named, AT_SYMLINK_NOFOLLOW) == 0
           && held.st_ino == named.st_ino && held.st_dev == named.st_dev;
}

base::Result<FileDescriptor> takeLock(int directory, const std::string &path)
{
    while (true) {
        FileDescriptor lock(openat(directory, lockName, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600));
        if (!lock.isOpen())
            return base::unexpected(base::errorFromErrno(errno, pathOf(path) + QStringLiteral(".lock")));
        if (flock(lock.number(), LOCK_EX | LOCK_NB) == 0) {
            // Somebody who tidied up may have taken the file away in between: then a lock on it keeps nobody out.
            if (isStillNamed(lock.number(), directory))
                return lock;
        } else if (errno == EWOULDBLOCK) {
            return base::unexpected(alreadyRunning(path));
        } else if (errno != EINTR) {
            return base::unexpected(base::errorFromErrno(errno, pathOf(path) + QStringLiteral(".lock")));
        }
    }
}

bool fill(sockaddr_un &address, const std::string &path)
{
    if (path.size() >= sizeof address.sun_path)
        return false;
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.data(), path.size());
    return true;
}

// Whoever tidied the lock's file away may have done so under a service that listens still.
bool isAnswered(const sockaddr_un &address)
{
    const FileDescriptor probe(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    return probe.isOpen()
           && (connect(probe.number(), reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0
               || errno == EAGAIN);
}

} // namespace

ServiceName::ServiceName(wire::Place place, FileDescriptor directory, FileDescriptor lock)
    : m_place(std::move(place)), m_directory(std::move(directory)), m_lock(std::move(lock))
{
}

ServiceName::~ServiceName()
{
    withdraw();
}

base::Result<ServiceName> ServiceName::claim(const wire::Place &place)
{
    auto directory = openDirectory(place.directory);
    if (!directory)
        return base::unexpected(std::move(directory).error());
    auto lock = takeLock(directory->number(), place.service);
    if (!lock)
        return base::unexpected(std::move(lock).error());
    sockaddr_un address{};
    if (fill(address, place.service) && isAnswered(address))
        return base::unexpected(alreadyRunning(place.service));
    return ServiceName(place, *std::move(directory), *std::move(lock));
}

// Bound under another name and renamed once it listens: a client finds a socket that answers, or none.
base::Result<FileDescriptor> ServiceName::listen()
{
    const std::string path = m_place.directory + '/' + newName;
    const auto failed = [this] { return base::unexpected(base::errorFromErrno(errno, pathOf(m_place.service))); };
    sockaddr_un address{};
    if (!fill(address, path)) {
        errno = ENAMETOOLONG;
        return failed();
    }
    FileDescriptor listening(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!listening.isOpen() || (unlinkat(m_directory.number(), newName, 0) != 0 && errno != ENOENT))
        return failed();
    const mode_t before = umask(0177); // S-50; the directory keeps others out anyway
    const int bound = bind(listening.number(), reinterpret_cast<const sockaddr *>(&address), sizeof address);
    const int error = errno;
    umask(before);
    errno = error;
    if (bound != 0 || ::listen(listening.number(), SOMAXCONN) != 0
        || renameat(m_directory.number(), newName, m_directory.number(), socketName) != 0)
        return failed();
    m_isNamed = true;
    return listening;
}

void ServiceName::withdraw()
{
    if (m_directory.isOpen() && std::exchange(m_isNamed, false))
        unlinkat(m_directory.number(), socketName, 0);
}

} // namespace keytender::ipc
