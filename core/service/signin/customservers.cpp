// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/signin/customservers.h"

#include <utility>

#include <QPointer>

#include "base/durablefile.h"
#include "provider/providerwriter.h"

namespace keytender::service {

CustomServers::CustomServers(World world, QObject *parent) : QObject(parent), m_world(std::move(world)) {}

CustomServers::~CustomServers() = default;

void CustomServers::add(const CustomServer &server, const provider::ProviderSet &known, QObject *context, Done done)
{
    if (m_discovery)
        m_discovery.release()->deleteLater(); // perhaps it is telling somebody its end just now
    m_discovery = std::make_unique<oauth::Discovery>(oauth::DiscoverySubject{.issuer = server.issuer.trimmed(),
                                                                             .clientId = server.clientId.trimmed(),
                                                                             .rule = m_world.rule},
                                                     m_world.documents);
    connect(m_discovery.get(), &oauth::Discovery::finished, context,
            [this, known, done = std::move(done)](const base::Result<provider::Provider> &found) {
                done(found ? keep(*found, known) : found);
            });
    m_discovery->start();
}

base::Result<provider::Provider> CustomServers::keep(provider::Provider provider,
                                                     const provider::ProviderSet &known) const
{
    const provider::Provider *other = known.find(provider.id);
    if (other != nullptr && (other->isBuiltIn || other->issuer != provider.issuer))
        return base::unexpected({.kind = base::ErrorKind::Overridden,
                                 .subject = provider.issuer->value,
                                 .place = {},
                                 .detail = tr("there is another provider called '%1' already").arg(provider.id)});
    const base::DurableFile files(m_world.directory, m_world.random);
    if (const auto prepared = files.prepareDirectory(); !prepared)
        return base::unexpected(prepared.error());
    const QByteArray text = provider::providerFile(provider);
    const auto written =
        files.write(provider.id + QStringLiteral(".json"), {text.constData(), static_cast<std::size_t>(text.size())});
    if (!written)
        return base::unexpected(written.error());
    return provider;
}

} // namespace keytender::service
