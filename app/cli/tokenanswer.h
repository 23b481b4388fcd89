// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ask.h"
#include "protocol.h"

namespace keytender::cli {

// What `token` brought.
struct TokenAnswer {
    Reply reply;
    Checked<GivenToken> given = {}; // views into `reply`

    // In one sentence why there is none.
    [[nodiscard]] const std::string &reason() const { return given.fault; }
    // The exit code of a protocol that has none of its own.
    [[nodiscard]] wire::Outcome outcome() const;
};

// `request` has the command `token`.
[[nodiscard]] TokenAnswer requestToken(const wire::Message &request, const Approach &approach);
[[nodiscard]] wire::Message tokenRequest(std::string_view profile, std::string_view purpose);

// Where a token would go to a screen it stays here, unless that was asked for (S-31). Complains.
[[nodiscard]] bool mayPrintSecret(bool isForced);

} // namespace keytender::cli
