// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "oauth/requesthead.h"

#include <algorithm>
#include <cstring>

namespace keytender::oauth {

namespace {

constexpr int fine = 0;
constexpr int badRequest = 400;
constexpr int notFound = 404;
constexpr int methodNotAllowed = 405;
constexpr int uriTooLong = 414;
constexpr int headerTooLarge = 431;
constexpr int versionNotSupported = 505;

bool isAlphanumeric(char character)
{
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z')
           || (character >= '0' && character <= '9');
}

bool isDigit(char character)
{
    return character >= '0' && character <= '9';
}

bool isHexDigit(char character)
{
    return isDigit(character) || (character >= 'a' && character <= 'f') || (character >= 'A' && character <= 'F');
}

// A token of RFC 9110 section 5.6.2: names of methods and fields.
bool isToken(std::string_view text)
{
    const auto isOfTokens = [](char character) {
        return isAlphanumeric(character) || (character != '\0' && std::strchr("!#$%&'*+-.^_`|~", character) != nullptr);
    };
    return !text.empty() && std::ranges::all_of(text, isOfTokens);
}

bool isTarget(std::string_view text)
{
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char character = text[i];
        if (character <= ' ' || character > '~' || std::strchr("\"#<>\\^`{|}", character) != nullptr)
            return false;
        if (character == '%' && (i + 2 >= text.size() || !isHexDigit(text[i + 1]) || !isHexDigit(text[i + 2])))
            return false;
    }
    return text.starts_with('/');
}

bool isVersion(std::string_view text)
{
    return text.size() == 8 && text.starts_with("HTTP/") && isDigit(text[5]) && text[6] == '.' && isDigit(text[7]);
}

bool isSame(std::string_view text, std::string_view lowerCase)
{
    return std::ranges::equal(text, lowerCase, [](char a, char b) {
        return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b;
    });
}

std::string_view trimmed(std::string_view text)
{
    const std::size_t first = std::min(text.find_first_not_of(" \t"), text.size());
    text.remove_prefix(first);
    return text.substr(0, text.find_last_not_of(" \t") + 1);
}

std::string_view viewOf(const QByteArray &bytes)
{
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

struct Line {
    enum class State { Whole, Incomplete, Broken } state = State::Incomplete;
    std::string_view text; // without its CRLF
};

// A lone CR, a lone LF, NUL and every other control character but the tab break the request where they stand.
Line firstLineOf(std::string_view bytes)
{
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const auto character = static_cast<unsigned char>(bytes[i]);
        const bool isControl = character < ' ' || character == 127;
        if (!isControl || character == '\t')
            continue;
        if (character == '\r' && i + 1 == bytes.size())
            return {.state = Line::State::Incomplete, .text = {}};
        if (character == '\r' && bytes[i + 1] == '\n')
            return {.state = Line::State::Whole, .text = bytes.substr(0, i)};
        return {.state = Line::State::Broken, .text = {}};
    }
    return {.state = Line::State::Incomplete, .text = {}};
}

// Judges line by line, so that an earlier fault always wins over a later one.
class HeadReader final {
public:
    explicit HeadReader(const ServedAddress &address) : m_address(address) {}

    [[nodiscard]] int readRequestLine(std::string_view line)
    {
        const std::size_t first = std::min(line.find(' '), line.size());
        if (!isToken(line.substr(0, first)))
            return badRequest;
        if (line.substr(0, first) != "GET")
            return methodNotAllowed;
        line.remove_prefix(std::min(first + 1, line.size()));
        const std::size_t second = std::min(line.find(' '), line.size());
        m_target = line.substr(0, second);
        const std::string_view version = line.substr(std::min(second + 1, line.size()));
        if (!isTarget(m_target) || !isVersion(version))
            return badRequest;
        return version == "HTTP/1.1" ? fine : versionNotSupported;
    }

    [[nodiscard]] int readField(std::string_view line)
    {
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos || !isToken(line.substr(0, colon)))
            return badRequest; // a folded line and a blank before the colon too
        const std::string_view name = line.substr(0, colon);
        const std::string_view value = trimmed(line.substr(colon + 1));
        if (isSame(name, "host")) {
            const bool isFirst = !m_hasHost;
            m_hasHost = true;
            return isFirst && value == viewOf(m_address.authority) ? fine : badRequest;
        }
        if (isSame(name, "transfer-encoding") || (isSame(name, "content-length") && value != "0"))
            return badRequest; // a redirect has no body
        return fine;
    }

    [[nodiscard]] RequestHead finish() const
    {
        if (!m_hasHost)
            return HeadRefused{badRequest};
        const std::size_t question = std::min(m_target.find('?'), m_target.size());
        if (m_target.substr(0, question) != viewOf(m_address.path))
            return HeadRefused{notFound};
        return RedirectRequest{m_target.substr(std::min(question + 1, m_target.size()))};
    }

private:
    const ServedAddress &m_address;
    std::string_view m_target;
    bool m_hasHost = false;
};

} // namespace

RequestHead readRequestHead(std::string_view bytes, const ServedAddress &address)
{
    const std::string_view head = bytes.substr(0, requestHeadLimit);
    HeadReader reader(address);
    std::size_t start = 0;
    for (;;) {
        const Line line = firstLineOf(head.substr(start));
        if (line.state == Line::State::Broken)
            return HeadRefused{badRequest};
        if (line.state == Line::State::Incomplete && head.size() < requestHeadLimit)
            return HeadIncomplete{};
        if (line.state == Line::State::Incomplete)
            return HeadRefused{start == 0 ? uriTooLong : headerTooLarge};
        if (start != 0 && line.text.empty())
            return reader.finish();
        const int status = start == 0 ? reader.readRequestLine(line.text) : reader.readField(line.text);
        if (status != fine)
            return HeadRefused{status};
        start += line.text.size() + 2;
    }
}

} // namespace keytender::oauth
