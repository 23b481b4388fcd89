// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>
#include <map>
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

    bool operator==(const Incident &) const = default;
};

// When the end of a sign-in is told, the longest time first.
using Ladder = std::vector<std::chrono::seconds>;
[[nodiscard]] Ladder usualLadder(); // 7 days, 3 days, 1 day, 2 hours

[[nodiscard]] std::vector<Incident> incidentsOf(const std::map<QString, Row> &rows, const Surroundings &surroundings,
                                                const Ladder &ladder, base::Timestamp now);

} // namespace keytender::service
