// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>
#include <optional>

#include <QObject>
#include <QUrl>

#include "refresh/credentialstore.h"
#include "refresh/lineagelock.h"
#include "refresh/revocationrun.h"
#include "vault/refreshjournal.h"
#include "vault/revocationnotes.h"
#include "vault/tokenarchive.h"

namespace keytender::refresh {

struct SignOutWorld {
    const base::Clock &clock;
    base::Random &random;
    oauth::TokenTransport &transport;
    vault::Vault &vault;
    const vault::RefreshJournal &journal;
    vault::TokenArchive &archive;
    const vault::RevocationNotes &notes;
};

struct SignOutRequest {
    enum class Purpose {
        SignOut,
        ForgetHere, // without telling the provider: a separate act, and never what a person gets who asked for the
                    // first
        Resume,     // what a note says that was left behind: SignOut or ForgetHere
    };

    Purpose purpose = Purpose::SignOut;
    QString profileId;
    provider::Provider provider;
    base::Fingerprint lineage{}; // of the note, for Resume
};

// What everybody may know of a sign-out: no secret in it.
struct SignOutOutcome {
    enum class Ending {
        SignedOut,    // here, and the provider confirmed it
        StillValid,   // here; at the provider it is still valid, to be tried again at `nextTry`
        ByHand,       // here; the provider cannot be told, but the person can do it at `revokeByHand`
        Forgotten,    // here, as asked for; the provider was not told
        Gone,         // there was nothing (any more)
        NotOurs,      // a tool's login: not this story
        Busy,         // a refresh holds the lineage
        StorageFault, // `error`; what has begun is resumed, what has not changed nothing
        Cancelled,    // nothing happened
    };

    Ending ending = Ending::Cancelled;
    QString profileId;
    QString label;
    TokenEnd refreshToken = TokenEnd::None;
    TokenEnd accessToken = TokenEnd::None;
    bool mayHaveSuccessor = false; // a refresh token whose answer was lost may live on at the provider
    bool hasLeftHere = false;      // nothing of it is in the vault any more
    QString errorText;             // of the provider
    QUrl revokeByHand;             // empty where nobody knows
    QString alsoEnds;              // what else stops working
    std::uint64_t tries = 0;
    std::optional<base::Timestamp> nextTry;
    std::optional<base::Error> error;
};

// The pause before a revocation is tried again: doubled each time, up to 6 hours, never shorter than the server asked
// for; `jitter` from 0 to 1.
[[nodiscard]] base::Milliseconds revocationPause(std::uint64_t tries, std::optional<std::chrono::seconds> retryAfter,
                                                 double jitter);

// What `report` leaves of a note: the tokens that did not end, and when they are to be tried again.
void noteDown(vault::RevocationNote &note, const RevocationReport &report, const SignOutWorld &world);
[[nodiscard]] SignOutOutcome outcomeOf(const vault::RevocationNote &note, const RevocationReport &report,
                                       const provider::Provider &provider);

// An answer that a crash or a full disk left in the journal goes into the vault, which then holds the newest token;
// only under the lineage's lock. True where a refresh was on its way whose answer nobody knows.
[[nodiscard]] base::Result<bool> settleJournal(const QString &profileId, const provider::Provider &provider,
                                               const SignOutWorld &world);

// Ends one login of our own, in the order of N-42; the caller has taken it off the schedule. Runs once, ends once.
//
//   LOCKED   our lineage lock ─── not to be had ─▶ Busy
//   REREAD   an answer that a crash left in the journal goes into the vault first: it holds the newest token
//   NOTED    a sealed note, durable: from here on a kill anywhere is resumed by PendingRevocations
//   TOLD     the refresh token, then the access token, one POST each
//   ERASED   vault record, journal, archive, each durably; nothing of a login that came after
//   DONE     the note goes, or stays as a pending revocation with what the provider has not confirmed
class SignOut final : public QObject {
    Q_OBJECT

public:
    static constexpr base::Milliseconds lockDeadline = std::chrono::seconds(10);

    SignOut(SignOutRequest request, SignOutWorld world, QObject *parent = nullptr);

    void start();
    // Before NOTED: nothing happens. Afterwards: the provider is not waited for, and told later.
    void cancel();

Q_SIGNALS:
    void finished(const keytender::refresh::SignOutOutcome &outcome);

private:
    void reread();
    void note(const vault::Record &record);
    void resume();
    void tell();
    void erase(const RevocationReport &report);
    [[nodiscard]] base::Result<void> eraseHere();
    void end(const SignOutOutcome &outcome);
    void end(SignOutOutcome::Ending ending, std::optional<base::Error> error = std::nullopt);

    const SignOutRequest m_request;
    const SignOutWorld m_world;
    LineageLock m_lock;
    RevocationRun m_run;
    vault::RevocationNote m_note;
    bool m_isNoted = false;
    bool m_isRecordOurs = true; // false: another login has taken its place
    bool m_isOver = false;
};

} // namespace keytender::refresh
