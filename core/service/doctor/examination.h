// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <variant>
#include <vector>

#include "base/environment.h"
#include "base/knownsecrets.h"
#include "provider/providerloader.h"
#include "service/doctor/credentialfiles.h"
#include "service/doctor/doctorfacts.h"
#include "service/doctor/gitcheck.h"
#include "service/facts.h"
#include "service/settings/settings.h"
#include "tools/locks/lockstanding.h"

namespace keytender::service::doctor {

// What the running program knows, as values.
struct Sight {
    std::map<QString, Row> rows;
    Surroundings surroundings;
    Places places;
    std::map<QString, QStringList> homes = {};          // further ones by tool, from the settings
    std::optional<bool> hasTrayHost = {};               // nothing: this program has no icon
    std::optional<base::Milliseconds> serverAhead = {}; // of a provider's clock against ours, where one told
};

// The machine, as far as it is looked at.
struct MachineView {
    base::Environment environment;
    QString proc = QStringLiteral("/proc");
    provider::EndpointRule endpointRule = provider::EndpointRule::HttpsOnly;
    std::function<GitFacts(const base::Environment &)> askGit;
    std::function<std::optional<bool>()> isClockSynchronized;
    std::shared_ptr<const base::KnownSecrets> knownSecrets = {};
};

struct LockRemedy {
    tools::LockSpec spec;
    tools::LockEntry judged;
};
using Remedy = std::variant<std::vector<FileIdentity>, LockRemedy>;

struct Examination {
    std::vector<Finding> findings;      // the loudest first
    std::map<QString, Remedy> remedies; // by the finding's id
};

// How far an examination is, for whoever waits for it in another thread: a check may hang for good in a file system
// that does not answer.
class Progress final {
public:
    struct State {
        Examination found; // by the checks that have answered
        QString check;     // the one that is being made, as people call it
    };
    [[nodiscard]] State state() const;
    void giveUp(); // once the check that is being made has answered

    // For the examination itself. False once it was given up.
    [[nodiscard]] bool begins(const QString &check);
    void note(const Examination &found);

private:
    mutable std::mutex m_mutex;
    State m_state;
    bool m_isGivenUp = false;
};

// All checks, one after the other, those that look into people's files last. Blocks, up to a few seconds or for good:
// for a thread of its own, which touches nothing but what it was given.
[[nodiscard]] Examination examination(const Sight &sight, const MachineView &machine, base::Timestamp now,
                                      Progress &progress);
// Of a check that has not answered in time: now, or in an examination before this one.
enum class Unanswered { Now, Still };
[[nodiscard]] Finding unanswered(const QString &check, Unanswered since);

} // namespace keytender::service::doctor
