// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <unordered_map>

#include <QString>
#include <QStringList>

#include "base/random.h"
#include "provider/provider.h"
#include "refresh/outcome.h"
#include "refresh/ownercopies.h"
#include "refresh/refreshdue.h"

namespace keytender::refresh {

// A login that the schedule is to keep fresh.
struct TendedLogin {
    QString profileId;
    profile::CredentialFacts credential;
    profile::Care care = profile::Care::Watched;
    base::Timestamp firstSeenAt{};
    std::shared_ptr<const provider::Provider> provider;
    std::function<std::shared_ptr<OwnerCopies>()> copies; // none: a login of our own
    double renewalShare = profile::usualRenewalShare;     // of its access token's life
};

// All tended logins with what became of them. Values and bookkeeping, no I/O.
class LineageBook final {
public:
    struct Entry {
        TendedLogin login;
        LineageHistory history;
        double jitter = 0.5; // of this access token
        std::optional<Outcome> last;
        bool wasRenewedAfterRefusal = false; // this access token came of a refresh that F-70 asked for

        [[nodiscard]] PlannedLogin planned() const;
    };

    explicit LineageBook(base::Random &random) : m_random(random) {}

    // Another access token begins a new plan, another refresh token ends what the old one was refused for.
    void tend(TendedLogin login, const Moment &at);
    void release(const QString &profileId);
    void restoreRefusals(const QString &profileId, const std::vector<base::Timestamp> &refusals);

    [[nodiscard]] const std::map<QString, Entry> &entries() const { return m_entries; }
    [[nodiscard]] const Entry *find(const QString &profileId) const;
    // Those that hold this refresh token, in the order of their ids.
    [[nodiscard]] QStringList sharersOf(const base::Fingerprint &refreshToken) const;

    [[nodiscard]] Due dueOf(const Entry &entry, const Moment &at) const;
    // Likewise, for somebody who does not want to wait for the plan: rest and budgets hold.
    [[nodiscard]] Due dueOnDemand(const Entry &entry, const Moment &at) const;

    // True where one more refresh is to be tried for it.
    bool noteRefused(const QString &profileId, const base::Fingerprint &accessToken);
    void noteOnline();
    void noteDelivery(const base::Fingerprint &refreshToken, base::Milliseconds boot);
    void conclude(const base::Fingerprint &refreshToken, const Outcome &outcome, const Moment &at);

private:
    void concludeOne(Entry &entry, const Outcome &outcome, const Moment &at);
    void takeToken(Entry &entry, const profile::CredentialFacts &credential, const Moment &at);
    void reindex(Entry &entry, const base::Fingerprint &before);
    [[nodiscard]] double draw(); // 0 to 1

    base::Random &m_random;
    std::map<QString, Entry> m_entries;
    std::unordered_map<base::Fingerprint, std::set<QString>> m_byToken;
};

} // namespace keytender::refresh
