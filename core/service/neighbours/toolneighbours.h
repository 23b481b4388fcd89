// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <map>
#include <memory>

#include <QTimer>

#include "refresh/outcome.h"
#include "refresh/toolcopies.h"
#include "service/choices.h"
#include "service/neighbours/lineagehistory.h"
#include "service/neighbours/neighbours.h"
#include "service/neighbours/neighboursworld.h"

namespace keytender::service {

class Accounts;
class CopyMending;
class DelegatedLogins;
class Links;
class Rescues;

// Neighbours as they are on this machine: the care of each login, and what follows from it. Lives as long as OwnLogins,
// which asks it for the copies of a login before anything is spent.
class ToolNeighbours final : public Neighbours {
    Q_OBJECT

public:
    [[nodiscard]] static base::Result<std::unique_ptr<ToolNeighbours>> open(NeighboursWorld world);
    ~ToolNeighbours() override;

    [[nodiscard]] std::vector<CareOffer> careOffers() const override;
    [[nodiscard]] CareOffer careOffer(const QString &profileId) const override;
    [[nodiscard]] QStringList unasked() const override;
    [[nodiscard]] WritePreview preview(const QString &profileId) const override;
    [[nodiscard]] base::Result<void> setCare(const QString &profileId, profile::Care care) override;
    [[nodiscard]] std::optional<LastWrite> lastWrite(const QString &profileId) const override;
    [[nodiscard]] base::Result<void> undoLastWrite(const QString &profileId) override;
    [[nodiscard]] std::vector<Link> links(const QString &profileId) const override;
    [[nodiscard]] base::Result<void> setLink(const Link &link) override;
    [[nodiscard]] std::vector<AccountGroup> accounts() const override;
    [[nodiscard]] base::Result<void> useAccount(const QString &profileId, const QString &inPlaceOf) override;
    [[nodiscard]] base::Result<void> orderAccounts(const QStringList &profileIds) override;
    [[nodiscard]] std::vector<Generation> generations(const QString &profileId) const override;
    [[nodiscard]] QString timelineReport(const QString &profileId) const override;
    [[nodiscard]] std::optional<RescueOffer> rescueOffer(const QString &profileId) const override;
    [[nodiscard]] base::Result<void> rescue(const QString &profileId) override;

    // Of a login as it was just found or written, after a look through all places, and after an attempt.
    void note(const sync::Sighting &sighting);
    void follow(const profile::Profile &login);
    void release(const QString &profileId);
    void noteScanned();
    void note(const refresh::Outcome &outcome);
    void look(); // at the clocks
    // What the settings say, where they have not said it before (configuredcare.cpp).
    void applyConfiguredCare();
    // A person or a program wants this login renewed by its tool, now.
    void askTool(const QString &profileId);
    // For a program; `ended` hears why there is nothing new.
    void askTool(const QString &profileId, QObject *context, const std::function<void(const QString &why)> &ended);
    void stop(); // what is pending is written

    // For OwnLogins; null where nobody but the vault holds the login.
    [[nodiscard]] std::shared_ptr<refresh::OwnerCopies> copiesOf(const QString &profileId) const;

private:
    ToolNeighbours(NeighboursWorld world, std::unique_ptr<vault::CopyBackups> backups);
    [[nodiscard]] const profile::Profile *find(const QString &profileId) const;
    [[nodiscard]] std::vector<CareChoice> choicesFor(const profile::Profile &login) const;
    [[nodiscard]] QStringList mirrorsOf(const QString &profileId) const;
    [[nodiscard]] bool isCandidate(const profile::Profile &login) const;
    [[nodiscard]] bool noteToken(const profile::Profile &login);
    void noteWriter(const profile::Profile &login);
    void keepHistory();

    const NeighboursWorld m_world;
    std::unique_ptr<vault::CopyBackups> m_backups;
    Choices m_choices;
    LineageHistory m_history;
    std::unique_ptr<CopyMending> m_mending;
    std::unique_ptr<Links> m_links;
    std::unique_ptr<Accounts> m_accounts;
    std::unique_ptr<DelegatedLogins> m_delegated;
    std::unique_ptr<Rescues> m_rescues;
    std::map<QString, sync::Sighting> m_sightings; // the last one of a token that is not noted yet, by profile
    QTimer m_saving;
};

} // namespace keytender::service
