// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <map>
#include <memory>
#include <vector>

#include <QObject>

#include "base/clock.h"
#include "base/environment.h"
#include "base/random.h"
#include "provider/providerloader.h"
#include "service/activitylog.h"
#include "service/facts.h"
#include "service/settings.h"
#include "sync/synchronizer.h"
#include "tools/keychainitems.h"
#include "vault/masterkey.h"

namespace keytender::service {

struct ServiceWorld {
    const base::Clock &clock;
    base::Random &random;
    tools::KeychainItems &keychain;
    vault::MasterKeySource &masterKey;
    base::Environment environment;
    provider::EndpointRule endpointRule = provider::EndpointRule::HttpsOnly;
    std::shared_ptr<base::KnownSecrets> knownSecrets = {}; // what no message may hold
};

// The one face to everything: intents in, facts out. Tray, panel, notifications and the headless programs see nothing
// else. Lives as long as the program.
class Service final : public QObject {
    Q_OBJECT

public:
    explicit Service(ServiceWorld world, QObject *parent = nullptr);
    ~Service() override;

    // Intents.
    void start();
    void rescan();         // at once, keychains included
    void unlockKeychain(); // may prompt: only after the user asked for it

    // Facts.
    [[nodiscard]] const std::map<QString, Row> &rows() const { return m_rows; }
    [[nodiscard]] Summary summary() const { return summaryOf(m_rows); }
    [[nodiscard]] Surroundings surroundings() const;
    [[nodiscard]] std::vector<Activity> activityOf(const QString &profile) const;
    [[nodiscard]] base::Timestamp now() const { return m_world.clock.wallTime(); }
    // The vault is open, or it is known why it cannot be now; and every place was looked at once.
    [[nodiscard]] bool isSettled() const;

Q_SIGNALS:
    void rowChanged(const QString &id);
    void rowRemoved(const QString &id);
    void surroundingsChanged();
    void activityAdded(const QString &profile);
    void settled(); // isSettled() became true

private:
    void openVault();
    void updateRow(const QString &id);
    void look(); // at the clocks
    void settleIfDone();
    [[nodiscard]] Row rowOf(const profile::Profile &profile) const;

    ServiceWorld m_world;
    Places m_places;
    std::vector<base::Error> m_problems;
    provider::ProviderSet m_providers;
    std::map<QString, tools::ToolFacts> m_tools; // by id
    std::unique_ptr<sync::Synchronizer> m_synchronizer;
    std::unique_ptr<ActivityLog> m_activity;
    std::map<QString, Row> m_rows;
    KeychainState m_keychain = KeychainState::Usable;
    std::optional<base::Timestamp> m_lastScanAt;
    base::Milliseconds m_lastScanBoot{0};
    base::Milliseconds m_lastLookBoot{0};
    base::Timestamp m_lastLookAt{};
    bool m_vaultIsDecided = false;
    bool m_isSettled = false;
};

} // namespace keytender::service
