// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>
#include <optional>

#include <QDate>
#include <QStringList>

#include "profile/profile.h"

namespace keytender::profile {

enum class Health {
    Fresh,
    Due,
    Paused, // the access token lapsed, the refresh token lives: the next use renews it
    Refreshing,
    Waiting,
    Unsure,
    NeedsSignIn,
    Rejected, // the provider said no although the clock is fine
    Conflict,
    Expired,
    NoExpiry,
    Unreadable,
};

// Why the health is what it is, as far as it is worth saying.
enum class Reason {
    None,
    RenewedByItsTool, // nothing to do: the tool renews it at its next use
    SignInEndsSoon,   // at Condition::signInEndsAt
    SignInEnded,      // the refresh token's own end has passed
    TokenEndsSoon,    // at Condition::expiresAt, and nothing can renew it
    TokenEnded,
    SignedOut,           // the tool's record is gone
    LockedAwayByTool,    // the tool put the tokens away for a renewal that failed, or is not over
    BlankedByTool,       // the tool emptied its record after the provider's refusal
    ServiceEnded,        // the provider ended the service behind this login
    ServiceEndedForSome, // ... for some accounts, and the record does not say whether for this one
    CopyUnreadable,
    DifferentAccount,
    Ambiguous,
    KeychainLocked,
    // Of logins that Keytender renews by itself.
    Offline,       // nobody could be reached
    ServerTrouble, // the server is not well, or wants to be left alone
    StorageFails,  // what was renewed, or is to be, cannot be kept
    Blocked,       // somebody else holds the lock
    Misconfigured, // the server does not like how it was asked
    AnswerUnknown, // sent, and no answer came: to be sent once more
    Refused,       // the provider ended the sign-in
    AnswerLost,    // the provider took the refresh token, and its answer was lost
    OtherAccount,  // the provider answered with somebody else's login
    // Of keys and tokens that were handed out by hand.
    RotationDue, // it has been in use for long
};

// How loudly a profile speaks; the tray icon shows the loudest. In rising order.
enum class Severity { Well, Busy, Due, ActNow };

// How the renewing of a login goes that Keytender renews by itself: what the clocks alone cannot say.
struct Renewal {
    enum class State {
        Idle,
        Running,
        Waiting, // to be tried again by itself, at `nextTry` as far as one can tell
        Ended,   // only a new sign-in helps
    };
    State state = State::Idle;
    Reason reason = Reason::None; // of Waiting and Ended
    std::optional<base::Timestamp> nextTry;
    QString detail = {}; // what the provider or the system said, in a few words
    bool operator==(const Renewal &) const = default;
};

// The share of an access token's life after which it is renewed, unless the settings say otherwise.
inline constexpr double usualRenewalShare = 0.8;

// A profile's health at one moment: facts for words, no words.
struct Condition {
    Health health = Health::NoExpiry;
    Reason reason = Reason::None;
    Severity severity = Severity::Well;
    std::optional<base::Timestamp> dueAt;     // renewalShare of the access token's life, or ahead of the owner's window
    std::optional<base::Timestamp> renewsAt;  // from then on whoever cares for it renews it: we, or its tool when used
    std::optional<base::Timestamp> expiresAt; // of the access token
    std::optional<base::Timestamp> signInEndsAt; // of the sign-in
    std::optional<double> elapsed;               // share of the access token's life gone by: 0 to 1
    double renewalShare = usualRenewalShare;     // of it, after which a renewal is due
    bool hasClash = false;        // another profile holds the same lineage, and whoever renews second is logged out
    QStringList clashesWith = {}; // the labels of those others, as far as whoever knows them has filled them in
    QDate serviceEndedOn = {};    // with Reason::ServiceEnded and ServiceEndedForSome
    QString instead = {};         // what works today in its place, in a few words
    std::optional<base::Timestamp> nextTry = {}; // of what waits
    QString detail = {};                         // Renewal::detail

    bool operator==(const Condition &) const = default;
};

// What the provider says of its tokens, as far as health depends on it.
struct Lifetimes {
    std::optional<std::chrono::seconds> usual; // of an access token
    std::chrono::seconds ownerWindow{0};       // the tool renews by itself this long before the end
    bool refreshTokenRotates = true;           // false: many may share one, and none logs another out
    enum class Service { Alive, Ended, EndedForSome } service = Service::Alive;
    QDate serviceEndedOn = {};
    QString instead = {}; // what works today in its place
    // After which a key or token of our own that was handed out by hand should be replaced; absent = nobody reminds.
    std::optional<std::chrono::seconds> rotation = {};
    double renewalShare = usualRenewalShare; // of an access token's life: a person's choice, not the provider's

    bool operator==(const Lifetimes &) const = default;
};

// The one place that judges. Depends on nothing but its arguments. In this order:
//   copies    none held: blank, unreadable or absent decide (not for sign-ins of our own)
//   service   ended for everyone
//   accord    another account, or ambiguous
//   sign-in   the refresh token's own end: past, within 24 hours, within 3 days
//   renewing  under way, waiting, or at its end (only where Keytender renews by itself)
//   token     with a refresh token fresh, due, paused; without one fresh, due from 24 hours before its end, expired
// Dates outside of 2000 to 2200 are ignored. Clocks say when, never whether to forget: a date that passed by a jump of
// the clock is judged anew at the next look.
[[nodiscard]] Condition conditionOf(const Profile &profile, const Lifetimes &lifetimes, const Renewal &renewal,
                                    base::Timestamp now);
[[nodiscard]] Condition conditionOf(const Profile &profile, const Lifetimes &lifetimes, base::Timestamp now);

// Whoever renews this login, it is not us: its tool does it by itself, or when we ask it.
[[nodiscard]] bool isRenewedByItsTool(const Profile &profile);

} // namespace keytender::profile
