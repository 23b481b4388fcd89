// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <memory>

#include <QObject>

#include "base/random.h"
#include "oauth/discovery.h"
#include "provider/providerloader.h"
#include "service/signin/signinfacts.h"

namespace keytender::service {

// Servers that people bring themselves, by issuer and client id: what their metadata says becomes a provider file in
// the user's own directory, which anybody may read and change.
class CustomServers final : public QObject {
    Q_OBJECT

public:
    struct World {
        oauth::DocumentTransport &documents;
        base::Random &random;
        QString directory; // of provider files
        provider::EndpointRule rule = provider::EndpointRule::HttpsOnly;
    };
    explicit CustomServers(World world, QObject *parent = nullptr);
    ~CustomServers() override;

    // `known`: what there is now. `done` hears the provider whose file is durable, unless `context` is gone; another
    // add() cancels this one.
    using Done = std::function<void(const base::Result<provider::Provider> &)>;
    void add(const CustomServer &server, const provider::ProviderSet &known, QObject *context, Done done);

private:
    [[nodiscard]] base::Result<provider::Provider> keep(provider::Provider provider,
                                                        const provider::ProviderSet &known) const;

    const World m_world;
    std::unique_ptr<oauth::Discovery> m_discovery;
};

} // namespace keytender::service
