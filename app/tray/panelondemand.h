// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>

#include <QObject>
#include <QPointer>

#include "service/neighbours/neighbours.h"
#include "service/service.h"
#include "ui/panel.h"

namespace keytender::tray {

// The panel, built when somebody first wants to see it: its fonts and widgets are most of what a tray program weighs,
// and on most days nobody opens it.
class PanelOnDemand final : public QObject {
    Q_OBJECT

public:
    // All three outlive it.
    PanelOnDemand(service::Service &service, const ui::ProfileModel &model, const base::Clock &clock);
    ~PanelOnDemand() override;

    void setShape(ui::Panel::Shape shape);
    void toggle(QPoint click);
    void present();
    void presentProfile(const QString &id);
    void presentReason(const QString &id);
    void setCanSignIn(bool canSignIn);
    void setNeighbours(service::Neighbours *neighbours);
    [[nodiscard]] bool isShown() const { return m_panel && m_panel->isVisible(); }
    // Has every copy read again.
    void rescan();

Q_SIGNALS:
    void quitRequested();
    // As the panel's own.
    void refreshRequested(const QString &id);
    void signInRequested(const QString &id);
    void signOutRequested(const QString &id);
    void addLoginRequested();
    void addKeyRequested();
    void signOutEverythingRequested();
    void openPageRequested(const QUrl &page);
    void retryRevocationsRequested();
    void careRequested(const QString &id);
    void previewRequested(const QString &id);
    void linksRequested(const QString &id);
    void rescueRequested(const QString &id);
    void neighboursRequested();
    void settingsRequested();
    void shown();

private:
    void connectPanel();
    ui::Panel &panel();
    void showActivity(const QString &profile);

    service::Service &m_service;
    const ui::ProfileModel &m_model;
    const base::Clock &m_clock;
    ui::Panel::Shape m_shape = ui::Panel::Shape::Window;
    bool m_isScanning = false;
    bool m_canSignIn = false;
    QPointer<service::Neighbours> m_neighbours;
    std::unique_ptr<ui::Panel> m_panel;
};

} // namespace keytender::tray
