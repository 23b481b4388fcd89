// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// keytender: the tray app, with the service in it. This page is the whole composition.

#include <cstdio>

#include <QApplication>
#include <QLocale>
#include <QTimer>

#include <CLI/CLI.hpp>

#include "composition/desktopservice.h"
#include "singleinstance.h"
#include "translations/language.h"
#include "ui/desktopcolours.h"
#include "ui/icons.h"
#include "ui/panel.h"
#include "ui/profilemodel.h"
#include "ui/trayface.h"
#include "ui/trayicon.h"
#include "ui/traymenu.h"

using namespace keytender;

namespace {

// The service's facts reach the screen.
void connectFacts(service::Service &service, ui::ProfileModel &model, ui::Panel &panel, ui::TrayMenu &menu,
                  ui::TrayIcon &icon)
{
    const auto showFace = [&] { icon.setFace(ui::trayFaceOf(model, service.surroundings(), service.now())); };
    QObject::connect(&service, &service::Service::rowChanged, &model, [&, showFace](const QString &id) {
        model.setRow(service.rows().at(id));
        showFace();
    });
    QObject::connect(&service, &service::Service::rowRemoved, &model, [&, showFace](const QString &id) {
        model.removeRow(id);
        showFace();
    });
    QObject::connect(&service, &service::Service::surroundingsChanged, &panel, [&, showFace] {
        const service::Surroundings surroundings = service.surroundings();
        panel.setSurroundings(surroundings);
        panel.setScanning(false);
        menu.setSurroundings(surroundings);
        showFace();
    });
    QObject::connect(&service, &service::Service::activityAdded, &panel, [&](const QString &profile) {
        if (panel.openProfile() == profile)
            panel.setActivity(profile, service.activityOf(profile));
    });
}

// What the user asks for reaches the service.
void connectIntents(service::Service &service, ui::Panel &panel, ui::TrayMenu &menu)
{
    const auto rescan = [&] {
        panel.setScanning(true);
        service.rescan();
    };
    QObject::connect(&panel, &ui::Panel::rescanRequested, &service, rescan);
    QObject::connect(&menu, &ui::TrayMenu::rescanRequested, &service, rescan);
    QObject::connect(&panel, &ui::Panel::unlockRequested, &service, &service::Service::unlockKeychain);
    QObject::connect(&menu, &ui::TrayMenu::unlockRequested, &service, &service::Service::unlockKeychain);
    QObject::connect(&panel, &ui::Panel::activityRequested, &service,
                     [&](const QString &profile) { panel.setActivity(profile, service.activityOf(profile)); });
}

// Icon, menu and a second start open the panel; quitting quits.
void connectWindows(ui::TrayIcon &icon, ui::TrayMenu &menu, ui::Panel &panel, tray::SingleInstance &instance)
{
    QObject::connect(&icon, &ui::TrayIcon::activated, &panel, &ui::Panel::toggle);
    QObject::connect(&icon, &ui::TrayIcon::trayPresenceChanged, &panel, [&](bool isPresent) {
        panel.setShape(ui::panelShape(isPresent));
        // Without a tray the window is the only door: it stays, and closing it ends the program.
        QApplication::setQuitOnLastWindowClosed(!isPresent);
        if (!isPresent)
            panel.present();
    });
    QObject::connect(&menu, &ui::TrayMenu::panelRequested, &panel, &ui::Panel::present);
    QObject::connect(&menu, &ui::TrayMenu::profileRequested, &panel, &ui::Panel::presentProfile);
    QObject::connect(&instance, &tray::SingleInstance::raiseRequested, &panel, &ui::Panel::present);
    QObject::connect(&menu, &ui::TrayMenu::quitRequested, qApp, &QApplication::quit);
    QObject::connect(&panel, &ui::Panel::quitRequested, qApp, &QApplication::quit);
}

} // namespace

int main(int argc, char *argv[])
{
    if (!composition::prepareProcess("keytender"))
        return 3;
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("keytender"));
    QApplication::setApplicationDisplayName(QStringLiteral("Keytender"));
    QApplication::setApplicationVersion(QStringLiteral(KEYTENDER_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("org.keytender.keytender"));
    QApplication::setQuitOnLastWindowClosed(false);

    CLI::App options("Tends the logins of your AI tools, from the tray.", "keytender");
    bool allowLoopback = false;
    options.add_flag("--allow-loopback-http", allowLoopback,
                     "Accept http:// endpoints on this machine in provider files");
    options.set_version_flag("--version", KEYTENDER_VERSION);
    CLI11_PARSE(options, argc, argv)

    translations::installTranslations(application, QLocale());

    tray::SingleInstance instance;
    if (instance.claim(base::Environment::ofThisProcess()) == tray::SingleInstance::Role::Second) {
        std::puts("Keytender is running already; its window was raised.");
        return 0;
    }

    ui::DesktopColours colours(application, QDBusConnection::sessionBus());
    colours.start();

    composition::DesktopService desktop(allowLoopback ? provider::EndpointRule::HttpsOrLoopback
                                                      : provider::EndpointRule::HttpsOnly);
    service::Service &service = desktop.service;
    ui::ProfileModel model(desktop.clock);
    ui::Panel panel(model, desktop.clock);
    ui::TrayMenu menu(model, desktop.clock);
    ui::TrayIcon icon(menu);
    QApplication::setWindowIcon(ui::applicationIcon());

    connectFacts(service, model, panel, menu, icon);
    connectIntents(service, panel, menu);
    connectWindows(icon, menu, panel, instance);

    // The icon stands before anything is read, so that a slow disk or keychain delays no one's desktop.
    icon.start();
    QTimer::singleShot(0, &service, &service::Service::start);
    return QApplication::exec();
}
