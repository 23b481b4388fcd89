// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <vector>

#include <QObject>

#include "base/result.h"
#include "oauth/delivery.h"
#include "provider/providerloader.h"

namespace keytender::oauth {

// A server that people bring themselves: its issuer, as they were given it, and the client id they have there.
struct DiscoverySubject {
    QString issuer;
    QString clientId;
    provider::EndpointRule rule = provider::EndpointRule::HttpsOnly;
};

// Where its metadata may be, the better place first: RFC 8414 section 3.1, then OpenID Connect Discovery section 4.
// Empty where the issuer is no https address without query and fragment.
[[nodiscard]] std::vector<QUrl> metadataAddresses(const DiscoverySubject &subject);

// The provider that the metadata describes (N-60): the issuer must be the same to the byte, the endpoints https, and
// S256 among the code challenge methods if they are listed. Never for a built-in provider: their endpoints are pinned
// (N-61).
[[nodiscard]] base::Result<provider::Provider> readMetadata(const Delivery &answer, const DiscoverySubject &subject);

// Asks one address after the other.
class Discovery final : public QObject {
    Q_OBJECT

public:
    Discovery(DiscoverySubject subject, DocumentTransport &transport, QObject *parent = nullptr);

    void start();
    void cancel();

Q_SIGNALS:
    void finished(const keytender::base::Result<keytender::provider::Provider> &provider);

private:
    void askNext(std::size_t address);
    void end(const base::Result<provider::Provider> &provider);

    DiscoverySubject m_subject;
    DocumentTransport &m_transport;
    std::vector<QUrl> m_addresses;
    bool m_isOver = false;
};

} // namespace keytender::oauth
