// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "oauth/devicegrant.h"

#include <algorithm>

#include <QTimer>

#include "oauth/tokenrequests.h"

namespace keytender::oauth {

std::function<void(base::Milliseconds, QObject *, std::function<void()>)> afterByTimer()
{
    return [](base::Milliseconds pause, QObject *context, std::function<void()> done) {
        QTimer::singleShot(pause, context, std::move(done));
    };
}

DeviceGrant::DeviceGrant(provider::Provider provider, QStringList scopes, DeviceWorld world, QObject *parent)
    : QObject(parent), m_provider(std::move(provider)), m_scopes(std::move(scopes)), m_world(std::move(world))
{
}

void DeviceGrant::start()
{
    m_world.transport.post(deviceAuthorizationPost(m_provider, m_scopes), this,
                           [this](Delivery answer) { receiveCodes(answer); });
}

void DeviceGrant::cancel()
{
    DeviceOutcome outcome;
    outcome.error =
        base::Error{.kind = base::ErrorKind::Cancelled, .subject = m_provider.name, .place = {}, .detail = {}};
    end(std::move(outcome));
}

void DeviceGrant::receiveCodes(const Delivery &answer)
{
    if (m_isOver)
        return;
    base::Result<DeviceAuthorization> authorization = readDeviceAuthorization(answer, m_world.rule);
    if (!authorization) {
        DeviceOutcome outcome;
        outcome.error = authorization.error();
        outcome.error->subject = m_provider.name;
        end(std::move(outcome));
        return;
    }
    m_authorization = *std::move(authorization);
    m_pace = PollPace(m_authorization.interval);
    m_endsAt = m_world.clock.bootTime() + m_authorization.expiresIn;
    Q_EMIT offered();
    wait(m_pace.next());
}

base::Milliseconds DeviceGrant::left() const
{
    return m_endsAt - m_world.clock.bootTime();
}

void DeviceGrant::wait(std::chrono::seconds pause)
{
    if (m_isOver)
        return;
    const base::Milliseconds atMost = std::max(left(), base::Milliseconds(0));
    m_world.after(std::min<base::Milliseconds>(pause, atMost), this, [this] { poll(); });
}

void DeviceGrant::poll()
{
    if (m_isOver)
        return;
    if (left() <= base::Milliseconds(0)) {
        expire();
        return;
    }
    m_sentAt = m_world.clock.wallTime();
    m_world.transport.post(devicePollPost(m_provider, m_authorization.deviceCode), this,
                           [this](Delivery answer) { receivePoll(answer); });
}

void DeviceGrant::receivePoll(const Delivery &answer)
{
    if (m_isOver)
        return;
    DeviceOutcome outcome;
    outcome.response = readTokenResponse(answer, m_provider, m_world.clock.wallTime());
    outcome.sentAt = m_sentAt;
    switch (outcome.response.verdict) {
    case TokenVerdict::AuthorizationPending:
    case TokenVerdict::SlowDown:
    case TokenVerdict::Transient:
        pollAgain(outcome.response.verdict, outcome.response.retryAfter);
        return;
    default:
        end(std::move(outcome));
    }
}

void DeviceGrant::pollAgain(TokenVerdict verdict, std::optional<std::chrono::seconds> retryAfter)
{
    if (verdict == TokenVerdict::Transient)
        m_pace.failed();
    else
        m_pace.answered();
    if (verdict == TokenVerdict::SlowDown)
        m_pace.slowDown();
    wait(std::max(m_pace.next(), retryAfter.value_or(std::chrono::seconds(0))));
}

void DeviceGrant::expire()
{
    DeviceOutcome outcome;
    outcome.response.verdict = TokenVerdict::ExpiredToken;
    end(std::move(outcome));
}

void DeviceGrant::end(DeviceOutcome outcome)
{
    if (m_isOver)
        return;
    m_isOver = true;
    m_authorization = {};
    Q_EMIT finished(outcome);
}

} // namespace keytender::oauth
