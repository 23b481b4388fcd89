// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>
#include <vector>

#include <sys/types.h>

#include <QString>
#include <QStringList>

#include "base/clock.h"
#include "base/result.h"
#include "base/secret.h"
#include "tools/tool.h"

namespace keytender::tools {

// One lock that a tool takes itself, in the tool's own kind: nothing else keeps it away.
struct LockSpec {
    enum class Kind {
        Directory, // mkdir; held while its mtime is younger than `stale`, so the holder touches it (proper-lockfile)
        Flock,     // flock(LOCK_EX) on a file that stays; ends with its holder
        PidFile,   // O_EXCL file with {"pid", "createdAt", "starttime"}: OpenClaw, generation B
        TokenFile, // O_EXCL file with a random text of ours; held while younger than `stale`: Qwen Code
    };
    // How long: across the POST, or only around the last look at the copy and its replacement.
    enum class Span { Refresh, Write };

    Kind kind = Kind::Directory;
    Span span = Span::Refresh;
    QString path;
    base::Milliseconds stale{0};       // of somebody else's: older than this it is abandoned. 0 = never by age
    base::Milliseconds heartbeat{0};   // ours is touched this often; 0 = not at all
    base::Milliseconds longestHold{0}; // somebody loses something when it is held longer; 0 = no limit of its own
    QString sentinel = {};             // an empty file that has to be there: made if it is missing, never removed
    mode_t mode = 0600;                // of a file that we make; directories of locks get 0755 less the umask

    bool operator==(const LockSpec &) const = default;
};

// All locks of one copy, in the order in which its tool takes them. Where a later one is taken by somebody, the earlier
// ones are let go and all are tried again: nobody waits with a lock in hand.
struct LockPlan {
    std::vector<LockSpec> locks;
    // The tool bears Span::Refresh locks held this long; the attempt is over by then, or lets go and takes them anew.
    base::Milliseconds tolerance{std::chrono::seconds(6)};
};

// What a copy is to hold from now on.
struct Successor {
    const profile::TokenSet &tokens; // refreshToken empty: a reader's copy, which gets the access token alone
    const profile::Account &account;
    base::Timestamp acquiredAt{};
    // Another login altogether takes this place: the tool's own record of it, as recordOf() gave it when it was put
    // away; empty = Keytender signed in to it and there never was one. Null where only the tokens are new.
    const base::Secret *toolRecord = nullptr;
};

// A file beside the copy that has to say the same, such as Claude Code's `oauthAccount`.
struct CompanionChange {
    QString path;
    std::vector<LockSpec> locks; // Span::Write all of them
    base::Secret content;
};

// How others may write a tool's copies beside the tool, as its fact sheet says. Stateless like Tool: values in, values
// out. Taking the locks, comparing and replacing durably is the same for all (locks/, replacecopy.h).
class CopyWriter {
public:
    CopyWriter() = default;
    virtual ~CopyWriter() = default;
    CopyWriter(const CopyWriter &) = delete;
    CopyWriter &operator=(const CopyWriter &) = delete;

    enum class Purpose {
        Share,  // spend its refresh token and write the successor back
        Feed,   // give it an access token that another profile keeps fresh
        Switch, // put another account's login in its place
    };
    // Why this is not to be done here, in one sentence for people (translated); empty = it may be. Told from what was
    // read: a format newer than we know, a lock protocol that is switched off, a client that others may not use.
    [[nodiscard]] virtual QString objection(Purpose purpose, const CopyPlace &place, const QString &slot,
                                            const Fetched &fetched, const ToolWorld &world) const = 0;

    [[nodiscard]] virtual base::Result<LockPlan> lockPlan(const CopyPlace &place, const QString &slot,
                                                          const ToolWorld &world) const = 0;

    // The whole new content of the place: the values of this login replaced, members that the tool would have added
    // inserted, every other byte as it was (INV-7).
    [[nodiscard]] virtual base::Result<base::Secret> rewritten(const CopyPlace &place, const QString &slot,
                                                               const Fetched &fetched,
                                                               const Successor &successor) const = 0;
    // What else is to be rewritten when another account's login took the place. Written after the place itself.
    [[nodiscard]] virtual base::Result<std::vector<CompanionChange>> companionChanges(const CopyPlace &place,
                                                                                      const QString &slot,
                                                                                      const Fetched &fetched,
                                                                                      const Successor &successor,
                                                                                      const ToolWorld &world) const;
    // The tool's own record of this login, to be put away with it; NotFound where the tool has no such thing.
    [[nodiscard]] virtual base::Result<base::Secret> recordOf(const CopyPlace &place, const QString &slot,
                                                              const Fetched &fetched) const;

    // What the tool itself does with a symbolic link in the copy's place: writes through it, or replaces it.
    enum class LinkHabit { Follow, Replace };
    [[nodiscard]] virtual LinkHabit linkHabit() const { return LinkHabit::Follow; }
    // The mode that the tool gives its file at each write.
    [[nodiscard]] virtual mode_t modeAfter(mode_t before) const { return before; }
    // How long after a refusal a peer may still be about to write what it got (F-48).
    [[nodiscard]] virtual base::Milliseconds patience() const { return std::chrono::seconds(10); }
    // What a running program of this tool notices when its account is exchanged, one or two sentences (translated).
    [[nodiscard]] virtual QString noticeAfterSwitch() const { return {}; }
};

} // namespace keytender::tools
