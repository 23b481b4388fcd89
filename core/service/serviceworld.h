// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>
#include <optional>

#include <QStringList>

#include "base/clock.h"
#include "base/environment.h"
#include "base/random.h"
#include "oauth/signin.h"
#include "provider/providerloader.h"
#include "tools/keychainitems.h"
#include "vault/masterkey.h"

namespace keytender::service {

// The network and the browser.
struct Outside {
    oauth::TokenTransport &tokens;
    oauth::DocumentTransport &documents;
    oauth::UrlOpener &opener;
};

struct ServiceWorld {
    const base::Clock &clock;
    base::Random &random;
    tools::KeychainItems &keychain;
    vault::MasterKeySource &masterKey;
    base::Environment environment;
    provider::EndpointRule endpointRule = provider::EndpointRule::HttpsOnly;
    std::shared_ptr<base::KnownSecrets> knownSecrets = {}; // what no message may hold
    // Without it this service looks and never spends, signs in or out: for a single look.
    std::optional<Outside> outside = {};
    QStringList languages = {}; // that the program speaks: what the settings may choose from
};

} // namespace keytender::service
