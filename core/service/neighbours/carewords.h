// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <vector>

#include <QString>

#include "base/environment.h"
#include "profile/profile.h"
#include "provider/provider.h"
#include "service/neighbours/neighbourfacts.h"

namespace keytender::service {

// Words about who may renew a tool's login: values in, texts out.

struct CareSubject {
    const profile::Profile &login;
    QString toolName;
    const provider::Provider *provider = nullptr; // null: nobody knows its server
    QString sharingObjection;                     // empty: it can be kept fresh
    QString delegationObjection;                  // empty: its tool can be asked
};
// The recommended one first: what can be done, ahead of only watching.
[[nodiscard]] std::vector<CareChoice> careChoices(const CareSubject &subject);

// When a token of this provider is renewed, and where: "about 1 hour before it ends, at platform.claude.com".
[[nodiscard]] QString renewalWords(const provider::Provider &provider, double renewalShare);

// The chain of a login's refresh tokens as plain text, for a report about a fault: fingerprints, times in UTC, writers.
[[nodiscard]] QString lineageReport(const profile::Profile &login, const std::vector<Generation> &generations,
                                    const base::Environment &environment);

} // namespace keytender::service
