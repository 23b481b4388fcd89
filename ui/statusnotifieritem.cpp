// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/statusnotifieritem.h"

#include <QCursor>
#include <QDBusMessage>
#include <QDBusPendingCall>
#include <QGuiApplication>
#include <QMenu>

#include "ui/dbusmenu.h"

namespace keytender::ui {

namespace {

// On X11 the pointer is where the click was, in Qt's own scale; elsewhere nobody knows it but the host.
QPoint placeOf(int x, int y)
{
    return QGuiApplication::platformName() == QStringLiteral("xcb") ? QCursor::pos() : QPoint(x, y);
}

} // namespace

StatusNotifierItem::StatusNotifierItem(const QDBusConnection &bus, QMenu &menu, QObject *parent)
    : QObject(parent), m_bus(bus)
{
    registerTrayTypes();
    m_adaptor = new StatusNotifierAdaptor(*this);
    new DBusMenu(menu, &m_menuObject);
    m_bus.registerObject(QStringLiteral("/StatusNotifierItem"), this, QDBusConnection::ExportAdaptors);
    m_bus.registerObject(QStringLiteral("/MenuBar"), &m_menuObject, QDBusConnection::ExportAdaptors);
}

StatusNotifierItem::~StatusNotifierItem()
{
    m_bus.unregisterObject(QStringLiteral("/StatusNotifierItem"));
    m_bus.unregisterObject(QStringLiteral("/MenuBar"));
}

void StatusNotifierItem::setFace(const TrayFace &face, PanelShade shade)
{
    const bool iconIsNew = face.look != m_face.look || shade != m_shade || resolved(shade) != m_scheme;
    const bool wordsAreNew = face.title != m_face.title || face.lines != m_face.lines;
    const QString before = m_adaptor->status();
    m_face = face;
    if (iconIsNew) {
        m_shade = shade;
        m_scheme = resolved(shade);
        m_pixmaps.clear();
        Q_EMIT m_adaptor->NewIcon();
        Q_EMIT m_adaptor->NewAttentionIcon();
    }
    if (wordsAreNew)
        Q_EMIT m_adaptor->NewToolTip();
    if (m_adaptor->status() != before)
        Q_EMIT m_adaptor->NewStatus(m_adaptor->status());
}

const TrayPixmaps &StatusNotifierItem::pixmaps()
{
    if (m_pixmaps.isEmpty())
        m_pixmaps = pixmapsOf(trayIcon(m_face.look, m_shade));
    return m_pixmaps;
}

void StatusNotifierItem::registerWithWatcher()
{
    const QString watcher = QStringLiteral("org.kde.StatusNotifierWatcher");
    QDBusMessage message = QDBusMessage::createMethodCall(watcher, QStringLiteral("/StatusNotifierWatcher"), watcher,
                                                          QStringLiteral("RegisterStatusNotifierItem"));
    message << m_bus.baseService();
    message.setAutoStartService(false);
    m_bus.asyncCall(message);
}

StatusNotifierAdaptor::StatusNotifierAdaptor(StatusNotifierItem &item) : QDBusAbstractAdaptor(&item), m_item(item) {}

QString StatusNotifierAdaptor::status() const
{
    return m_item.face().look == TrayLook::ActNow ? QStringLiteral("NeedsAttention") : QStringLiteral("Active");
}

TrayToolTip StatusNotifierAdaptor::toolTip() const
{
    // Hosts read the text as markup.
    return {.iconName = {},
            .icon = {},
            .title = m_item.face().title,
            .text = m_item.face().lines.join(u'\n').toHtmlEscaped()};
}

void StatusNotifierAdaptor::Activate(int x, int y)
{
    Q_EMIT m_item.activated(placeOf(x, y));
}

void StatusNotifierAdaptor::SecondaryActivate(int x, int y)
{
    Q_EMIT m_item.activated(placeOf(x, y));
}

void StatusNotifierAdaptor::ContextMenu(int x, int y)
{
    Q_EMIT m_item.contextMenuRequested(placeOf(x, y));
}

void StatusNotifierAdaptor::Scroll(int /*delta*/, const QString & /*orientation*/) {}

void StatusNotifierAdaptor::ProvideXdgActivationToken(const QString &token)
{
    // Where Qt and the compositor look for it when the next window is raised.
    qputenv("XDG_ACTIVATION_TOKEN", token.toUtf8());
}

} // namespace keytender::ui
