// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "vault/directorylock.h"

#include <cerrno>
#include <utility>

#include <QFile>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace keytender::vault {

base::Result<DirectoryLock> DirectoryLock::take(const QString &directory, const char *name)
{
    const QString path = directory + u'/' + QString::fromLatin1(name);
    const int descriptor =
        ::open(QFile::encodeName(path).constData(), O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return base::unexpected(base::errorFromErrno(errno, path));
    DirectoryLock lock(descriptor);
    fchmod(descriptor, 0600); // whatever the umask took away
    while (flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        if (errno == EINTR)
            continue;
        if (errno != EWOULDBLOCK)
            return base::unexpected(base::errorFromErrno(errno, path));
        return base::unexpected({.kind = base::ErrorKind::AlreadyRunning, .subject = path, .place = {}, .detail = {}});
    }
    return lock;
}

DirectoryLock::DirectoryLock(DirectoryLock &&other) noexcept : m_descriptor(std::exchange(other.m_descriptor, -1)) {}

DirectoryLock::~DirectoryLock()
{
    if (m_descriptor >= 0)
        close(m_descriptor);
}

} // namespace keytender::vault
