// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <map>
#include <memory>
#include <vector>

#include <QHash>
#include <QObject>
#include <QStringList>

#include "base/clock.h"
#include "profile/profile.h"
#include "sync/reconcile.h"
#include "tools/keychainitems.h"
#include "tools/tool.h"
#include "vault/vault.h"

namespace keytender::sync {

// What was seen at one place, for the activity log. No secret, fingerprints only.
struct Sighting {
    QString profile;
    QString path;
    profile::CopyState state = profile::CopyState::Absent;
    Step step = Step::Nothing;
    base::Fingerprint lineage;
    QString note; // an error's wording; empty otherwise
};

struct SynchronizerWorld {
    const base::Clock &clock;
    tools::KeychainItems &keychain;
    base::Environment environment;
    std::map<QString, QStringList> extraHomes; // by tool id
};

// The first half of the pipe: looks at every tool's copies, reconciles them with the vault, keeps the profiles as
// values. Reads on a file's change, after lock changes of the keychain, on rescan(), and hourly by whoever calls it.
// Starts without a vault (its key may come late): profiles are then shown from the copies alone.
class Synchronizer final : public QObject {
    Q_OBJECT

public:
    // How often everything is read again while watching is unreliable.
    static constexpr std::chrono::seconds rereadInterval{30};

    Synchronizer(std::vector<std::unique_ptr<tools::Tool>> tools, SynchronizerWorld world, QObject *parent = nullptr);
    ~Synchronizer() override;

    void start();
    // From then on fingerprints are the vault's and what is seen is kept. May be read-only.
    void setVault(std::unique_ptr<vault::Vault> vault);
    // Looks at everything again; keychain items at most once in 5 minutes unless `keychainToo`.
    enum class Keychain { WhenDue, Now };
    void rescan(Keychain keychain);

    [[nodiscard]] const std::map<QString, profile::Profile> &profiles() const;
    // Every place that was looked at, for the empty state: "Claude Code", "~/.claude/.credentials.json".
    struct Looked {
        QString tool;
        QString path;
    };
    [[nodiscard]] std::vector<Looked> looked() const;
    [[nodiscard]] QString watchUnreliability() const;

Q_SIGNALS:
    void profileChanged(const QString &id); // new, or different from before
    void profileRemoved(const QString &id);
    void sighted(const keytender::sync::Sighting &sighting);
    void scanned(); // a whole round is through; keychain items may follow
    void watchUnreliabilityChanged(const QString &reason);
    void problemFound(const keytender::base::Error &error);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace keytender::sync
