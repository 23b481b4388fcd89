// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// keytender: the tray app, with the service in it. This page is the whole composition.

#include <chrono>
#include <cstdio>
#include <optional>

#include <QApplication>
#include <QLocale>
#include <QTimer>

#include <CLI/CLI.hpp>

#include "composition/desktopservice.h"
#include "panelondemand.h"
#include "singleinstance.h"
#include "translations/language.h"
#include "ui/desktopcolours.h"
#include "ui/profilemodel.h"
#include "ui/trayface.h"
#include "ui/trayicon.h"
#include "ui/traymenu.h"

using namespace keytender;

namespace {

constexpr std::chrono::milliseconds trayAnswersWithin{50};

// The service and the panel: all that has to read something before it can say anything.
struct Works {
    Works(const composition::ServiceOptions &options, const ui::ProfileModel &model)
        : desktop(options), panel(desktop.service, model, options.clock)
    {
    }

    composition::DesktopService desktop;
    tray::PanelOnDemand panel;
};

// The service's facts reach model, menu and icon.
void connectFacts(service::Service &service, ui::ProfileModel &model, ui::TrayMenu &menu, ui::TrayIcon &icon)
{
    // Many rows change at once at the start; the icon and its words follow once.
    auto *face = new QTimer(&icon);
    face->setSingleShot(true);
    face->setInterval(0);
    QObject::connect(face, &QTimer::timeout, &icon,
                     [&] { icon.setFace(ui::trayFaceOf(model, service.surroundings(), service.now())); });
    const auto showFace = [face] { face->start(); };
    QObject::connect(&service, &service::Service::rowChanged, &model, [&, showFace](const QString &id) {
        model.setRow(service.rows().at(id));
        showFace();
    });
    QObject::connect(&service, &service::Service::rowRemoved, &model, [&, showFace](const QString &id) {
        model.removeRow(id);
        showFace();
    });
    QObject::connect(&service, &service::Service::surroundingsChanged, &menu, [&, showFace] {
        menu.setSurroundings(service.surroundings());
        showFace();
    });
}

// What the user asks for reaches the service and the panel.
void connectIntents(Works &works, ui::TrayIcon &icon, ui::TrayMenu &menu, tray::SingleInstance &instance)
{
    tray::PanelOnDemand &panel = works.panel;
    QObject::connect(&icon, &ui::TrayIcon::activated, &panel, &tray::PanelOnDemand::toggle);
    QObject::connect(&menu, &ui::TrayMenu::panelRequested, &panel, &tray::PanelOnDemand::present);
    QObject::connect(&menu, &ui::TrayMenu::profileRequested, &panel, &tray::PanelOnDemand::presentProfile);
    QObject::connect(&menu, &ui::TrayMenu::rescanRequested, &panel, &tray::PanelOnDemand::rescan);
    QObject::connect(&menu, &ui::TrayMenu::unlockRequested, &works.desktop.service, &service::Service::unlockKeychain);
    QObject::connect(&menu, &ui::TrayMenu::quitRequested, qApp, &QApplication::quit);
    QObject::connect(&panel, &tray::PanelOnDemand::quitRequested, qApp, &QApplication::quit);
    QObject::connect(&instance, &tray::SingleInstance::raiseRequested, &panel, &tray::PanelOnDemand::present);
}

void followTray(tray::PanelOnDemand &panel, bool isPresent)
{
    panel.setShape(ui::panelShape(isPresent));
    // Without a tray the window is the only door: it stays, and closing it ends the program.
    QApplication::setQuitOnLastWindowClosed(!isPresent);
    if (!isPresent)
        panel.present();
}

void nameApplication()
{
    QApplication::setApplicationName(QStringLiteral("keytender"));
    QApplication::setApplicationDisplayName(QStringLiteral("Keytender"));
    QApplication::setApplicationVersion(QStringLiteral(KEYTENDER_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("org.keytender.keytender"));
    QApplication::setQuitOnLastWindowClosed(false);
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

    translations::installTranslations(application, QLocale());

    tray::SingleInstance instance;
    if (instance.claim(base::Environment::ofThisProcess()) == tray::SingleInstance::Role::Second) {
        std::puts("Keytender is running already; its window was raised.");
        return 0;
    }

    ui::DesktopColours colours(application, QDBusConnection::sessionBus());
    colours.start();

    const auto rule = allowLoopback ? provider::EndpointRule::HttpsOrLoopback : provider::EndpointRule::HttpsOnly;
    const base::SystemClock clock;
    ui::ProfileModel model(clock);
    ui::TrayMenu menu(model, clock);
    ui::TrayIcon icon(menu);

    // The icon stands before anything is read or drawn, so that a slow disk or keychain delays no one's desktop. Where
    // no tray answers at once, the rest does not wait for one.
    std::optional<Works> works;
    bool isRaisedEarly = false;
    QObject::connect(&instance, &tray::SingleInstance::raiseRequested, &application,
                     [&] { isRaisedEarly = isRaisedEarly || !works; });
    QTimer begin;
    begin.setSingleShot(true);
    QObject::connect(&begin, &QTimer::timeout, &application, [&] {
        works.emplace(composition::ServiceOptions{clock, knownSecrets, rule}, model);
        connectFacts(works->desktop.service, model, menu, icon);
        connectIntents(*works, icon, menu, instance);
        if (icon.presence() != ui::TrayIcon::Presence::Looking)
            followTray(works->panel, icon.presence() == ui::TrayIcon::Presence::Present);
        if (isRaisedEarly)
            works->panel.present();
        works->desktop.service.start();
    });
    QObject::connect(&icon, &ui::TrayIcon::trayPresenceChanged, &application, [&](bool isPresent) {
        if (works)
            followTray(works->panel, isPresent);
        else
            begin.start(0);
    });
    begin.start(trayAnswersWithin);
    icon.start();
    return QApplication::exec();
}
