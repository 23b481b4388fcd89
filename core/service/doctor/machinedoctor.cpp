// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/doctor/machinedoctor.h"

#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

#include "service/doctor/clockcheck.h"
#include "service/doctor/doctortext.h"
#include "service/doctor/doctorwords.h"
#include "service/service.h"

namespace keytender::service {

using doctor::Examination;
using doctor::FileIdentity;
using doctor::LockRemedy;
using doctor::Unanswered;

namespace {

// How long the end of the program may take for an examination that is about to end.
constexpr std::chrono::milliseconds moment{300};

} // namespace

doctor::Sight sightOf(const Service &service)
{
    return {.rows = service.rows(),
            .surroundings = service.surroundings(),
            .places = service.places(),
            .homes = service.settings().homes,
            .serverAhead = service.serverAhead()};
}

doctor::MachineView machineView(const base::Environment &environment,
                                std::shared_ptr<const base::KnownSecrets> knownSecrets)
{
    return {.environment = environment,
            .askGit = doctor::askGit,
            .isClockSynchronized = doctor::isClockSynchronized,
            .knownSecrets = std::move(knownSecrets)};
}

// One examination: its thread's and the doctor's, and gone with the last of them.
struct MachineDoctor::Look {
    Look(doctor::Sight seen, doctor::MachineView view, base::Timestamp at, MachineDoctor *asking)
        : sight(std::move(seen)), machine(std::move(view)), now(at), asker(asking)
    {
    }

    void make()
    {
        auto found = std::make_shared<Examination>(examination(sight, machine, now, progress));
        const std::lock_guard lock(mutex);
        hasEnded = true;
        if (asker != nullptr) // and it stays until the lock is free
            QMetaObject::invokeMethod(
                asker, [to = asker, found] { to->finish(std::move(*found)); }, Qt::QueuedConnection);
        ended.notify_all();
    }
    void leave()
    {
        progress.giveUp();
        std::unique_lock lock(mutex);
        asker = nullptr;
        ended.wait_for(lock, moment, [this] { return hasEnded; });
    }

    const doctor::Sight sight;
    const doctor::MachineView machine;
    const base::Timestamp now;
    doctor::Progress progress;

private:
    std::mutex mutex;
    std::condition_variable ended;
    MachineDoctor *asker;
    bool hasEnded = false;
};

MachineDoctor::MachineDoctor(DoctorWorld world, QObject *parent) : Doctor(parent), m_world(std::move(world))
{
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, &MachineDoctor::giveUp);
}

MachineDoctor::~MachineDoctor()
{
    if (m_look)
        m_look->leave();
}

void MachineDoctor::examine(QObject *context, std::function<void(std::vector<Finding>)> done)
{
    m_askers.push_back({.context = context, .done = std::move(done)});
    if (!m_look)
        begin();
    else if (!m_patience.isActive())
        QTimer::singleShot(0, this, &MachineDoctor::tellThatItHangs);
}

void MachineDoctor::begin()
{
    m_look = std::make_shared<Look>(m_world.sight(), m_world.machine, m_world.clock.wallTime(), this);
    m_patience.start(m_world.patience);
    std::thread([look = m_look] { look->make(); }).detach();
}

void MachineDoctor::finish(Examination examination)
{
    const bool wasGivenUp = !m_patience.isActive();
    m_patience.stop();
    m_look.reset();
    // Who asked since then would take for whole what ends at the check that hung.
    if (wasGivenUp && !m_askers.empty())
        begin();
    else
        answer(std::move(examination));
}

void MachineDoctor::giveUp()
{
    m_look->progress.giveUp();
    answerUnanswered(Unanswered::Now);
}

void MachineDoctor::tellThatItHangs()
{
    const bool hasEndedMeanwhile = !m_look || m_patience.isActive();
    if (!hasEndedMeanwhile)
        answerUnanswered(Unanswered::Still);
}

void MachineDoctor::answerUnanswered(Unanswered since)
{
    auto [found, check] = m_look->progress.state();
    found.findings.push_back(unanswered(check, since));
    found.findings = loudestFirst(std::move(found.findings));
    answer(std::move(found));
}

void MachineDoctor::answer(Examination examination)
{
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
