// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>

namespace keytender::wire {

// Where the service listens: $XDG_RUNTIME_DIR/keytender/ (0700), or, where the session has no such directory,
// ~/.local/state/keytender/run/ ($XDG_STATE_HOME): private as well, and found again by every client (S-50).
struct Place {
    std::string directory;  // absolute; empty where the environment names neither
    std::string service;    // socket of the program that keeps the vault just now
    std::string activation; // socket of systemd, which starts keytenderd for whoever connects

    // `runtimeDirectory`, `stateDirectory`, `home`: XDG_RUNTIME_DIR, XDG_STATE_HOME, HOME; empty or relative = unset.
    [[nodiscard]] static Place in(const std::string &runtimeDirectory, const std::string &stateDirectory,
                                  const std::string &home);
    [[nodiscard]] static Place ofThisProcess();
};

} // namespace keytender::wire
