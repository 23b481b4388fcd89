// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <map>

#include "ipc/requestfields.h"
#include "provider/provider.h"
#include "service/facts.h"

namespace keytender::ipc {

// Which login a request means; never a guess. The row lives as long as nothing changes.

// `name`: the id of a login, or a provider's id or a label that means one login alone. NotFound names the choices.
[[nodiscard]] Granted<const service::Row *> loginNamed(const QString &name,
                                                       const std::map<QString, service::Row> &rows);

// A server as git names it.
struct GitRemote {
    QString protocol; // "https"
    QString host;     // "github.com", "git.example.com:8443"
    QString user;     // empty = any
};

// "github.com" for "GitHub.com:443" over https: in small letters, with its port where that is not the usual one.
// Nothing for everything that is not plainly a host, such as one with a user name, a trailing dot or letters beyond
// ASCII (W-06).
[[nodiscard]] std::optional<QString> plainHost(const GitRemote &remote);

struct GitLogins {
    const std::map<QString, service::Row> &rows;
    const std::map<QString, QString> &chosen; // Settings::gitHosts
    std::function<const provider::Provider *(const QString &id)> providerFor;
};

// Whose token is the password there: as the settings say, else the one login at the provider whose git server it is.
// Exactly that host and port, and https unless it is this machine (S-53).
[[nodiscard]] Granted<const service::Row *> loginFor(const GitRemote &remote, const GitLogins &logins);

} // namespace keytender::ipc
