// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <string>

#include "wire/client.h"

namespace keytender::cli {

// A keytenderd of our own, which answers on one connection and ends. It outlives us where it has to finish a renewal.
struct StartedService {
    std::optional<wire::Client> client;
    std::string text;    // why there is none
    int complaints = -1; // what it writes to its stderr: a file in memory, which never makes it wait
};
[[nodiscard]] StartedService startService();

// The last line that it wrote there; empty where there is none.
[[nodiscard]] std::string lastLineOf(int complaints);

} // namespace keytender::cli
