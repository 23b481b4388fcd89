// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "protocol.h"

namespace keytender::cli {

// A JSON text, read strictly (RFC 8259, UTF-8, no key twice in one object) and decoded in place: its strings exist once
// and are wiped with it. Base::JsonSpans for a program without Qt.
class JsonTree final {
public:
    enum class Type { Null, Boolean, Number, String, Array, Object };
    struct Node {
        Type type = Type::Null;
        std::string_view text = {}; // of a string
        double number = 0;          // of a number
        int line = 0;               // where it ends, or an array or object begins; from 1
        std::vector<std::pair<std::string_view, Node>> members = {}; // of an object; of an array without keys

        [[nodiscard]] const Node *find(std::string_view key) const; // null where there is none
        [[nodiscard]] bool isString() const { return type == Type::String; }
        [[nodiscard]] bool isObject() const { return type == Type::Object; }
    };
    enum class Comments { Refused, Skipped };

    // A fault names the line.
    [[nodiscard]] static Checked<JsonTree> parse(std::string_view text, Comments comments = Comments::Refused);

    [[nodiscard]] const Node &root() const { return m_root; }

private:
    JsonTree() = default;
    wire::WipedBytes m_bytes;
    Node m_root;
};

inline constexpr std::size_t longestJson = std::size_t{8} << 20;

// As a JSON string.
void appendQuoted(wire::WipedBytes &text, std::string_view value);

} // namespace keytender::cli
