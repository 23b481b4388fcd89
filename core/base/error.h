// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>

namespace keytender::base {

// What went wrong, as far as somebody can act on it.
enum class ErrorKind {
    NotFound,         // nothing is there
    PermissionDenied, // it is there, we may not
    ForeignOwner,     // it belongs to another user
    NotAFile,         // a directory, FIFO, socket or device stands in its place
    SymlinkLoop,
    Unsafe,         // hard-linked, or others may write to it
    TooLarge,       // beyond the cap we read
    Incomplete,     // empty or cut off: perhaps somebody is writing it just now
    Malformed,      // not what its format says
    Misconfigured,  // a file that the user writes for Keytender: its settings, a provider
    Encrypted,      // by the tool that owns it, which alone can open it
    UnknownVersion, // older or newer than we know; the bytes stay untouched
    Locked,         // the keychain is locked, or another process holds the lock
    Unavailable,    // no such service on this machine or session
    TimedOut,
    Refused,    // by a rule of ours or of somebody else's: the detail says why, and what to do instead
    WrongKey,   // sealed under a key that is not ours, or altered
    Overridden, // usable, but something else takes precedence
    StorageFull,
    ReadOnly,
    Io,
    AlreadyRunning,
    Cancelled,
};

// Names the thing and the place in it. Never holds a secret, so it may be shown and logged.
struct Error {
    ErrorKind kind = ErrorKind::Io;
    QString subject; // a file's path, a keychain item, a D-Bus name
    QString place;   // "line 3, column 14, claudeAiOauth.expiresAt"; empty = the whole of it
    QString detail;  // what was wrong with it, in a few words: "is a string, not a number"

    bool operator==(const Error &) const = default;
};

// What the user can do about it, in one sentence; empty where nothing helps but waiting.
[[nodiscard]] QString cureFor(ErrorKind kind);

// The one wording of an error for people: subject, place, what, cure. Translated.
[[nodiscard]] QString describe(const Error &error);

// The error for a failed system call on `subject`.
[[nodiscard]] Error errorFromErrno(int number, const QString &subject, const QString &detail = {});

} // namespace keytender::base
