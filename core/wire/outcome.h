// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <string_view>

namespace keytender::wire {

// How a request ended: the field "outcome" of every answer, and the exit code of keytenderctl. Scripts rely on the
// numbers: they never change their meaning.
enum class Outcome : int {
    Ok = 0,
    NeedsSignIn = 1, // only a person's sign-in helps
    DueSoon = 2,     // well for now, and it ends soon: `status`, `doctor`
    Unavailable = 3, // no service, the keychain is locked, no network: try again later
    Denied = 4,      // by a person, by a rule, or because the screen is locked
    NotFound = 5,    // no such login, provider or finding
    Failed = 6,      // it was tried, and it did not work: the text says why
    Usage = 64,      // the request itself is wrong
};

[[nodiscard]] std::string_view nameOf(Outcome outcome); // "needs-sign-in"
[[nodiscard]] std::optional<Outcome> outcomeNamed(std::string_view name);

} // namespace keytender::wire
