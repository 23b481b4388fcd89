// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "oauth/networktransport.h"

#include <QCoreApplication>
#include <QNetworkRequest>
#include <QSslConfiguration>

#include "oauth/networkexchange.h"

namespace keytender::oauth {

namespace {

// N-21, S-61: the secret in the request is for one host, behind TLS. Plain http reaches no further than this machine.
bool isSafe(const QUrl &endpoint)
{
    const QString host = endpoint.host();
    const bool isLoopback = host == u"127.0.0.1" || host == u"::1" || host == u"localhost";
    return endpoint.isValid() && !host.isEmpty() && endpoint.userInfo().isEmpty()
           && (endpoint.scheme() == u"https" || (endpoint.scheme() == u"http" && isLoopback));
}

base::Error unsafe(const QUrl &endpoint)
{
    return {.kind = base::ErrorKind::Misconfigured,
            .subject = endpoint.toDisplayString(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment),
            .place = {},
            .detail = QCoreApplication::translate("OAuth", "is not https")};
}

QSslConfiguration tlsWith(const QList<QSslCertificate> &furtherAuthorities)
{
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setProtocol(QSsl::TlsV1_2OrLater);
    tls.setPeerVerifyMode(QSslSocket::VerifyPeer);
    tls.addCaCertificates(furtherAuthorities);
    return tls;
}

void setAttributes(QNetworkRequest &request)
{
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy); // N-22
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
    request.setAttribute(QNetworkRequest::HttpPipeliningAllowedAttribute, false);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
}

QNetworkRequest requestFor(const QUrl &endpoint, const Headers &headers, const base::Secret &bearer)
{
    QNetworkRequest request(endpoint);
    setAttributes(request);
    request.setRawHeader("Accept", "application/json");  // without it GitHub answers with a form
    request.setRawHeader("Accept-Encoding", "identity"); // no bomb to unpack (F-40)
    request.setRawHeader("Accept-Language", "en");
    request.setRawHeader("Connection", "close");
    request.setRawHeader("User-Agent", "Keytender"); // Qt's own, Mozilla/5.0, is throttled by some
    for (const auto &[name, value] : headers)
        request.setRawHeader(name, value);
    // Qt takes a header as a QByteArray only, and keeps it until the exchange is over; it cannot be wiped.
    if (!bearer.isEmpty())
        request.setRawHeader("Authorization", QByteArray("Bearer ").append(bearer.expose().data(),
                                                                           static_cast<qsizetype>(bearer.size())));
    return request;
}

} // namespace

NetworkTransport::NetworkTransport(QList<QSslCertificate> furtherAuthorities)
    : m_furtherAuthorities(std::move(furtherAuthorities))
{
}

void NetworkTransport::post(Post request, QObject *context, std::function<void(Delivery)> done)
{
    auto *exchange = new NetworkExchange(context, std::move(done), &m_exchanges);
    if (!isSafe(request.endpoint)) {
        exchange->refuse(unsafe(request.endpoint));
        return;
    }
    base::Secret body = bodyOf(request.parameters, request.encoding);
    QNetworkRequest prepared = requestFor(request.endpoint, request.headers, request.bearer);
    if (request.endpoint.scheme() == u"https")
        prepared.setSslConfiguration(tlsWith(m_furtherAuthorities));
    prepared.setHeader(QNetworkRequest::ContentTypeHeader, contentTypeOf(request.encoding));
    prepared.setHeader(QNetworkRequest::ContentLengthHeader, static_cast<qint64>(body.size()));
    exchange->start(prepared, std::move(body), request.deadline);
}

void NetworkTransport::get(Get request, QObject *context, std::function<void(Delivery)> done)
{
    auto *exchange = new NetworkExchange(context, std::move(done), &m_exchanges);
    if (!isSafe(request.endpoint)) {
        exchange->refuse(unsafe(request.endpoint));
        return;
    }
    QNetworkRequest prepared = requestFor(request.endpoint, request.headers, request.bearer);
    if (request.endpoint.scheme() == u"https")
        prepared.setSslConfiguration(tlsWith(m_furtherAuthorities));
    exchange->start(prepared, std::nullopt, request.deadline);
}

} // namespace keytender::oauth
