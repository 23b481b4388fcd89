// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "composition/desktopservice.h"

#include <cstdio>

#include "base/redactor.h"
#include "base/secret.h"

namespace keytender::composition {

bool prepareProcess(const char *program)
{
    base::forbidMemoryDumps();
    base::installRedactingMessageHandler();
    if (base::initializeCrypto())
        return true;
    std::fprintf(stderr, "%s: libsodium cannot start on this machine\n", program);
    return false;
}

DesktopService::DesktopService(const base::Clock &clock, provider::EndpointRule endpointRule)
    : masterKey({.directory = service::Places::in(environment).vault, .keychain = keychain, .random = random}),
      service({.clock = clock,
               .random = random,
               .keychain = toolsItems,
               .masterKey = masterKey,
               .environment = environment,
               .endpointRule = endpointRule})
{
}

} // namespace keytender::composition
