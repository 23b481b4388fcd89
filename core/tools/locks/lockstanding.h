// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>

#include "base/random.h"
#include "base/result.h"
#include "tools/copywriter.h"
#include "tools/locks/lockplace.h"

// A look at a tool's lock without taking it.
namespace keytender::tools {

struct LockStanding {
    enum class State {
        Free,      // nothing is there, or only the file that an flock leaves
        Held,      // as far as anybody can tell
        Abandoned, // by its kind's own rule, for certain
        Future,    // dated so that its tool waits for ever (F-05)
        Unknown,   // `problem`
    };
    State state = State::Free;
    std::optional<LockEntry> entry;     // of what is there
    std::optional<base::Error> problem; // it could not be looked at, or is no lock of this kind
};

[[nodiscard]] LockStanding standingOf(const LockSpec &spec, base::Timestamp now);

// Takes it away if it is still the very lock that was judged, and still abandoned (F-04). ErrorKind::Locked otherwise.
[[nodiscard]] base::Result<void> removeAbandoned(const LockSpec &spec, const LockEntry &judged, base::Timestamp now,
                                                 base::Random &random);

} // namespace keytender::tools
