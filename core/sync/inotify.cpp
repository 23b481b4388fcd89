// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "sync/inotify.h"

#include <cerrno>
#include <cstring>

#include <QFile>

#include <sys/inotify.h>
#include <unistd.h>

namespace keytender::sync {

Inotify::~Inotify()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

int Inotify::open()
{
    if (m_descriptor >= 0)
        return 0;
    m_descriptor = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    return m_descriptor < 0 ? errno : 0;
}

int Inotify::add(const QString &directory, std::uint32_t mask)
{
    if (m_descriptor < 0)
        return -EBADF;
    const QByteArray path = QFile::encodeName(directory);
    const int watch = inotify_add_watch(m_descriptor, path.constData(), mask | IN_ONLYDIR | IN_MASK_ADD);
    return watch < 0 ? -errno : watch;
}

void Inotify::remove(int watch)
{
    inotify_rm_watch(m_descriptor, watch);
}

std::vector<Inotify::Event> Inotify::read()
{
    alignas(inotify_event) char buffer[64 * 1024];
    ssize_t size = -1;
    do {
        size = ::read(m_descriptor, buffer, sizeof buffer);
    } while (size < 0 && errno == EINTR);

    std::vector<Event> events;
    for (ssize_t at = 0; at < size;) {
        inotify_event event{};
        std::memcpy(&event, buffer + at, sizeof event);
        const char *name = buffer + at + sizeof event; // padded with zeros to event.len
        events.push_back({.watch = event.wd,
                          .mask = event.mask,
                          .name = event.len == 0 ? QString() : QFile::decodeName(QByteArray(name))});
        at += static_cast<ssize_t>(sizeof event) + event.len;
    }
    return events;
}

} // namespace keytender::sync
