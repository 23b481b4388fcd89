// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <map>
#include <memory>
#include <optional>
#include <vector>

#include <QHash>
#include <QString>
#include <QStringList>

#include "base/durablefile.h"
#include "base/environment.h"
#include "base/result.h"
#include "profile/profile.h"

namespace keytender::tools {

// What is the same for all copies of one tool.
struct ToolFacts {
    QString id;            // "claude-code"
    QString name;          // "Claude Code"
    QString profileName;   // the first part of its profiles' ids: "claude-cli"
    QString providerId;    // of its logins, unless a reading says otherwise
    QString signInCommand; // what the user types to sign in again: "claude auth login"
    // Leads that command to a further home: "CLAUDE_CONFIG_DIR". Empty where there is no such variable, or where the
    // copies do not lie in the home itself.
    QString homeVariable = {};
    // Of a tool that renews its login itself when it is asked to: the command, an argument vector without a shell. Run
    // in the home that the copy lies in, through homeVariable. Empty where there is none.
    QStringList renewCommand = {};
};

// Attributes of an item in the Secret Service, all of which must match.
using KeychainAttributes = std::map<QString, QString>;

// One cell of a SQLite database, whose text is then read like a file's.
struct DatabaseCell {
    QString file;        // the database; its "-wal" changes with it
    QString table;       // "config_machine_state"
    QString keyColumn;   // "state_key"
    QString key;         // "authProfiles.store"
    QString valueColumn; // "value_json"
    QString timeColumn;  // "updated_at_ms", set to the time of our write, in milliseconds
    QString kind;        // what `user_version` must belong to: "openclaw-shared"

    bool operator==(const DatabaseCell &) const = default;
};

// A place where one tool may keep logins: a file, a keychain item or a cell of a database.
struct CopyPlace {
    enum class Kind { File, KeychainItem };

    Kind kind = Kind::File;
    QString path;                  // absolute, or "keychain: <service>/<account>" for people
    KeychainAttributes attributes; // of a keychain item
    QString homeName;              // "" for the tool's usual home, else its short name: "work"
    QString slot;                  // of the only login that can lie here, so that an error is told of that login alone
    QString label = {};            // CopyReading::label of that login, where its content does not tell
    QStringList companions;        // files without which the record says too little (whose it is, which store counts)
    profile::CopyRole role = profile::CopyRole::Owner;
    bool isPromised = false; // the tool's own files say that a login is here: nothing found is an error, not "absent"
    std::optional<DatabaseCell> cell = {}; // Kind::File whose path is "<database>#<key>" for people

    bool operator==(const CopyPlace &) const = default;
};

// What a tool says of this machine. Nothing is read here but what tells where to look.
struct Located {
    std::vector<CopyPlace> places;
    QStringList directories;           // to watch besides those of the places, because files may appear there
    std::vector<base::Error> problems; // a home that is set but cannot be used, a configuration that cannot be read
};

struct ToolWorld {
    base::Environment environment;
    QStringList extraHomes; // of this tool, from the settings; absolute
};

// The bytes of a place and its companions, each with its own error.
struct Fetched {
    base::Result<base::FileContent> content;                       // a keychain item has its path as the only fact
    std::map<QString, base::Result<base::FileContent>> companions; // by the path given in CopyPlace
};

// What one place says of one login.
struct CopyReading {
    QString slot;       // tells several logins in one place apart: "", "openai", "github.com/octocat"
    QString providerId; // empty = ToolFacts::providerId
    QString label;      // empty = ToolFacts::name; else what people call this login: "opencode · OpenAI"
    profile::CopyState state = profile::CopyState::Absent;
    std::optional<profile::Credential> credential; // when Held
    profile::Account account;
    profile::Protection protection = profile::Protection::Unknown;
    std::optional<base::Error> problem; // why Unreadable; what is odd about Held or Blank
};

class CopyWriter;

// A program that keeps credentials on this machine. Stateless: functions on values, so that a test is a table and
// reading never blocks on anything but what the caller fetched. Adding a tool is one file, its fixtures and one line in
// allTools().
class Tool {
public:
    Tool() = default;
    virtual ~Tool() = default;
    Tool(const Tool &) = delete;
    Tool &operator=(const Tool &) = delete;

    [[nodiscard]] virtual const ToolFacts &facts() const = 0;
    [[nodiscard]] virtual Located locate(const ToolWorld &world) const = 0;

    // The logins at a place. One Absent reading for a file that is missing, one Unreadable reading for every error:
    // an error is never "absent" and never "empty". `now` only for records that say how long and not until when.
    [[nodiscard]] std::vector<CopyReading> read(const CopyPlace &place, const Fetched &fetched,
                                                base::Timestamp now) const;

    // How its copies may be written beside it; null = they may not.
    [[nodiscard]] virtual const CopyWriter *writer() const { return nullptr; }

protected:
    // read() for content that could be fetched.
    [[nodiscard]] virtual std::vector<CopyReading> interpret(const CopyPlace &place, const base::FileContent &content,
                                                             const Fetched &fetched, base::Timestamp now) const = 0;
};

// "claude-cli", "claude-cli@work", "opencode:openai", "gh-cli:github.com/second": stable for ever.
[[nodiscard]] QString profileIdOf(const ToolFacts &facts, const CopyPlace &place, const CopyReading &reading);

// The short name of a further home: the last part of its path without leading dots; the caller makes it unique.
[[nodiscard]] QString shortHomeName(const QString &path);

// Of a plain file with these facts.
[[nodiscard]] profile::Protection protectionOf(const base::FileFacts &facts);

// Every tool Keytender knows, in the order in which people expect them.
[[nodiscard]] std::vector<std::unique_ptr<Tool>> allTools();

} // namespace keytender::tools
