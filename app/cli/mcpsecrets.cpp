// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "mcpsecrets.h"

#include <algorithm>
#include <array>
#include <string>

namespace keytender::cli {

namespace {

constexpr std::array<std::string_view, 24> beginnings{
    "sk-ant-", "sk-proj-", "sk-or-", "sk_live_", "rk_live_",    "ghp_",     "gho_",  "ghu_",
    "ghs_",    "ghr_",     "glpat-", "xoxb-",    "xoxp-",       "xoxa-",    "xapp-", "AIza",
    "AKIA",    "ASIA",     "hf_",    "npm_",     "github_pat_", "lin_api_", "ya29.", "dckr_pat_"};
constexpr std::size_t leastBehindBeginning = 12;
constexpr std::array<std::string_view, 11> names{"TOKEN",      "SECRET", "PASSWORD",   "PASSWD",  "API_KEY",  "APIKEY",
                                                 "ACCESS_KEY", "AUTH",   "CREDENTIAL", "PRIVATE", "X-API-KEY"};

bool isTokenCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_'
           || c == '.' || c == '+' || c == '/' || c == '=';
}

std::size_t tokenLength(std::string_view text)
{
    return static_cast<std::size_t>(std::ranges::find_if_not(text, isTokenCharacter) - text.begin());
}

bool holdsBeginning(std::string_view value, std::string_view beginning)
{
    for (std::size_t at = value.find(beginning); at != std::string_view::npos; at = value.find(beginning, at + 1)) {
        const bool isWordsBegin = at == 0 || !isTokenCharacter(value[at - 1]) || value[at - 1] == '=';
        if (isWordsBegin && tokenLength(value.substr(at + beginning.size())) >= leastBehindBeginning)
            return true;
    }
    return false;
}

// Three parts of base64url, the first of which begins as a JSON object does.
bool holdsJwt(std::string_view value)
{
    const std::size_t at = value.find("eyJ");
    if (at == std::string_view::npos)
        return false;
    const std::string_view token = value.substr(at, tokenLength(value.substr(at)));
    return token.size() >= 40 && std::ranges::count(token, '.') == 2;
}

// "https://user:password@host"
bool holdsPassword(std::string_view value)
{
    const std::size_t mark = value.find("://");
    if (mark == std::string_view::npos)
        return false;
    const std::string_view authority = value.substr(mark + 3, value.find_first_of("/?#", mark + 3) - mark - 3);
    const std::string_view user = authority.substr(0, authority.rfind('@'));
    const std::size_t colon = user.find(':');
    return user.size() < authority.size() && colon != std::string_view::npos && colon + 1 < user.size()
           && user.find("${") == std::string_view::npos;
}

std::string upper(std::string_view text)
{
    std::string raised(text);
    std::ranges::transform(raised, raised.begin(),
                           [](char c) { return c >= 'a' && c <= 'z' ? char(c - 'a' + 'A') : c; });
    return raised;
}

} // namespace

bool looksLikeSecret(std::string_view value)
{
    return std::ranges::any_of(beginnings, [&](std::string_view b) { return holdsBeginning(value, b); })
           || holdsJwt(value) || holdsPassword(value) || value.find("-----BEGIN ") != std::string_view::npos;
}

bool isNameOfSecret(std::string_view name)
{
    const std::string raised = upper(name);
    return std::ranges::any_of(names, [&](std::string_view part) { return raised.find(part) != std::string::npos; });
}

bool mayBeSecretThere(std::string_view value)
{
    for (const std::string_view scheme : {"Bearer ", "bearer ", "Basic ", "token "})
        if (value.starts_with(scheme))
            value.remove_prefix(scheme.size());
    const bool isToken = value.size() >= 16 && tokenLength(value) == value.size();
    const bool hasDigit = std::ranges::any_of(value, [](char c) { return c >= '0' && c <= '9'; });
    const bool isPath = value.starts_with('/') || value.starts_with("./") || value.starts_with("../");
    return isToken && hasDigit && !isPath;
}

} // namespace keytender::cli
