// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <map>
#include <optional>
#include <vector>

#include <QStringList>

#include "base/result.h"
#include "oauth/portholder.h"
#include "provider/provider.h"
#include "service/doctor/doctorfacts.h"

// Who holds a port that a sign-in in the browser has to come back to.
namespace keytender::service::doctor {

// By port: whose sign-ins need it. Of providers whose redirect URIs have a fixed port on loopback, and of tools' own.
using CallbackPorts = std::map<quint16, QStringList>;
[[nodiscard]] CallbackPorts callbackPorts(const std::map<QString, provider::Provider> &providers);

struct PortLook {
    quint16 port = 0;
    QStringList wantedBy;
    std::optional<oauth::PortHolder> holder; // nothing: it is free
};

// From `proc`/net/tcp and tcp6; an error where they cannot be read.
[[nodiscard]] base::Result<std::vector<PortLook>> lookAtPorts(const CallbackPorts &ports, const QString &proc);

[[nodiscard]] std::vector<Finding> portFindings(const base::Result<std::vector<PortLook>> &looks);

} // namespace keytender::service::doctor
