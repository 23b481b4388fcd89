// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <deque>
#include <memory>
#include <vector>

#include <QObject>

#include "refresh/signout.h"
#include "service/signin/signinfacts.h"

namespace keytender::service {

// What a sign-out would do to one login of our own. `kept`: why it would not be told to the provider.
[[nodiscard]] SignOutPreview::Login previewOf(const profile::Profile &login, const provider::Provider &provider,
                                              const SignOutScope &scope);
// How it is to be done.
[[nodiscard]] refresh::SignOutRequest requestFor(const SignOutPreview::Login &login,
                                                 const provider::Provider &provider);
// What became of it, in words.
[[nodiscard]] SignOutResult resultOf(const refresh::SignOutOutcome &outcome, const provider::Provider &provider);

// Signs out of several logins, a few at a time; each one for itself, so that a provider that is silent holds up no
// other.
class SignOutRound final : public QObject {
    Q_OBJECT

public:
    static constexpr std::size_t atOnce = 4;

    SignOutRound(std::vector<refresh::SignOutRequest> requests, refresh::SignOutWorld world, QObject *parent = nullptr);
    ~SignOutRound() override;

    void start();
    // More of them, while it is not finished().
    void add(std::vector<refresh::SignOutRequest> requests);
    // Those that have begun are brought to their end without waiting for the provider; the others do not begin.
    void cancel();

Q_SIGNALS:
    void ended(const keytender::refresh::SignOutOutcome &outcome, const keytender::provider::Provider &provider);
    void finished();

private:
    void next();

    std::deque<refresh::SignOutRequest> m_waiting;
    const refresh::SignOutWorld m_world;
    std::vector<std::unique_ptr<refresh::SignOut>> m_running;
    bool m_isOver = false;
};

} // namespace keytender::service
