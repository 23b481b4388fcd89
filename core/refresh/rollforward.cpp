// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "refresh/rollforward.h"

#include <iterator>
#include <utility>

namespace keytender::refresh {

RollForward::RollForward(RefreshWorld world, RequestFor requestFor, QObject *parent)
    : QObject(parent), m_world(std::move(world)), m_requestFor(std::move(requestFor))
{
}

void RollForward::start()
{
    auto contents = m_world.journal.readOpen();
    for (const base::Error &problem : contents.problems)
        Q_EMIT problemFound(problem);
    m_open.assign(std::make_move_iterator(contents.open.begin()), std::make_move_iterator(contents.open.end()));
    next();
}

void RollForward::cancel()
{
    m_open.clear();
    if (m_attempt)
        m_attempt->cancel();
}

bool RollForward::isInFlight() const
{
    return m_attempt && m_attempt->isInFlight();
}

void RollForward::next()
{
    while (!m_open.empty()) {
        const vault::JournalEntry entry = std::move(m_open.front());
        m_open.pop_front();
        std::optional<RefreshRequest> request = m_requestFor(entry);
        if (!request || entry.profileIds.isEmpty()) {
            Q_EMIT problemFound(
                {.kind = base::ErrorKind::NotFound,
                 .subject = entry.profileIds.value(0),
                 .place = {},
                 .detail = tr("a refresh was interrupted, and its provider '%1' is not known").arg(entry.providerId)});
            continue;
        }
        request->purpose = RefreshRequest::Purpose::RollForward;
        request->profileIds = entry.profileIds;
        request->refreshToken = entry.spent;
        m_attempt = std::make_unique<RefreshAttempt>(*std::move(request), m_world);
        connect(m_attempt.get(), &RefreshAttempt::finished, this, [this](const Outcome &outcome) {
            m_attempt.release()->deleteLater();
            Q_EMIT rolled(outcome);
            next();
        });
        return m_attempt->start();
    }
    Q_EMIT finished();
}

} // namespace keytender::refresh
