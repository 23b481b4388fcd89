// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <optional>
#include <vector>

#include <QString>

#include "base/error.h"
#include "base/result.h"
#include "profile/credential.h"
#include "vault/vault.h"

class QObject;

namespace keytender::refresh {

// What the copies of one lineage's owners said when they were read again under their locks.
struct CopiesReading {
    enum class State {
        Unchanged,    // they hold the token of the vault, or an ancestor of it
        Newer,        // one of them holds a later token of the same account: `newer`
        OtherAccount, // a tool was signed in to somebody else meanwhile (F-15)
        Gone,         // signed out there (F-13): nobody's token is to be spent for it
        Ambiguous,    // different, and neither is provably later: we do not guess
        Unreadable,   // `error`; never taken for "empty" (F-12)
    };
    State state = State::Unchanged;
    profile::Credential newer; // of State::Newer
    profile::Account account;  // whose `newer` is, as far as the copy says
    std::optional<base::Error> error;
};

// What became of one copy that was to get the new token.
struct PublishedCopy {
    enum class State {
        Replaced,
        ChangedMeanwhile, // it does not hold what we spent any more (INV-5): left alone
        Failed,           // `error`; the others go on, the vault is the truth (F-88)
    };
    QString path;
    State state = State::Replaced;
    std::optional<base::Error> error;

    bool operator==(const PublishedCopy &) const = default;
};

// The copies of one lineage whose tools refresh by themselves, all of them at once. `done` is called once, unless
// `context` is gone by then.
class OwnerCopies {
public:
    OwnerCopies() = default;
    virtual ~OwnerCopies() = default;
    OwnerCopies(const OwnerCopies &) = delete;
    OwnerCopies &operator=(const OwnerCopies &) = delete;

    // Every owner's own lock, in the order that its tool takes them. TimedOut, or why it cannot be had (F-08, F-09).
    virtual void lock(base::Milliseconds deadline, QObject *context, std::function<void(base::Result<void>)> done) = 0;
    // Whatever of it is held, and a lock() that is still under way. Returns when it is let go.
    virtual void unlock() = 0;
    // Looks: all locks are there and ours, not taken over while we slept (F-06, F-07).
    [[nodiscard]] virtual bool isLocked() const = 0;
    // How long the owners bear a held lock.
    [[nodiscard]] virtual base::Milliseconds tolerance() const = 0;

    // Glance: what is there now. Patient: after a refusal; a tool without a lock may be about to write what it got
    // (F-48), so it is looked for as long as the fact sheet says.
    enum class Patience { Glance, Patient };
    virtual void reread(const vault::Record &known, Patience patience, QObject *context,
                        std::function<void(CopiesReading)> done) = 0;

    // Writes the tokens of `renewed` into each copy that still holds `spent` or an ancestor of it. Takes the locks
    // anew where they were let go.
    virtual void publish(const vault::Record &renewed, const base::Fingerprint &spent, QObject *context,
                         std::function<void(std::vector<PublishedCopy>)> done) = 0;
};

} // namespace keytender::refresh
