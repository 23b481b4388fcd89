// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <vector>

#include <QString>
#include <QStringList>

#include "profile/health.h"

namespace keytender::service {

// What is odd on this machine as far as logins go: texts translated, no secret in them.
struct Finding {
    QString id;         // stable: "plaintext-refresh-tokens", "callback-port:1455", "mcp-unset:.mcp.json:github"
    QString subject;    // "Refresh tokens in plain text"
    QString text;       // what was found, in a sentence or two
    QStringList places; // files and processes, shortened for people
    QString cure;       // what to do about it; empty where there is nothing to do
    profile::Severity severity = profile::Severity::Due; // Well = checked and in order
    // A cure that Keytender can carry out safely, as a button says it: "Make it private". Empty = there is none.
    QString safeCure = {};

    bool operator==(const Finding &) const = default;
};

} // namespace keytender::service
