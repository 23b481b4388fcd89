// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QCoreApplication>
#include <QDBusConnection>

namespace keytender::fakes {

// For the destructor of what was registered at `path` of a connection of its own. A call that arrives between the
// connection's last reference and its deletion would still be posted to the object, and answered with an error through
// freed memory when its event goes (Qt 6.4): so nothing may be registered any more when the connection ends.
inline void leaveBus(QDBusConnection &bus, const QString &path, QObject *object)
{
    bus.unregisterObject(path);
    QCoreApplication::removePostedEvents(object);
    QDBusConnection::disconnectFromBus(bus.name());
}

} // namespace keytender::fakes
