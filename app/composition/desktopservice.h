// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>

#include "base/clock.h"
#include "base/knownsecrets.h"
#include "base/random.h"
#include "composition/systemwatch.h"
#include "oauth/browser.h"
#include "oauth/networktransport.h"
#include "service/service.h"
#include "tools/keychainitems.h"
#include "vault/desktopkeychain.h"
#include "vault/keychainmasterkey.h"

class QCoreApplication;

namespace keytender::composition {

// Before anything else in main(): no memory dumps, libsodium started, no unredacted message. Returns what messages are
// kept free of, beside everything that looks like a secret; null, with a line on standard error, when this machine
// cannot do that.
[[nodiscard]] std::shared_ptr<base::KnownSecrets> prepareProcess(const char *program);

// Makes the program speak as the settings say. What is wrong with them is told by the service.
void speakAsSettled(QCoreApplication &application);

struct ServiceOptions {
    const base::Clock &clock; // outlives the service
    std::shared_ptr<base::KnownSecrets> knownSecrets;
    provider::EndpointRule endpointRule = provider::EndpointRule::HttpsOnly;
    // Looks: spends no token, signs nobody in or out. Tends: all of it.
    enum class Part { Looks, Tends } part = Part::Tends;
};

// The service in the real world, for keytender and keytenderd alike: dependencies first.
struct DesktopService {
    explicit DesktopService(ServiceOptions options);

    base::SystemRandom random;
    base::Environment environment = base::Environment::ofThisProcess();
    tools::SecretServiceItems toolsItems;
    vault::DesktopKeychain keychain{{.environment = environment}};
    vault::KeychainMasterKey masterKey;
    oauth::NetworkTransport network;
    oauth::Browser browser{environment};
    service::Service service;
    SystemWatch system{QDBusConnection::systemBus()};
};

} // namespace keytender::composition
