// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>
#include <map>
#include <set>
#include <vector>

#include <QString>

#include "service/facts.h"

namespace keytender::service {

// Something that a person is to be told of without having asked. One incident is one notification: it is replaced when
// what it says changes, speaks again when `stage` rises, and goes when the incident is over.
struct Incident {
    enum class Kind {
        SignInNeeded,   // renewing failed for good, or the sign-in was ended elsewhere
        RenewalFailing, // for a while, and the token is about to lapse
        SignInEnds,     // on the ladder
        TokenEnds,      // of what nothing renews, on the ladder
        RotationDue,
        Unsafe, // a login that cannot be read or stored, a clash, another account
        KeychainLocked,
    };
    enum class Action { SignIn, Retry, Why, Unlock };

    QString key; // the same for the same incident: "signInNeeded/anthropic"
    Kind kind = Kind::SignInNeeded;
    QString profileId;           // empty where it concerns all
    QString title;               // "Anthropic · me@example.com: sign in again"
    QString text;                // the sentence that says what and why
    std::vector<Action> actions; // the first is what a click on the notification does
    bool isUrgent = false;       // critical: stays until it is seen
    int stage = 0;
    // What it says apart from how long that is away, which differs at every look.
    QString gist = {};

    // A reminder of a date, told once at each stage; everything else goes on until somebody acts.
    [[nodiscard]] bool isReminder() const;
    bool operator==(const Incident &) const = default;
};

// When the end of a sign-in is told, the longest time first.
using Ladder = std::vector<std::chrono::seconds>;
[[nodiscard]] Ladder usualLadder(); // 7 days, 3 days, 1 day, 2 hours

// What one look at everything found.
struct Findings {
    std::vector<Incident> incidents; // what concerns all first, then the urgent, then in the order of the rows
    // Logins that nothing can be said of just now: they are being renewed, or behind a locked keychain. What a person
    // was told of them stands.
    std::set<QString> undecided = {};
    bool isWhole = true; // false: Keytender's own store is not open, and logins may be missing

    bool operator==(const Findings &) const = default;
};

// Tells of what the person must act on, and of nothing else: not of a service that nobody can reach (`isOffline`), of
// logins that a person signed out of, and of tools' logins that had ended before Keytender first saw them. A rung of
// the ladder counts for a token only that lives at least twice as long: 2 hours say nothing of one that lives for
// three.
[[nodiscard]] Findings incidentsOf(const std::map<QString, Row> &rows, const Surroundings &surroundings,
                                   const Ladder &ladder, base::Timestamp now);

} // namespace keytender::service
