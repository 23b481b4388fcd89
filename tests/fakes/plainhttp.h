// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QUrl>
#include <QUrlQuery>

namespace keytender::fakes {

// What one request brought.
struct PlainAnswer {
    int status = 0; // 0: none came
    QUrl location;  // absolute; empty where the answer is no redirect
    QByteArray body;

    [[nodiscard]] QJsonObject json() const;
};

// Plain requests without any of our code, to check it against: no proxy, no redirect followed, cookies kept. Each call
// waits for its answer, 10 s at most; the event loop runs meanwhile, so that what serves in this thread can answer.
class PlainHttp final {
public:
    PlainHttp();

    [[nodiscard]] PlainAnswer get(const QUrl &url);
    [[nodiscard]] PlainAnswer get(const QUrl &url, const QByteArray &accessToken);
    [[nodiscard]] PlainAnswer post(const QUrl &url, const QUrlQuery &form);

private:
    [[nodiscard]] PlainAnswer answerOf(QNetworkReply *reply);

    QNetworkAccessManager m_network;
};

} // namespace keytender::fakes
