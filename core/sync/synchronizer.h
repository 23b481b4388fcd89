// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <vector>

#include <QObject>
#include <QStringList>

#include "base/clock.h"
#include "base/knownsecrets.h"
#include "profile/profile.h"
#include "sync/reconcile.h"
#include "sync/sighting.h"
#include "sync/whereabouts.h"
#include "tools/keychainitems.h"
#include "tools/tool.h"
#include "vault/vault.h"

namespace keytender::sync {

struct SynchronizerWorld {
    const base::Clock &clock;
    tools::KeychainItems &keychain;
    base::Environment environment;
    std::map<QString, QStringList> extraHomes;             // by tool id
    std::shared_ptr<base::KnownSecrets> knownSecrets = {}; // learns every token that is read (S-20)
};

// The first half of the pipe: looks at every tool's copies, reconciles them with the vault, keeps the profiles as
// values. Reads on a file's change, after lock changes of the keychain, on rescan(), and hourly by whoever calls it.
// Starts without a vault (its key may come late): profiles are then shown from the copies alone.
//
//   locate every tool ─▶ watch ─▶ fetch a place ─▶ same bytes as before? done
//                                      │ no
//                                      ▼
//                      read it ─▶ half-written? again soon, the old state stands
//                                      │ no
//                                      ▼
//                reconcile each login ─▶ vault, durably ─▶ profileChanged
//
// All in one thread. Many places are looked at in slices, so that the event loop goes on; the one that changed is
// looked at in the turn that told of it. Nothing is ever written to a tool's file.
class Synchronizer final : public QObject {
    Q_OBJECT

public:
    // How often everything is read again while watching is unreliable.
    static constexpr std::chrono::seconds rereadInterval{30};
    // Keychain items are read no more often than this unless somebody asks for it.
    static constexpr std::chrono::minutes keychainInterval{5};

    Synchronizer(std::vector<std::unique_ptr<tools::Tool>> tools, SynchronizerWorld world, QObject *parent = nullptr);
    ~Synchronizer() override;

    void start();
    // From then on fingerprints are the vault's and what is seen is kept. May be read-only. Everything is looked at
    // again: another scanned() follows.
    void setVault(std::unique_ptr<vault::Vault> vault);
    // Whoever writes to it says so with reload(); null until there is one.
    [[nodiscard]] vault::Vault *vault() const;
    // Somebody else has written or removed this profile's record.
    void reload(const QString &profileId);
    // Looks at everything again; keychain items at most once in 5 minutes unless `Now`.
    enum class Keychain { WhenDue, Now };
    void rescan(Keychain keychain);

    // Other further homes, by tool id; looks at everything again where they differ.
    void setExtraHomes(const std::map<QString, QStringList> &homes);

    // At this profile's copies, whether a watch has told of a change or not.
    void lookAgain(const QString &profileId);
    // The provider refused this refresh token of the profile for good; its copies are looked at again.
    void noteEnded(const QString &profileId, const base::Fingerprint &refreshToken);
    // Who may spend this profile's refresh token; as ProfileLedger::setCare(). Its copies
    // are looked at again: they may count otherwise now.
    [[nodiscard]] base::Result<void> setCare(const QString &profileId, profile::Care care);

    [[nodiscard]] const std::map<QString, profile::Profile> &profiles() const;
    using Whereabouts = sync::Whereabouts;
    [[nodiscard]] std::vector<Whereabouts> whereaboutsOf(const QString &profileId) const;
    // What this tool is told of the machine.
    [[nodiscard]] tools::ToolWorld toolWorld(const QString &toolId) const;
    // Every place that was looked at, for the empty state: "Claude Code", "~/.claude/.credentials.json".
    using Looked = sync::Looked;
    [[nodiscard]] std::vector<Looked> looked() const;
    [[nodiscard]] QString watchUnreliability() const;
    // Nothing is being read, retried or awaited from the keychain.
    [[nodiscard]] bool isSettled() const;

Q_SIGNALS:
    void profileChanged(const QString &id); // new, or different from before
    void profileRemoved(const QString &id);
    void sighted(const keytender::sync::Sighting &sighting);
    void scanned(); // a whole round is through, half-written files included; keychain items may follow
    void settled(); // a whole round is through, and the keychain has answered
    void watchUnreliabilityChanged(const QString &reason);
    void problemFound(const keytender::base::Error &error);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace keytender::sync
