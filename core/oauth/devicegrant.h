// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>

#include <QObject>
#include <QStringList>

#include "base/clock.h"
#include "oauth/deviceauthorization.h"
#include "oauth/tokenresponse.h"

namespace keytender::oauth {

struct DeviceWorld {
    const base::Clock &clock;
    TokenTransport &transport;
    // Calls back after that time, unless the context is gone by then.
    std::function<void(base::Milliseconds, QObject *, std::function<void()>)> after;
    provider::EndpointRule rule = provider::EndpointRule::HttpsOnly;
};

// The world's `after` by QTimer.
[[nodiscard]] std::function<void(base::Milliseconds, QObject *, std::function<void()>)> afterByTimer();

struct DeviceOutcome {
    // How it ended; Cancelled where cancel() ended it. Absent = see the response.
    std::optional<base::Error> error;
    TokenResponse response;   // Granted, AccessDenied, ExpiredToken, GrantRejected, Configuration, Unusable
    base::Timestamp sentAt{}; // of the poll that was granted, for tokenSetOf()
};

// A sign-in by RFC 8628: ask for codes, offered(), poll until there is an answer or the codes end, finished() once.
// It starts by a person's own click and nothing else: whoever makes others enter a code takes their login (N-51, W-35).
class DeviceGrant final : public QObject {
    Q_OBJECT

public:
    DeviceGrant(provider::Provider provider, QStringList scopes, DeviceWorld world, QObject *parent = nullptr);

    void start();
    void cancel();

    // What to show, from offered() on.
    [[nodiscard]] const DeviceAuthorization &authorization() const { return m_authorization; }

Q_SIGNALS:
    void offered();
    void finished(const keytender::oauth::DeviceOutcome &outcome);

private:
    void receiveCodes(const Delivery &answer);
    void wait(std::chrono::seconds pause);
    void poll();
    void receivePoll(const Delivery &answer);
    void pollAgain(TokenVerdict verdict, std::optional<std::chrono::seconds> retryAfter);
    [[nodiscard]] base::Milliseconds left() const; // until the codes end, by boot time
    void expire();
    void end(DeviceOutcome outcome);

    provider::Provider m_provider;
    QStringList m_scopes;
    DeviceWorld m_world;
    DeviceAuthorization m_authorization;
    PollPace m_pace{std::chrono::seconds(5)};
    base::Milliseconds m_endsAt{0}; // boot time
    base::Timestamp m_sentAt{};
    bool m_isOver = false;
};

} // namespace keytender::oauth
