// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "oauth/tokenresponse.h"

#include <algorithm>
#include <array>

#include <QCoreApplication>

#include "base/jwt.h"
#include "oauth/errorresponse.h"
#include "oauth/httpheaders.h"
#include "oauth/identity.h"
#include "oauth/tokenmembers.h"

namespace keytender::oauth {

using base::JsonSpans;
using base::JsonValue;
using provider::Provider;

namespace {

constexpr base::JsonLimits limits{.bytes = 1u << 20, .depth = 64, .values = 100'000};

QString say(const char *text)
{
    return QCoreApplication::translate("OAuth", text);
}

TokenVerdict verdictOf(const QString &code, const Provider &provider)
{
    struct Known {
        QLatin1String code;
        TokenVerdict verdict;
    };
    // The device grant's own, RFC 8628 section 3.5, mean the same everywhere.
    static constexpr std::array device{
        Known{QLatin1String("authorization_pending"), TokenVerdict::AuthorizationPending},
        Known{QLatin1String("slow_down"), TokenVerdict::SlowDown},
        Known{QLatin1String("access_denied"), TokenVerdict::AccessDenied},
        Known{QLatin1String("expired_token"), TokenVerdict::ExpiredToken}};
    if (const auto *found = std::ranges::find(device, code, &Known::code); found != device.end())
        return found->verdict;
    if (provider.endsGrant(code))
        return TokenVerdict::GrantRejected;
    if (const auto found = provider.errorCodes.find(code); found != provider.errorCodes.end())
        return found->second.value == provider::Verdict::Configuration ? TokenVerdict::Configuration
                                                                       : TokenVerdict::Transient;
    static constexpr std::array ourMistake{QLatin1String("invalid_client"), QLatin1String("unauthorized_client"),
                                           QLatin1String("invalid_request"), QLatin1String("invalid_scope"),
                                           QLatin1String("unsupported_grant_type")};
    return std::ranges::find(ourMistake, code) != ourMistake.end() ? TokenVerdict::Configuration
                                                                   : TokenVerdict::Transient;
}

bool isSuccess(int status)
{
    return status >= 200 && status < 300;
}

// A page of a proxy or a firewall: whatever its status, nobody looked at the grant (F-38).
bool isMarkup(std::string_view body)
{
    if (body.starts_with("\xEF\xBB\xBF"))
        body.remove_prefix(3);
    const std::size_t start = body.find_first_not_of(" \t\r\n");
    return start != std::string_view::npos && body[start] == '<';
}

TokenResponse &&withVerdict(TokenResponse &&response, TokenVerdict verdict, const QString &text)
{
    response.verdict = verdict;
    response.errorText = text;
    return std::move(response);
}

TokenResponse readWithoutObject(const Delivery &answer, TokenResponse response)
{
    if (isMarkup(answer.body.expose()))
        return withVerdict(std::move(response), TokenVerdict::Transient,
                           say(QT_TRANSLATE_NOOP("OAuth", "a web page came back (status %1)")).arg(answer.status));
    const TokenVerdict verdict = isSuccess(answer.status) ? TokenVerdict::Unusable : TokenVerdict::Transient;
    return withVerdict(std::move(response), verdict,
                       say(QT_TRANSLATE_NOOP("OAuth", "the answer cannot be read (status %1)")).arg(answer.status));
}

// OpenAI names its codes beside `error` too.
std::optional<ErrorResponse> errorIn(const JsonValue &root, int status)
{
    if (std::optional<ErrorResponse> error = readErrorResponse(root))
        return error;
    return isSuccess(status) ? std::nullopt : readBareErrorCode(root);
}

QString withoutReason(int status)
{
    return say(QT_TRANSLATE_NOOP("OAuth", "refused without a reason (status %1)")).arg(status);
}

TokenResponse readError(const ErrorResponse &error, TokenMembers &members, const Provider &provider,
                        TokenResponse response)
{
    response.verdict = verdictOf(error.code, provider);
    response.errorCode = error.code;
    response.errorText = error.text;
    if (error.code.isEmpty())
        response.oddities.append(say(QT_TRANSLATE_NOOP("OAuth", "the error has no code that can be read")));
    // An error with a successor in it: whatever it means, the successor must not be lost (INV-4).
    response.refreshToken = members.refreshToken();
    if (!response.refreshToken.isEmpty())
        response.verdict = TokenVerdict::Unusable;
    return response;
}

TokenResponse readGrant(int status, TokenMembers &members, TokenResponse response)
{
    response.refreshToken = members.refreshToken();
    base::Secret accessToken = members.accessToken();
    QString fault;
    if (members.hasDoubledToken())
        fault = say(QT_TRANSLATE_NOOP("OAuth", "a token stands twice in the answer"));
    else if (accessToken.isEmpty())
        fault = say(QT_TRANSLATE_NOOP("OAuth", "there is no usable access token in the answer"));
    else if (status != 200)
        fault = say(QT_TRANSLATE_NOOP("OAuth", "a token came with status %1")).arg(status);
    if (!fault.isEmpty() || !members.isBearer(fault))
        return withVerdict(std::move(response), TokenVerdict::Unusable, fault);
    response.verdict = TokenVerdict::Granted;
    response.accessToken = std::move(accessToken);
    response.idToken = members.idToken();
    response.expiresIn = members.expiresIn();
    response.refreshTokenExpiresIn = members.refreshTokenExpiresIn();
    response.scopes = members.scopes();
    return response;
}

TokenResponse readObject(const JsonValue &root, int status, const Provider &provider, TokenResponse response)
{
    TokenMembers members(root, provider);
    if (const std::optional<ErrorResponse> error = errorIn(root, status))
        response = readError(*error, members, provider, std::move(response));
    else if (isSuccess(status))
        response = readGrant(status, members, std::move(response));
    if (response.verdict == TokenVerdict::Granted)
        response.account = accountOf(root, response, provider);
    if (response.verdict != TokenVerdict::Granted && response.errorText.isEmpty() && response.errorCode.isEmpty())
        response.errorText = withoutReason(status);
    response.oddities += members.oddities();
    return response;
}

std::optional<base::Timestamp> endOf(const TokenResponse &response, const Provider &provider, base::Timestamp sentAt)
{
    if (response.expiresIn)
        return sentAt + *response.expiresIn;
    if (const auto claims = base::JwtClaims::decode(response.accessToken)) {
        if (const std::optional<base::Timestamp> end = claims->time("exp"))
            return end;
    }
    const std::optional<std::chrono::seconds> usual = provider.lifetimes().usual;
    return usual ? std::optional<base::Timestamp>(sentAt + *usual) : std::nullopt;
}

std::optional<base::Timestamp> endOfSignIn(const TokenResponse &response, const profile::TokenSet &before,
                                           const Provider &provider, base::Timestamp sentAt)
{
    const bool isFirst = before.refreshToken.isEmpty();
    std::optional<base::Timestamp> end;
    if (response.refreshTokenExpiresIn)
        end = sentAt + *response.refreshTokenExpiresIn;
    else if (isFirst && provider.signInLifetime && provider.signInLifetime->evidence == provider::Evidence::Measured)
        end = sentAt + provider.signInLifetime->value;
    if (isFirst)
        return end;
    if (!end)
        return before.refreshTokenExpiresAt;
    // Where renewing does not extend the sign-in, its end only ever comes nearer.
    if (provider.signInLifetime && before.refreshTokenExpiresAt)
        return std::min(*end, *before.refreshTokenExpiresAt);
    return end;
}

} // namespace

TokenResponse readTokenResponse(const Delivery &answer, const Provider &provider, base::Timestamp now)
{
    TokenResponse response;
    response.retryAfter = retryAfterIn(answer, now);
    if (answer.fate != Fate::Answered)
        return withVerdict(std::move(response), TokenVerdict::Transient,
                           answer.error ? answer.error->detail : QString());
    if (answer.status >= 300 && answer.status < 400)
        return withVerdict(
            std::move(response), TokenVerdict::Transient,
            say(QT_TRANSLATE_NOOP("OAuth", "redirected to '%1', which is not followed")).arg(redirectTarget(answer)));
    const auto document = JsonSpans::parse(answer.body.clone(), QStringLiteral("answer"), limits);
    if (!document || !document->root().isObject())
        return readWithoutObject(answer, std::move(response));
    return readObject(document->root(), answer.status, provider, std::move(response));
}

profile::TokenSet tokenSetOf(const TokenResponse &response, const profile::TokenSet &before, const Provider &provider,
                             base::Timestamp sentAt)
{
    profile::TokenSet tokens;
    tokens.refreshToken = response.refreshToken.isEmpty() ? before.refreshToken.clone() : response.refreshToken.clone();
    tokens.idToken = response.idToken.isEmpty() ? before.idToken.clone() : response.idToken.clone();
    if (response.accessToken.isEmpty()) { // only the successor could be saved
        tokens.accessToken = before.accessToken.clone();
        tokens.expiresAt = before.expiresAt;
        tokens.issuedAt = before.issuedAt;
        tokens.refreshTokenExpiresAt = before.refreshTokenExpiresAt;
        tokens.scopes = before.scopes;
        return tokens;
    }
    tokens.accessToken = response.accessToken.clone();
    tokens.issuedAt = sentAt;
    tokens.expiresAt = endOf(response, provider, sentAt);
    tokens.refreshTokenExpiresAt = endOfSignIn(response, before, provider, sentAt);
    tokens.scopes = response.scopes.value_or(before.scopes);
    return tokens;
}

} // namespace keytender::oauth
