// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>

#include <QObject>
#include <QTimer>

#include "composition/companion.h"
#include "guests.h"
#include "ipc/servicename.h"

namespace keytender::daemon {

// Lets those in who ask keytenderd: over the service's socket, over systemd's, or over the connection of the
// keytenderctl that started it. Where another service has the name, whoever came here is sent to that one.
class Doorkeeper final : public QObject {
    Q_OBJECT

public:
    explicit Doorkeeper(composition::Companion &companion, QObject *parent = nullptr);

    // Starts the service too, unless there are guests and another Keytender answers them.
    void open(const Guests &guests);
    // Keeps the name from others until this goes: declare it ahead of the service.
    [[nodiscard]] std::optional<ipc::ServiceName> releaseName() { return m_companion.server.releaseName(); }

Q_SIGNALS:
    void done(); // it was started for some guests alone, and they are gone; or another Keytender takes over

private:
    void sendElsewhere(const Guests &guests);
    void handOver(const Guests &guests, ipc::Server &server);
    void noteIdle();

    composition::Companion &m_companion;
    ipc::Door m_otherDoor;
    ipc::Server m_elsewhere{m_otherDoor};
    bool m_isForOne = false; // the keytenderctl that started it
    bool m_isEnding = false;
};

} // namespace keytender::daemon
