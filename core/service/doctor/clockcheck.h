// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <vector>

#include "base/clock.h"
#include "service/doctor/doctorfacts.h"
#include "service/facts.h"

// Whether this machine's clock can be believed. Asks nobody on the network.
namespace keytender::service::doctor {

struct FutureFile {
    QString path; // shortened for people
    base::Timestamp changedAt{};
};

struct ClockFacts {
    base::Timestamp now{};
    std::optional<bool> isSynchronized;            // by the system's time service; nothing: it cannot be told
    std::optional<base::Milliseconds> serverAhead; // of the last answer that a provider gave, against our clock
    std::vector<FutureFile> futureFiles;           // written later than now
};

// What the kernel says; timedatectl's NTPSynchronized is the same.
[[nodiscard]] std::optional<bool> isClockSynchronized();
[[nodiscard]] std::vector<FutureFile> futureFilesOf(const std::map<QString, Row> &rows, base::Timestamp now);

[[nodiscard]] std::vector<Finding> clockFindings(const ClockFacts &facts);

} // namespace keytender::service::doctor
