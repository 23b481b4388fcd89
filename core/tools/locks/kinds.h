// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tools/locks/lockplace.h"
#include "tools/locks/toollock.h"

// One function for each LockSpec::Kind. Only takeToolLock() asks for these.
namespace keytender::tools {

[[nodiscard]] TakenLock takeLockDirectory(const LockSpec &spec, LockPlace place, const LockWorld &world);
[[nodiscard]] TakenLock takeFlock(const LockSpec &spec, LockPlace place, const LockWorld &world);
[[nodiscard]] TakenLock takePidFile(const LockSpec &spec, LockPlace place, const LockWorld &world);
[[nodiscard]] TakenLock takeTokenFile(const LockSpec &spec, LockPlace place, const LockWorld &world);

// Whether whoever wrote this into a pid file is gone for certain.
[[nodiscard]] bool isAbandonedPidFile(const QByteArray &content, const LockSpec &spec, base::Timestamp now);

// The two kinds of files have this in common: it is ours as long as our file with our content stands there.
struct LockFileHabits {
    base::Milliseconds stale{0};   // by the file's time
    bool isRemovedWhenOld = false; // nobody else breaks it by its age
};
[[nodiscard]] TakenLock madeLockFile(LockPlace place, const NewLockFile &wanted, const LockFileHabits &habits,
                                     const LockWorld &world);

// A future-dated lock: its holder's clock was wrong, or ours is.
[[nodiscard]] base::Error datedInTheFuture(const QString &path);

} // namespace keytender::tools
