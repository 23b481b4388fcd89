// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "base/random.h"
#include "base/result.h"
#include "tools/copywriter.h"

namespace keytender::tools {

class LockLedger;

// What is to be written where. Nothing of it is owned: it lives while replaceCopy() runs.
struct Replacement {
    const Tool &tool; // has a writer()
    const CopyPlace &place;
    const QString &slot;
    Successor successor;
    // Asked with what lies there in the last moment, under the tool's own write locks: INV-5.
    std::function<bool(const CopyReading &)> mayReplace;
    // Hears the bytes that are about to be replaced, when it is known that they will be; an error stops the write.
    std::function<base::Result<void>(const base::Secret &before)> keepBefore = {};
    // Write: the others are held by whoever refreshes just now, or are not needed. All: the tool's whole plan is taken
    // here, at once or not at all (Locked), because a client that is renewing must not come in between.
    enum class Locks { Write, All };
    Locks locks = Locks::Write;
    // In place of writer()->rewritten(), where the whole content is made otherwise.
    std::function<base::Result<base::Secret>(const Fetched &there)> content = {};
};

struct ReplacementWorld {
    base::Random &random;
    const base::Clock &clock;
    ToolWorld tool;
    std::shared_ptr<LockLedger> locks = {}; // may be missing
};

enum class ReplacementState {
    Replaced,
    AlreadyThere,     // it holds just this
    ChangedMeanwhile, // mayReplace() said no: left alone
};

// Compares and swaps one copy that is a file or a cell: takes the tool's Span::Write locks, reads again, asks, writes
// durably (temporary file beside it, the tool's own mode and link habit, fsync, rename, fsync of the directory; or one
// BEGIN IMMEDIATE), reads back, lets go. Blocks for milliseconds. After an error the old content stands untouched; what
// cannot be replaced by a rename (a bind mount: EBUSY, EXDEV) is an error that says so (F-91).
[[nodiscard]] base::Result<ReplacementState> replaceCopy(const Replacement &replacement, const ReplacementWorld &world);

// Rewrites what stands beside the copy (CopyWriter::companionChanges()), each under its own locks, as durably. To be
// called after replaceCopy() when another account's login took the place; `before` is what was there.
[[nodiscard]] base::Result<void> replaceCompanions(const Replacement &replacement, const Fetched &before,
                                                   const ReplacementWorld &world);

} // namespace keytender::tools
