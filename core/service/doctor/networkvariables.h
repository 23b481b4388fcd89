// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <vector>

#include "base/environment.h"
#include "service/doctor/doctorfacts.h"

// Variables that send tools through a proxy or have them trust another certificate authority.
namespace keytender::service::doctor {

struct ProxyVariable {
    QString name;  // "https_proxy"
    QString shown; // where to, without who one is there: "http://proxy.example:3128"
    bool holdsPassword = false;
};

struct TrustVariable {
    QString name;                       // "NODE_EXTRA_CA_CERTS"
    QString tools;                      // who heeds it
    QString path;                       // shortened for people; empty = it was not told
    std::optional<base::Error> problem; // why what it names is of no use
};

struct NetworkVariables {
    std::vector<ProxyVariable> proxies;
    QString exceptions; // no_proxy
    std::vector<TrustVariable> trust;
};

[[nodiscard]] NetworkVariables lookAtVariables(const base::Environment &environment);
[[nodiscard]] std::vector<Finding> variableFindings(const NetworkVariables &variables);

// Of a proxy's address what may be shown. "(not shown)" where it is not clear what is what.
[[nodiscard]] QString shownProxy(const QString &address);

} // namespace keytender::service::doctor
