// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "protocol.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>

#include <strings.h>
#include <unistd.h>

namespace keytender::cli {

namespace {

bool isEncodedControl(std::string_view text, std::size_t at)
{
    static constexpr std::array<std::string_view, 3> forbidden{"%0d", "%0a", "%00"};
    return text.size() >= at + 3 && std::ranges::any_of(forbidden, [&](std::string_view code) {
               return strncasecmp(text.data() + at, code.data(), code.size()) == 0;
           });
}

// U+0080 to U+009F, U+2028, U+2029 in UTF-8.
bool isWideControl(std::string_view rest)
{
    const auto byte = [&](std::size_t index) { return static_cast<unsigned char>(rest[index]); };
    if (rest.size() >= 2 && byte(0) == 0xC2 && byte(1) < 0xA0)
        return true;
    return rest.starts_with("\xE2\x80\xA8") || rest.starts_with("\xE2\x80\xA9");
}

} // namespace

std::optional<std::time_t> wholeNumber(std::string_view text)
{
    std::time_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool isDigits = !text.empty() && text.front() != '-' && error == std::errc();
    return isDigits && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

bool isPrintableWord(std::string_view text)
{
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c > ' ' && c < 127; });
}

bool isPlainText(std::string_view text)
{
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto byte = static_cast<unsigned char>(text[at]);
        if (byte < ' ' || byte == 127 || isWideControl(text.substr(at)) || isEncodedControl(text, at))
            return false;
    }
    return true;
}

Checked<GivenToken> tokenIn(const wire::Message &answer, std::time_t now)
{
    GivenToken given{.token = answer.value("token"),
                     .kind = answer.value("kind"),
                     .profile = answer.value("profile"),
                     .provider = answer.value("provider"),
                     .user = answer.value("user"),
                     .expiresAt = std::nullopt};
    if (!isPrintableWord(given.token))
        return {.fault = "The service's answer holds no usable token. Look at this login in Keytender's window."};
    if (const auto end = answer.find("expires-at")) {
        given.expiresAt = wholeNumber(*end);
        if (!given.expiresAt)
            return {.fault = "The service told no readable end of the token. Install both programs from one package."};
        if (*given.expiresAt <= now)
            return {
                .fault =
                    "The token has expired. Look at this login in Keytender's window, and at this machine's clock."};
    }
    return {.value = given};
}

Checked<wire::WipedBytes> readAll(int descriptor, std::size_t most)
{
    wire::WipedBytes all;
    wire::WipedBytes buffer(std::size_t{16} * 1024);
    while (true) {
        const ssize_t count = read(descriptor, buffer.data(), buffer.size());
        if (count == 0)
            return {.value = std::move(all)};
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return {.fault = std::strerror(errno)};
        all.append({buffer.data(), static_cast<std::size_t>(count)});
        if (all.size() > most)
            return {.fault = "it is too long"};
    }
}

} // namespace keytender::cli
