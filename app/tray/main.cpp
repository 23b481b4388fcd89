// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// keytender: the tray app, with the service in it. This page is the whole composition.

#include <chrono>
#include <cstdio>
#include <optional>

#include <QApplication>
#include <QTimer>

#include <CLI/CLI.hpp>

#include "singleinstance.h"
#include "ui/desktopcolours.h"
#include "works.h"

using namespace keytender;

namespace {

constexpr std::chrono::milliseconds trayAnswersWithin{50};

void nameApplication()
{
    QApplication::setApplicationName(QStringLiteral("keytender"));
    QApplication::setApplicationDisplayName(QStringLiteral("Keytender"));
    QApplication::setApplicationVersion(QStringLiteral(KEYTENDER_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("org.keytender.keytender"));
    QApplication::setQuitOnLastWindowClosed(false);
}

// The icon first, then everything behind it, until somebody quits.
int run(QApplication &application, tray::SingleInstance &instance, const composition::ServiceOptions &options)
{
    ui::DesktopColours colours(application, QDBusConnection::sessionBus());
    colours.start();

    ui::ProfileModel model(options.clock);
    ui::TrayMenu menu(model, options.clock);
    ui::TrayIcon icon(menu);

    // The icon stands before anything is read or drawn, so that a slow disk or keychain delays no one's desktop. Where
    // no tray answers at once, the rest does not wait for one.
    std::optional<tray::Works> works;
    bool isRaisedEarly = false;
    QObject::connect(&instance, &tray::SingleInstance::raiseRequested, &application,
                     [&] { isRaisedEarly = isRaisedEarly || !works; });
    QObject::connect(&menu, &ui::TrayMenu::quitRequested, &application, [&] {
        if (!works)
            QApplication::quit();
    });
    QTimer begin;
    begin.setSingleShot(true);
    QObject::connect(&begin, &QTimer::timeout, &application, [&] {
        works.emplace(options, tray::Front{.model = model, .menu = menu, .icon = icon, .instance = instance});
        if (icon.presence() != ui::TrayIcon::Presence::Looking)
            works->followTray(icon.presence() == ui::TrayIcon::Presence::Present);
        if (isRaisedEarly)
            works->present();
        works->start();
    });
    QObject::connect(&icon, &ui::TrayIcon::trayPresenceChanged, &application, [&](bool isPresent) {
        if (works)
            works->followTray(isPresent);
        else
            begin.start(0);
    });
    begin.start(trayAnswersWithin);
    icon.start();
    return QApplication::exec();
}

} // namespace

int main(int argc, char *argv[])
{
    const auto knownSecrets = composition::prepareProcess("keytender");
    if (!knownSecrets)
        return 3;
    QApplication application(argc, argv);
    nameApplication();

    CLI::App options("Tends the logins of your AI tools, from the tray.", "keytender");
    bool allowLoopback = false;
    options.add_flag("--allow-loopback-http", allowLoopback,
                     "Accept http:// endpoints on this machine in provider files");
    options.set_version_flag("--version", KEYTENDER_VERSION);
    CLI11_PARSE(options, argc, argv)

    composition::speakAsSettled(application);

    tray::SingleInstance instance;
    if (instance.claim(base::Environment::ofThisProcess()) == tray::SingleInstance::Role::Second) {
        std::puts("Keytender is running already; its window was raised.");
        return 0;
    }

    const auto rule = allowLoopback ? provider::EndpointRule::HttpsOrLoopback : provider::EndpointRule::HttpsOnly;
    const base::SystemClock clock;
    return run(application, instance, {.clock = clock, .knownSecrets = knownSecrets, .endpointRule = rule});
}
