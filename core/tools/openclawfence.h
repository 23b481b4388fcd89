// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <QString>

#include "base/secret.h"

// OpenClaw 2026.9.4 and later put inert markers in the place of both tokens before they refresh, and mark these as
// failed when the refresh does not end well: "openclaw-oauth-refresh-fence:v1:<claim>:[failed:]access:<digest>".
namespace keytender::tools {

// What one token's marker says. Pending: a refresh is under way, or its process died.
struct OpenClawFence {
    enum class State { Pending, Failed, Unknown }; // Unknown: a marker of a form that was never seen

    State state = State::Unknown;
    std::string claim;  // 32 hexadecimal digits, the same in both markers of a claim
    std::string kind;   // "access" or "refresh"
    std::string digest; // of the token that it stands for; 64 hexadecimal digits

    bool operator==(const OpenClawFence &) const = default;
};

// Nothing where this is no marker but a token.
[[nodiscard]] std::optional<OpenClawFence> openClawFenceIn(std::string_view token);

// Which token of which profile a marker's digest is of.
struct FencedToken {
    QString profileId;
    QString provider;
    std::string_view kind;
};
[[nodiscard]] std::string openClawFenceDigest(const FencedToken &token, const base::Secret &secret);

} // namespace keytender::tools
