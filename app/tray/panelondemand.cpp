// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "panelondemand.h"

#include <QApplication>

#include "ui/icons.h"

namespace keytender::tray {

using service::Service;

PanelOnDemand::PanelOnDemand(Service &service, const ui::ProfileModel &model, const base::Clock &clock)
    : m_service(service), m_model(model), m_clock(clock)
{
    connect(&service, &Service::surroundingsChanged, this, [this] {
        m_isScanning = false;
        if (!m_panel)
            return;
        m_panel->setSurroundings(m_service.surroundings());
        m_panel->setScanning(false);
    });
    connect(&service, &Service::activityAdded, this, [this](const QString &profile) {
        if (m_panel && m_panel->openProfile() == profile)
            showActivity(profile);
    });
}

PanelOnDemand::~PanelOnDemand() = default;

ui::Panel &PanelOnDemand::panel()
{
    if (m_panel)
        return *m_panel;
    QApplication::setWindowIcon(ui::applicationIcon());
    m_panel = std::make_unique<ui::Panel>(m_model, m_clock);
    m_panel->setShape(m_shape);
    m_panel->setSurroundings(m_service.surroundings());
    m_panel->setScanning(m_isScanning);
    m_panel->setCanSignIn(m_canSignIn);
    m_panel->setNeighbours(m_neighbours);
    connectPanel();
    return *m_panel;
}

void PanelOnDemand::connectPanel()
{
    using ui::Panel;
    const Panel *panel = m_panel.get();
    connect(panel, &Panel::rescanRequested, this, &PanelOnDemand::rescan);
    connect(panel, &Panel::unlockRequested, &m_service, &Service::unlockKeychain);
    connect(panel, &Panel::activityRequested, this, &PanelOnDemand::showActivity);
    connect(panel, &Panel::quitRequested, this, &PanelOnDemand::quitRequested);
    connect(panel, &Panel::refreshRequested, this, &PanelOnDemand::refreshRequested);
    connect(panel, &Panel::signInRequested, this, &PanelOnDemand::signInRequested);
    connect(panel, &Panel::signOutRequested, this, &PanelOnDemand::signOutRequested);
    connect(panel, &Panel::addLoginRequested, this, &PanelOnDemand::addLoginRequested);
    connect(panel, &Panel::addKeyRequested, this, &PanelOnDemand::addKeyRequested);
    connect(panel, &Panel::signOutEverythingRequested, this, &PanelOnDemand::signOutEverythingRequested);
    connect(panel, &Panel::openPageRequested, this, &PanelOnDemand::openPageRequested);
    connect(panel, &Panel::retryRevocationsRequested, this, &PanelOnDemand::retryRevocationsRequested);
    connect(panel, &Panel::careRequested, this, &PanelOnDemand::careRequested);
    connect(panel, &Panel::previewRequested, this, &PanelOnDemand::previewRequested);
    connect(panel, &Panel::linksRequested, this, &PanelOnDemand::linksRequested);
    connect(panel, &Panel::rescueRequested, this, &PanelOnDemand::rescueRequested);
    connect(panel, &Panel::neighboursRequested, this, &PanelOnDemand::neighboursRequested);
    connect(panel, &Panel::settingsRequested, this, &PanelOnDemand::settingsRequested);
    connect(panel, &Panel::shown, this, &PanelOnDemand::shown);
}

void PanelOnDemand::setCanSignIn(bool canSignIn)
{
    m_canSignIn = canSignIn;
    if (m_panel)
        m_panel->setCanSignIn(canSignIn);
}

void PanelOnDemand::setNeighbours(service::Neighbours *neighbours)
{
    m_neighbours = neighbours;
    if (m_panel)
        m_panel->setNeighbours(neighbours);
}

void PanelOnDemand::setShape(ui::Panel::Shape shape)
{
    m_shape = shape;
    if (m_panel)
        m_panel->setShape(shape);
}

void PanelOnDemand::toggle(QPoint click)
{
    panel().toggle(click);
}

void PanelOnDemand::present()
{
    panel().present();
}

void PanelOnDemand::presentProfile(const QString &id)
{
    panel().presentProfile(id);
}

void PanelOnDemand::presentReason(const QString &id)
{
    panel().presentReason(id);
}

void PanelOnDemand::rescan()
{
    m_isScanning = true;
    if (m_panel)
        m_panel->setScanning(true);
    m_service.rescan();
}

void PanelOnDemand::showActivity(const QString &profile)
{
    m_panel->setActivity(profile, m_service.activityOf(profile));
}

} // namespace keytender::tray
