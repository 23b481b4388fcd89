// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QObject>

#include "ipc/door.h"
#include "ipc/server.h"
#include "service/consent.h"
#include "service/doctor.h"
#include "service/service.h"

namespace keytender::composition {

// The door that programs ask at, in front of the service. They are let in once the service has looked at everything, or
// when that takes too long; until then who has connected waits.
struct Companion {
    explicit Companion(service::Service &service);
    // Everything behind the door, before the event loop runs; without it there is the status alone.
    void furnish(service::Consent &consent, service::Doctor &doctor);

    ipc::Door door;
    ipc::Server server{door};

private:
    service::Service &m_service;
    QObject m_context; // goes first
};

} // namespace keytender::composition
