// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/neighbours/copymending.h"

#include <algorithm>

#include "base/error.h"

namespace keytender::service {

using namespace std::chrono_literals;

namespace {

constexpr base::Milliseconds lockDeadline = 15s;

} // namespace

CopyMending::CopyMending(const NeighboursWorld &world, CopiesOf copiesOf)
    : m_world(world), m_copiesOf(std::move(copiesOf))
{
}

CopyMending::~CopyMending() = default;

void CopyMending::release(const QString &profileId)
{
    m_jobs.erase(profileId);
}

void CopyMending::mend(const QString &profileId, const base::Fingerprint &spent)
{
    Job &job = m_jobs[profileId];
    if (job.copies)
        return;
    const base::Milliseconds now = m_world.clock.bootTime();
    while (!job.starts.empty() && now - job.starts.front() > 1h)
        job.starts.pop_front();
    if (job.starts.size() >= mostInAnHour) {
        if (!std::exchange(job.isTold, true))
            m_world.activity.add({.profile = profileId, .kind = Deed::Kind::CopySpoiltAgain}, m_world.now());
        return;
    }
    if (!job.starts.empty() && now - job.starts.back() < interval)
        return;
    job.isTold = false;
    job.copies = m_copiesOf(profileId);
    if (!job.copies)
        return;
    job.starts.push_back(now);
    job.copies->lock(lockDeadline, this, [this, profileId, spent](const base::Result<void> &locked) {
        if (locked)
            publish(profileId, spent);
        else
            finish(profileId, {});
    });
}

void CopyMending::publish(const QString &profileId, const base::Fingerprint &spent)
{
    const auto job = m_jobs.find(profileId);
    if (job == m_jobs.end())
        return;
    const base::Result<vault::Record> record = m_world.vault.read(profileId);
    if (!record)
        return finish(profileId, {});
    job->second.copies->publish(
        *record, spent, this,
        [this, profileId](const std::vector<refresh::PublishedCopy> &copies) { finish(profileId, copies); });
}

void CopyMending::finish(const QString &profileId, const std::vector<refresh::PublishedCopy> &copies)
{
    const auto job = m_jobs.find(profileId);
    if (job == m_jobs.end())
        return;
    // The copies are still telling us this.
    const std::shared_ptr<refresh::OwnerCopies> done = std::exchange(job->second.copies, nullptr);
    done->unlock();
    QMetaObject::invokeMethod(
        this, [done] {}, Qt::QueuedConnection);
    using State = refresh::PublishedCopy::State;
    if (std::ranges::any_of(copies, [](const auto &copy) { return copy.state == State::Replaced; }))
        m_world.activity.add({.profile = profileId, .kind = Deed::Kind::CopyMended}, m_world.now());
}

} // namespace keytender::service
