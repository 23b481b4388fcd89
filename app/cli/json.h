// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>

#include "wire/message.h"
#include "wire/wipedbytes.h"

namespace keytender::cli {

// One line of JSON, written as it grows; wiped when it goes.
class JsonLine final {
public:
    JsonLine &add(std::string_view key, std::string_view text);
    // The fields of a message but "outcome", with their names as status --json writes them: "user-code" becomes
    // userCode, and the seconds of expires-at a time of RFC 3339.
    JsonLine &addFields(const wire::Message &message);
    JsonLine &addObject(std::string_view key, const JsonLine &object);
    // With its final newline.
    [[nodiscard]] wire::WipedBytes line() const;

private:
    void addKey(std::string_view key);
    void addText(std::string_view text);

    wire::WipedBytes m_inside;
};

// {"error":{"outcome":"needs-sign-in","text":"..."}}
[[nodiscard]] wire::WipedBytes errorLine(std::string_view outcome, std::string_view text);

// RFC 3339, UTC; empty where these are no seconds.
[[nodiscard]] std::string timeOf(std::string_view unixSeconds);

} // namespace keytender::cli
