// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>

#include "profile/health.h"

namespace keytender::profile {

// The only place that turns health into words: tray, panel, notifications and keytenderctl all say the same.
// Translated through Qt's translators where a program installed one; needs no display.

// The machine's word of the JSON contract: "fresh", "needsSignIn".
[[nodiscard]] QString key(Health health);
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
// The second clock: "sign-in ends in 9 days"; empty when there is none.
[[nodiscard]] QString signInEnd(const Condition &condition, base::Timestamp now);
// One sentence that says what will happen or has happened and what to do; empty when all is well.
[[nodiscard]] QString explanation(const Profile &profile, const Condition &condition, const QString &providerName,
                                  base::Timestamp now);

// "5 h 12 min", "9 days", "less than a minute": rounded as people do, the two largest units at most.
[[nodiscard]] QString duration(std::chrono::seconds length);

} // namespace keytender::profile
