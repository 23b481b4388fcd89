// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/message.h"

#include <algorithm>

namespace keytender::wire {

namespace {

constexpr std::size_t lengthBytes = 4;
constexpr std::size_t headBytes = 3; // version, kind, count
constexpr std::size_t mostKeyBytes = 32;

bool isKey(std::string_view key)
{
    const auto isAllowed = [](char character) {
        return (character >= 'a' && character <= 'z') || (character >= '0' && character <= '9') || character == '-';
    };
    return !key.empty() && key.size() <= mostKeyBytes && std::ranges::all_of(key, isAllowed);
}

bool isOneLine(std::string_view value)
{
    constexpr std::string_view forbidden("\0\r\n", 3);
    return value.find_first_of(forbidden) == std::string_view::npos;
}

void appendNumber(WipedBytes &bytes, std::size_t number)
{
    for (int shift = 24; shift >= 0; shift -= 8) {
        const char byte = static_cast<char>((number >> shift) & 0xff);
        bytes.append({&byte, 1});
    }
}

std::size_t byteAt(std::string_view bytes, std::size_t index)
{
    return static_cast<unsigned char>(bytes[index]);
}

std::size_t numberAt(std::string_view bytes, std::size_t index)
{
    std::size_t number = 0;
    for (std::size_t i = 0; i < lengthBytes; ++i)
        number = number << 8 | byteAt(bytes, index + i);
    return number;
}

// Takes the next `count` bytes off; nothing where there are fewer.
std::optional<std::string_view> take(std::string_view &rest, std::size_t count)
{
    if (rest.size() < count)
        return std::nullopt;
    const std::string_view taken = rest.substr(0, count);
    rest.remove_prefix(count);
    return taken;
}

Reader::Step fault(Fault fault)
{
    return {.message = std::nullopt, .fault = fault};
}

Reader::Step parse(std::string_view rest)
{
    const auto head = take(rest, headBytes);
    if (!head)
        return fault(Fault::Malformed);
    if (byteAt(*head, 0) != version)
        return fault(Fault::UnknownVersion);
    const std::size_t kind = byteAt(*head, 1);
    const std::size_t count = byteAt(*head, 2);
    if (kind < static_cast<std::size_t>(Kind::Request) || kind > static_cast<std::size_t>(Kind::Answer)
        || count > mostFields)
        return fault(Fault::Malformed);
    Message message(static_cast<Kind>(kind));
    for (std::size_t i = 0; i < count; ++i) {
        const auto keySize = take(rest, 1);
        const auto key = keySize ? take(rest, byteAt(*keySize, 0)) : std::nullopt;
        const auto valueSize = key ? take(rest, lengthBytes) : std::nullopt;
        const auto value = valueSize ? take(rest, numberAt(*valueSize, 0)) : std::nullopt;
        if (!value || !isKey(*key) || message.find(*key))
            return fault(Fault::Malformed);
        if (message.kind() == Kind::Request && !isOneLine(*value))
            return fault(Fault::ForbiddenCharacter);
        message.set(*key, *value);
    }
    if (!rest.empty())
        return fault(Fault::Malformed);
    return {.message = std::move(message), .fault = std::nullopt};
}

} // namespace

Message &Message::set(std::string_view key, std::string_view value)
{
    const std::size_t bytes = 1 + key.size() + lengthBytes + value.size();
    const bool isAllowed = isKey(key) && !find(key) && m_fields.size() < mostFields && m_bytes + bytes <= mostFrameBytes
                           && (m_kind != Kind::Request || isOneLine(value));
    if (!isAllowed) {
        m_fits = false;
        return *this;
    }
    m_bytes += bytes;
    m_fields.push_back({.key = std::string(key), .value = WipedBytes(value)});
    return *this;
}

std::optional<std::string_view> Message::find(std::string_view key) const
{
    const auto found = std::ranges::find(m_fields, key, &Field::key);
    return found == m_fields.end() ? std::nullopt : std::optional(found->value.view());
}

std::vector<std::string_view> Message::keys() const
{
    std::vector<std::string_view> keys;
    for (const Field &field : m_fields)
        keys.emplace_back(field.key);
    return keys;
}

WipedBytes Message::encoded() const
{
    WipedBytes bytes;
    appendNumber(bytes, m_bytes);
    const char head[] = {static_cast<char>(version), static_cast<char>(m_kind), static_cast<char>(m_fields.size())};
    bytes.append({head, sizeof head});
    for (const Field &field : m_fields) {
        const char keySize = static_cast<char>(field.key.size());
        bytes.append({&keySize, 1});
        bytes.append(field.key);
        appendNumber(bytes, field.value.size());
        bytes.append(field.value.view());
    }
    return bytes;
}

const char *describe(Fault fault)
{
    switch (fault) {
    case Fault::TooLong:
        return "the message is longer than 64 KiB";
    case Fault::UnknownVersion:
        return "the other side speaks another version; keytenderctl and the service must be of one installation";
    case Fault::Malformed:
        return "the message is not what its format says";
    case Fault::ForbiddenCharacter:
        return "a field holds a line break or a NUL";
    }
    return "";
}

Reader::Step Reader::next()
{
    const std::string_view bytes = m_bytes.view();
    if (bytes.size() < lengthBytes)
        return {};
    const std::size_t length = numberAt(bytes, 0);
    if (length > mostFrameBytes)
        return fault(Fault::TooLong);
    if (bytes.size() < lengthBytes + length)
        return {};
    Step step = parse(bytes.substr(lengthBytes, length));
    m_bytes.removeFirst(lengthBytes + length);
    return step;
}

} // namespace keytender::wire
