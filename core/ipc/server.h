// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>
#include <memory>

#include <QObject>

#include "base/result.h"
#include "ipc/door.h"
#include "wire/place.h"

namespace keytender::ipc {

// The service's end of the local socket. Accepts our own user alone, reads one request at a time from each connection,
// and gives up on whoever is slow: a client can neither hang the service nor make it grow.
class Server final : public QObject {
    Q_OBJECT

public:
    struct Limits {
        std::chrono::milliseconds request{5000};   // from the first byte of a frame to its last
        std::chrono::milliseconds idle{60'000};    // between two requests
        std::chrono::milliseconds writing{5000};   // for a client that does not read
        std::chrono::milliseconds answer{600'000}; // for a desk, sign-ins in the browser included
        int connections = 2048;
    };
    explicit Server(const Door &door, QObject *parent = nullptr);
    Server(const Door &door, Limits limits, QObject *parent = nullptr);
    ~Server() override;

    // Listens on the service's socket. AlreadyRunning where somebody does already; Unsafe where the directory is not
    // ours alone.
    [[nodiscard]] base::Result<void> listen(const wire::Place &place);
    // Accepts on a socket that systemd bound for us (sd_listen_fds). Takes it over.
    void acceptOn(int listeningSocket);
    // Serves one connection whose other end started this program. Takes it over.
    void serve(int connectedSocket);

    [[nodiscard]] int connectionCount() const;

Q_SIGNALS:
    void idle(); // the last connection is gone

private:
    class Connection;
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace keytender::ipc
