// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <vector>

#include <QString>
#include <QStringList>

#include "base/environment.h"
#include "base/result.h"
#include "base/secret.h"
#include "profile/profile.h"
#include "service/neighbours/incidents.h"
#include "service/programs/consentfacts.h"

namespace keytender::service {

// Where Keytender keeps its own files.
struct Places {
    QString configuration; // config.json, providers/
    QString vault;
    QString activity; // activity.db
    QString notices;  // notices.json: what a person was told of
    QString choices;  // neighbours.json: what a person decided about other tools' logins
    QString lineages; // lineages.json: which tokens a login held before, by fingerprint
    QString locks;    // locks.json: which locks of tools are ours just now
    QString consents; // consents.json: which programs a person let have which login's token

    [[nodiscard]] QString settings() const { return configuration + QStringLiteral("/config.json"); }
    [[nodiscard]] static Places in(const base::Environment &environment);
};

// What the user set, from config.json in Places::configuration: strict JSON, at most 1 MiB, the user's own file. Only
// "version" must be there; a member that is left out has its default. A member that this version does not know is an
// error, as is a value out of its range: nothing is guessed, and the defaults hold until the file is mended.
//   { "version": 1,
//     "homes": { "claude-code": ["~/.claude-work"] },
//     "reminders": { "signInEnds": ["7d", "3d", "1d", "2h"] },
//     "rotationReminderDays": 90,
//     "care": { "claude-cli": "shared" },
//     "renewAtPercent": 80, "language": "de", "startsWithSession": true,
//     "consent": [ { "profile": "gh-cli", "program": "/usr/bin/git", "allow": true } ],
//     "gitHosts": { "github.com": "gh-cli" } }
struct Settings {
    std::map<QString, QStringList> homes; // further homes by tool id, absolute; "~/" stands for the own home
    // When the end of a sign-in is told: whole days, hours or minutes ("30m") before it, up to a year, in any order. An
    // empty list turns these reminders off.
    Ladder signInEnds = usualLadder();
    int rotationReminderDays = 90; // of keys that were handed out by hand, up to 3660; 0 = never
    // Who may renew a tool's login, by profile id: "shared", "delegated" or "watched". A person's word, taken when
    // it is new or another one, for machines without a screen.
    std::map<QString, profile::Care> care;
    // Of an access token's life, after which it is renewed: 50 to 95 %.
    int renewAtPercent = 80;
    static constexpr int earliestRenewal = 50;
    static constexpr int latestRenewal = 95;
    // "de"; empty = the session's. Spoken from the next start on.
    QString language;
    // The tray app starts with the session.
    bool startsWithSession = false;
    // Which program may have which login's token without being asked about, in their order; the only ones where nobody
    // can be asked. A program by the absolute path of its executable, or "*" for any.
    std::vector<ConsentRule> consent;
    // Which login answers for which git host, by profile id. A host as git names it, in lower case and with its port
    // where it has one: "github.com", "git.example.com:8443", "[fd00::1]:8443".
    std::map<QString, QString> gitHosts;

    [[nodiscard]] double renewalShare() const { return renewAtPercent / 100.0; }
    bool operator==(const Settings &) const = default;
};

inline constexpr std::size_t mostSettingsBytes = 1u << 20;

// What the settings may name.
struct KnownNames {
    QStringList tools;     // that may have homes, by id
    QStringList languages; // that the program speaks: "de", "en"
};

// Defaults where there is no file; an error that names file, line and member where it says something we do not know.
[[nodiscard]] base::Result<Settings> loadSettings(const QString &file, const base::Environment &environment,
                                                  const KnownNames &known);
// The same of a text that was read already. `file` is named in errors.
[[nodiscard]] base::Result<Settings> settingsIn(base::Secret text, const QString &file,
                                                const base::Environment &environment, const KnownNames &known);
// The language alone, for a program that has said nothing yet: what is wrong with the file is told later.
[[nodiscard]] QString languageIn(const QString &file, const base::Environment &environment);

// As the settings name a git host.
[[nodiscard]] bool isGitHost(QStringView text);
// "7d", "2h", "30m"; nothing for what is no such time, or longer than a year.
[[nodiscard]] std::optional<std::chrono::seconds> rungFrom(QStringView text);
// The reverse, in the largest unit that fits.
[[nodiscard]] QString textOf(std::chrono::seconds rung);

} // namespace keytender::service
