// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <map>

#include <QString>

#include "base/environment.h"
#include "base/random.h"
#include "base/result.h"
#include "service/neighbours/incidents.h"

namespace keytender::service {

// What a person was told of, and put away: a file of our own that outlives the program, so that a reminder speaks once
// at each stage and not at every start. It holds keys of incidents and nothing else. A file that cannot be read counts
// as none, for it costs but a notification too many.
class IncidentMemory final {
public:
    struct Told {
        int stage = 0;
        bool isPutAway = false; // by the person
        bool operator==(const Told &) const = default;
    };

    IncidentMemory(QString file, const base::Environment &environment, base::Random &random);

    // Null where nothing was told.
    [[nodiscard]] const Told *find(const QString &key) const;
    void keep(const QString &key, Told told);
    // Forgets what is over: all that these findings do not name, as far as they know.
    void forgetAllBut(const Findings &findings);
    void forget(const QString &key);
    // Whether a person who was told this much is to be told of the incident, in a program that has not done so yet.
    [[nodiscard]] bool wantsToHear(const Incident &incident) const;

    [[nodiscard]] bool isChanged() const { return m_isChanged; }
    [[nodiscard]] base::Result<void> save(); // if it is changed

private:
    [[nodiscard]] base::Result<void> load(uid_t user);

    QString m_file;
    base::Random &m_random;
    std::map<QString, Told> m_told; // by key
    bool m_isChanged = false;
};

} // namespace keytender::service
