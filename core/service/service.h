// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include <QObject>
#include <QPointer>
#include <QSet>

#include "oauth/signin.h"
#include "provider/providerloader.h"
#include "service/activitylog.h"
#include "service/facts.h"
#include "service/serviceworld.h"
#include "service/settings/settings.h"
#include "service/signin/signinfacts.h"
#include "sync/synchronizer.h"

namespace keytender::service {

class CustomServers;
class Neighbours;
struct CarriedLogins;
struct TakenOver;
class OwnLogins;
class SettingsFile;
class SignInSession;
class SignOutRound;
class TokenGiver;
class Tokens;
class ToolNeighbours;

// The one face to everything: intents in, facts out. Tray, panel, notifications and the headless programs see nothing
// else. Lives as long as the program.
class Service final : public QObject {
    Q_OBJECT

public:
    explicit Service(ServiceWorld world, QObject *parent = nullptr);
    ~Service() override;

    // Intents.
    enum class Part { Keeps, LooksOn }; // LooksOn: another Keytender keeps the store, until keepStore()
    void start(Part part = Part::Keeps);
    void keepStore();      // the other one has ended: as soon as the store can be had, this program renews and answers
    void rescan();         // at once, keychains included
    void unlockKeychain(); // may prompt: only after the user asked for it
    // What is under way is brought to its end; stopped() tells when the program may.
    void stop();

    // Intents on logins of our own. Nothing of it happens while canSignIn() is false.
    void refresh(const QString &profileId); // now rather than when it is due
    [[nodiscard]] std::vector<SignInOffer> signInOffers() const;
    // Not started; null where there is no such provider.
    [[nodiscard]] std::unique_ptr<SignInSession> newSignIn(const SignInWish &wish);
    // Once discovered, the server is among the offers. `done` hears its provider's id.
    void discover(const CustomServer &server, QObject *context,
                  const std::function<void(const base::Result<QString> &)> &done);
    [[nodiscard]] SignOutPreview signOutPreview(const SignOutScope &scope) const;
    // signOutFinished() follows; once for all that were asked for while one was under way.
    void signOut(const SignOutScope &scope);
    // A key or token that was handed out by hand; the result is its profile's id.
    [[nodiscard]] base::Result<QString> keepStatic(const StaticCredentialFacts &facts, const base::Secret &secret);
    // Logins of our own, to be carried to another machine, or taken over from one (service/programs/transfer.h). None
    // is given while one of them is being renewed.
    [[nodiscard]] base::Result<CarriedLogins> ownLogins() const;
    [[nodiscard]] TakenOver takeOver(CarriedLogins carried);
    void retryRevocations();
    // What programs ask for; null while canSignIn() is false.
    [[nodiscard]] Tokens *tokens() const;
    [[nodiscard]] const provider::Provider *provider(const QString &id) const { return m_providers.find(id); }
    // Logins that other tools made; null while canSignIn() is false.
    [[nodiscard]] Neighbours *neighbours() const;
    void noteOnline();      // the network is back, as far as somebody says so
    void noteClockChange(); // the machine woke up or its clock was set
    // Durable in config.json when it returns, and in force. Refused where somebody else has changed the same meanwhile.
    [[nodiscard]] base::Result<void> changeSettings(const Settings &settings);

    // Facts.
    [[nodiscard]] const std::map<QString, Row> &rows() const { return m_rows; }
    [[nodiscard]] Summary summary() const { return summaryOf(m_rows); }
    [[nodiscard]] Surroundings surroundings() const;
    // By how much the clock of the provider that answered last is ahead of this machine's; nothing: none has told.
    [[nodiscard]] std::optional<base::Milliseconds> serverAhead() const;
    [[nodiscard]] const Settings &settings() const;
    [[nodiscard]] const std::optional<base::Error> &settingsProblem() const; // of their file
    [[nodiscard]] const Places &places() const { return m_places; }
    [[nodiscard]] std::vector<Activity> activityOf(const QString &profile) const;
    [[nodiscard]] base::Timestamp now() const { return m_world.clock.wallTime(); }
    // The vault is open, or it is known why it cannot be now; and every place was looked at once.
    [[nodiscard]] bool isSettled() const;
    // Keytender's own store is open, and this is the program that keeps it.
    [[nodiscard]] bool canSignIn() const { return m_logins != nullptr; }

Q_SIGNALS:
    void rowChanged(const QString &id);
    void rowRemoved(const QString &id);
    void surroundingsChanged();
    void activityAdded(const QString &profile);
    void settled(); // isSettled() became true
    void looked();  // at the clocks, every 30 s: what is said of times is another one now
    void canSignInChanged();
    void neighboursChanged(); // neighbours() is there now
    void offersChanged();
    void settingsChanged(); // by changeSettings(), or by somebody who wrote the file
    void signOutFinished(const std::vector<keytender::service::SignOutResult> &results);
    void stopped(); // after stop()

private:
    void openVault();
    [[nodiscard]] bool isLookingOn() const;
    void lookOn();
    void loadProviderFiles();
    void openLogins(vault::Vault &vault);
    void openNeighbours(vault::Vault &vault);
    void openTokens(const vault::Vault &vault);
    [[nodiscard]] oauth::UrlOpener &openerFor(const SignInWish &wish);
    void renewForPrograms(const QString &id, QObject *context, const std::function<void(const QString &why)> &ended);
    void followLogin(const profile::Profile &profile);
    void note(const base::Error &problem);
    void settleStop();
    void applySettings();
    [[nodiscard]] Row::Actions actionsOf(const profile::Profile &profile, const provider::Provider *provider) const;
    [[nodiscard]] Row::Actions actionsOnToolsLogin(const profile::Profile &profile) const;
    [[nodiscard]] std::vector<vault::RecordFacts> knownLogins() const;
    void updateRow(const QString &id);
    void look(); // at the clocks
    void settleIfDone();
    [[nodiscard]] Row rowOf(const profile::Profile &profile) const;

    ServiceWorld m_world;
    Places m_places;
    std::unique_ptr<SettingsFile> m_settings;
    std::vector<base::Error> m_problems;
    provider::ProviderSet m_providers;
    std::map<QString, tools::ToolFacts> m_tools; // by id
    QSet<QString> m_keepable;                    // tools whose logins may be kept fresh beside them
    std::unique_ptr<sync::Synchronizer> m_synchronizer;
    std::unique_ptr<OwnLogins> m_logins; // of the synchronizer's vault: goes first
    std::unique_ptr<ToolNeighbours> m_neighbours;
    std::unique_ptr<TokenGiver> m_tokens;
    std::unique_ptr<CustomServers> m_servers;
    std::unique_ptr<SignOutRound> m_signOuts;
    std::vector<QPointer<SignInSession>> m_sessions;
    std::unique_ptr<oauth::UrlOpener> m_quietOpener; // for who opens the address elsewhere
    std::unique_ptr<ActivityLog> m_activity;
    std::map<QString, Row> m_rows;
    KeychainState m_keychain = KeychainState::Usable;
    std::optional<base::Timestamp> m_lastScanAt;
    base::Milliseconds m_lastScanBoot{0};
    base::Milliseconds m_lastLookBoot{0};
    base::Timestamp m_lastLookAt{};
    Part m_part = Part::Keeps;
    bool m_vaultIsDecided = false;
    bool m_isSettled = false;
    bool m_isStopping = false;
};

} // namespace keytender::service
