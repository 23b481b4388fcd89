// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include <QObject>
#include <QPointer>
#include <QTimer>

#include "refresh/lineagebook.h"
#include "refresh/refreshattempt.h"
#include "refresh/refreshdue.h"

namespace keytender::refresh {

// When which login is refreshed, and that it is done once, whoever asks for it. One timer, at most 30 s; a look at both
// clocks each time, so that suspend and clock changes are noticed by themselves. Everybody who wants the same
// refresh token joins one attempt (F-16, F-24). At most two attempts at a time and two starts a second per provider
// (F-23); while no server has told the time, one attempt goes ahead of all others (F-98).
class RefreshSchedule final : public QObject {
    Q_OBJECT

public:
    static constexpr base::Milliseconds longestPause = std::chrono::seconds(30);
    static constexpr base::Milliseconds startInterval = std::chrono::milliseconds(500);
    static constexpr int mostAtOnce = 2;

    explicit RefreshSchedule(RefreshWorld world, QObject *parent = nullptr);
    ~RefreshSchedule() override;

    // What there is to tend. To be said again whenever a login's credential or care changed: a new token ends the
    // rest that the old one was in. May be said before start().
    void tend(TendedLogin login);
    void release(const QString &profileId); // an attempt that runs goes on

    void start();
    // No more starts; what runs is cancelled, which takes 5 s at most unless something cannot be stored.
    void stop();
    [[nodiscard]] bool isInFlight() const;

    // Now rather than within 30 s: after a wake, a change of the clock, a word about the network.
    void look();
    // As planned at the last look.
    [[nodiscard]] base::Milliseconds nextLookIn() const { return m_timer.intervalAsDuration(); }
    // A hint, never trusted alone: it ends pauses and begins none.
    void noteOnline();

    // Somebody wants this login fresh. `done` hears the outcome, with all others who asked meanwhile, unless `context`
    // is gone; at once and with Ending::NotNow where asking again so soon is not allowed, with the last outcome where
    // only a sign-in helps.
    void refresh(const QString &profileId, QObject *context, std::function<void(const Outcome &)> done);
    // An API refused this access token although it should be good: one more refresh, then no more (F-70).
    void noteRefused(const QString &profileId, const base::Fingerprint &accessToken);

    // For the display.
    [[nodiscard]] Due dueOf(const QString &profileId) const;
    [[nodiscard]] bool isRefreshing(const QString &profileId) const;
    [[nodiscard]] std::optional<Outcome> lastOf(const QString &profileId) const;
    [[nodiscard]] Moment now() const;
    [[nodiscard]] std::optional<base::Milliseconds> serverAhead() const; // of this machine's clock, once one told

Q_SIGNALS:
    void attemptStarted(const QStringList &profileIds);
    void stepTaken(const QStringList &profileIds, keytender::refresh::Step step);
    void storageFailing(const QStringList &profileIds, const keytender::base::Error &error);
    void attemptFinished(const keytender::refresh::Outcome &outcome);
    void settled(); // after stop(): nothing runs any more

private:
    struct Joiner {
        QPointer<QObject> context;
        std::function<void(const Outcome &)> done;
    };
    struct Running {
        std::unique_ptr<RefreshAttempt> attempt;
        QString providerId;
        base::Milliseconds startedAt{0}; // boot time
        base::Milliseconds sentAt{0};    // likewise
        bool isProbe = false;
    };
    struct Candidate {
        base::Fingerprint token;
        QString profileId;
        base::Timestamp lapses{};
        bool isDoubtful = false;
    };

    [[nodiscard]] std::vector<Candidate> candidates(const Moment &at, base::Milliseconds &wait);
    [[nodiscard]] bool mayStart(const Candidate &candidate, const Moment &at, base::Milliseconds &wait) const;
    [[nodiscard]] bool mayProbe(const Moment &at) const;
    void startAttempt(const Candidate &candidate, const Moment &at);
    void conclude(const base::Fingerprint &token, const Outcome &outcome);
    void answerStranded(const Moment &at);
    void answerJoiners(const base::Fingerprint &token, const Outcome &outcome);

    const RefreshWorld m_world;
    LineageBook m_book;
    ServerTime m_serverTime;
    std::unordered_map<base::Fingerprint, Running> m_running;             // by refresh token
    std::unordered_map<base::Fingerprint, std::vector<Joiner>> m_joiners; // likewise
    std::map<QString, base::Milliseconds> m_lastStart;                    // by provider, boot time
    std::optional<base::Milliseconds> m_probedOffset;                     // of the machine's wall clock from boot time
    bool m_isProbed = false;                                              // some server has been asked since start()
    bool m_isStarted = false;
    QTimer m_timer;
};

} // namespace keytender::refresh
