// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <vector>

#include <QString>

#include "base/timestamp.h"
#include "profile/health.h"
#include "refresh/outcome.h"
#include "refresh/signout.h"

namespace keytender::service {

// What Keytender did about a login, as its history keeps it: no secret in it.
struct Deed {
    // The numbers stand in the activity log's file, which outlives versions of this program: they never change their
    // meaning and are never used again. 0 is for what was seen in a copy.
    enum class Kind {
        SignedIn = 1,
        SignedInAgain = 2,
        KeyAdded = 3,
        // Of renewals.
        Renewed = 10,
        Adopted = 11,
        KeptInJournal = 12,
        NotSent = 13,
        Blocked = 14,
        StorageFault = 15,
        TryLater = 16,
        Misconfigured = 17,
        Unsure = 18,
        Unusable = 19,
        Refused = 20,
        AnswerLost = 21,
        OtherAccount = 22,
        CopiesDisagree = 23,
        Gone = 24,
        Cancelled = 25,
        // Of sign-outs.
        SignedOut = 30,
        StillValid = 31,
        ByHand = 32,
        Forgotten = 33,
        SignOutFailed = 34,
        // Of what was left to be told to the provider: a sign-out, or a login that another one replaced.
        RevocationConfirmed = 40,
        RevocationWaits = 41,
        // Of logins that other tools made.
        CareChosen = 50,
        CopyMended = 51,
        CopySpoiltAgain = 52, // by whoever writes an old token back time and again
        LinkWritten = 53,
        LinkFailed = 54,
        AccountUsed = 55,
        AccountPutAway = 56,
        Rescued = 57,
        WriteUndone = 58,
        RenewedByTool = 59,
        ToolDidNotRenew = 60,
    };

    QString profile;
    Kind kind = Kind::SignedIn;
    QString detail = {};      // what the provider or the system said, redacted
    QString attemptId = {};   // of a renewal
    QString fingerprint = {}; // short text, of the token that the login has now
    std::vector<refresh::StepTaken> steps = {};

    bool operator==(const Deed &) const = default;
};

// One for each login that shared the attempt; none where nothing was tried.
[[nodiscard]] std::vector<Deed> deedsOf(const refresh::Outcome &outcome);

enum class SignOutOccasion { AskedFor, TriedAgain };
// None where nothing happened.
[[nodiscard]] std::optional<Deed> deedOf(const refresh::SignOutOutcome &outcome,
                                         SignOutOccasion occasion = SignOutOccasion::AskedFor);

// "renewed", "the provider has ended this sign-in"; translated.
[[nodiscard]] QString textOf(Deed::Kind kind);
[[nodiscard]] profile::Severity severityOf(Deed::Kind kind);
// "asked for the lock", "sent"; translated.
[[nodiscard]] QString textOf(refresh::Step step);

} // namespace keytender::service
