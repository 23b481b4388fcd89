// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <map>
#include <vector>

#include "base/environment.h"
#include "base/result.h"
#include "base/secret.h"
#include "provider/provider.h"

namespace keytender::provider {

enum class EndpointRule {
    HttpsOnly,
    HttpsOrLoopback, // for tests, by an explicit switch of the program
};

// One provider file. The schema is drawn in resources/providers/README.md; an unknown or missing member, a wrong type
// and an endpoint that is not https are errors that name the file, line and member.
[[nodiscard]] base::Result<Provider> parseProvider(base::Secret bytes, const QString &path, EndpointRule rule);

struct ProviderSet {
    std::map<QString, Provider> byId;
    std::vector<base::Error> problems; // of files that were left out; the others stand

    [[nodiscard]] const Provider *find(const QString &id) const;
};

// The built-in ones (compiled in), then the user's from `directory` over them: files *.json owned by the user, not
// writable by others. A missing directory is fine.
[[nodiscard]] ProviderSet loadProviders(const QString &directory, uid_t owner, EndpointRule rule);

} // namespace keytender::provider
