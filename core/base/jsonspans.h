// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <QString>

#include "base/result.h"
#include "base/secret.h"

namespace keytender::base {

struct ByteSpan {
    std::size_t begin = 0;
    std::size_t end = 0; // one past the last byte
    bool operator==(const ByteSpan &) const = default;
};

// Doubled: its key, or one on the way to it, stands twice in its object.
enum class JsonType { Missing, Doubled, Null, Boolean, Number, String, Array, Object };

struct JsonLimits {
    std::size_t bytes = 8u << 20;
    std::size_t depth = 64;
    std::size_t values = 1u << 20;
};

struct JsonEdit {
    ByteSpan span;      // of the value to replace, as JsonValue::span() gave it; empty = JsonSpans::insertion() made it
    Secret replacement; // a complete JSON value; of an insertion: `,"key":value`

    [[nodiscard]] bool isInsertion() const { return span.begin == span.end; }
};

class JsonSpans;

// A place in a JsonSpans; valid as long as that lives and is not moved. Cheap to copy. Each accessor answers with the
// file, line, column and path where a value is not what the caller needs; a key that stands twice in an object is
// refused by whoever reads that key (escapes undone), because one cannot tell which of the two the tool means.
class JsonValue final {
public:
    [[nodiscard]] JsonType type() const;
    [[nodiscard]] bool isMissing() const { return type() == JsonType::Missing; }
    [[nodiscard]] bool isNull() const { return type() == JsonType::Null; }
    [[nodiscard]] bool isObject() const { return type() == JsonType::Object; }
    [[nodiscard]] ByteSpan span() const; // of the value's bytes, quotes and brackets included

    // Missing where this is no object or has no such key. `key` is UTF-8.
    [[nodiscard]] JsonValue member(std::string_view key) const;
    [[nodiscard]] std::vector<JsonValue> elements() const;                    // of an array; empty for everything else
    [[nodiscard]] std::vector<std::pair<QString, JsonValue>> members() const; // in file order, doubles included

    [[nodiscard]] Result<QString> string() const; // never for a secret
    [[nodiscard]] Result<Secret> secret() const;  // a string, decoded straight into guarded memory
    [[nodiscard]] Result<double> number() const;
    [[nodiscard]] Result<bool> boolean() const;
    [[nodiscard]] Result<JsonValue> object() const; // itself, if it is one

    // The same for members that may be missing or null.
    [[nodiscard]] Result<std::optional<QString>> optionalString() const;
    [[nodiscard]] Result<std::optional<double>> optionalNumber() const;
    [[nodiscard]] Result<std::optional<Secret>> optionalSecret() const;

    // An error at this place: "line 3, column 14, claudeAiOauth.expiresAt".
    [[nodiscard]] Error error(const QString &detail, ErrorKind kind = ErrorKind::Malformed) const;

private:
    friend class JsonSpans;
    JsonValue(const JsonSpans *document, std::uint32_t node) : m_document(document), m_node(node) {}
    template <class T>
    [[nodiscard]] Result<std::optional<T>> optional(Result<T> (JsonValue::*read)() const) const;
    [[nodiscard]] Error mismatch(JsonType wanted) const;
    [[nodiscard]] std::string_view text() const;

    const JsonSpans *m_document = nullptr;
    std::uint32_t m_node = 0; // of a missing value: the innermost one that is there
    QString m_missing;        // of a missing value: the path from there
    bool m_isDoubled = false;
};

// A strict RFC 8259 text with the byte span of each value, read with RapidJSON. Bytes are kept as they came and never
// re-serialised: replacements are spliced in (design: bytes that we do not own stay identical).
class JsonSpans final {
public:
    // `subject` names the text in errors: a file's path. Byte order marks and lone surrogates are refused.
    // Empty and cut-off texts are ErrorKind::Incomplete, texts beyond the limits TooLarge, all other faults Malformed.
    [[nodiscard]] static Result<JsonSpans> parse(Secret bytes, const QString &subject, const JsonLimits &limits = {});

    [[nodiscard]] JsonValue root() const;
    [[nodiscard]] const QString &subject() const { return m_subject; }
    [[nodiscard]] std::string_view bytes() const { return m_bytes.expose(); }

    // A new last member of `object`, in the manner of its neighbours: indent, kind of line end, space around the colon.
    // Several into one object come in the order in which they are handed to spliced(). A key that is there, even
    // twice, is refused; so is an object that stands twice.
    [[nodiscard]] Result<JsonEdit> insertion(const JsonValue &object, std::string_view key, Secret value) const;

    // The text with these values replaced and members inserted; every other byte is the same. Edits may come in any
    // order and must not overlap; a replacement that is not one JSON value and a span of no value or of a doubled one
    // are refused.
    [[nodiscard]] Result<Secret> spliced(std::vector<JsonEdit> edits) const;

    // A string as a JSON string token, escaped only where RFC 8259 demands it.
    [[nodiscard]] static Secret quoted(std::string_view text);

private:
    friend class JsonValue;
    class Builder;
    static constexpr std::uint32_t rootNode = 1;
    struct Node {
        JsonType type = JsonType::Null;
        std::uint32_t parent = 0;
        std::uint32_t nextSibling = 0; // 0 = none
        std::uint32_t firstChild = 0;
        std::size_t keyHash = 0; // of the decoded key
        ByteSpan key;            // of the quoted key, for members of objects
        ByteSpan value;
    };
    struct MemberStyle {    // white space and signs of one further member
        std::string before; // the comma included
        std::string colon;
        std::string after; // what the closing bracket needs before it
    };
    JsonSpans() = default;

    [[nodiscard]] std::string_view textOf(ByteSpan span) const
    {
        return bytes().substr(span.begin, span.end - span.begin);
    }
    [[nodiscard]] bool hasSameKey(const Node &first, const Node &second) const;
    [[nodiscard]] bool isDoubled(std::uint32_t node) const;                  // it or one that it lies in
    [[nodiscard]] std::uint32_t nodeAt(ByteSpan value) const;                // 0 = none
    [[nodiscard]] std::uint32_t objectEndingIn(std::size_t insertion) const; // 0 = nothing may be inserted there
    [[nodiscard]] MemberStyle styleIn(std::uint32_t object) const;
    [[nodiscard]] MemberStyle styleOfFirstIn(std::uint32_t object) const;
    [[nodiscard]] Error noValueAt(std::size_t position) const;
    [[nodiscard]] Result<void> checkReplacement(const JsonEdit &edit) const;
    [[nodiscard]] Result<std::string> keyAddedBy(const JsonEdit &edit, bool isFirst) const;
    [[nodiscard]] Result<void> checkInsertion(std::span<const JsonEdit> upToIt) const;
    [[nodiscard]] Secret assembled(const std::vector<JsonEdit> &edits) const;
    [[nodiscard]] QString pathOf(std::uint32_t node) const; // "accounts[2].token"; empty for the root

    Secret m_bytes;
    QString m_subject;
    std::vector<Node> m_nodes; // in the order of the text; the root is 1, 0 stands for none
};

} // namespace keytender::base
