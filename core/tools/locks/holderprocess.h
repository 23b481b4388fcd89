// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>

#include <sys/types.h>

namespace keytender::tools {

// Whoever wrote down its number with the lock that it holds.
struct HolderProcess {
    bool isDead = false;             // for certain
    std::optional<double> startTime; // in clock ticks since the machine started; tells it from the next of its number
};

[[nodiscard]] HolderProcess processOf(pid_t pid);
[[nodiscard]] bool isProcessNumber(double number); // as far as the kernel counts

} // namespace keytender::tools
