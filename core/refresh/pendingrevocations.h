// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <deque>
#include <functional>
#include <memory>

#include <QObject>

#include "refresh/signout.h"

namespace keytender::refresh {

// Brings to its end what sign-outs left behind: those that a kill or a full disk interrupted, and tokens that the
// provider has not confirmed to be dead. One after another; with growing pauses, and never silently given up.
class PendingRevocations final : public QObject {
    Q_OBJECT

public:
    using ProviderFor = std::function<std::optional<provider::Provider>(const QString &providerId)>;
    // Calls back after that time, unless the context is gone by then.
    using After = std::function<void(base::Milliseconds, QObject *, std::function<void()>)>;

    static constexpr base::Milliseconds lookEvery = std::chrono::minutes(1); // while there is any
    static constexpr std::uint64_t mostTries = 60;                           // about two weeks

    PendingRevocations(SignOutWorld world, ProviderFor providerFor, After after, QObject *parent = nullptr);

    // At start, once, before anything is rolled forward or refreshed: a sign-out that was under way must not find its
    // token renewed. caughtUp() tells when that may begin.
    void start();
    // All of them, whatever their pauses: the network is back, or the person asked for it.
    void tryNow();

    // A token set that nobody holds any more: of a login that was replaced, or granted and not wanted. Durable when it
    // returns, and told to the provider from the next turn of the event loop on.
    [[nodiscard]] base::Result<void> add(const vault::RevocationNote &note);

    // A sign-out by somebody else may have left a note: it is gone through when it is due.
    void expect();

Q_SIGNALS:
    void caughtUp();
    // Of each that was tried, with what became of it.
    void tried(const keytender::refresh::SignOutOutcome &outcome);
    void problemFound(const keytender::base::Error &error);

private:
    enum class Which { Due, All };

    void look(Which which);
    void next();
    void finishSignOut(const vault::RevocationNote &note, const provider::Provider &provider);
    void judgeReplacement(vault::RevocationNote note, const provider::Provider &provider);
    void tell(vault::RevocationNote note, const provider::Provider &provider);
    void close(vault::RevocationNote note, const RevocationReport &report, const provider::Provider &provider);
    void conclude(const SignOutOutcome &outcome);
    void rest();

    const SignOutWorld m_world;
    const ProviderFor m_providerFor;
    const After m_after;
    std::deque<vault::RevocationNote> m_queue;
    std::unique_ptr<SignOut> m_signOut;
    std::unique_ptr<RevocationRun> m_run;
    bool m_isBusy = false;
    bool m_isWaiting = false; // a look is planned
    bool m_hasCaughtUp = false;
};

// A note of tokens to be revoked, without a record to be removed. Empty tokens make none: see hasTokens().
[[nodiscard]] vault::RevocationNote noteOf(const vault::Record &record, vault::RevocationNote::Phase phase,
                                           const SignOutWorld &world);

} // namespace keytender::refresh
