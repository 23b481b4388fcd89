// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <memory>
#include <vector>

#include <QObject>
#include <QString>
#include <QStringList>

#include "base/result.h"
#include "service/neighbours/neighbourfacts.h"

namespace keytender::service {

// The logins that other tools made: who may renew them, where their tokens go, which account is in use. The part of
// Service's face that concerns them. Nothing is spent or written for a login before a person said so here.
class Neighbours : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    // Care.
    [[nodiscard]] virtual std::vector<CareOffer> careOffers() const = 0; // of every tool's login that could be renewed
    [[nodiscard]] virtual CareOffer careOffer(const QString &profileId) const = 0;
    // Logins that could be kept fresh and of which nobody has said yet what is to be done: for the onboarding.
    [[nodiscard]] virtual QStringList unasked() const = 0;
    [[nodiscard]] virtual WritePreview preview(const QString &profileId) const = 0;
    // Durable when it returns. Refused where the choice is not offered.
    [[nodiscard]] virtual base::Result<void> setCare(const QString &profileId, profile::Care care) = 0;
    [[nodiscard]] virtual std::optional<LastWrite> lastWrite(const QString &profileId) const = 0;
    [[nodiscard]] virtual base::Result<void> undoLastWrite(const QString &profileId) = 0;

    // Links.
    [[nodiscard]] virtual std::vector<Link> links(const QString &profileId) const = 0; // those that could be, too
    [[nodiscard]] virtual base::Result<void> setLink(const Link &link) = 0;            // Off removes it

    // Accounts.
    [[nodiscard]] virtual std::vector<AccountGroup> accounts() const = 0; // of tools that can exchange them
    // "Use this account in Claude Code now." The one that was in use is put away and stays fresh.
    [[nodiscard]] virtual base::Result<void> useAccount(const QString &profileId, const QString &inPlaceOf) = 0;
    [[nodiscard]] virtual base::Result<void> orderAccounts(const QStringList &profileIds) = 0;

    // History.
    [[nodiscard]] virtual std::vector<Generation> generations(const QString &profileId) const = 0; // newest first
    [[nodiscard]] virtual QString timelineReport(const QString &profileId) const = 0; // redacted, to be copied

    // Rescue.
    [[nodiscard]] virtual std::optional<RescueOffer> rescueOffer(const QString &profileId) const = 0;
    [[nodiscard]] virtual base::Result<void> rescue(const QString &profileId) = 0;

Q_SIGNALS:
    void changed(const QString &profileId);
    void unaskedChanged();
};

} // namespace keytender::service
