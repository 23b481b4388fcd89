// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "childenvironment.h"

#include <algorithm>
#include <array>

namespace keytender::cli {

namespace {

constexpr std::array<std::string_view, 22> least{"HOME",
                                                 "PATH",
                                                 "LANG",
                                                 "LANGUAGE",
                                                 "TZ",
                                                 "USER",
                                                 "LOGNAME",
                                                 "SHELL",
                                                 "TERM",
                                                 "TMPDIR",
                                                 "SSL_CERT_FILE",
                                                 "SSL_CERT_DIR",
                                                 "CURL_CA_BUNDLE",
                                                 "REQUESTS_CA_BUNDLE",
                                                 "NODE_EXTRA_CA_CERTS",
                                                 "http_proxy",
                                                 "https_proxy",
                                                 "all_proxy",
                                                 "no_proxy",
                                                 "HTTP_PROXY",
                                                 "HTTPS_PROXY",
                                                 "NO_PROXY"};

struct UsualVariable {
    std::string_view provider; // or the first word of a tool's profile
    std::string_view variable;
};
constexpr std::array<UsualVariable, 14> usualVariables{{
    {"github", "GITHUB_TOKEN"},
    {"gh-cli", "GH_TOKEN"},
    {"gitlab", "GITLAB_TOKEN"},
    {"anthropic", "ANTHROPIC_API_KEY"},
    {"openai", "OPENAI_API_KEY"},
    {"google", "GEMINI_API_KEY"},
    {"gemini", "GEMINI_API_KEY"},
    {"openrouter", "OPENROUTER_API_KEY"},
    {"mistral", "MISTRAL_API_KEY"},
    {"deepseek", "DEEPSEEK_API_KEY"},
    {"groq", "GROQ_API_KEY"},
    {"xai", "XAI_API_KEY"},
    {"huggingface", "HF_TOKEN"},
    {"npm", "NPM_TOKEN"},
}};

std::string_view variableOf(std::string_view owner)
{
    const auto found = std::ranges::find(usualVariables, owner, &UsualVariable::provider);
    return found == usualVariables.end() ? std::string_view() : found->variable;
}

} // namespace

bool belongsToLeast(std::string_view name, std::string_view value)
{
    if (name.starts_with("LC_") || name.starts_with("XDG_"))
        return true;
    if (std::ranges::find(least, name) == least.end())
        return false;
    // A proxy may bring a user and a password.
    return !(name.ends_with("_proxy") || name.ends_with("_PROXY")) || value.find('@') == std::string_view::npos;
}

std::vector<wire::WipedBytes> leastEnvironment(const char *const *environment)
{
    std::vector<wire::WipedBytes> kept;
    for (; *environment != nullptr; ++environment) {
        const std::string_view variable = *environment;
        const std::size_t sign = variable.find('=');
        if (sign != std::string_view::npos && belongsToLeast(variable.substr(0, sign), variable.substr(sign + 1)))
            kept.emplace_back(variable);
    }
    return kept;
}

std::vector<wire::WipedBytes> environmentWith(const char *const *environment, std::vector<wire::WipedBytes> added)
{
    std::vector<wire::WipedBytes> all = std::move(added);
    const std::size_t count = all.size();
    const auto isReplaced = [&](std::string_view name) {
        return std::any_of(all.begin(), all.begin() + static_cast<long>(count), [&](const wire::WipedBytes &own) {
            return own.view().substr(0, own.view().find('=')) == name;
        });
    };
    for (; *environment != nullptr; ++environment) {
        const std::string_view variable = *environment;
        if (!isReplaced(variable.substr(0, variable.find('='))))
            all.emplace_back(variable);
    }
    return all;
}

std::string_view usualVariable(const GivenToken &given)
{
    // A subscription's token is no key, and Claude Code takes it under another name.
    if (given.token.starts_with("sk-ant-oat"))
        return "CLAUDE_CODE_OAUTH_TOKEN";
    if (const std::string_view known = variableOf(given.provider); !known.empty())
        return known;
    const std::string_view profile = given.profile;
    const std::string_view first = profile.substr(0, profile.find_first_of(":@"));
    if (const std::string_view known = variableOf(first); !known.empty())
        return known;
    const std::size_t colon = profile.find(':'); // "opencode:openai"
    return colon == std::string_view::npos ? std::string_view() : variableOf(profile.substr(colon + 1));
}

} // namespace keytender::cli
