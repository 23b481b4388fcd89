// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "sync/settling.h"

#include <algorithm>
#include <limits>

namespace keytender::sync {

Settling::Settling(QObject *parent) : QObject(parent)
{
    m_clock.start();
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &Settling::check);
}

void Settling::stir(const QString &key)
{
    const qint64 now = m_clock.elapsed();
    const auto found = m_stirred.find(key);
    if (found == m_stirred.end())
        m_stirred.insert(key, {.first = now, .last = now});
    else
        found->last = now;
    if (!m_timer.isActive())
        m_timer.start(quiet);
}

void Settling::check()
{
    const qint64 now = m_clock.elapsed();
    QSet<QString> done;
    qint64 next = std::numeric_limits<qint64>::max();
    for (auto it = m_stirred.cbegin(); it != m_stirred.cend(); ++it) {
        if (it->due() <= now)
            done.insert(it.key());
        else
            next = std::min(next, it->due());
    }
    for (const QString &key : std::as_const(done))
        m_stirred.remove(key);
    if (!m_stirred.isEmpty())
        m_timer.start(std::chrono::milliseconds{next - now});
    if (!done.isEmpty())
        Q_EMIT settled(done);
}

} // namespace keytender::sync
