// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/trayicon.h"

#include <chrono>

#include <QCursor>
#include <QDBusConnection>
#include <QGuiApplication>
#include <QMenu>
#include <QSystemTrayIcon>

#include "ui/statusnotifieritem.h"
#include "ui/trayhostwatch.h"

namespace keytender::ui {

namespace {

// Panels start late; after this the program shows itself without one.
constexpr std::chrono::seconds grace{2};

QString busName()
{
    return QStringLiteral("keytender-tray");
}

} // namespace

TrayIcon::TrayIcon(QMenu &menu, QObject *parent) : QObject(parent), m_menu(menu)
{
    m_grace.setSingleShot(true);
    m_grace.setInterval(grace);
    connect(&m_grace, &QTimer::timeout, this, [this] {
        m_graceIsOver = true;
        follow();
    });
}

TrayIcon::~TrayIcon()
{
    m_item.reset();
    m_hosts.reset();
    QDBusConnection::disconnectFromBus(busName());
}

void TrayIcon::start()
{
    m_hosts = std::make_unique<TrayHostWatch>(QDBusConnection::connectToBus(QDBusConnection::SessionBus, busName()));
    connect(m_hosts.get(), &TrayHostWatch::changed, this, &TrayIcon::follow);
    m_grace.start();
    m_hosts->start();
}

void TrayIcon::setFace(const TrayFace &face)
{
    if (face == m_face)
        return;
    m_face = face;
    applyFace();
}

void TrayIcon::showMessage(const QString &title, const QString &text, bool isUrgent)
{
    if (m_fallback)
        m_fallback->showMessage(title, text, isUrgent ? QSystemTrayIcon::Warning : QSystemTrayIcon::Information);
}

void TrayIcon::setPanelShade(PanelShade shade)
{
    m_shade = shade;
    applyFace();
}

void TrayIcon::follow()
{
    switch (m_hosts->state()) {
    case TrayHostWatch::State::Present:
        useItem();
        return;
    case TrayHostWatch::State::NoWatcher:
        if (m_graceIsOver && QGuiApplication::platformName() == QStringLiteral("xcb")) {
            useFallback();
            return;
        }
        break;
    case TrayHostWatch::State::Unknown:
    case TrayHostWatch::State::NoHost:
        break;
    }
    // An icon that was there and is gone is news at once; one that was never there may still come.
    if (m_graceIsOver || m_presence == Presence::Present)
        say(Presence::Absent);
}

void TrayIcon::useItem()
{
    m_fallback.reset();
    if (!m_item) {
        m_item = std::make_unique<StatusNotifierItem>(QDBusConnection(busName()), m_menu);
        connect(m_item.get(), &StatusNotifierItem::activated, this, &TrayIcon::activated);
        connect(m_item.get(), &StatusNotifierItem::contextMenuRequested, &m_menu,
                [this](QPoint click) { m_menu.popup(click); });
        applyFace();
    }
    if (m_registeredWith != m_hosts->generation()) {
        m_registeredWith = m_hosts->generation();
        m_item->registerWithWatcher();
    }
    say(Presence::Present);
}

// Only where nobody owns the watcher's name: else Qt would ask the owner, and wait for it.
void TrayIcon::useFallback()
{
    if (!m_fallback) {
        m_fallback = std::make_unique<QSystemTrayIcon>();
        m_fallback->setContextMenu(&m_menu);
        connect(m_fallback.get(), &QSystemTrayIcon::activated, this, [this](QSystemTrayIcon::ActivationReason reason) {
            if (reason == QSystemTrayIcon::Trigger || reason == QSystemTrayIcon::MiddleClick)
                Q_EMIT activated(QCursor::pos());
        });
        applyFace();
        m_fallback->show();
    }
    say(QSystemTrayIcon::isSystemTrayAvailable() ? Presence::Present : Presence::Absent);
}

void TrayIcon::say(Presence presence)
{
    if (presence == m_presence)
        return;
    m_presence = presence;
    Q_EMIT trayPresenceChanged(presence == Presence::Present);
}

void TrayIcon::applyFace()
{
    if (m_item)
        m_item->setFace(m_face, m_shade);
    if (!m_fallback)
        return;
    m_fallback->setIcon(trayIcon(m_face.look, m_shade));
    m_fallback->setToolTip(m_face.title + u'\n' + m_face.lines.join(u'\n'));
}

} // namespace keytender::ui
