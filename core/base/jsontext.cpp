// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "base/jsontext.h"

#include <algorithm>
#include <charconv>
#include <cstring>

#include <QCoreApplication>

namespace keytender::base {

namespace {

char32_t hexadecimal(std::string_view digits)
{
    unsigned value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    return value;
}

char *putUtf8(char *to, char32_t point)
{
    if (point < 0x80) {
        *to++ = static_cast<char>(point);
    } else if (point < 0x800) {
        *to++ = static_cast<char>(0xC0 | point >> 6);
        *to++ = static_cast<char>(0x80 | (point & 0x3F));
    } else if (point < 0x10000) {
        *to++ = static_cast<char>(0xE0 | point >> 12);
        *to++ = static_cast<char>(0x80 | (point >> 6 & 0x3F));
        *to++ = static_cast<char>(0x80 | (point & 0x3F));
    } else {
        *to++ = static_cast<char>(0xF0 | point >> 18);
        *to++ = static_cast<char>(0x80 | (point >> 12 & 0x3F));
        *to++ = static_cast<char>(0x80 | (point >> 6 & 0x3F));
        *to++ = static_cast<char>(0x80 | (point & 0x3F));
    }
    return to;
}

// `text` stands behind "\u"; returns how many bytes of it the character takes. Surrogates come in pairs here: the
// reader has refused all others.
std::size_t readCodePoint(std::string_view text, char32_t &point)
{
    point = hexadecimal(text.substr(0, 4));
    if (point < 0xD800 || point > 0xDFFF)
        return 4;
    const char32_t low = hexadecimal(text.substr(6, 4));
    point = 0x10000 + ((point - 0xD800) << 10) + (low - 0xDC00);
    return 10;
}

char simpleEscape(char letter)
{
    switch (letter) {
    case 'b':
        return '\b';
    case 'f':
        return '\f';
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    default:
        return letter;
    }
}

// Returns one past the last byte written.
char *decode(std::string_view token, char *to)
{
    const std::string_view text = token.substr(1, token.size() - 2);
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t plain = std::min(text.find('\\', at), text.size());
        to = std::copy(text.begin() + at, text.begin() + plain, to);
        if (plain == text.size())
            break;
        const char letter = text[plain + 1];
        at = plain + 2;
        if (letter == 'u') {
            char32_t point = 0;
            at += readCodePoint(text.substr(at), point);
            to = putUtf8(to, point);
        } else {
            *to++ = simpleEscape(letter);
        }
    }
    return to;
}

} // namespace

Secret unescapedSecret(std::string_view token)
{
    Secret decoded(token.size() - 2); // an escape is never shorter than what it stands for
    char *const begin = decoded.writable().data();
    decoded.truncate(static_cast<std::size_t>(decode(token, begin) - begin));
    return decoded;
}

std::string unescaped(std::string_view token)
{
    std::string decoded(token.size() - 2, '\0');
    decoded.resize(static_cast<std::size_t>(decode(token, decoded.data()) - decoded.data()));
    return decoded;
}

bool isEscapedFormOf(std::string_view token, std::string_view text)
{
    const std::string_view inner = token.substr(1, token.size() - 2);
    if (inner.find('\\') == std::string_view::npos)
        return inner == text;
    return unescaped(token) == text;
}

QString positionOf(std::string_view bytes, std::size_t offset)
{
    const std::string_view before = bytes.substr(0, offset);
    const auto line = 1 + std::ranges::count(before, '\n');
    const std::size_t newline = before.rfind('\n');
    const std::string_view inLine = newline == std::string_view::npos ? before : before.substr(newline + 1);
    const auto isCharacterStart = [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0) != 0x80; };
    const auto column = 1 + std::ranges::count_if(inLine, isCharacterStart);
    return QCoreApplication::translate("Json", "line %1, column %2").arg(line).arg(column);
}

QString pathStep(std::string_view key)
{
    constexpr qsizetype longest = 60;
    const auto isPlain = [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9')
               || letter == '_' || letter == '-';
    };
    QString name = QString::fromUtf8(key.data(), static_cast<qsizetype>(key.size()));
    if (name.size() > longest)
        name = name.first(longest) + QChar(0x2026);
    else if (!key.empty() && std::ranges::all_of(key, isPlain))
        return u'.' + name;
    for (QChar &letter : name)
        if (!letter.isPrint() && !letter.isSurrogate())
            letter = u'?';
    return QStringLiteral("[\"%1\"]").arg(name);
}

} // namespace keytender::base
