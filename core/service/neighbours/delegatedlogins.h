// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include <QObject>
#include <QPointer>
#include <QString>

#include "refresh/delegation.h"
#include "refresh/delegationplan.h"
#include "service/neighbours/neighboursworld.h"

namespace keytender::service {

// Logins that their own tools are asked to renew: one run at a time of each tool, when the tool itself would renew and
// not before, with a pause after each time that nothing came of it. Only a token that changed is success.
class DelegatedLogins final : public QObject {
    Q_OBJECT

public:
    explicit DelegatedLogins(const NeighboursWorld &world);
    ~DelegatedLogins() override;

    // Why its tool cannot be asked, in one sentence; empty = it can.
    [[nodiscard]] QString objection(const QString &profileId) const;

    void follow(const profile::Profile &login); // it may have changed
    void release(const QString &profileId);
    void look(); // at the clocks
    void askNow(const QString &profileId);
    // The same for a program, which may ask time and again: the pause after a failure holds, and a minute after each
    // run. `ended` is called when the run is over, with why there is nothing new where the run says so, or soon where
    // there is none, unless `context` is gone.
    using Ended = std::function<void(const QString &why)>;
    void ask(const QString &profileId, QObject *context, const Ended &ended);
    void stop();

Q_SIGNALS:
    void changed(const QString &profileId);

private:
    struct Ward {
        profile::CredentialFacts credential;
        double jitter = 0.5;
        refresh::DelegationHistory history;
        std::unique_ptr<refresh::Delegation> running;
        std::vector<std::pair<QPointer<QObject>, Ended>> askers = {};
    };
    [[nodiscard]] base::Result<refresh::Command> commandOf(const QString &profileId) const;
    [[nodiscard]] QStringList runningTools() const;
    [[nodiscard]] refresh::Moment moment() const;
    void start(const QString &profileId, Ward &ward);
    void conclude(const QString &profileId, const refresh::DelegationOutcome &outcome);
    [[nodiscard]] double draw() const;

    const NeighboursWorld &m_world;
    std::map<QString, Ward> m_wards;
    bool m_isStopping = false;
};

} // namespace keytender::service
