// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <map>
#include <vector>

#include <QStringList>

#include "base/environment.h"
#include "service/doctor/doctorfacts.h"
#include "service/facts.h"
#include "tools/locks/lockstanding.h"

// Locks of tools that nobody lets go any more, or that are dated so that their tool waits for ever.
namespace keytender::service::doctor {

struct LockLook {
    QString tool; // as people call it
    tools::LockSpec spec;
    tools::LockStanding standing;
};

struct LockSearch {
    const std::map<QString, Row> &rows;
    const base::Environment &environment;
    const std::map<QString, QStringList> &homes; // further ones by tool
    base::Timestamp now{};
};

// At each lock of each copy that there is.
[[nodiscard]] std::vector<LockLook> lookAtLocks(const LockSearch &search);

[[nodiscard]] std::vector<Finding> lockFindings(const std::vector<LockLook> &looks,
                                                const base::Environment &environment);

[[nodiscard]] QString lockId(const QString &path);

} // namespace keytender::service::doctor
