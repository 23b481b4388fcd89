// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "provider/provider.h"

#include <algorithm>

namespace keytender::provider {

namespace {

profile::Lifetimes::Service serviceOf(const std::optional<Retirement> &retirement)
{
    using Service = profile::Lifetimes::Service;
    if (!retirement)
        return Service::Alive;
    return retirement->forEveryone ? Service::Ended : Service::EndedForSome;
}

bool isOnLoopback(const QString &redirectUri)
{
    return QUrl(redirectUri).scheme() == u"http"; // the parser lets http through for loopback alone
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

bool Provider::offers(SignInWay way) const
{
    if (!clientId || !tokenEndpoint || (retirement && retirement->forEveryone))
        return false;
    if (signInWays && std::ranges::find(signInWays->ways, way) == signInWays->ways.end())
        return false;
    if (way == SignInWay::Device)
        return deviceAuthorizationEndpoint.has_value();
    if (!authorizationEndpoint || !redirectUris)
        return false;
    return way == SignInWay::Paste || std::ranges::any_of(redirectUris->value, isOnLoopback);
}

} // namespace keytender::provider
