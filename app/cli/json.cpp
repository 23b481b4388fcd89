// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "json.h"

#include <array>
#include <charconv>
#include <cstdio>
#include <ctime>

namespace keytender::cli {

namespace {

std::string camelCase(std::string_view key)
{
    std::string name;
    bool isNextUpper = false;
    for (const char character : key) {
        if (character == '-') {
            isNextUpper = true;
            continue;
        }
        const bool isLetter = character >= 'a' && character <= 'z';
        name += isNextUpper && isLetter ? static_cast<char>(character - 'a' + 'A') : character;
        isNextUpper = false;
    }
    return name;
}

} // namespace

std::string timeOf(std::string_view unixSeconds)
{
    long long number = 0;
    const char *const end = unixSeconds.data() + unixSeconds.size();
    const auto [stopped, error] = std::from_chars(unixSeconds.data(), end, number);
    std::tm parts{};
    const std::time_t seconds = number;
    if (error != std::errc() || stopped != end || gmtime_r(&seconds, &parts) == nullptr)
        return {};
    std::array<char, 64> text{};
    return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

JsonLine &JsonLine::add(std::string_view key, std::string_view text)
{
    addKey(key);
    addText(text);
    return *this;
}

JsonLine &JsonLine::addFields(const wire::Message &message)
{
    for (const std::string_view key : message.keys()) {
        if (key == "expires-at")
            add("expiresAt", timeOf(message.value(key)));
        else if (key != "outcome")
            add(camelCase(key), message.value(key));
    }
    return *this;
}

JsonLine &JsonLine::addObject(std::string_view key, const JsonLine &object)
{
    addKey(key);
    m_inside.append("{");
    m_inside.append(object.m_inside.view());
    m_inside.append("}");
    return *this;
}

wire::WipedBytes JsonLine::line() const
{
    wire::WipedBytes line("{");
    line.append(m_inside.view());
    line.append("}\n");
    return line;
}

void JsonLine::addKey(std::string_view key)
{
    if (!m_inside.isEmpty())
        m_inside.append(",");
    addText(key);
    m_inside.append(":");
}

void JsonLine::addText(std::string_view text)
{
    m_inside.append("\"");
    for (const char character : text) {
        std::array<char, 8> escaped{};
        if (character == '"' || character == '\\') {
            escaped = {'\\', character};
            m_inside.append({escaped.data(), 2});
        } else if (static_cast<unsigned char>(character) < 0x20 || character == 0x7f) {
            const int size = std::snprintf(escaped.data(), escaped.size(), "\\u%04x", character);
            m_inside.append({escaped.data(), static_cast<std::size_t>(size)});
        } else {
            m_inside.append({&character, 1});
        }
    }
    m_inside.append("\"");
}

wire::WipedBytes errorLine(std::string_view outcome, std::string_view text)
{
    JsonLine inside;
    inside.add("outcome", outcome).add("text", text);
    return JsonLine().addObject("error", inside).line();
}

} // namespace keytender::cli
