// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>
#include <optional>
#include <set>
#include <vector>

#include <QObject>

#include "base/filedescriptor.h"
#include "base/result.h"
#include "ipc/door.h"
#include "ipc/limits.h"
#include "ipc/servicename.h"
#include "wire/place.h"

namespace keytender::ipc {

class Connection;
class Listener;

// The service's end of the local socket. Accepts our own user alone (S-51), reads one request at a time from each
// connection, and gives up on whoever is slow: a client can neither hang the service nor make it grow (S-52).
class Server final : public QObject {
    Q_OBJECT

public:
    using Limits = ipc::Limits;
    explicit Server(const Door &door, QObject *parent = nullptr);
    Server(const Door &door, Limits limits, QObject *parent = nullptr);
    ~Server() override;

    // Claims the service's socket: from now on clients can connect; they are answered once begin() was called.
    // AlreadyRunning where somebody does already; Unsafe where the directory is not ours alone.
    [[nodiscard]] base::Result<void> listen(const wire::Place &place);
    // Accepts on a socket that systemd bound for us (sd_listen_fds). Takes it over.
    void acceptOn(int listeningSocket);
    // Serves one connection whose other end started this program. Takes it over.
    void serve(int connectedSocket);
    // The desks can answer now.
    void begin();
    // Takes the name off the socket. Whoever had connected before is still answered; idle() tells when all are.
    void stopListening();

    // The same, for a program that ends: as long as it keeps the name nobody else takes it, and what others would find
    // locked can be closed first.
    [[nodiscard]] std::optional<ServiceName> releaseName();

    [[nodiscard]] bool isListening() const { return m_name.has_value(); }
    [[nodiscard]] int connectionCount() const { return static_cast<int>(m_connections.size()); }

Q_SIGNALS:
    void idle(); // the last connection is gone

private:
    void listenOn(base::FileDescriptor socket);
    void admit(base::FileDescriptor socket);
    void forget(Connection *connection);
    void makeRoom();
    void acceptAgain();

    const Door &m_door;
    const Limits m_limits;
    const int m_mostConnections;
    bool m_hasBegun = false;
    std::optional<ServiceName> m_name;
    std::vector<std::unique_ptr<Listener>> m_listeners;
    std::vector<base::FileDescriptor> m_early; // handed over before begin()
    std::set<Connection *> m_connections;
};

} // namespace keytender::ipc
