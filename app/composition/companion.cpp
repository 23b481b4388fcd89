// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "composition/companion.h"

#include <chrono>
#include <utility>

#include <QDBusConnection>

#include "composition/consentends.h"
#include "ipc/desks/world.h"
#include "wire/place.h"

namespace keytender::composition {

using namespace std::chrono_literals;
using service::Service;

namespace {

// A keychain or a disk that says nothing must not keep everybody waiting.
constexpr auto patience = 10s;
constexpr auto untilTheNextTry = 5s; // for a name that somebody else has

service::DoctorWorld doctorWorld(DesktopService &desktop, const ServiceOptions &options,
                                 Companion::AskTrayHost hasTrayHost)
{
    service::doctor::MachineView machine = service::machineView(desktop.environment, options.knownSecrets);
    machine.endpointRule = options.endpointRule;
    return {.clock = options.clock,
            .random = desktop.random,
            .sight =
                [&service = desktop.service, hasTrayHost = std::move(hasTrayHost)] {
                    service::doctor::Sight sight = service::sightOf(service);
                    if (hasTrayHost)
                        sight.hasTrayHost = hasTrayHost();
                    return sight;
                },
            .machine = std::move(machine)};
}

} // namespace

Companion::Companion(DesktopService &desktop, const ServiceOptions &options, AskTrayHost hasTrayHost)
    : screen(QDBusConnection::sessionBus(), QDBusConnection::systemBus()),
      consent({.clock = options.clock,
               .random = desktop.random,
               .environment = desktop.environment,
               .file = desktop.service.places().consents,
               .configuration = desktop.service.places().configuration + QStringLiteral("/config.json")}),
      doctor(doctorWorld(desktop, options, std::move(hasTrayHost)))
{
    Service &service = desktop.service;
    ipc::addDesks(door, ipc::worldOf(service, consent, doctor));

    const auto applySettings = [this, &service] { consent.setSettings(service.settings().consent); };
    applySettings();
    QObject::connect(&service, &Service::settingsChanged, &m_context, applySettings);
    consent.setLocked(screen.isLocked());
    QObject::connect(&screen, &ScreenLock::changed, &m_context, [this](bool isLocked) { consent.setLocked(isLocked); });
    endConsentsWithLogins(service, consent);

    m_again.setInterval(untilTheNextTry);
    QObject::connect(&m_again, &QTimer::timeout, &m_context, [this] { (void)listen(); });
    if (service.isSettled()) {
        server.begin();
        return;
    }
    QObject::connect(&service, &Service::settled, &m_context, [this] { server.begin(); });
    QTimer::singleShot(patience, &m_context, [this] { server.begin(); });
}

base::Result<void> Companion::listen()
{
    auto listening = server.listen(wire::Place::ofThisProcess());
    const bool isTaken = !listening && listening.error().kind == base::ErrorKind::AlreadyRunning;
    if (isTaken && !m_again.isActive())
        m_again.start();
    else if (!isTaken)
        m_again.stop();
    return listening;
}

} // namespace keytender::composition
