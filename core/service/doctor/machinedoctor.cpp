// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/doctor/machinedoctor.h"

#include <utility>

#include <QThread>

#include "service/doctor/clockcheck.h"
#include "service/doctor/doctorwords.h"
#include "service/service.h"

namespace keytender::service {

using doctor::Examination;
using doctor::FileIdentity;
using doctor::LockRemedy;

doctor::Sight sightOf(const Service &service)
{
    return {.rows = service.rows(),
            .surroundings = service.surroundings(),
            .places = service.places(),
            .homes = service.settings().homes};
}

doctor::MachineView machineView(const base::Environment &environment,
                                std::shared_ptr<const base::KnownSecrets> knownSecrets)
{
    return {.environment = environment,
            .askGit = doctor::askGit,
            .isClockSynchronized = doctor::isClockSynchronized,
            .knownSecrets = std::move(knownSecrets)};
}

MachineDoctor::MachineDoctor(DoctorWorld world, QObject *parent) : Doctor(parent), m_world(std::move(world)) {}

MachineDoctor::~MachineDoctor()
{
    m_isCancelled = true;
    if (m_thread)
        m_thread->wait();
}

void MachineDoctor::examine(QObject *context, std::function<void(std::vector<Finding>)> done)
{
    m_askers.push_back({.context = context, .done = std::move(done)});
    if (!m_thread)
        begin();
}

// The thread holds values of its own, and us only as the receiver of its word: what comes after our end is dropped.
void MachineDoctor::begin()
{
    m_thread.reset(QThread::create([this, sight = m_world.sight(), now = m_world.clock.wallTime()] {
        auto result = std::make_shared<Examination>(examination(sight, m_world.machine, now, m_isCancelled));
        QMetaObject::invokeMethod(
            this, [this, result] { finish(std::move(*result)); }, Qt::QueuedConnection);
    }));
    m_thread->start();
}

void MachineDoctor::finish(Examination examination)
{
    m_thread->wait();
    m_thread.reset();
    m_remedies = std::move(examination.remedies);
    for (const Asker &asker : std::exchange(m_askers, {})) {
        if (asker.context)
            asker.done(examination.findings);
    }
}

base::Result<void> MachineDoctor::cure(const QString &findingId)
{
    const auto found = m_remedies.find(findingId);
    if (found == m_remedies.end())
        return base::unexpected({.kind = base::ErrorKind::NotFound,
                                 .subject = findingId,
                                 .place = {},
                                 .detail = doctor::say(QT_TRANSLATE_NOOP(
                                     "Doctor", "is no finding of the last look that Keytender can cure"))});
    base::Result<void> cured;
    if (const auto *files = std::get_if<std::vector<FileIdentity>>(&found->second))
        cured = doctor::makePrivate(*files, m_world.machine.environment.user);
    else if (const auto *lock = std::get_if<LockRemedy>(&found->second))
        cured = tools::removeAbandoned(lock->spec, lock->judged, m_world.clock.wallTime(), m_world.random);
    if (cured)
        m_remedies.erase(found);
    return cured;
}

} // namespace keytender::service
