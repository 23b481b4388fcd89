// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>

#include <QString>

#include <sys/types.h>

namespace keytender::oauth {

// Who listens on a TCP port of this machine. Of other users' programs Linux tells the user only.
struct PortHolder {
    QString program;   // as the system names it, at most 15 characters; empty = unknown
    pid_t process = 0; // 0 = unknown
    uid_t user = 0;
    bool operator==(const PortHolder &) const = default;
};

// From `proc`/net/tcp, tcp6 and the descriptors of our processes. Nothing where nobody listens any more.
[[nodiscard]] std::optional<PortHolder> portHolder(quint16 port, const QString &proc = QStringLiteral("/proc"));

// "is taken by codex (process 4711)"; by another user's program; by another program; by Keytender itself. Translated.
[[nodiscard]] QString describeHolder(const std::optional<PortHolder> &holder);

} // namespace keytender::oauth
