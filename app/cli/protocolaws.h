// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <ctime>
#include <optional>
#include <string>
#include <string_view>

#include "jsontree.h"
#include "protocol.h"

// AWS's credential_process: JSON of version 1 on standard output, exit code 0.
namespace keytender::cli {

// An access key, kept as one secret in either of two forms: "AKIA...:secret", or the JSON that credential_process
// itself speaks.
class AwsKey final {
public:
    [[nodiscard]] static Checked<AwsKey> read(std::string_view secret);

    // Why it must not be handed on; empty = it may. Without an end the AWS SDKs would never ask again, so a temporary
    // key (a session token, or an id that begins with ASIA) must have one.
    [[nodiscard]] std::string refusal(std::time_t now) const;
    // Where the key does not say its end itself.
    void endAt(std::time_t end);

    [[nodiscard]] wire::WipedBytes document() const;

private:
    [[nodiscard]] static Checked<AwsKey> ofPair(std::string_view secret);
    [[nodiscard]] static Checked<AwsKey> ofJson(std::string_view secret);
    [[nodiscard]] bool isTemporary() const;

    std::string m_id;      // public
    std::string m_account; // empty = unsaid
    wire::WipedBytes m_secret;
    wire::WipedBytes m_sessionToken;
    std::optional<std::time_t> m_end;
};

// "2026-11-22T09:00:00Z", with a fraction, with "+01:00"; nothing for everything else, and never a time without a zone.
[[nodiscard]] std::optional<std::time_t> isoTime(std::string_view text);

} // namespace keytender::cli
