// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "refresh/lineagelock.h"

#include <utility>

namespace keytender::refresh {

using namespace std::chrono_literals;

LineageLock::LineageLock(QString directory, QStringList names, const base::Clock &clock, QObject *parent)
    : QObject(parent), m_directory(std::move(directory)), m_names(std::move(names)), m_clock(clock)
{
    m_names.removeDuplicates();
    m_names.sort();
    m_again.setSingleShot(true);
    m_again.setInterval(10ms);
    connect(&m_again, &QTimer::timeout, this, &LineageLock::tryNow);
}

void LineageLock::take(base::Milliseconds deadline, std::function<void(base::Result<void>)> done)
{
    m_done = std::move(done);
    m_giveUpAt = m_clock.bootTime() + deadline;
    tryNow();
}

void LineageLock::letGo()
{
    m_again.stop();
    m_done = nullptr;
    m_held.clear();
}

void LineageLock::tryNow()
{
    while (m_held.size() < static_cast<std::size_t>(m_names.size())) {
        const QByteArray name = m_names.at(static_cast<qsizetype>(m_held.size())).toLatin1();
        auto lock = vault::DirectoryLock::take(m_directory, name.constData());
        if (lock) {
            m_held.push_back(*std::move(lock));
            continue;
        }
        base::Error error = lock.error();
        if (error.kind != base::ErrorKind::AlreadyRunning)
            return end(base::unexpected(std::move(error)));
        if (m_clock.bootTime() < m_giveUpAt)
            return m_again.start();
        error.kind = base::ErrorKind::TimedOut;
        error.detail = QStringLiteral("another Keytender holds this lock");
        return end(base::unexpected(std::move(error)));
    }
    end({});
}

void LineageLock::end(base::Result<void> result)
{
    if (!result)
        m_held.clear();
    const auto done = std::exchange(m_done, nullptr);
    done(std::move(result));
}

} // namespace keytender::refresh
