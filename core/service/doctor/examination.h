// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
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

// All checks, one after the other. Blocks, up to a few seconds: for a thread of its own, which touches nothing but what
// it was given. Given up between two checks once `isCancelled`.
[[nodiscard]] Examination examination(const Sight &sight, const MachineView &machine, base::Timestamp now,
                                      const std::atomic_bool &isCancelled);

} // namespace keytender::service::doctor
