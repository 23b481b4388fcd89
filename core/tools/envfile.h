// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <optional>

#include "base/random.h"
#include "base/result.h"
#include "tools/replacecopy.h"

// One variable in an environment file, such as the `.env` of a container: a place for an access token and no tool's
// store. Readers of such files (Docker, Compose, dotenv, a shell's `source`) agree on little, so whatever they would
// take differently is refused rather than guessed.
namespace keytender::tools {

struct EnvironmentVariable {
    QString file; // absolute
    QString name; // letters, digits and underscores; no digit in front
};

// What the variable holds there, quotes taken off; NotFound where it is not defined.
[[nodiscard]] base::Result<base::Secret> environmentValue(const base::Secret &content,
                                                          const EnvironmentVariable &variable);

// The file with this value: its own quotes, `export`, comments, order and line ends stay, and so does every other byte.
// A variable that is missing becomes the last line. Refused are a second definition, one in the middle of somebody
// else's quotes, one without a value or with a colon, and values of anything but letters, digits and . _ ~ + / = : @ %
// , - (which every reader takes as they are, with quotes and without).
[[nodiscard]] base::Result<base::Secret> rewrittenEnvironment(const base::Secret &content,
                                                              const EnvironmentVariable &variable,
                                                              const base::Secret &value);

struct EnvironmentWrite {
    ReplacementState state = ReplacementState::Replaced;
    // The file is readable by others: it was written with the mode that it had, because a container's user may be one
    // of them, and the person is told.
    std::optional<base::Error> remark = {};
};

// Asked with what the variable held (null: it was not there) right before it is replaced.
using MayReplaceValue = std::function<bool(const base::Secret *current)>;

// Compares and swaps: reads, asks, writes a temporary file beside it with the same mode and group, looks whether it is
// still what was read, renames, fsync of both. What a symbolic link leads to is replaced, never the link. A file that
// is missing is made (0600) in a directory that is there. Refused are files to which others may write; those that
// cannot be renamed over (a bind mount) are an error that says so (F-91).
[[nodiscard]] base::Result<EnvironmentWrite> writeEnvironmentVariable(const EnvironmentVariable &variable,
                                                                      const base::Secret &value,
                                                                      const MayReplaceValue &mayReplace,
                                                                      base::Random &random);

} // namespace keytender::tools
