// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/clock.h"
#include "base/random.h"
#include "service/service.h"
#include "tools/keychainitems.h"
#include "vault/desktopkeychain.h"
#include "vault/keychainmasterkey.h"

namespace keytender::composition {

// Before anything else in main(): no memory dumps, no unredacted message, libsodium started. False, with a line on
// standard error, when this machine cannot do that.
[[nodiscard]] bool prepareProcess(const char *program);

// The service in the real world, for keytender and keytenderd alike: dependencies first.
struct DesktopService {
    // The clock outlives it.
    DesktopService(const base::Clock &clock, provider::EndpointRule endpointRule);

    base::SystemRandom random;
    base::Environment environment = base::Environment::ofThisProcess();
    tools::SecretServiceItems toolsItems;
    vault::DesktopKeychain keychain{{.environment = environment}};
    vault::KeychainMasterKey masterKey;
    service::Service service;
};

} // namespace keytender::composition
