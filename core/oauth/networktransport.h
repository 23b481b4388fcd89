// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QList>
#include <QObject>
#include <QSslCertificate>

#include "oauth/delivery.h"

namespace keytender::oauth {

// The wire over QNetworkAccessManager, one for each request, so that nothing is shared or kept: no connection, cookie,
// cache or session. No proxy, whatever the environment says. https, or http on loopback. Must outlive its
// requests; those still under way are given up without a word when it goes.
class NetworkTransport final : public TokenTransport, public DocumentTransport {
public:
    // `furtherAuthorities` are trusted beside the system's (S-60).
    explicit NetworkTransport(QList<QSslCertificate> furtherAuthorities = {});

    void post(Post request, QObject *context, std::function<void(Delivery)> done) override;
    void get(Get request, QObject *context, std::function<void(Delivery)> done) override;

private:
    QList<QSslCertificate> m_furtherAuthorities;
    QObject m_exchanges; // the parent of those under way
};

} // namespace keytender::oauth
