// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/json5text.h"

#include <algorithm>
#include <string_view>

#include "base/jsonspans.h"

namespace keytender::tools {

namespace {

constexpr std::string_view spaces = " \t\r\n\v\f";

bool isWordByte(char byte)
{
    const bool isLetter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
    return isLetter || (byte >= '0' && byte <= '9') || std::string_view("_$+-.").find(byte) != std::string_view::npos
           || static_cast<unsigned char>(byte) >= 0x80;
}

bool isJsonWord(std::string_view word)
{
    if (word == "true" || word == "false" || word == "null")
        return true;
    return base::JsonSpans::parse(base::Secret::copyOf(word), {}).has_value(); // a number
}

// Writes what it reads: the result is at most three times as long, for a one-letter name in quotes.
class Converter final {
public:
    explicit Converter(std::string_view text) : m_text(text), m_out(3 * text.size() + 16) {}

    // False where the text is cut off.
    bool convert()
    {
        while (m_at < m_text.size()) {
            if (!convertNext())
                return false;
        }
        return true;
    }
    base::Secret result()
    {
        m_out.truncate(m_size);
        return std::move(m_out);
    }

private:
    bool convertNext()
    {
        const char byte = m_text[m_at];
        if (spaces.find(byte) != std::string_view::npos) {
            ++m_at;
            put(byte == '\v' || byte == '\f' ? ' ' : byte);
            return true;
        }
        if (m_text.substr(m_at, 2) == "//")
            return skipTo("\n", true);
        if (m_text.substr(m_at, 2) == "/*")
            return skipTo("*/", false);
        if (byte == '"' || byte == '\'')
            return convertString(byte);
        if (isWordByte(byte)) {
            convertWord();
            return true;
        }
        ++m_at;
        if (byte == '}' || byte == ']')
            dropComma();
        put(byte);
        if (byte == ',')
            m_comma = m_size;
        else
            m_comma = 0;
        return true;
    }

    bool skipTo(std::string_view end, bool mayBeMissing)
    {
        const std::size_t found = m_text.find(end, m_at + 2);
        if (found == std::string_view::npos) {
            m_at = m_text.size();
            return mayBeMissing;
        }
        m_at = found + end.size();
        put(' ');
        return true;
    }

    bool convertString(char quote)
    {
        m_comma = 0;
        put('"');
        for (++m_at; m_at < m_text.size(); ++m_at) {
            const char byte = m_text[m_at];
            if (byte == quote) {
                ++m_at;
                put('"');
                return true;
            }
            if (byte == '\\')
                convertEscape();
            else if (byte == '"')
                put("\\\"");
            else
                put(byte);
        }
        return false;
    }

    void convertEscape()
    {
        if (m_at + 1 >= m_text.size())
            return;
        const char next = m_text[++m_at];
        if (next == '\n') // a line that goes on
            return;
        if (std::string_view("\"\\/bfnrtu").find(next) != std::string_view::npos)
            put('\\');
        put(next);
    }

    void convertWord()
    {
        m_comma = 0;
        const std::size_t begin = m_at;
        while (m_at < m_text.size() && isWordByte(m_text[m_at]))
            ++m_at;
        const std::string_view word = m_text.substr(begin, m_at - begin);
        const std::size_t next = m_text.find_first_not_of(spaces, m_at);
        const bool isName = next != std::string_view::npos && m_text[next] == ':';
        if (isName) {
            put('"');
            put(word);
            put('"');
        } else {
            put(isJsonWord(word) ? word : "null");
        }
    }

    // One before a closing bracket, with nothing but space after it.
    void dropComma()
    {
        if (m_comma != 0)
            m_out.writable()[m_comma - 1] = ' ';
    }

    void put(char byte) { m_out.writable()[m_size++] = byte; }
    void put(std::string_view bytes)
    {
        std::ranges::copy(bytes, m_out.writable().begin() + static_cast<std::ptrdiff_t>(m_size));
        m_size += bytes.size();
    }

    std::string_view m_text;
    base::Secret m_out;
    std::size_t m_at = 0;
    std::size_t m_size = 0;
    std::size_t m_comma = 0; // one past the last comma, while only space came after it
};

} // namespace

base::Result<base::Secret> jsonFromJson5(const base::Secret &text, const QString &subject)
{
    Converter converter(text.expose());
    if (converter.convert())
        return converter.result();
    return base::unexpected({.kind = base::ErrorKind::Incomplete,
                             .subject = subject,
                             .place = {},
                             .detail = QStringLiteral("ends in the middle of a string or comment")});
}

} // namespace keytender::tools
