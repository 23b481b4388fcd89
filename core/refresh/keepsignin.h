// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QObject>

#include "refresh/ownprofile.h"
#include "refresh/pendingrevocations.h"

namespace keytender::refresh {

struct SignInToKeep {
    vault::Record record; // of recordOf()
    Placement placement;
    provider::Provider provider;
};

struct KeptSignIn {
    std::optional<base::Error> error; // why it is not in the vault; the login before it stands untouched
    bool isRevoking = false;          // the one before it is to be ended at the provider
};

// Makes a fresh sign-in the login of its profile, under the lineage's lock:
//
//   LOCKED ─▶ REREAD, the account once more ─▶ NOTED, the login before it ─▶ VAULT, durably ─▶ journal and archive of
//   the one before are removed ─▶ what was noted is told to the provider
//
// A kill on the way leaves the old login or the new one, and never neither (F-108, W-22). finished() once for each
// start(): after a failure what was granted is still here, and start() tries again (F-74).
class KeepSignIn final : public QObject {
    Q_OBJECT

public:
    KeepSignIn(SignInToKeep signIn, SignOutWorld world, PendingRevocations &pending, QObject *parent = nullptr);

    void start();
    // What was granted is lost by this, unless finished() has come: for the end of the program.
    void cancel();

Q_SIGNALS:
    void finished(const keytender::refresh::KeptSignIn &kept);

private:
    void keep();
    [[nodiscard]] base::Result<void> noteTheOneBefore();
    void end(std::optional<base::Error> error = std::nullopt);

    const SignInToKeep m_signIn;
    const SignOutWorld m_world;
    PendingRevocations &m_pending;
    LineageLock m_lock;
    vault::RevocationNote m_before; // empty = nothing to be told
    bool m_hasTried = false;        // the new one may stand in the vault, although that could not be confirmed
    bool m_isOver = false;
};

} // namespace keytender::refresh
