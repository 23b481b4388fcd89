// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "protocol.h"

namespace keytender::cli {

// A part of a value of .mcp.json: text as it is, ${VARIABLE}, ${VARIABLE:-text} or ${keytender:PROFILE}. Views into it.
struct Placeholder {
    enum class Kind { Text, Variable, Profile };
    Kind kind = Kind::Text;
    std::string_view text;                          // the text, the variable's name, the profile's id
    std::optional<std::string_view> otherwise = {}; // of a variable that is not set; may be empty

    bool operator==(const Placeholder &) const = default;
};

// Strict: "${" without its "}", a name that no variable has and a placeholder within a placeholder are faults. What a
// value turns into is not read again.
[[nodiscard]] Checked<std::vector<Placeholder>> placeholdersIn(std::string_view value);

[[nodiscard]] bool isVariableName(std::string_view name);

// Who knows the values.
struct PlaceholderValues {
    // Nothing where it is not set. A variable that is set to nothing is set, as it is to Claude Code.
    std::function<std::optional<std::string_view>(std::string_view name)> variable;
    std::function<Checked<wire::WipedBytes>(std::string_view profile)> token;
};

// The value with its placeholders replaced. Its fault is a whole sentence about `server`.
[[nodiscard]] Checked<wire::WipedBytes> expanded(const std::vector<Placeholder> &value, const PlaceholderValues &values,
                                                 std::string_view server);

} // namespace keytender::cli
