// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <optional>

#include <QDeadlineTimer>
#include <QObject>
#include <QTimer>

#include "composition/desktopservice.h"
#include "composition/screenlock.h"
#include "ipc/door.h"
#include "ipc/server.h"
#include "service/doctor/machinedoctor.h"
#include "service/programs/askedconsent.h"

namespace keytender::composition {

// All that is there for programs that ask: the door in front of the service and what stands behind it. They are let in
// once the service has looked at everything, or when that takes too long; until then who has connected waits. While
// another Keytender has the service's name there is nobody to let in.
struct Companion {
    using AskTrayHost = std::function<std::optional<bool>()>; // nothing: nobody has said
    Companion(DesktopService &desktop, const ServiceOptions &options, AskTrayHost hasTrayHost = {});

    enum class Claim {
        Waits, // for a keytenderd that was started for one question and ends soon
        Asks,  // any keytenderd to hand it over
    };
    // Takes the service's name, then starts the service: who has the name keeps the vault. Where that takes too long
    // the service starts all the same, and only looks on until the name is free.
    void start(Claim claim);
    // Takes the name alone.
    [[nodiscard]] base::Result<void> listen();

    ScreenLock screen;
    service::AskedConsent consent;
    service::MachineDoctor doctor;
    ipc::Door door;
    ipc::Server server{door};

private:
    void step();
    void keepStore();
    void takeOver();
    void letInOnceSettled();

    service::Service &m_service;
    QTimer m_again;
    QDeadlineTimer m_patience;
    Claim m_claim = Claim::Waits;
    bool m_isStarted = false;
    bool m_looksOn = false; // another Keytender has the name and the store, or had them until just now
    QObject m_context;      // goes first
};

} // namespace keytender::composition
