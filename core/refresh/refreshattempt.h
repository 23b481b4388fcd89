// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>
#include <optional>

#include <QObject>
#include <QTimer>

#include "refresh/lineagelock.h"
#include "refresh/outcome.h"
#include "refresh/refreshworld.h"
#include "vault/journalentry.h"
#include "vault/lineagejournal.h"

namespace keytender::refresh {

struct Settled;

// One refresh, from the lock to the last copy. Runs once and ends once, with finished().
//
//   LOCKED     our own locks, then the owner copies' own ─── not to be had ─▶ Busy, nothing sent
//     │
//   REREAD     journal, vault, copies, all under the locks
//     │          ├─ the journal holds an answer ─────────────────────────▶ RECEIVED
//     │          ├─ the journal holds an intent for this token ──────────▶ INTENT, as the one resend
//     │          ├─ somebody was faster ─────────────────────────────────▶ adopt, DONE, nothing sent
//     │          └─ something cannot be read ────────────────────────────▶ StorageFault, nothing sent
//   INTENT     durable in the journal ─── cannot be written ─▶ StorageFault, nothing sent
//     │
//   SENT       one POST, one deadline
//     │          ├─ nothing left this machine ───────────────────────────▶ NotSent
//     │          └─ the answer is unknown ─▶ REREAD ─▶ once more, promptly; then Unsure, the intent stays open
//   RECEIVED   the raw answer durable in the journal, then read
//     │          ├─ the grant is refused ─▶ copies again: newer? adopt. Else archive the token ▶ Rejected, AnswerLost
//     │          └─ other refusals, other people's answers ─▶ as Ending says; the token stays
//   STORED     vault durable ─── cannot be written ─▶ KeptInJournal; if neither can be, the answer stays in memory,
//     │          this goes on trying and is in flight until it succeeds
//   PUBLISHED  each owner copy by compare-and-swap
//     │
//   DONE       journal closed, locks released, finished()
//
// INV-1: between LOCKED and DONE nobody else spends this token. INV-2: INTENT is before SENT. INV-3: nobody hears of a
// token before STORED. INV-4: no way through here loses a refresh token that was not spent.
class RefreshAttempt final : public QObject {
    Q_OBJECT

public:
    static constexpr base::Milliseconds lockDeadline = std::chrono::seconds(10);
    static constexpr base::Milliseconds lastWords = std::chrono::seconds(5); // F-44

    RefreshAttempt(RefreshRequest request, RefreshWorld world, QObject *parent = nullptr);
    ~RefreshAttempt() override;

    void start();
    // Before anything is sent: ends at once. Afterwards: the answer is waited for no longer than `lastWords`, nothing
    // is sent again, and what has arrived is brought to its end.
    void cancel();
    // Something was sent, and its answer is not durable or not published: the program must not exit (F-44, F-74).
    [[nodiscard]] bool isInFlight() const;

Q_SIGNALS:
    void stepTaken(keytender::refresh::Step step);
    // A token is in memory alone and cannot be stored; said each time it was tried.
    void storageFailing(const keytender::base::Error &error);
    void finished(const keytender::refresh::Outcome &outcome);

private:
    enum class Stage { Idle, Locking, Reading, Sent, Settling, Storing, Publishing, Over };

    void lockCopies();
    void reread();
    [[nodiscard]] bool openJournal();
    void judgeRecord();
    void judgeCopies(const CopiesReading &reading);
    void send();
    void receive(oauth::Delivery delivery);
    void resolveUnsure();
    void keepAnswer(oauth::Delivery delivery);
    void settleAnswer();
    void judge(const Settled &settled);
    void holdOn(const base::Error &error);
    void remainUnsure();
    void lookForNewer();
    void judgeRefusal(const CopiesReading &reading);
    void adoptFrom(const CopiesReading &reading);
    void publish(Ending ending);
    void closeJournal();
    void take(Step step);
    void end(Ending ending, std::optional<base::Error> error = std::nullopt);
    [[nodiscard]] base::Milliseconds patienceOfOwners() const;
    [[nodiscard]] vault::JournalEntry intent() const;

    const RefreshRequest m_request;
    const RefreshWorld m_world;
    LineageLock m_lock;
    std::optional<vault::LineageJournal> m_journal;
    std::optional<vault::Record> m_record; // as read under the locks
    vault::JournalEntry m_entry;           // ours, as it should stand in the journal
    Outcome m_outcome;
    Stage m_stage = Stage::Idle;
    base::Fingerprint m_wanted;             // the refresh token that is to be spent
    base::Milliseconds m_copiesLockedAt{0}; // boot time
    base::Milliseconds m_storePause = std::chrono::milliseconds(250);
    QTimer m_deadline; // of an answer, should the transport forget
    QTimer m_storeAgain;
    int m_leg = 0;              // whoever answers an older one is not heard
    bool m_isUnsure = false;    // this token may have been taken already
    bool m_mayResend = true;    // not yet done in this attempt
    bool m_hasAdopted = false;  // after a refusal
    bool m_isJournaled = false; // the answer is
    bool m_isCancelled = false;
};

} // namespace keytender::refresh
