// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <vector>

#include "service/doctor/doctorfacts.h"
#include "tools/tool.h"

// Stores of OpenClaw that its migration to a database left behind, or has yet to take over.
namespace keytender::service::doctor {

struct OpenClawLeftovers {
    QStringList unread;  // files with logins that the installed OpenClaw reads no more; their logins are missing there
    QStringList ignored; // beside a database that holds the logins
    QStringList backups; // what a migration renamed: old tokens in plain text
    QString version;     // of the installed one; may be empty
    bool isThere = false;
    std::vector<base::Error> problems;
};

[[nodiscard]] OpenClawLeftovers lookForLeftovers(const tools::ToolWorld &world);
[[nodiscard]] std::vector<Finding> leftoverFindings(const OpenClawLeftovers &leftovers,
                                                    const base::Environment &environment);

} // namespace keytender::service::doctor
