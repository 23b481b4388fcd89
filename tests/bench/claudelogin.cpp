// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "claudelogin.h"

#include <chrono>

namespace keytender::bench {

namespace {

std::string token(const std::string &prefix, const std::string &account, long generation)
{
    const std::string tail = account + "-" + std::to_string(generation);
    return prefix + std::string(108 - prefix.size() - tail.size(), 'x') + tail;
}

} // namespace

std::string claudeRefreshToken(const std::string &account, long generation)
{
    return token("sk-ant-ort01-", account, generation);
}

std::string claudeRecord(const std::string &account, long generation)
{
    using namespace std::chrono;
    const auto now = duration_cast<milliseconds>(system_clock::now().time_since_epoch());
    const auto ends = now + hours(8) + minutes(generation);
    return R"({"claudeAiOauth":{"accessToken":")" + token("sk-ant-oat01-", account, generation)
           + R"(","refreshToken":")" + claudeRefreshToken(account, generation) + R"(","expiresAt":)"
           + std::to_string(ends.count()) + R"(,"refreshTokenExpiresAt":)"
           + std::to_string((now + hours(24 * 20)).count())
           + R"(,"scopes":["user:inference","user:profile"],"subscriptionType":"max","rateLimitTier":)"
             R"("default_claude_max_20x","accountUuid":")"
           + account + R"(","organizationUuid":"org-)" + account + R"("}})";
}

std::string claudeSettings(const std::string &account)
{
    return R"({"numStartups":12,"oauthAccount":{"accountUuid":")" + account + R"(","emailAddress":")" + account
           + R"(@example.org","organizationUuid":"org-)" + account + R"(","organizationName":"Example"}})";
}

} // namespace keytender::bench
