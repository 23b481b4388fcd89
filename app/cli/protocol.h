// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <ctime>
#include <optional>
#include <string>
#include <string_view>

#include "wire/message.h"

namespace keytender::cli {

// A value, or in words why there is none. The words hold nothing of what was read: it may be a secret, or hostile.
template <class T>
struct Checked {
    std::optional<T> value = std::nullopt;
    std::string fault = {};

    explicit operator bool() const { return value.has_value(); }
    T *operator->() { return &*value; }
    const T *operator->() const { return &*value; }
};

// What the answer to `token` holds; views into the message.
struct GivenToken {
    std::string_view token;
    std::string_view kind; // "oauth", "token", "api-key"
    std::string_view profile;
    std::string_view provider; // empty where the service does not say
    std::string_view user;
    std::optional<std::time_t> expiresAt;
};

// A token of printable ASCII that is still valid at `now`: an expired one is never handed on, nor what a caller's
// protocol could take for something else (W-04).
[[nodiscard]] Checked<GivenToken> tokenIn(const wire::Message &answer, std::time_t now);

// Digits alone; nothing where it is no number or too large.
[[nodiscard]] std::optional<std::time_t> wholeNumber(std::string_view text);

// One word of printable ASCII, without blanks.
[[nodiscard]] bool isPrintableWord(std::string_view text);

// Holds no control character, no line or paragraph separator, and no percent-encoded CR, LF or NUL (W-04).
[[nodiscard]] bool isPlainText(std::string_view text);

// All there is, up to `most` bytes; a fault beyond.
[[nodiscard]] Checked<wire::WipedBytes> readAll(int descriptor, std::size_t most);

} // namespace keytender::cli
