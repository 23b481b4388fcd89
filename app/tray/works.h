// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QObject>
#include <QTimer>

#include "composition/autostart.h"
#include "composition/companion.h"
#include "composition/desktopservice.h"
#include "composition/terminationsignals.h"
#include "consentwindows.h"
#include "dialogs.h"
#include "panelondemand.h"
#include "singleinstance.h"
#include "ui/notifier.h"
#include "ui/profilemodel.h"
#include "ui/trayicon.h"
#include "ui/traymenu.h"

namespace keytender::tray {

// The parts that stand before anything is read; they outlive the works.
struct Front {
    ui::ProfileModel &model;
    ui::TrayMenu &menu;
    ui::TrayIcon &icon;
    SingleInstance &instance;
};

// The service and the windows behind the icon: all that has to read something before it can say anything. What the
// service says reaches model, menu and icon; what the user asks for reaches the service.
class Works final : public QObject {
    Q_OBJECT

public:
    Works(const composition::ServiceOptions &options, Front front);
    ~Works() override;

    void start();
    // A tray came or went.
    void followTray(bool isPresent);
    void present() { m_panel.present(); }
    // Brings what is under way to its end, then ends the program.
    void quit();

private:
    void connectFacts();
    void connectPanel();
    void connectMenu();
    void connectNeighbours();
    void showNeighbours();
    void listNeighbours();
    void introduceNeighbours();
    void showFace();
    void showOffers();
    void tellSoon();
    void tellIncidents();
    void applyStart(composition::Autostart::Word word);
    void act(const QString &profileId, service::Incident::Action action);

    Front m_front;
    std::optional<ipc::ServiceName> m_name; // goes after the vault: nobody takes it and finds that locked
    std::optional<bool> m_hasTray;          // nothing: nobody has said
    composition::DesktopService m_desktop;
    composition::Companion m_companion;
    composition::Autostart m_autostart;
    PanelOnDemand m_panel;
    Dialogs m_dialogs;
    ConsentWindows m_consents;
    composition::TerminationSignals m_termination;
    service::IncidentMemory m_memory;
    ui::Notifier m_notifier;
    QTimer m_face;    // many rows change at once at the start; the icon and its words follow once
    QTimer m_notices; // likewise, and a moment later: nobody needs them at once
    bool m_isWindowTheOnlyDoor = false;
};

} // namespace keytender::tray
