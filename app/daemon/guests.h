// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <vector>

namespace keytender::daemon {

// Sockets that this program was started with.
struct Guests {
    std::optional<int> connection; // of the keytenderctl that started it
    std::vector<int> listening;    // of systemd

    [[nodiscard]] bool areAny() const { return connection || !listening.empty(); }
};

// Those that systemd bound for us, as sd_listen_fds(3) has it: LISTEN_PID and LISTEN_FDS. What does not listen for
// local connections is closed. Takes the variables out of the environment; call it first of all, and once.
[[nodiscard]] std::vector<int> takeSocketsOfSystemd();

} // namespace keytender::daemon
