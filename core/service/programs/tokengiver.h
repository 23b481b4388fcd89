// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <map>
#include <memory>
#include <set>
#include <vector>

#include <QPointer>

#include "base/knownsecrets.h"
#include "service/facts.h"
#include "service/programs/tokens.h"
#include "service/programs/tokenverdict.h"
#include "vault/vault.h"

namespace keytender::service {

struct TokenGiverWorld {
    std::function<base::Timestamp()> now; // corrected where a server has shown that our clock is wrong
    const vault::Vault &vault;
    std::function<const Row *(const QString &profileId)> rowOf; // null = there is none
    // Has a login renewed by whoever may. `ended` hears why there is nothing new, in a sentence; nothing where it is
    // too soon to try, and will be tried by itself. Unless `context` is gone.
    using Ended = std::function<void(const QString &why)>;
    std::function<void(const QString &profileId, QObject *context, Ended ended)> renew;
    std::shared_ptr<base::KnownSecrets> knownSecrets = {}; // learns what is given (S-20)
    base::Milliseconds patience = std::chrono::seconds(30);
};

// Tokens from the vault, which is asked each time: nothing is kept here, so that after a rotation or a sign-out there
// is nothing old to be given (S-56).
//
//   row and record ─▶ judgeToken ─▶ Give, Refuse ─▶ answered at once
//                        └▶ Renew ─▶ one renewal, joined by all who ask ─▶ each change and its end: judged again
//                                            └▶ `patience` is over: Unavailable, and the renewal goes on
class TokenGiver final : public Tokens {
    Q_OBJECT

public:
    explicit TokenGiver(TokenGiverWorld world, QObject *parent = nullptr);
    ~TokenGiver() override;

    void give(const TokenWish &wish, QObject *context, std::function<void(Answer)> done) override;
    void renew(const QString &profileId, QObject *context,
               std::function<void(std::optional<TokenRefusal>)> done) override;
    void noteRefused(const QString &profileId) override;

    // The row of this login is another one now, or gone.
    void noteChange(const QString &profileId);

private:
    struct Waiter {
        quint64 number = 0;
        TokenWish wish;
        QPointer<QObject> context;
        std::function<void(Answer)> done;
        base::Fingerprint insteadOf; // another one than this is wanted, however long it is good
        bool insists = false;        // ... and this one is no answer, even where there is no other
    };
    struct Judged {
        TokenVerdict verdict;
        vault::Record record;
    };
    enum class Renewal { UnderWay, Over };

    [[nodiscard]] Judged judge(const TokenWish &wish, const base::Fingerprint &insteadOf) const;
    [[nodiscard]] Answer answerOf(Judged judged) const;
    [[nodiscard]] TokenRefusal whyNotYet(const QString &profileId) const;
    [[nodiscard]] bool isTriedSoon(const QString &profileId) const;
    [[nodiscard]] base::Fingerprint refusedToken(const QString &profileId) const;
    void wait(Waiter waiter);
    void startRenewal(const QString &profileId);
    void endRenewal(const QString &profileId, const QString &why);
    void answerThose(const QString &profileId, Renewal renewal, const QString &why);
    void giveUp(const QString &profileId, quint64 number);

    const TokenGiverWorld m_world;
    std::map<QString, std::vector<Waiter>> m_waiters;           // by profile
    std::set<QString> m_renewing;                               // profiles whose renewal has not ended
    std::map<QString, base::Fingerprint> m_refused;             // access tokens that a server refused
    std::map<QString, base::Fingerprint> m_renewedAfterRefusal; // those that came in their place
    quint64 m_lastNumber = 0;
};

} // namespace keytender::service
