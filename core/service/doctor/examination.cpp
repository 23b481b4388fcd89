// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/doctor/examination.h"

#include <QFileInfo>

#include "service/doctor/callbackports.h"
#include "service/doctor/clockcheck.h"
#include "service/doctor/doctortext.h"
#include "service/doctor/doctorwords.h"
#include "service/doctor/homechecks.h"
#include "service/doctor/lineageclashes.h"
#include "service/doctor/networkvariables.h"
#include "service/doctor/openclawleftovers.h"
#include "service/doctor/toollocks.h"

namespace keytender::service::doctor {

namespace {

class Round final {
public:
    Round(const Sight &sight, const MachineView &machine, base::Timestamp now)
        : m_sight(sight), m_machine(machine), m_now(now)
    {
    }

    void add(const std::vector<Finding> &findings)
    {
        for (const Finding &finding : findings)
            m_examination.findings.push_back(cleaned(finding, m_machine.knownSecrets.get()));
    }

    void checkHome()
    {
        add(homeFindings({.surroundings = m_sight.surroundings,
                          .keyLiesInFile = QFileInfo::exists(m_sight.places.vault + QStringLiteral("/master.key")),
                          .hasTrayHost = m_sight.hasTrayHost,
                          .watchesAllowed = watchesAllowed(m_machine.proc)}));
    }

    void checkFiles()
    {
        const auto looks = lookAtFiles(credentialFiles(m_sight.rows), m_machine.environment.user);
        for (const FileLook &look : looks) {
            std::vector<FileIdentity> files = look.beside;
            files.insert(files.begin(), look.identity);
            if (!look.problem && look.isPlain && look.isShared())
                remember(sharedFileId(look.identity.path), std::move(files));
        }
        add(fileFindings(looks, m_machine.environment));
    }

    void checkLocks()
    {
        const auto looks = lookAtLocks(
            {.rows = m_sight.rows, .environment = m_machine.environment, .homes = m_sight.homes, .now = m_now});
        for (const LockLook &look : looks) {
            if (look.standing.state == tools::LockStanding::State::Abandoned && look.standing.entry)
                remember(lockId(look.spec.path), LockRemedy{.spec = look.spec, .judged = *look.standing.entry});
        }
        add(lockFindings(looks, m_machine.environment));
    }

    void checkLeftovers()
    {
        const QString id = QStringLiteral("openclaw");
        const auto homes = m_sight.homes.find(id);
        const tools::ToolWorld world{.environment = m_machine.environment,
                                     .extraHomes = homes == m_sight.homes.end() ? QStringList() : homes->second};
        add(leftoverFindings(lookForLeftovers(world), m_machine.environment));
    }

    void checkPorts()
    {
        const provider::ProviderSet providers =
            provider::loadProviders(m_sight.places.configuration + QStringLiteral("/providers"),
                                    m_machine.environment.user, m_machine.endpointRule);
        add(portFindings(lookAtPorts(callbackPorts(providers.byId), m_machine.proc)));
    }

    void checkClock()
    {
        add(clockFindings({.now = m_now,
                           .isSynchronized = m_machine.isClockSynchronized(),
                           .serverAhead = m_sight.serverAhead,
                           .futureFiles = futureFilesOf(m_sight.rows, m_now)}));
    }

    void checkVariables() { add(variableFindings(lookAtVariables(m_machine.environment))); }
    void checkGit() { add(gitFindings(m_machine.askGit(m_machine.environment))); }
    void checkClashes() { add(clashFindings(m_sight.rows)); }

    [[nodiscard]] const Examination &found() const { return m_examination; }
    [[nodiscard]] Examination finished() &&
    {
        m_examination.findings = loudestFirst(std::move(m_examination.findings));
        return std::move(m_examination);
    }

private:
    // By the id that people and programs see.
    void remember(const QString &id, Remedy remedy)
    {
        const Finding named = cleaned(inOrder(id, {}, {}), m_machine.knownSecrets.get());
        m_examination.remedies.emplace(named.id, std::move(remedy));
    }

    const Sight &m_sight;
    const MachineView &m_machine;
    const base::Timestamp m_now;
    Examination m_examination;
};

} // namespace

Progress::State Progress::state() const
{
    const std::lock_guard lock(m_mutex);
    return m_state;
}

void Progress::giveUp()
{
    const std::lock_guard lock(m_mutex);
    m_isGivenUp = true;
}

bool Progress::begins(const QString &check)
{
    const std::lock_guard lock(m_mutex);
    m_state.check = check;
    return !m_isGivenUp;
}

void Progress::note(const Examination &found)
{
    const std::lock_guard lock(m_mutex);
    m_state.found = found;
}

Examination examination(const Sight &sight, const MachineView &machine, base::Timestamp now, Progress &progress)
{
    struct Check {
        const char *name;
        void (Round::*make)();
    };
    static constexpr Check checks[] = {
        {QT_TRANSLATE_NOOP("Doctor", "One sign-in in several tools"), &Round::checkClashes},
        {QT_TRANSLATE_NOOP("Doctor", "Keytender's own files"), &Round::checkHome},
        {QT_TRANSLATE_NOOP("Doctor", "Clock"), &Round::checkClock},
        {QT_TRANSLATE_NOOP("Doctor", "Ports for sign-ins"), &Round::checkPorts},
        {QT_TRANSLATE_NOOP("Doctor", "Proxy"), &Round::checkVariables},
        {"git", &Round::checkGit},
        {QT_TRANSLATE_NOOP("Doctor", "Locks of the tools"), &Round::checkLocks},
        {QT_TRANSLATE_NOOP("Doctor", "OpenClaw’s old store"), &Round::checkLeftovers},
        {QT_TRANSLATE_NOOP("Doctor", "Files with logins"), &Round::checkFiles},
    };
    Round round(sight, machine, now);
    for (const Check &check : checks) {
        if (!progress.begins(say(check.name)))
            break;
        (round.*check.make)();
        progress.note(round.found());
    }
    return std::move(round).finished();
}

Finding unanswered(const QString &check, Unanswered since)
{
    const QString text =
        since == Unanswered::Now
            ? say(QT_TRANSLATE_NOOP("Doctor", "“%1” has not answered in time, and what comes after it was not looked "
                                              "at: a disk or a network file system does not answer."))
            : say(QT_TRANSLATE_NOOP("Doctor", "The last examination still waits for “%1”, so that no other one was "
                                              "begun: a disk or a network file system does not answer."));
    return {.id = QStringLiteral("examination"),
            .subject = say(QT_TRANSLATE_NOOP("Doctor", "Examination")),
            .text = text.arg(check),
            .places = {},
            .cure = say(QT_TRANSLATE_NOOP("Doctor", "See whether the network drives under your home directory answer, "
                                                    "then look again.")),
            .severity = profile::Severity::Due};
}

} // namespace keytender::service::doctor
