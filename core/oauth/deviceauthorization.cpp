// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "oauth/deviceauthorization.h"

#include <algorithm>
#include <cmath>

#include <QCoreApplication>

#include "base/jsonspans.h"
#include "oauth/errorresponse.h"

namespace keytender::oauth {

using base::JsonValue;
using namespace std::chrono_literals;

namespace {

constexpr base::JsonLimits limits{.bytes = 1u << 20, .depth = 64, .values = 100'000};
constexpr std::chrono::seconds longestWait = 60s;

QString say(const char *text)
{
    return QCoreApplication::translate("OAuth", text);
}

base::Unexpected<base::Error> refused(const QString &detail)
{
    return base::unexpected({.kind = base::ErrorKind::TimedOut,
                             .subject = say(QT_TRANSLATE_NOOP("OAuth", "device authorization")),
                             .place = {},
                             .detail = detail});
}

std::chrono::seconds secondsAt(const JsonValue &value, std::chrono::seconds otherwise, std::chrono::seconds most)
{
    const base::Result<double> number = value.number();
    if (!number || !std::isfinite(*number) || *number < 1)
        return otherwise;
    return std::chrono::seconds(static_cast<std::int64_t>(std::min(*number, static_cast<double>(most.count()))));
}

bool isLoopback(const QUrl &url)
{
    return url.host() == u"127.0.0.1" || url.host() == u"::1" || url.host() == u"localhost";
}

bool mayBeOpened(const QUrl &url, provider::EndpointRule rule)
{
    const bool isPlain = url.scheme() == u"http" && isLoopback(url) && rule == provider::EndpointRule::HttpsOrLoopback;
    return url.isValid() && !url.host().isEmpty() && url.userInfo().isEmpty() && (url.scheme() == u"https" || isPlain);
}

QUrl addressAt(const JsonValue &root, std::initializer_list<std::string_view> names)
{
    for (const std::string_view name : names) {
        if (const base::Result<QString> text = root.member(name).string())
            return QUrl(*text, QUrl::StrictMode);
    }
    return {};
}

base::Secret codeAt(const JsonValue &value)
{
    base::Result<base::Secret> code = value.secret();
    const auto isShown = [](char c) { return c >= 0x20 && c < 0x7f; };
    return code && std::ranges::all_of(code->expose(), isShown) ? *std::move(code) : base::Secret();
}

// Only what leads where the plain address leads: the person has read that one.
base::Secret completeAddress(const JsonValue &root, const QUrl &plain, provider::EndpointRule rule)
{
    base::Secret text = codeAt(root.member("verification_uri_complete"));
    const QUrl url = QUrl::fromEncoded(
        QByteArray::fromRawData(text.expose().data(), static_cast<qsizetype>(text.size())), QUrl::StrictMode);
    return mayBeOpened(url, rule) && url.host() == plain.host() ? std::move(text) : base::Secret();
}

} // namespace

base::Result<DeviceAuthorization> readDeviceAuthorization(const Delivery &answer, provider::EndpointRule rule)
{
    if (answer.fate != Fate::Answered)
        return answer.error ? base::unexpected(*answer.error) : refused({});
    const auto document = base::JsonSpans::parse(answer.body.clone(), QStringLiteral("answer"), limits);
    if (!document || !document->root().isObject())
        return refused(say(QT_TRANSLATE_NOOP("OAuth", "the answer cannot be read (status %1)")).arg(answer.status));
    const JsonValue root = document->root();
    if (const std::optional<ErrorResponse> error = readErrorResponse(root))
        return refused(error->text.isEmpty() ? error->code : error->text);
    DeviceAuthorization authorization;
    authorization.deviceCode = codeAt(root.member("device_code"));
    authorization.userCode = codeAt(root.member("user_code"));
    authorization.verificationUri = addressAt(root, {"verification_uri", "verification_url"});
    if (answer.status != 200 || authorization.deviceCode.isEmpty() || authorization.userCode.isEmpty())
        return refused(
            say(QT_TRANSLATE_NOOP("OAuth", "there is no code in the answer (status %1)")).arg(answer.status));
    if (!mayBeOpened(authorization.verificationUri, rule))
        return refused(say(QT_TRANSLATE_NOOP("OAuth", "the address to open is not https")));
    authorization.verificationUriComplete = completeAddress(root, authorization.verificationUri, rule);
    authorization.expiresIn = secondsAt(root.member("expires_in"), authorization.expiresIn, 1h);
    authorization.interval = secondsAt(root.member("interval"), authorization.interval, longestWait);
    return authorization;
}

std::chrono::seconds PollPace::next() const
{
    const std::chrono::seconds doubled = m_interval * (1 << std::min(m_failures, 6));
    return m_failures == 0 ? m_interval : std::max(m_interval, std::min(doubled, longestWait));
}

} // namespace keytender::oauth
