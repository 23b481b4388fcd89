// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>

#include <QObject>
#include <QTimer>

#include "refresh/commandrun.h"
#include "tools/renewcommand.h"

namespace keytender::refresh {

struct DelegationOutcome {
    enum class Ending {
        Renewed,        // a changed credential was observed
        NothingChanged, // the command ended well, and nothing was seen to change
        CommandMissing,
        CommandFailed, // with exitCode; 0 = a signal ended it, or it could not be started: `error`
        TimedOut,
        Cancelled,
    };
    Ending ending = Ending::NothingChanged;
    int exitCode = 0;
    QString error = {}; // for people; what the command itself said is never among it

    bool operator==(const DelegationOutcome &) const = default;
};

// Has a tool renew its login by itself. What it prints goes nowhere: some print the token.
//
//   start() ──▶ the command runs ──▶ it ended, whatever it says ──▶ settling ──▶ finished
//                     │  noteChange()?                                │  noteChange()?
//                     └── remembered until it has ended               └── Renewed, at once
//
// Only a changed credential is success: a command may end well and have had nothing to do, or may fail after it has
// renewed the login. finished() is the last signal, and never comes from within start(), cancel() or noteChange().
class Delegation final : public QObject {
    Q_OBJECT

public:
    static constexpr base::Milliseconds usualLimit{90'000}; // ends a refresh that hangs, not one that is slow
    static constexpr base::Milliseconds usualSettling{5'000};

    Delegation(Command command, base::Milliseconds settling, QObject *parent = nullptr);

    void start();
    void cancel();
    // The caller has seen the copy of this login with another token, or with a later end of the same.
    void noteChange();

Q_SIGNALS:
    void finished(const keytender::refresh::DelegationOutcome &outcome);

private:
    void conclude(DelegationOutcome outcome);

    CommandRun m_run;
    QTimer m_settling; // 0 ms where there is nothing to wait for
    base::Milliseconds m_settlingTime;
    std::optional<DelegationOutcome> m_outcome; // unless a change is seen
    bool m_hasChanged = false;
    bool m_isDone = false;
};

// The command for this tool's login, in its own home.
[[nodiscard]] Command commandFor(const tools::RenewCommand &renew, const base::Environment &environment);

} // namespace keytender::refresh
