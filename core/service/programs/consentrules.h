// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>
#include <vector>

#include <QString>

#include "service/programs/consentfacts.h"

namespace keytender::service {

// What decides on a program's wish, on values alone, and the words for it. Nothing here knows what kind of credential a
// login holds, so that no kind, not even a new one, escapes it (S-54).

struct ConsentLimits {
    int requestsAMinute = 300; // of one program for one login
    std::size_t openQuestions = 3;
    std::chrono::seconds pauseAfterNo{30}; // in which the same is not asked again
    std::chrono::seconds aWhile = std::chrono::hours{1};
};

// May stand in a rule: an absolute path that still leads to what runs. A program is known by it and by nothing else:
// whoever may write that file, or make it run something, has what it was allowed (S-51).
[[nodiscard]] bool isRememberable(const QString &executable);
// Runs whatever it is given: a rule for it is one for every script.
[[nodiscard]] bool isInterpreter(const QString &executable);

// The first rule that speaks of this program and this login; null = none does.
[[nodiscard]] const ConsentRule *ruleFor(const std::vector<ConsentRule> &rules, const QString &profileId,
                                         const QString &executable);

// All that counts for one request.
struct ConsentCase {
    const ConsentRule *settings = nullptr; // what they say of it; null = nothing
    const ConsentRule *said = nullptr;     // what a person said, as far as it holds still
    bool isTooOften = false;
    bool isLocked = false; // the screen
    bool canAsk = false;   // there is somebody to ask
    bool isAsked = false;  // the same question is open
    bool wasRefusedJustNow = false;
    bool hasRoom = false; // for one more question
};

enum class ConsentGround {
    SettingsAllow,
    SettingsRefuse,
    TooOften,
    SaidNever,
    ScreenLocked,
    SaidYes,
    NobodyToAsk,
    RefusedJustNow,
    OthersWait,
    Ask,    // a person decides
    NotNow, // they did, for this once
    Ended,  // the login was signed out, or is another account's, while they were asked
};

// The settings are their owner's word for machines that nobody watches: they alone hold while the screen is locked, and
// however often is asked. What a person said counts only while they are there.
[[nodiscard]] ConsentGround groundOf(const ConsentCase &circumstances);
[[nodiscard]] bool allows(ConsentGround ground);

// Of whom and what a refusal speaks.
struct ConsentSubject {
    QString program;       // "git"
    QString label;         // "GitHub"
    QString profileId;     // as the settings name it
    QString executable;    // likewise
    QString configuration; // the settings' file
    ConsentLimits limits = {};
};

// One sentence with its cure, without control characters.
[[nodiscard]] QString refusal(ConsentGround ground, const ConsentSubject &subject);

// "git"; "a program" where the system does not tell.
[[nodiscard]] QString programName(const QString &executable);
// Control and format characters written out: a path or a host may try to look like another one (W-05).
[[nodiscard]] QString legible(const QString &text);

} // namespace keytender::service
