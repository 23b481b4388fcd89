// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <vector>

#include <QString>
#include <QStringList>

#include "base/timestamp.h"
#include "profile/profile.h"

namespace keytender::service {

// Values about logins that Keytender shares with other tools, for people: no secret in them, texts translated.

// One answer to "who may renew this login?".
struct CareChoice {
    profile::Care care = profile::Care::Watched;
    QString title; // "Keep fresh"
    QString text;  // two sentences: what Keytender does then, and what the tool notices
    bool isOffered = true;
    QString whyNot = {}; // one sentence, where it is not offered

    bool operator==(const CareChoice &) const = default;
};

struct CareOffer {
    QString profileId;
    QString label;                               // "Claude Code"
    QString toolName;                            // likewise, of the tool
    profile::Care care = profile::Care::Watched; // now
    profile::Care recommended = profile::Care::Watched;
    std::vector<CareChoice> choices; // the recommended one first
    bool wasAsked = false;           // a person has answered once

    bool operator==(const CareOffer &) const = default;
};

// What the first write would do to the tools' files, with every secret replaced by its fingerprint.
struct WritePreview {
    struct Line {
        enum class Kind { Same, Before, After };
        Kind kind = Kind::Same;
        QString text;
        bool operator==(const Line &) const = default;
    };
    struct File {
        QString toolName;
        QString path;      // shortened for people: "~/.claude/.credentials.json"
        QStringList locks; // that are taken for it, likewise, in their order
        std::vector<Line> lines;
        QString problem = {}; // why it cannot be told; `lines` is empty then
        bool operator==(const File &) const = default;
    };
    QString summary; // when the token is spent, at which server, how early
    std::vector<File> files;

    bool operator==(const WritePreview &) const = default;
};

// The last time that Keytender wrote into a tool's file.
struct LastWrite {
    QString toolName;
    QString path; // shortened
    base::Timestamp at{};
    QString what; // "put the renewed tokens there"
    bool canBeUndone = false;
    QString whyNot = {}; // "The token that was there has been spent: putting it back would sign Claude Code out."

    bool operator==(const LastWrite &) const = default;
};

enum class LinkWay { Off, OneWay, Mirror };

// Where a login's access token is handed on to.
struct Link {
    QString id;        // stable: "claude-cli>openclaw:anthropic:default", "claude-cli>env:/home/me/gateway/.env:NAME"
    QString profileId; // whose token it is
    QString label;     // of the other side: "OpenClaw · anthropic:default", "ANTHROPIC_OAUTH_TOKEN in ~/gateway/.env"
    LinkWay way = LinkWay::Off;
    std::vector<LinkWay> offered; // beside Off
    QString whyNot = {};          // why nothing else is offered
    std::optional<base::Timestamp> writtenAt = {};
    QString problem = {}; // why it is not in step
    // Of an environment file.
    QString file = {}; // absolute; empty = a tool's store
    QString variable = {};
    QStringList command = {}; // run after a change: an argument vector, no shell

    bool operator==(const Link &) const = default;
};

// The accounts that may take one tool's place, the one in use among them.
struct AccountGroup {
    struct Account {
        QString profileId;
        QString label; // "me@example.com · Example Org"
        bool isInUse = false;
        QString whyNot = {}; // why it cannot be used there just now
        bool operator==(const Account &) const = default;
    };
    QString profileId; // of the tool's place: "claude-cli"
    QString toolName;
    QString notice;                // what a running program of the tool will notice
    std::vector<Account> accounts; // in the person's order

    bool operator==(const AccountGroup &) const = default;
};

// One refresh token in the chain that descends from a sign-in.
struct Generation {
    QString fingerprint; // short
    base::Timestamp seenAt{};
    QString writer;   // "Keytender", "Claude Code", "unknown"
    QString evidence; // what tells: "its lock directories were there", "attempt 1f3a"
    std::optional<base::Timestamp> spentAt = {};
    QString spentBy = {};
    QString end = {}; // how it ended otherwise: "blanked by Claude Code", "refused by the provider"

    bool operator==(const Generation &) const = default;
};

// A login that its tool locked away for a refresh which never reached the server.
struct RescueOffer {
    QString profileId;
    QString label;
    QString path;  // shortened
    QString text;  // what happened and what would be put back
    QString proof; // why the refresh is known not to have reached the server
    bool isOffered = true;
    QString whyNot = {};

    bool operator==(const RescueOffer &) const = default;
};

} // namespace keytender::service
