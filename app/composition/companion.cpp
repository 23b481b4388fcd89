// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "composition/companion.h"

#include <chrono>
#include <utility>

#include <QDBusConnection>

#include <QDebug>

#include "composition/consentends.h"
#include "ipc/desks/world.h"
#include "wire/client.h"
#include "wire/place.h"

namespace keytender::composition {

using namespace std::chrono_literals;
using service::Service;

namespace {

// A keychain or a disk that says nothing must not keep everybody waiting.
constexpr auto patience = 10s;
// For the name that somebody else has: until the service starts without it, and from then on.
constexpr auto waitForName = 5s;
constexpr auto soon = 200ms;
constexpr auto later = 1s;

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

// Whether it does so or not shows when the name is free.
void askToHandOver()
{
    const auto deadline = std::chrono::steady_clock::now() + soon;
    wire::Message request(wire::Kind::Request);
    request.set("command", "hand-over");
    if (const auto other = wire::Client::connectTo(wire::Place::ofThisProcess().service))
        (void)other->send(request, deadline);
}

} // namespace

Companion::Companion(DesktopService &desktop, const ServiceOptions &options, AskTrayHost hasTrayHost)
    : screen(QDBusConnection::sessionBus(), QDBusConnection::systemBus()),
      consent({.clock = options.clock,
               .random = desktop.random,
               .environment = desktop.environment,
               .file = desktop.service.places().consents,
               .configuration = desktop.service.places().configuration + QStringLiteral("/config.json")}),
      doctor(doctorWorld(desktop, options, std::move(hasTrayHost))), m_service(desktop.service)
{
    Service &service = desktop.service;
    ipc::addDesks(door, ipc::worldOf(service, consent, doctor));

    const auto applySettings = [this, &service] { consent.setSettings(service.settings().consent); };
    applySettings();
    QObject::connect(&service, &Service::settingsChanged, &m_context, applySettings);
    consent.setLocked(screen.isLocked());
    QObject::connect(&screen, &ScreenLock::changed, &m_context, [this](bool isLocked) { consent.setLocked(isLocked); });
    QObject::connect(&m_again, &QTimer::timeout, &m_context, [this] { step(); });
    QObject::connect(&service, &Service::settled, &m_context, [this] { letInOnceSettled(); });
    QObject::connect(&service, &Service::canSignInChanged, &m_context, [this] { takeOver(); });
    letInOnceSettled();
    QTimer::singleShot(patience, &m_context, [this] {
        if (!m_looksOn)
            server.begin();
    });
}

// The store is ours to keep from now on, and with it what was said of programs.
void Companion::takeOver()
{
    m_looksOn = false;
    consent.setLookingOn(false);
    endConsentsWithLogins(m_service, consent);
    letInOnceSettled();
}

void Companion::letInOnceSettled()
{
    if (m_service.isSettled() && !m_looksOn)
        server.begin();
}

base::Result<void> Companion::listen()
{
    return server.isListening() ? base::Result<void>() : server.listen(wire::Place::ofThisProcess());
}

void Companion::start(Claim claim)
{
    m_claim = claim;
    m_patience.setRemainingTime(waitForName);
    m_again.start(soon);
    step();
}

void Companion::step()
{
    const auto listening = listen();
    const bool isTaken = !listening && listening.error().kind == base::ErrorKind::AlreadyRunning;
    if (!isTaken)
        m_again.stop();
    if (!isTaken && !listening)
        qWarning().noquote() << base::describe(listening.error());
    if (m_isStarted)
        return isTaken ? void() : keepStore();
    if (isTaken && !m_patience.hasExpired()) {
        if (m_claim == Claim::Asks)
            askToHandOver();
        return;
    }
    m_isStarted = true;
    m_looksOn = isTaken;
    consent.setLookingOn(isTaken);
    m_again.setInterval(later);
    m_service.start(isTaken ? Service::Part::LooksOn : Service::Part::Keeps);
}

// Who asks from now on is let in once the store is open, or when that takes too long.
void Companion::keepStore()
{
    m_service.keepStore();
    QTimer::singleShot(patience, &m_context, [this] {
        m_looksOn = false;
        server.begin();
    });
}

} // namespace keytender::composition
