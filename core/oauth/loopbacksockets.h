// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <vector>

#include <QString>
#include <QUrl>

#include "base/filedescriptor.h"
#include "base/result.h"

namespace keytender::oauth {

// Sockets that listen on loopback for one redirect URI, and on nothing else (L-01).
struct LoopbackSockets {
    std::vector<base::FileDescriptor> descriptors; // not blocking, closed on exec
    QUrl redirectUri;                              // with the port that they listen on
};

// True for "http://127.0.0.1", "http://[::1]" and "http://localhost", with or without a port: RFC 8252 section 7.3. A
// query, a fragment or a user name make it false.
[[nodiscard]] bool isLoopbackRedirect(const QUrl &redirectUri);

// Without a port any free one is taken, and kept (L-03). `localhost` listens on 127.0.0.1 and ::1 alike, where the
// machine has the latter; one of them in the hands of another program is a failure (L-02). The error names the port and
// its holder (L-04) and is AlreadyRunning where there is one.
[[nodiscard]] base::Result<LoopbackSockets> listenOnLoopback(const QUrl &redirectUri);

} // namespace keytender::oauth
