// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include <QMetaType>
#include <QString>
#include <QStringList>

#include "base/error.h"
#include "base/timestamp.h"
#include "profile/credential.h"
#include "refresh/ownercopies.h"

namespace keytender::refresh {

// How an attempt ended. Only Rejected and AnswerLost ask for a new sign-in.
enum class Ending {
    Renewed,
    Adopted,       // somebody else was faster: what they got is in the vault, nothing was sent for it
    NothingOpen,   // there was nothing to roll forward
    KeptInJournal, // renewed, and durable only in the journal: the vault cannot be written. To be tried again soon
    NotSent,       // no byte left this machine: offline, no name, no certificate
    Busy,          // a lock was not to be had in time
    StorageFault,  // vault, journal or a copy cannot be read or written: nothing was sent, or nothing followed from it
    TryLater,      // the server is not well, or wants to be left alone
    Misconfigured, // the server does not like the request; the refresh token is alive
    Unsure,        // sent, and the answer is unknown: to be sent once more when that is possible
    Unusable,      // an answer without an access token; what it held of a refresh token is in the vault
    Rejected,      // the provider ended the grant
    AnswerLost,    // the provider took the token, and its answer was lost
    OtherAccount,  // of the answer, or of a copy: put aside, nothing written
    CopiesDisagree,
    Gone, // the profile, its refresh token, or the tool's login
    Cancelled,
    NotNow, // asked for too soon after the last one, or while a server wants to be left alone: nothing was tried
};

[[nodiscard]] constexpr bool needsSignIn(Ending ending)
{
    return ending == Ending::Rejected || ending == Ending::AnswerLost;
}
// The vault holds a token that was not there before.
[[nodiscard]] constexpr bool isRenewal(Ending ending)
{
    return ending == Ending::Renewed || ending == Ending::Adopted;
}

// The stations of an attempt, as they are told to people.
enum class Step { Locked, Reread, Adopted, Intent, Sent, Resent, Received, Stored, Published, Done };

struct StepTaken {
    Step step = Step::Locked;
    base::Timestamp at{};
    bool operator==(const StepTaken &) const = default;
};

// What everybody may know of an attempt: no secret in it.
struct Outcome {
    Ending ending = Ending::Cancelled;
    QString attemptId;
    QStringList profileIds;           // that share the refresh token
    base::Fingerprint spent;          // of the refresh token that was sent, or was to be
    profile::CredentialFacts held;    // what the vault holds now; empty where it was not read
    std::optional<base::Error> error; // what stood in the way
    QString errorCode;                // of the provider: "invalid_grant"
    QString errorText;                // for people, redacted
    QStringList oddities;             // what was tolerated
    std::optional<std::chrono::seconds> retryAfter;
    std::optional<base::Timestamp> serverTime;
    int deliveries = 0; // POSTs of this attempt that may have left this machine
    int refusals = 0;   // answers that ended a grant
    std::vector<PublishedCopy> copies;
    std::vector<StepTaken> steps;
};

} // namespace keytender::refresh

Q_DECLARE_METATYPE(keytender::refresh::Outcome)
