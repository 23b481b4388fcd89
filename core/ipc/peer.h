// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>

#include <QByteArray>
#include <QString>

#include <sys/types.h>

#include "service/programs/consumer.h"

namespace keytender::ipc {

struct Peer {
    uid_t user = 0;
    pid_t pid = 0;
};
// Who made the other end of a connected local socket: as of the moment when they connected (SO_PEERCRED).
[[nodiscard]] std::optional<Peer> peerOf(int socket);

// Which program that is, as far as /proc tells; where it is the keytenderctl of `ownDirectory`, whoever started that.
// What cannot be found out, or has gone meanwhile, is left empty.
[[nodiscard]] service::Consumer consumerOf(pid_t pid, const QString &ownDirectory);
// Where the executable of this process stands.
[[nodiscard]] QString ownDirectory();

// Of /proc/PID/stat.
struct ProcessFacts {
    QByteArray name; // cut to 15 bytes; any byte may stand in it
    pid_t parent = 0;
    quint64 startedAt = 0; // clock ticks since boot

    bool operator==(const ProcessFacts &) const = default;
};
[[nodiscard]] std::optional<ProcessFacts> readProcessFacts(const QByteArray &stat);

} // namespace keytender::ipc
