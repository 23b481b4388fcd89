// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "fakes/plainhttp.h"

#include <memory>

#include <QJsonDocument>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QSignalSpy>

namespace keytender::fakes {

namespace {

constexpr int patience = 10'000; // ms

QNetworkRequest requestFor(const QUrl &url)
{
    QNetworkRequest request(url);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setTransferTimeout(patience);
    return request;
}

// A "+" means a space in a form and QUrlQuery leaves it alone.
QByteArray encoded(const QUrlQuery &form)
{
    return form.toString(QUrl::FullyEncoded).replace(u'+', QStringLiteral("%2B")).toLatin1();
}

} // namespace

QJsonObject PlainAnswer::json() const
{
    return QJsonDocument::fromJson(body).object();
}

PlainHttp::PlainHttp()
{
    m_network.setProxy(QNetworkProxy::NoProxy);
}

PlainAnswer PlainHttp::get(const QUrl &url)
{
    return answerOf(m_network.get(requestFor(url)));
}

PlainAnswer PlainHttp::get(const QUrl &url, const QByteArray &accessToken)
{
    QNetworkRequest request = requestFor(url);
    request.setRawHeader("Authorization", "Bearer " + accessToken);
    return answerOf(m_network.get(request));
}

PlainAnswer PlainHttp::post(const QUrl &url, const QUrlQuery &form)
{
    QNetworkRequest request = requestFor(url);
    request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/x-www-form-urlencoded"));
    return answerOf(m_network.post(request, encoded(form)));
}

PlainAnswer PlainHttp::answerOf(QNetworkReply *reply)
{
    const std::unique_ptr<QNetworkReply> owned(reply);
    QSignalSpy finished(reply, &QNetworkReply::finished);
    if (!reply->isFinished() && !finished.wait(patience))
        return {};
    // QNetworkRequest::LocationHeader knows absolute ones only.
    const QUrl location = QUrl::fromEncoded(reply->rawHeader("Location"));
    return {.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(),
            .location = location.isEmpty() ? QUrl() : reply->url().resolved(location),
            .body = reply->readAll()};
}

} // namespace keytender::fakes
