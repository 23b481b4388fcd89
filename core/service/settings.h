// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <map>
#include <vector>

#include <QString>
#include <QStringList>

#include "base/environment.h"
#include "base/result.h"
#include "profile/profile.h"
#include "service/consentfacts.h"
#include "service/incidents.h"

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

    [[nodiscard]] static Places in(const base::Environment &environment);
};

// What the user set, from config.json:
//   { "version": 1,
//     "homes": { "claude-code": ["~/.claude-work"] },
//     "reminders": { "signInEnds": ["7d", "3d", "1d", "2h"] },
//     "rotationReminderDays": 90,
//     "care": { "claude-cli": "shared" },
//     "renewAtPercent": 80, "language": "de", "startsWithSession": true,
//     "consent": [ { "profile": "gh-cli", "program": "/usr/bin/git", "allow": true } ],
//     "gitHosts": { "github.com": "gh-cli" } }
struct Settings {
    std::map<QString, QStringList> homes; // further homes by tool id, absolute
    // When the end of a sign-in is told: whole days, hours or minutes ("30m") before it, up to a year, in any order. An
    // empty list turns these reminders off.
    Ladder signInEnds = usualLadder();
    int rotationReminderDays = 90; // of keys that were handed out by hand; 0 = never
    // Who may renew a tool's login, by profile id: "shared", "delegated" or "watched". A person's word, taken at each
    // start, for machines without a screen.
    std::map<QString, profile::Care> care;
    // Of an access token's life, after which it is renewed: 50 to 95 %.
    int renewAtPercent = 80;
    // "de"; empty = the session's.
    QString language;
    // The tray app starts with the session.
    bool startsWithSession = false;
    // Which program may have which login's token without being asked about, in their order; the only ones where nobody
    // can be asked.
    std::vector<ConsentRule> consent;
    // Which login answers for which git host, "github.com" or "git.example.com:8443", by profile id.
    std::map<QString, QString> gitHosts;

    bool operator==(const Settings &) const = default;
};

// Defaults where there is no file; an error that names file, line and member where it says something we do not know.
// `toolIds`: the tools that may have homes.
[[nodiscard]] base::Result<Settings> loadSettings(const QString &file, const base::Environment &environment,
                                                  const QStringList &toolIds);

} // namespace keytender::service
