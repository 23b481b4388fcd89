// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <map>
#include <memory>
#include <vector>

#include <QObject>
#include <QString>

#include "service/choices.h"
#include "service/neighbours/changecommand.h"
#include "service/neighbours/lineagehistory.h"
#include "service/neighbours/neighbourfacts.h"
#include "service/neighbours/neighboursworld.h"
#include "service/neighbours/sinks.h"

namespace keytender::service {

// Hands a login's access token on to where a person wants it: to other tools' stores and to variables of environment
// files. A reader never gets a refresh token; only a mirror does, and only a copy of the very same lineage under its
// own tool's locks. Account B never takes the place of account A.
class Links final : public QObject {
    Q_OBJECT

public:
    Links(const NeighboursWorld &world, Choices &choices, const LineageHistory &history,
          const vault::CopyBackups &backups);
    ~Links() override;

    // Those that are set and those that could be.
    [[nodiscard]] std::vector<Link> of(const QString &profileId) const;
    [[nodiscard]] base::Result<void> set(const Link &link);
    // Whatever leads into this login's copies is off from now on.
    void turnOffInto(const QString &profileId);

    // The login holds another token, perhaps: written at once.
    void follow(const profile::Profile &login);
    void look(); // tries again what is not in step
    void stop();

Q_SIGNALS:
    void changed(const QString &profileId);

private:
    struct State {
        base::Fingerprint written; // of the access token
        std::optional<base::Timestamp> writtenAt;
        QString problem;
        base::Milliseconds notBefore{0}; // boot time
        int failures = 0;
        std::unique_ptr<ChangeCommand> command;
    };
    void handOn(const LinkChoice &choice, const profile::Profile &login);
    void feedAgain(const LinkChoice &choice, const profile::Profile &reader);
    void conclude(const LinkChoice &choice, const base::Fingerprint &token, const base::Result<QString> &written);
    void runCommand(const LinkChoice &choice, const vault::Record &record);
    void noteCommand(const LinkChoice &choice, const ChangeOutcome &outcome);
    [[nodiscard]] Link factsOf(const LinkChoice &choice) const;

    const NeighboursWorld &m_world;
    Choices &m_choices;
    const Sinks m_sinks;
    std::map<QString, State> m_states; // by link
};

} // namespace keytender::service
