// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>

#include <QObject>
#include <QPoint>
#include <QTimer>

#include "ui/trayface.h"

class QMenu;
class QSystemTrayIcon;

namespace keytender::ui {

class StatusNotifierItem;
class TrayHostWatch;

// The icon in the tray, by whichever way there is one: a StatusNotifierItem where a host draws them; on X11 without any
// watcher Qt's XEmbed icon, given up when a host appears; else none, and it keeps looking. Nothing in it waits.
class TrayIcon final : public QObject {
    Q_OBJECT

public:
    enum class Presence { Looking, Present, Absent };

    // The menu outlives the icon.
    explicit TrayIcon(QMenu &menu, QObject *parent = nullptr);
    ~TrayIcon() override;

    // Looks for a host, and says within 2 s whether there is one.
    void start();
    void setFace(const TrayFace &face);
    // A message at an icon that Qt itself drew; elsewhere nobody can show one this way.
    void showMessage(const QString &title, const QString &text, bool isUrgent);
    void setPanelShade(PanelShade shade);
    [[nodiscard]] Presence presence() const { return m_presence; }

Q_SIGNALS:
    // A left click, at this point of the screen.
    void activated(QPoint click);
    // Once after start(), then with every change. False: show the ordinary window.
    void trayPresenceChanged(bool present);

private:
    void follow();
    void useItem();
    void useFallback();
    void say(Presence presence);
    void applyFace();

    QMenu &m_menu;
    TrayFace m_face;
    PanelShade m_shade = PanelShade::Automatic;
    Presence m_presence = Presence::Looking;
    QTimer m_grace;
    bool m_graceIsOver = false;
    int m_registeredWith = -1; // the generation of watcher that knows the item
    std::unique_ptr<TrayHostWatch> m_hosts;
    std::unique_ptr<StatusNotifierItem> m_item;
    std::unique_ptr<QSystemTrayIcon> m_fallback;
};

} // namespace keytender::ui
