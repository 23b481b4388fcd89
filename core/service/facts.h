// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <map>
#include <optional>
#include <vector>

#include <QString>
#include <QUrl>

#include "base/error.h"
#include "base/timestamp.h"
#include "profile/health.h"
#include "profile/profile.h"

namespace keytender::service {

// What the service says of one login at one moment; all that a row of the panel, a line of the status table or an entry
// of the menu needs. Words come from profile/words.h.
struct Row {
    profile::Profile profile;
    profile::Condition condition;
    QString providerName;  // "Anthropic"
    QString signInCommand; // "claude auth login"
    // What Keytender itself can do about it.
    struct Actions {
        bool refresh = false;   // now, rather than when it is due
        bool signIn = false;    // again, through Keytender
        bool signOut = false;   // ends it at the provider too; for a key, removes it here
        bool keepFresh = false; // its tool made it, and Keytender could keep it fresh beside the tool
        bool rescue = false;    // its tool put it away for a renewal that never reached the server
        bool operator==(const Actions &) const = default;
    } actions = {};

    bool operator==(const Row &) const = default;
};

// Trouble first, then by name; the order of panel, menu and status table alike. Work in progress moves no row.
[[nodiscard]] bool comesBefore(const Row &left, const Row &right);
// Names those that share this row's lineage, for the sentence about the clash.
void nameClash(Row &row, const std::map<QString, profile::Profile> &profiles);
// The sentence for this row: profile::explanation() with all that the row knows.
[[nodiscard]] QString explanationOf(const Row &row, base::Timestamp now);

struct Summary {
    int needYou = 0; // Severity::ActNow, or a clash
    int due = 0;
    int endSoon = 0; // those of `due` whose sign-in or token ends soon
    int busy = 0;
    int well = 0;
    profile::Severity loudest = profile::Severity::Well;

    [[nodiscard]] int total() const { return needYou + due + busy + well; }
    bool operator==(const Summary &) const = default;
};

// Counts one row in.
void add(Summary &summary, const Row &row);
[[nodiscard]] Summary summaryOf(const std::map<QString, Row> &rows);
// "2 logins need you", "1 login ends soon", "3 logins deserve a look", "All 5 logins are well", "No logins found yet".
[[nodiscard]] QString headline(const Summary &summary);
// "1 deserves a look · 3 are well"; empty where the headline says it all.
[[nodiscard]] QString restOf(const Summary &summary);

enum class KeychainState { Usable, Locked, Silent, Absent, KeyFileUnusable };

// The state of everything around the logins.
struct Surroundings {
    KeychainState keychain = KeychainState::Usable;
    QString watchUnreliability;                         // why watching is unreliable; empty = it is reliable
    std::optional<std::chrono::seconds> rereadInterval; // while it is unreliable
    struct Looked {
        QString tool; // "Claude Code"
        QString path; // shortened for people: "~/.claude/.credentials.json"
        bool operator==(const Looked &) const = default;
    };
    std::vector<Looked> looked;
    std::vector<base::Error> problems; // provider files, settings, vault files, homes
    std::optional<base::Timestamp> lastScanAt;
    bool isOffline = false; // no provider could be reached at the last try
    // Signed out here, and not yet known to be dead at the provider.
    struct Leftover {
        QString label;     // what the login was called
        QString text;      // "“Anthropic” was signed out here and is still valid at Anthropic."
        QUrl revokeByHand; // where the person can do it; empty where nobody knows
        std::optional<base::Timestamp> nextTry; // absent = Keytender does not try again
        bool operator==(const Leftover &) const = default;
    };
    std::vector<Leftover> leftovers = {};

    bool operator==(const Surroundings &) const = default;
};

[[nodiscard]] QString describe(KeychainState state); // one sentence with its cure; empty when usable

// One line of a login's history.
struct Activity {
    base::Timestamp at{};
    QString profile;
    QString path;        // of the copy; empty when it concerns the profile as a whole
    QString text;        // "adopted a newer token from this copy"
    QString fingerprint; // short text; empty when there is none
    // Of what Keytender did itself (service/deeds.h).
    QString detail = {}; // what the provider or the system said; may be empty
    profile::Severity severity = profile::Severity::Well;
    struct Step {
        base::Timestamp at{};
        QString text; // "sent"
        bool operator==(const Step &) const = default;
    };
    std::vector<Step> steps = {}; // of a renewal, in their order

    bool operator==(const Activity &) const = default;
};

} // namespace keytender::service
