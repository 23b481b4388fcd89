// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "base/clock.h"
#include "base/random.h"
#include "refresh/ownercopies.h"
#include "tools/copywriter.h"
#include "tools/keychainitems.h"

namespace keytender::tools {
class LockLedger;
}

namespace keytender::refresh {

// A copy of the lineage in the hands of a tool that refreshes by itself.
struct OwnedCopy {
    const tools::Tool *tool = nullptr; // outlives everything here; has a writer()
    tools::CopyPlace place;
    QString slot;
};

struct ToolCopiesWorld {
    const base::Clock &clock;
    base::Random &random;
    tools::KeychainItems &keychain;
    const base::FingerprintKey &fingerprintKey; // the vault's
    std::function<tools::ToolWorld(const QString &toolId)> toolWorld;
    // This refresh token was the lineage's before it was spent: a copy that holds it may be written over (INV-5).
    std::function<bool(const base::Fingerprint &refreshToken)> isAncestor;
    // The bytes that are about to be replaced at `path`; an error stops that write. May be empty.
    std::function<base::Result<void>(const QString &path, const base::Secret &before)> keepBefore = {};
    std::shared_ptr<tools::LockLedger> locks = {}; // may be missing
};

// The copies as they are: their tools' own locks, read again under them, written by compare-and-swap. The account that
// a copy names is compared with the record's (F-15); a Blank, Fenced or Absent copy is State::Gone.
class ToolCopies final : public OwnerCopies {
public:
    ToolCopies(std::vector<OwnedCopy> copies, ToolCopiesWorld world);
    ~ToolCopies() override;

    void lock(base::Milliseconds deadline, QObject *context, std::function<void(base::Result<void>)> done) override;
    void unlock() override;
    [[nodiscard]] bool isLocked() const override;
    [[nodiscard]] base::Milliseconds tolerance() const override;
    void reread(const vault::Record &known, Patience patience, QObject *context,
                std::function<void(CopiesReading)> done) override;
    void publish(const vault::Record &renewed, const base::Fingerprint &spent, QObject *context,
                 std::function<void(std::vector<PublishedCopy>)> done) override;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace keytender::refresh
