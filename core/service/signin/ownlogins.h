// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>

#include <QObject>
#include <QPointer>
#include <QString>

#include "base/knownsecrets.h"
#include "profile/health.h"
#include "provider/provider.h"
#include "refresh/pendingrevocations.h"
#include "refresh/refreshschedule.h"
#include "refresh/rollforward.h"
#include "service/facts.h"

namespace keytender::service {

struct OwnLoginsWorld {
    const base::Clock &clock;
    base::Random &random;
    oauth::TokenTransport &transport;
    vault::Vault &vault; // writable
    std::function<std::optional<provider::Provider>(const QString &providerId)> providerFor;
    std::shared_ptr<base::KnownSecrets> knownSecrets = {};
    // The copies of this login that lie with tools which renew it by themselves, as they are found just now; null =
    // there are none. Where they may not be written beside their tools, the result cannot be locked and says why.
    std::function<std::shared_ptr<refresh::OwnerCopies>(const QString &profileId)> copiesOf = {};
    std::function<double()> renewalShare = {}; // of an access token's life, as the settings have it now
};

// What happens to the logins that Keytender renews, its own and those that it shares with their tools, from the start
// of the program to its end:
//
//   sign-outs left behind ─▶ refreshes left behind ─▶ the schedule, until stop()
//
// A sign-out that was under way must not find its token renewed, and nothing is refreshed before the journal is rolled
// forward. Whoever signs in or out works on the same journal, archive and notes: signOutWorld().
class OwnLogins final : public QObject {
    Q_OBJECT

public:
    // What lies beside the records cannot be opened: nothing may be spent then.
    [[nodiscard]] static base::Result<std::unique_ptr<OwnLogins>> open(OwnLoginsWorld world);
    ~OwnLogins() override;

    void start();
    // No new refresh; what is under way is brought to its end, which takes 5 s at most unless a token cannot be stored.
    void stop();
    [[nodiscard]] bool isStopped() const { return m_isStopped; }

    // To be said whenever a login is new or another one, and when it is gone. Those that are not ours to renew are let
    // go; what is said while one is being renewed counts from the end of that.
    void follow(const profile::Profile &login);
    void release(const QString &profileId);

    void refresh(const QString &profileId);
    // `done` hears the outcome, with all others who ask meanwhile, unless `context` is gone. Whoever asks before the
    // first refresh may begin waits for that.
    void refresh(const QString &profileId, QObject *context, std::function<void(const refresh::Outcome &)> done);
    // Suspend, a change of the clock: look now rather than within 30 s.
    void look();
    void noteOnline();
    void retryRevocations();

    // Corrected where a server has shown that our clock is wrong.
    [[nodiscard]] base::Timestamp now() const { return m_schedule->now().wall; }
    [[nodiscard]] std::optional<base::Milliseconds> serverAhead() const { return m_schedule->serverAhead(); }
    [[nodiscard]] profile::Renewal renewalOf(const QString &profileId) const;
    // No provider could be reached at the last try.
    [[nodiscard]] bool isOffline() const { return m_isOffline; }
    [[nodiscard]] const std::vector<Surroundings::Leftover> &leftovers() const { return m_leftovers; }

    [[nodiscard]] refresh::SignOutWorld signOutWorld();
    [[nodiscard]] refresh::PendingRevocations &pendingRevocations() { return *m_revocations; }
    [[nodiscard]] const OwnLoginsWorld &world() const { return m_world; }
    // Something was noted to be revoked, or a note is gone.
    void readLeftovers();

Q_SIGNALS:
    void renewalChanged(const QString &profileId);
    void recordChanged(const QString &profileId); // of the vault
    void attempted(const keytender::refresh::Outcome &outcome);
    void revocationTried(const keytender::refresh::SignOutOutcome &outcome);
    void surroundingsChanged();
    void problemFound(const keytender::base::Error &error);
    void stopped();

private:
    class Credentials;
    struct Stores;

    OwnLogins(OwnLoginsWorld world, std::unique_ptr<Stores> stores);
    [[nodiscard]] refresh::RefreshWorld refreshWorld();
    void conclude(const refresh::Outcome &outcome);
    void noteReach(const refresh::Outcome &outcome);
    void settle();

    const OwnLoginsWorld m_world;
    std::unique_ptr<Stores> m_stores;
    std::unique_ptr<Credentials> m_credentials;
    std::unique_ptr<refresh::PendingRevocations> m_revocations;
    std::unique_ptr<refresh::RollForward> m_rollForward;
    std::unique_ptr<refresh::RefreshSchedule> m_schedule;
    std::map<QString, base::Fingerprint> m_tokens; // the refresh tokens of those that are tended
    // Those that are being renewed, with what was said of them meanwhile.
    std::map<QString, std::optional<profile::Profile>> m_underWay;
    std::map<QString, base::Error> m_unstored; // a token is in memory alone, by profile
    std::set<QString> m_unreached;             // profiles whose provider could not be reached at the last try
    std::vector<Surroundings::Leftover> m_leftovers;
    std::vector<std::function<void()>> m_early; // what was asked before the schedule has started
    bool m_isTending = false;                   // it has
    bool m_isOffline = false;
    bool m_isRolling = false;
    bool m_isStopping = false;
    bool m_isStopped = false;
};

} // namespace keytender::service
