// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "composition/desktopservice.h"

#include <cstdio>
#include <utility>

#include <QLocale>
#include <QTimer>

#include "base/redactor.h"
#include "base/secret.h"
#include "composition/startpages.h"
#include "translations/language.h"

namespace keytender::composition {

using namespace std::chrono_literals;

namespace {

constexpr auto afterTheStart = 2s;

} // namespace

std::shared_ptr<base::KnownSecrets> prepareProcess(const char *program)
{
    base::forbidMemoryDumps();
    if (!base::initializeCrypto()) {
        std::fprintf(stderr, "%s: libsodium cannot start on this machine\n", program);
        return {};
    }
    base::SystemRandom random;
    auto knownSecrets = std::make_shared<base::KnownSecrets>(random);
    base::installRedactingMessageHandler(knownSecrets);
    return knownSecrets;
}

void speakAsSettled(QCoreApplication &application)
{
    const base::Environment environment = base::Environment::ofThisProcess();
    const QLocale locale =
        translations::localeFor(service::languageIn(service::Places::in(environment).settings(), environment));
    QLocale::setDefault(locale);
    translations::installTranslations(application, locale);
}

DesktopService::DesktopService(ServiceOptions options)
    : masterKey({.directory = service::Places::in(environment).vault, .keychain = keychain, .random = random}),
      service({.clock = options.clock,
               .random = random,
               .keychain = toolsItems,
               .masterKey = masterKey,
               .environment = environment,
               .endpointRule = options.endpointRule,
               .knownSecrets = std::move(options.knownSecrets),
               .outside = options.part == ServiceOptions::Part::Tends ? std::optional(
                              service::Outside{.tokens = network, .documents = network, .opener = browser})
                                                                      : std::nullopt,
               .languages = translations::languages()})
{
    QObject::connect(&system, &SystemWatch::wokeUp, &service, &service::Service::noteClockChange);
    QObject::connect(&system, &SystemWatch::wentOnline, &service, &service::Service::noteOnline);
    QObject::connect(&service, &service::Service::settled, &service,
                     [this] { QTimer::singleShot(afterTheStart, &service, giveBackStartPages); });
}

} // namespace keytender::composition
