// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>

#include "base/timestamp.h"
#include "service/facts.h"

namespace keytender::ui {

// All that a row says, in the words of profile/words.h. Holds no secret, since a Row holds none.
struct RowText {
    QString who;         // "Claude Code"
    QString account;     // "dev@example.com · Max"
    QString headline;    // "renews in 5 h 12 min"
    QString copies;      // "~/.claude/.credentials.json", "3 copies in step", "kept fresh by Keytender"
    QString secondClock; // "sign-in ends in 9 days", "created 143 days ago"
    QString sentence;    // what the box says; empty = no box

    bool operator==(const RowText &) const = default;
};

[[nodiscard]] RowText rowTextOf(const service::Row &row, base::Timestamp now);

// The exact times behind the words, one line each: for tooltips and screen readers.
[[nodiscard]] QString exactTimesOf(const service::Row &row);
// The whole row in one breath.
[[nodiscard]] QString spoken(const RowText &text);

// "Sunday, 22 November 2026 14:02:55", in the user's own format and time zone.
[[nodiscard]] QString exactTime(base::Timestamp time);
// "just now", "5 min ago"
[[nodiscard]] QString ago(base::Timestamp then, base::Timestamp now);
// "~/.claude/.credentials.json"
[[nodiscard]] QString shortPath(const QString &path);
// A new sign-in would help.
[[nodiscard]] bool wantsSignIn(const service::Row &row);
// ... and it is a command for the person to run, rather than something that Keytender does.
[[nodiscard]] bool offersSignInCommand(const service::Row &row);
// Renewing it is ours to do, and may still help.
[[nodiscard]] bool offersRenewal(const service::Row &row);
// It did not help the last time, and is tried again by itself.
[[nodiscard]] bool wantsRetry(const service::Row &row);
// "Sign out…"; "Remove…" where there is nothing to be signed out of.
[[nodiscard]] QString signOutTitle(const profile::Profile &profile);
// How it came here: "signed in through Keytender", "added by hand", "watched only".
[[nodiscard]] QString origin(const profile::Profile &profile);

} // namespace keytender::ui
