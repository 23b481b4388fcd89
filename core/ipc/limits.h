// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>
#include <cstddef>

namespace keytender::ipc {

// How much of the service one client may have (S-52).
struct Limits {
    std::chrono::milliseconds request{5000};     // from the first byte of a frame to its last
    std::chrono::milliseconds idle{60'000};      // between two requests
    std::chrono::milliseconds writing{5000};     // for a client that does not read
    std::chrono::milliseconds answer{1'200'000}; // for a desk; a device code is good for 15 minutes
    std::size_t unread = std::size_t{8} << 20;   // bytes of an answer that a client has not read yet
    // Never more than half of the descriptors that this process may open: whoever comes then waits for a place.
    int connections = 2048;
};

} // namespace keytender::ipc
