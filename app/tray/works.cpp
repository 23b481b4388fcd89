// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "works.h"

#include <QApplication>

#include <algorithm>

#include <QDebug>

#include "service/neighbours/neighbours.h"
#include "ui/trayface.h"

namespace keytender::tray {

using namespace std::chrono_literals;
using service::Service;

namespace {

constexpr auto noticesAfter = 500ms;

} // namespace

Works::Works(const composition::ServiceOptions &options, Front front)
    : m_front(front), m_desktop(options), m_companion(m_desktop, options, [this] { return m_hasTray; }),
      m_autostart({.environment = m_desktop.environment,
                   .program = QCoreApplication::applicationFilePath(),
                   .random = m_desktop.random}),
      m_panel(m_desktop.service, front.model, options.clock), m_dialogs({.service = m_desktop.service,
                                                                         .opener = m_desktop.browser,
                                                                         .clock = options.clock,
                                                                         .environment = m_desktop.environment,
                                                                         .autostart = m_autostart,
                                                                         .rule = options.endpointRule}),
      m_consents(m_companion.consent, m_desktop.service, options.clock),
      m_memory(m_desktop.service.places().notices, m_desktop.environment, m_desktop.random),
      m_notifier({.bus = QDBusConnection::sessionBus(),
                  .memory = m_memory,
                  .clock = options.clock,
                  .fallback = [icon = &front.icon](const QString &title, const QString &text, bool isUrgent) {
                      icon->showMessage(title, text, isUrgent);
                  }})
{
    m_notices.setSingleShot(true);
    m_notices.setInterval(noticesAfter);
    connect(&m_notices, &QTimer::timeout, this, &Works::tellIncidents);
    connect(&m_notifier, &ui::Notifier::actionInvoked, this, &Works::act);
    m_face.setSingleShot(true);
    m_face.setInterval(0);
    connect(&m_face, &QTimer::timeout, this, &Works::showFace);
    connectFacts();
    connectPanel();
    connectMenu();
    connectNeighbours();
    connect(&front.icon, &ui::TrayIcon::activated, &m_panel, &PanelOnDemand::toggle);
    connect(&front.instance, &SingleInstance::raiseRequested, &m_panel, &PanelOnDemand::present);
    connect(&m_termination, &composition::TerminationSignals::received, this, &Works::quit);
    connect(&m_desktop.service, &Service::stopped, qApp, &QApplication::quit);
    connect(qApp, &QApplication::lastWindowClosed, this, [this] {
        if (m_isWindowTheOnlyDoor)
            quit();
    });
}

Works::~Works()
{
    if (auto released = m_companion.server.releaseName())
        m_name.emplace(*std::move(released));
}

void Works::start()
{
    m_companion.start(composition::Companion::Claim::Asks);
    applyStart(composition::Autostart::Word::OfSettings);
}

void Works::quit()
{
    m_desktop.service.stop();
}

void Works::followTray(bool isPresent)
{
    m_hasTray = isPresent;
    m_panel.setShape(ui::panelShape(isPresent));
    // Without a tray the window is the only door: it stays, and closing it ends the program.
    m_isWindowTheOnlyDoor = !isPresent;
    if (!isPresent)
        m_panel.present();
}

void Works::connectFacts()
{
    Service &service = m_desktop.service;
    connect(&service, &Service::rowChanged, this, [this, &service](const QString &id) {
        m_front.model.setRow(service.rows().at(id));
        m_face.start();
        tellSoon();
    });
    connect(&service, &Service::rowRemoved, this, [this](const QString &id) {
        m_front.model.removeRow(id);
        m_face.start();
        tellSoon();
    });
    connect(&service, &Service::surroundingsChanged, this, [this, &service] {
        m_front.menu.setSurroundings(service.surroundings());
        m_face.start();
        tellSoon();
    });
    connect(&service, &Service::settled, this, &Works::tellSoon);
    connect(&service, &Service::settingsChanged, this, [this] {
        applyStart(composition::Autostart::Word::OfSettings);
        tellSoon(); // the reminders may be others
    });
    connect(&service, &Service::looked, this, &Works::tellSoon);
    connect(&service, &Service::canSignInChanged, this, &Works::showOffers);
    connect(&service, &Service::offersChanged, this, &Works::showOffers);
}

void Works::connectPanel()
{
    Service &service = m_desktop.service;
    connect(&m_panel, &PanelOnDemand::quitRequested, this, &Works::quit);
    connect(&m_panel, &PanelOnDemand::refreshRequested, &service, &Service::refresh);
    connect(&m_panel, &PanelOnDemand::signInRequested, &m_dialogs, &Dialogs::signInAgain);
    connect(&m_panel, &PanelOnDemand::signOutRequested, &m_dialogs, &Dialogs::signOutOf);
    connect(&m_panel, &PanelOnDemand::addLoginRequested, &m_dialogs, [this] { m_dialogs.signIn(); });
    connect(&m_panel, &PanelOnDemand::addKeyRequested, &m_dialogs, &Dialogs::addKey);
    connect(&m_panel, &PanelOnDemand::signOutEverythingRequested, &m_dialogs, &Dialogs::signOutOfEverything);
    connect(&m_panel, &PanelOnDemand::openPageRequested, &m_dialogs, &Dialogs::openPage);
    connect(&m_panel, &PanelOnDemand::retryRevocationsRequested, &service, &Service::retryRevocations);
    connect(&m_panel, &PanelOnDemand::settingsRequested, &m_dialogs, &Dialogs::settings);
    connect(&m_dialogs, &Dialogs::startInsisted, this, [this] { applyStart(composition::Autostart::Word::OfPerson); });
}

void Works::connectMenu()
{
    using ui::TrayMenu;
    Service &service = m_desktop.service;
    TrayMenu &menu = m_front.menu;
    connect(&menu, &TrayMenu::panelRequested, &m_panel, &PanelOnDemand::present);
    connect(&menu, &TrayMenu::profileRequested, &m_panel, &PanelOnDemand::presentProfile);
    connect(&menu, &TrayMenu::rescanRequested, &m_panel, &PanelOnDemand::rescan);
    connect(&menu, &TrayMenu::unlockRequested, &service, &Service::unlockKeychain);
    connect(&menu, &TrayMenu::settingsRequested, &m_dialogs, &Dialogs::settings);
    connect(&menu, &TrayMenu::programsRequested, &m_consents, &ConsentWindows::list);
    connect(&m_dialogs, &Dialogs::programsRequested, &m_consents, &ConsentWindows::list);
    connect(&menu, &TrayMenu::checkUpRequested, this, [this] { m_dialogs.checkUp(m_companion.doctor); });
    connect(&menu, &TrayMenu::quitRequested, this, &Works::quit);
    connect(&menu, &TrayMenu::signInRequested, &m_dialogs, &Dialogs::signIn);
    connect(&menu, &TrayMenu::customServerRequested, &m_dialogs, &Dialogs::addServer);
    connect(&menu, &TrayMenu::addKeyRequested, &m_dialogs, &Dialogs::addKey);
    connect(&menu, &TrayMenu::renewSignInRequested, &m_dialogs, &Dialogs::signInAgain);
    connect(&menu, &TrayMenu::refreshRequested, &service, &Service::refresh);
    connect(&menu, &TrayMenu::signOutRequested, &m_dialogs, &Dialogs::signOut);
}

void Works::connectNeighbours()
{
    using ui::TrayMenu;
    const Service &service = m_desktop.service;
    connect(&service, &Service::neighboursChanged, this, &Works::showNeighbours);
    connect(&service, &Service::canSignInChanged, this, &Works::showNeighbours);
    connect(&m_panel, &PanelOnDemand::careRequested, &m_dialogs, &Dialogs::askOf);
    connect(&m_panel, &PanelOnDemand::previewRequested, &m_dialogs, &Dialogs::previewOf);
    connect(&m_panel, &PanelOnDemand::linksRequested, &m_dialogs, &Dialogs::linksOf);
    connect(&m_panel, &PanelOnDemand::rescueRequested, &m_dialogs, &Dialogs::rescue);
    connect(&m_panel, &PanelOnDemand::neighboursRequested, &m_dialogs, &Dialogs::askOfAll);
    // Queued: beside the panel, and not before it.
    connect(&m_panel, &PanelOnDemand::shown, this, &Works::introduceNeighbours, Qt::QueuedConnection);
    connect(&m_front.menu, &TrayMenu::accountRequested, &m_dialogs, &Dialogs::useAccount);
    connect(&m_front.menu, &TrayMenu::neighboursRequested, &m_dialogs, &Dialogs::askOfAll);
}

void Works::showNeighbours()
{
    service::Neighbours *neighbours = m_desktop.service.neighbours();
    m_panel.setNeighbours(neighbours);
    m_dialogs.setNeighbours(neighbours);
    if (neighbours != nullptr) {
        connect(neighbours, &service::Neighbours::changed, this, &Works::listNeighbours, Qt::UniqueConnection);
        connect(neighbours, &service::Neighbours::unaskedChanged, this, &Works::introduceNeighbours,
                Qt::ConnectionType(Qt::QueuedConnection | Qt::UniqueConnection));
    }
    listNeighbours();
    introduceNeighbours();
}

void Works::listNeighbours()
{
    const service::Neighbours *neighbours = m_desktop.service.neighbours();
    // Asking each login what could be done for it would take a look into its file.
    const bool hasAny = std::ranges::any_of(m_desktop.service.rows(), [](const auto &row) {
        return row.second.actions.keepFresh || row.second.profile.care == profile::Care::Shared
               || row.second.profile.care == profile::Care::Delegated;
    });
    m_front.menu.setHasNeighbours(neighbours != nullptr && hasAny);
    m_front.menu.setAccounts(neighbours == nullptr ? std::vector<service::AccountGroup>() : neighbours->accounts());
}

// Only to somebody who is looking.
void Works::introduceNeighbours()
{
    if (m_panel.isShown())
        m_dialogs.introduceNeighbours();
}

void Works::showFace()
{
    m_front.icon.setFace(ui::trayFaceOf(m_front.model, m_desktop.service.surroundings(), m_desktop.service.now()));
}

// Not put off by what comes meanwhile: something changes all the time.
void Works::tellSoon()
{
    if (!m_notices.isActive())
        m_notices.start();
}

void Works::tellIncidents()
{
    const Service &service = m_desktop.service;
    if (service.isSettled())
        m_notifier.setIncidents(
            service::incidentsOf(service.rows(), service.surroundings(), service.settings().signInEnds, service.now()));
}

// What fails here fails alone: the setting stands, and the next start tries again.
void Works::applyStart(composition::Autostart::Word word)
{
    const auto done = m_autostart.set(m_desktop.service.settings().startsWithSession, word);
    if (!done)
        qWarning().noquote() << base::describe(done.error());
    m_dialogs.setStartProblem(done ? QString() : base::describe(done.error()));
}

void Works::act(const QString &profileId, service::Incident::Action action)
{
    using Action = service::Incident::Action;
    switch (action) {
    case Action::SignIn:
        return m_dialogs.signInAgain(profileId);
    case Action::Retry:
        return m_desktop.service.refresh(profileId);
    case Action::Why:
        return profileId.isEmpty() ? m_panel.present() : m_panel.presentReason(profileId);
    case Action::Unlock:
        return m_desktop.service.unlockKeychain();
    }
}

void Works::showOffers()
{
    const Service &service = m_desktop.service;
    m_front.menu.setCanSignIn(service.canSignIn());
    m_front.menu.setOffers(service.signInOffers());
    m_panel.setCanSignIn(service.canSignIn());
}

} // namespace keytender::tray
