// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/openaiaccount.h"

namespace keytender::tools {

namespace {

QString firstOf(const base::JwtClaims &claims, std::initializer_list<std::initializer_list<std::string_view>> paths)
{
    for (const auto &path : paths) {
        if (const QString text = claims.text(path); !text.isEmpty())
            return text;
    }
    return {};
}

} // namespace

profile::Account openAiAccountIn(const base::JwtClaims &claims)
{
    constexpr std::string_view login = "https://api.openai.com/auth";
    return {.id = firstOf(claims, {{login, "chatgpt_user_id"}, {login, "user_id"}, {"sub"}}),
            .email = firstOf(claims, {{"email"}, {"https://api.openai.com/profile", "email"}}),
            .organizationId = claims.text({login, "chatgpt_account_id"}),
            .organizationName = {},
            .plan = claims.text({login, "chatgpt_plan_type"})};
}

} // namespace keytender::tools
