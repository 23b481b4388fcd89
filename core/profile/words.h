// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>
#include <QStringList>

#include "profile/health.h"

namespace keytender::profile {

// The only place that turns health into words: tray, panel, notifications and keytenderctl all say the same.
// Translated (context "Words") through Qt's translators where a program installed one; needs no display. Where there is
// none, the English is right by itself, plurals included.

// The machine's word of the JSON contract: "fresh", "needsSignIn". Never translated.
[[nodiscard]] QString key(Health health);
[[nodiscard]] QString key(Reason reason); // empty for None
[[nodiscard]] QString key(CredentialKind kind);
[[nodiscard]] QString key(Care care);
[[nodiscard]] QString key(CopyRole role);
[[nodiscard]] QString key(CopyState state);
[[nodiscard]] QString key(Protection protection);
[[nodiscard]] QString key(DuplicateKind kind);

// "fresh", "needs sign-in"
[[nodiscard]] QString name(Health health);
[[nodiscard]] QString name(Care care);
[[nodiscard]] QString name(CopyState state);
[[nodiscard]] QString name(Protection protection);

// The short statement at the right of a row: "renews in 5 h 12 min", "sign in again", "no expiry".
[[nodiscard]] QString headline(const Profile &profile, const Condition &condition, base::Timestamp now);
// The second clock: "sign-in ends in 9 days"; empty when there is none, and when it says nothing any more.
[[nodiscard]] QString signInEnd(const Condition &condition, base::Timestamp now);
// Who renews it: "Claude Code renews it at its next use", "kept fresh by Keytender"; empty for what nobody renews, and
// for what only a new sign-in helps.
[[nodiscard]] QString renewal(const Profile &profile, const Condition &condition);

// What an explanation needs besides the profile. What is not known stays empty.
struct Circumstances {
    QString providerName;         // "Anthropic"
    QString signInCommand = {};   // "claude auth login"
    QStringList clashesWith = {}; // the labels of the others of this lineage, where the condition does not name them

    bool operator==(const Circumstances &) const = default;
};

// One sentence that says what will happen or has happened, and what to do; empty where there is nothing to do.
[[nodiscard]] QString explanation(const Profile &profile, const Condition &condition,
                                  const Circumstances &circumstances, base::Timestamp now);
[[nodiscard]] QString explanation(const Profile &profile, const Condition &condition, const QString &providerName,
                                  base::Timestamp now);

// "5 h 12 min", "9 days", "less than a minute": the two largest units at most, and never more than is left.
[[nodiscard]] QString duration(std::chrono::seconds length);

} // namespace keytender::profile
