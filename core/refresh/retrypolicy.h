// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>

#include "refresh/outcome.h"

namespace keytender::refresh {

// What follows from an attempt for the next one of its lineage.
struct Retry {
    base::Milliseconds after{0};
    bool isEnded = false; // not again until the refresh token is another one

    bool operator==(const Retry &) const = default;
};

struct Failing {
    int failures = 0;       // in a row, this one included
    bool hasLapsed = false; // the access token is gone: somebody may be waiting
};

// INV-9: growing pauses with a cap and jitter (0 to 1), never shorter than the server asked for. What sends nothing may
// be tried more often than what does.
[[nodiscard]] Retry retryAfter(const Outcome &outcome, const Failing &failing, double jitter);

} // namespace keytender::refresh
