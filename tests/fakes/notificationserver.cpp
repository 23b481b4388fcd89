// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "fakes/notificationserver.h"

#include <algorithm>

#include <QDBusArgument>
#include <QDBusMessage>

#include "fakes/busobject.h"

namespace keytender::fakes {

namespace {

QString name()
{
    return QStringLiteral("org.freedesktop.Notifications");
}

QString path()
{
    return QStringLiteral("/org/freedesktop/Notifications");
}

QString connectionName()
{
    static int made = 0;
    return QStringLiteral("notification-server-%1").arg(++made);
}

std::vector<ShownNotification>::iterator find(std::vector<ShownNotification> &all, std::uint32_t id)
{
    return std::find_if(all.begin(), all.end(), [id](const ShownNotification &each) { return each.id == id; });
}

} // namespace

NotificationServer::NotificationServer(const QString &busAddress)
    : m_bus(QDBusConnection::connectToBus(busAddress, connectionName()))
{
    m_bus.registerVirtualObject(path(), this);
}

NotificationServer::~NotificationServer()
{
    leaveBus(m_bus, path(), this);
}

bool NotificationServer::appear()
{
    return m_bus.registerService(name());
}

void NotificationServer::vanish()
{
    m_bus.unregisterService(name());
}

void NotificationServer::press(std::uint32_t id, const QString &action)
{
    const auto pressed = find(m_open, id);
    const bool stays = pressed != m_open.end() && pressed->hints.value(QStringLiteral("resident")).toBool();
    emitOnBus(QStringLiteral("ActionInvoked"), {id, action});
    if (!stays)
        close(id, ClosedBecause::DismissedByPerson);
}

void NotificationServer::giveToken(std::uint32_t id, const QString &token)
{
    emitOnBus(QStringLiteral("ActivationToken"), {id, token});
}

void NotificationServer::close(std::uint32_t id, ClosedBecause reason)
{
    const auto gone = find(m_open, id);
    if (gone != m_open.end())
        m_open.erase(gone);
    emitOnBus(QStringLiteral("NotificationClosed"), {id, static_cast<std::uint32_t>(reason)});
    Q_EMIT closed(id);
}

QString NotificationServer::introspect(const QString & /*path*/) const
{
    return {};
}

bool NotificationServer::handleMessage(const QDBusMessage &message, const QDBusConnection &connection)
{
    if (message.interface() != name())
        return false;
    if (m_hangs)
        return true;
    if (message.member() == QStringLiteral("GetCapabilities"))
        return connection.send(message.createReply(m_capabilities));
    if (message.member() == QStringLiteral("GetServerInformation")) {
        return connection.send(message.createReply(
            {QStringLiteral("fake"), QStringLiteral("Keytender"), QStringLiteral("1"), QStringLiteral("1.2")}));
    }
    if (message.signature() == QStringLiteral("susssasa{sv}i") && message.member() == QStringLiteral("Notify")) {
        const std::uint32_t id = show(message);
        const bool isSent = connection.send(message.createReply(id));
        Q_EMIT notified(id);
        return isSent;
    }
    if (message.signature() == QStringLiteral("u") && message.member() == QStringLiteral("CloseNotification")) {
        const std::uint32_t id = message.arguments().constFirst().toUInt();
        m_withdrawn.push_back(id);
        const bool isSent = connection.send(message.createReply());
        if (find(m_open, id) != m_open.end())
            close(id, ClosedBecause::AskedTo);
        return isSent;
    }
    return false;
}

// A replaced notification keeps its id, also where it is not on the screen any more: as notification daemons do.
std::uint32_t NotificationServer::show(const QDBusMessage &message)
{
    const QVariantList given = message.arguments();
    ShownNotification shown{.id = 0,
                            .replacesId = given.at(1).toUInt(),
                            .application = given.at(0).toString(),
                            .icon = given.at(2).toString(),
                            .summary = given.at(3).toString(),
                            .body = given.at(4).toString(),
                            .actions = given.at(5).toStringList(),
                            .hints = qdbus_cast<QVariantMap>(given.at(6)),
                            .timeout = given.at(7).toInt()};
    shown.id = shown.replacesId != 0 ? shown.replacesId : ++m_lastId;
    m_calls.push_back(shown);
    const auto before = find(m_open, shown.id);
    if (before != m_open.end())
        *before = shown;
    else
        m_open.push_back(shown);
    return shown.id;
}

void NotificationServer::emitOnBus(const QString &signal, const QVariantList &arguments)
{
    QDBusMessage message = QDBusMessage::createSignal(path(), name(), signal);
    message.setArguments(arguments);
    m_bus.send(message);
}

} // namespace keytender::fakes
