// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <vector>

#include <QString>

#include "base/error.h"
#include "profile/credential.h"

namespace keytender::profile {

// Who may spend a profile's refresh token.
enum class Care {
    Own,       // signed in through Keytender: nobody else spends it
    Shared,    // a tool's login, refreshed by us under that tool's own lock
    Delegated, // we ask the tool to refresh itself
    Watched,   // never spent by us: shown, warned of, adopted
};

enum class CopyRole {
    Owner,  // its tool refreshes by itself
    Reader, // its tool only reads
};

enum class CopyState {
    Held,
    Absent,     // nothing is there: signed out, or never signed in
    Blank,      // the tool emptied the record: the login is dead on disk
    Fenced,     // the tool put its tokens away for a refresh that has not ended well, or (problem: Locked) not yet
    Unreadable, // an error, never taken for "absent"
};

// How well a copy is protected at rest.
enum class Protection {
    Unknown,
    Keychain,
    Sealed,       // Keytender's own vault, its key in the keychain
    SealedByFile, // Keytender's own vault, its key in a file beside it
    Obscured,     // encrypted under a key that anybody on this machine can derive
    PrivateFile,  // plain text, for its owner only
    SharedFile,   // plain text that group or others may read
};

// One place where a tool keeps the credential, as last seen.
struct Copy {
    QString tool;      // its id: "claude-code"
    QString path;      // a file, or "keychain: Codex Auth/cli|0123456789abcdef"
    QString slot = {}; // of the login in it, where there may be several (tools::CopyReading)
    CopyRole role = CopyRole::Owner;
    CopyState state = CopyState::Absent;
    Protection protection = Protection::Unknown;
    std::optional<base::Error> problem;        // why Unreadable; what is odd about Held
    std::optional<CredentialFacts> credential; // of what is Held there
    Account account;
    std::optional<base::Timestamp> changedAt; // the file's own time

    bool operator==(const Copy &) const = default;
};

// Same lineage: the two will log each other out. Same account with another lineage: fine.
enum class DuplicateKind { SameLineage, SameAccount };

struct Duplicate {
    QString profile; // the other one's id
    DuplicateKind kind = DuplicateKind::SameAccount;

    bool operator==(const Duplicate &) const = default;
};

// What stands between the copies and the vault. Everything but Agreed concerns the user.
enum class Accord {
    Agreed,
    KeptNewer,        // the vault holds a newer token than the copy
    DifferentAccount, // the tool was signed in to somebody else meanwhile
    Ambiguous,        // equal or undated, and not the same: we do not guess
};

// One signed-in identity at one provider, as everybody but the vault sees it: no secret in it.
struct Profile {
    QString id;         // never changes: "claude-cli", "gh-cli@work", "opencode:openai"
    QString providerId; // "anthropic"
    QString toolId;     // the tool that made the login: "claude-code"
    QString label;      // what people call it: "Claude Code", "opencode · OpenAI"
    Account account;
    Care care = Care::Watched;
    CredentialFacts credential;
    std::vector<Copy> copies;
    std::vector<Duplicate> duplicates;
    Accord accord = Accord::Agreed;
    base::Timestamp firstSeenAt{}; // of this access token, by us
    base::Timestamp lastChangedAt{};
    Protection protection = Protection::Unknown; // of our own sealed copy

    bool operator==(const Profile &) const = default;
};

} // namespace keytender::profile
