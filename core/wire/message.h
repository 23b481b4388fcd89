// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "wire/wipedbytes.h"

namespace keytender::wire {

// What goes over the local socket, version 1. A frame is
//
//   length      4 bytes, big endian: of all that follows, at most mostFrameBytes
//   version     1 byte: 1
//   kind        1 byte: Kind
//   count       1 byte: of the fields, at most mostFields
//   fields      each: 1 byte length of the key, the key, 4 bytes length of the value (big endian), the value
//
// A key is 1 to 32 of a-z, 0-9 and "-", and stands once. A value of a Request holds no NUL, CR or LF (S-52); a value of
// another kind is any bytes. Nothing stands after the last field.
inline constexpr std::size_t mostFrameBytes = std::size_t{64} * 1024;
inline constexpr std::size_t mostFields = 32;
inline constexpr std::uint8_t version = 1;

enum class Kind : std::uint8_t {
    Request = 1, // the client's first
    More = 2,    // either side's: belongs to the request that is under way
    Answer = 3,  // the service's last; the next request may follow on the same connection
};

// One frame's content. Moved, never copied; wiped when it goes.
class Message final {
public:
    explicit Message(Kind kind) : m_kind(kind) {}
    ~Message() = default;
    Message(Message &&) noexcept = default;
    Message &operator=(Message &&) noexcept = default;
    Message(const Message &) = delete;
    Message &operator=(const Message &) = delete;

    [[nodiscard]] Kind kind() const { return m_kind; }
    // The first value that is written for a key stays. What would break the format is left out: see fits().
    Message &set(std::string_view key, std::string_view value);
    // Nothing where the field is not there; an empty value where it is empty.
    [[nodiscard]] std::optional<std::string_view> find(std::string_view key) const;
    [[nodiscard]] std::string_view value(std::string_view key) const { return find(key).value_or(std::string_view()); }
    [[nodiscard]] std::vector<std::string_view> keys() const; // in the order of the frame
    [[nodiscard]] std::size_t fieldCount() const { return m_fields.size(); }
    // Of the fields in their order, from 0.
    [[nodiscard]] const std::string &keyAt(std::size_t index) const { return m_fields.at(index).key; }
    // false once something was left out.
    [[nodiscard]] bool fits() const { return m_fits; }

    // The whole frame, its length included.
    [[nodiscard]] WipedBytes encoded() const;

private:
    struct Field {
        std::string key;
        WipedBytes value;
    };
    Kind m_kind;
    std::vector<Field> m_fields;
    std::size_t m_bytes = 3; // of version, kind, count and the fields
    bool m_fits = true;
};

enum class Fault { TooLong, UnknownVersion, Malformed, ForbiddenCharacter };
[[nodiscard]] const char *describe(Fault fault);

// Turns bytes as they come into messages, strictly. After a fault the connection is of no use.
class Reader final {
public:
    void feed(std::string_view bytes) { m_bytes.append(bytes); }
    struct Step {
        std::optional<Message> message; // none = more bytes are needed, unless there is a fault
        std::optional<Fault> fault;
    };
    [[nodiscard]] Step next();
    // Bytes of a frame that is not whole yet.
    [[nodiscard]] bool isWithinFrame() const { return !m_bytes.isEmpty(); }
    // Fed, and not taken as a message yet.
    [[nodiscard]] std::size_t heldBytes() const { return m_bytes.size(); }

private:
    WipedBytes m_bytes;
};

} // namespace keytender::wire
