// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <vector>

#include "service/facts.h"
#include "service/signin/signinfacts.h"

// Made-up logins for the tests and pictures of ui: no real account, and no token anywhere.
namespace keytender::samples {

// The moment at which they are looked at.
[[nodiscard]] base::Timestamp now();

[[nodiscard]] service::Row well(const QString &id, const QString &label);
[[nodiscard]] service::Row claude();         // well, both clocks
[[nodiscard]] service::Row codex();          // well, one clock
[[nodiscard]] service::Row github();         // well, no clock at all
[[nodiscard]] service::Row gemini();         // refused: sign in again
[[nodiscard]] service::Row opencode();       // will clash with Codex
[[nodiscard]] service::Row endingSoon();     // the sign-in ends in two days
[[nodiscard]] service::Row paused();         // the access token lapsed, the tool renews it
[[nodiscard]] service::Row unreadable();     // a copy without permission
[[nodiscard]] service::Row keychainLocked(); // a copy in a locked keychain
[[nodiscard]] service::Row longNames();

[[nodiscard]] service::Row kept();   // Claude Code's, kept fresh beside it
[[nodiscard]] service::Row fenced(); // put away by OpenClaw, and could be put back

// Logins that Keytender signed in to itself.
[[nodiscard]] service::Row own(const QString &id, const QString &label);
[[nodiscard]] service::Row ownFresh();      // "Anthropic", both clocks
[[nodiscard]] service::Row ownRenewing();   // under way
[[nodiscard]] service::Row ownOffline();    // waits, and its token works
[[nodiscard]] service::Row ownLapsing();    // waits, and its token is about to lapse
[[nodiscard]] service::Row ownUnsure();     // sent, and no answer came
[[nodiscard]] service::Row ownRefused();    // sign in again
[[nodiscard]] service::Row ownAnswerLost(); // likewise
[[nodiscard]] service::Row ownKey();        // a key of long ago, to be replaced
[[nodiscard]] service::Row ownToken();      // a setup-token that ends in eleven months

[[nodiscard]] std::vector<service::Row> trouble();
[[nodiscard]] std::vector<service::Row> allWell();
[[nodiscard]] std::vector<service::Row> ownLogins();
[[nodiscard]] service::Surroundings surroundings();
[[nodiscard]] std::vector<service::SignInOffer> offers(); // of which one has no way
// The newest first.
[[nodiscard]] std::vector<service::Activity> activity(const QString &profile);
[[nodiscard]] std::vector<service::Activity> ownActivity(const QString &profile);
[[nodiscard]] service::Surroundings afterSignOuts(); // offline, with two sign-outs that are not confirmed

} // namespace keytender::samples
