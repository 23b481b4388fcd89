// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "provider/provider.h"

namespace keytender::provider {

namespace {

profile::Lifetimes::Service serviceOf(const std::optional<Retirement> &retirement)
{
    using Service = profile::Lifetimes::Service;
    if (!retirement)
        return Service::Alive;
    return retirement->forEveryone ? Service::Ended : Service::EndedForSome;
}

} // namespace

profile::Lifetimes Provider::lifetimes() const
{
    profile::Lifetimes lifetimes;
    if (accessTokenLifetime && accessTokenLifetime->value > std::chrono::seconds(0))
        lifetimes.usual = accessTokenLifetime->value;
    if (ownerWindow)
        lifetimes.ownerWindow = ownerWindow->value;
    if (refreshTokenRotates)
        lifetimes.refreshTokenRotates = refreshTokenRotates->value;
    lifetimes.service = serviceOf(retirement);
    if (retirement) {
        lifetimes.serviceEndedOn = retirement->on;
        lifetimes.instead = retirement->instead;
    }
    return lifetimes;
}

bool Provider::endsGrant(const QString &errorCode) const
{
    const auto found = errorCodes.find(errorCode);
    return found != errorCodes.end() && found->second.value == Verdict::GrantRejected
           && found->second.evidence == Evidence::Measured;
}

} // namespace keytender::provider
