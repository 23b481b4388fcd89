// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <optional>

#include <QObject>
#include <QTimer>

#include "composition/desktopservice.h"
#include "composition/screenlock.h"
#include "ipc/door.h"
#include "ipc/server.h"
#include "service/askedconsent.h"
#include "service/doctor/machinedoctor.h"

namespace keytender::composition {

// All that is there for programs that ask: the door in front of the service and what stands behind it. They are let in
// once the service has looked at everything, or when that takes too long; until then who has connected waits.
struct Companion {
    using AskTrayHost = std::function<std::optional<bool>()>; // nothing: nobody has said
    Companion(DesktopService &desktop, const ServiceOptions &options, AskTrayHost hasTrayHost = {});

    // Takes the service's name. Where another Keytender has it (AlreadyRunning), again every few seconds.
    [[nodiscard]] base::Result<void> listen();

    ScreenLock screen;
    service::AskedConsent consent;
    service::MachineDoctor doctor;
    ipc::Door door;
    ipc::Server server{door};

private:
    QTimer m_again;
    QObject m_context; // goes first
};

} // namespace keytender::composition
