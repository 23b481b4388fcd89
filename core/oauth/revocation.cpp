// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "oauth/revocation.h"

#include <algorithm>
#include <array>

#include <QCoreApplication>

#include "base/jsonspans.h"
#include "oauth/errorresponse.h"
#include "oauth/httpheaders.h"

namespace keytender::oauth {

using base::JsonSpans;
using provider::Provider;
using provider::RevocationStyle;

namespace {

constexpr base::JsonLimits limits{.bytes = 1u << 20, .depth = 64, .values = 100'000};

QString say(const char *text)
{
    return QCoreApplication::translate("OAuth", text);
}

template <std::size_t N>
bool contains(const std::array<QLatin1String, N> &codes, const QString &code)
{
    return std::ranges::find(codes, code) != codes.end();
}

bool isSuccess(int status)
{
    return status >= 200 && status < 300;
}

bool mayWorkLater(int status)
{
    return status >= 500 || status == 408 || status == 425 || status == 429;
}

bool hasNoSuchEndpoint(int status)
{
    return status == 404 || status == 405 || status == 410 || status == 501;
}

RevocationVerdict verdictOf(const QString &code, int status)
{
    static constexpr std::array gone{QLatin1String("invalid_token"), QLatin1String("token_revoked"),
                                     QLatin1String("token_expired")};
    static constexpr std::array unsupported{QLatin1String("unsupported_token_type")};
    static constexpr std::array later{QLatin1String("ratelimited"), QLatin1String("temporarily_unavailable"),
                                      QLatin1String("server_error")};
    if (contains(gone, code))
        return RevocationVerdict::AlreadyGone;
    if (contains(unsupported, code))
        return RevocationVerdict::Unsupported;
    return contains(later, code) || mayWorkLater(status) ? RevocationVerdict::Later : RevocationVerdict::NotConfirmed;
}

// Slack answers 200 whatever happened; what did is in the body.
bool saysRevoked(const std::optional<JsonSpans> &document)
{
    if (!document)
        return false;
    const base::Result<bool> isOk = document->root().member("ok").boolean();
    const base::Result<bool> isRevoked = document->root().member("revoked").boolean();
    return isOk && *isOk && isRevoked && *isRevoked;
}

// RFC 7009 section 2.2: the status alone. A page of somebody in between has it too.
bool isConfirmed(const Delivery &answer, const Provider &provider, const std::optional<JsonSpans> &document)
{
    if (provider.revocationConfirmation
        && !headerIn(answer.headers, provider.revocationConfirmation->value.toLatin1().constData()))
        return false;
    if (provider.revocationStyle && provider.revocationStyle->value == RevocationStyle::Bearer)
        return saysRevoked(document);
    return !answer.body.expose().starts_with('<');
}

RevocationAnswer readStatus(const Delivery &answer, const Provider &provider, const std::optional<JsonSpans> &document)
{
    if (isSuccess(answer.status)) {
        if (isConfirmed(answer, provider, document))
            return {.verdict = RevocationVerdict::Confirmed, .retryAfter = {}, .errorText = {}};
        return {.verdict = RevocationVerdict::NotConfirmed,
                .retryAfter = {},
                .errorText = say(QT_TRANSLATE_NOOP("OAuth", "the provider did not confirm it"))};
    }
    if (answer.status >= 300 && answer.status < 400)
        return {.verdict = RevocationVerdict::NotConfirmed,
                .retryAfter = {},
                .errorText = say(QT_TRANSLATE_NOOP("OAuth", "redirected to '%1', which is not followed"))
                                 .arg(redirectTarget(answer))};
    const RevocationVerdict verdict = hasNoSuchEndpoint(answer.status) ? RevocationVerdict::Unsupported
                                      : mayWorkLater(answer.status)    ? RevocationVerdict::Later
                                                                       : RevocationVerdict::NotConfirmed;
    return {.verdict = verdict,
            .retryAfter = {},
            .errorText = say(QT_TRANSLATE_NOOP("OAuth", "refused without a reason (status %1)")).arg(answer.status)};
}

} // namespace

RevocationAnswer readRevocationAnswer(const Delivery &answer, const Provider &provider, base::Timestamp now)
{
    RevocationAnswer meaning{.verdict = RevocationVerdict::Later, .retryAfter = {}, .errorText = {}};
    if (answer.fate != Fate::Answered) {
        meaning.errorText = answer.error ? answer.error->detail : QString();
        return meaning; // asked again, it is confirmed even if the first one arrived
    }
    std::optional<JsonSpans> document;
    if (base::Result<JsonSpans> parsed = JsonSpans::parse(answer.body.clone(), QStringLiteral("answer"), limits))
        document = *std::move(parsed);
    const std::optional<ErrorResponse> error = document ? readErrorResponse(document->root()) : std::nullopt;
    if (error)
        meaning = {.verdict = verdictOf(error->code, answer.status),
                   .retryAfter = {},
                   .errorText = error->text.isEmpty() ? error->code : error->text};
    else
        meaning = readStatus(answer, provider, document);
    meaning.retryAfter = retryAfterIn(answer, now);
    return meaning;
}

} // namespace keytender::oauth
