// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "composition/systemwatch.h"

namespace keytender::composition {

namespace {

constexpr uint connectedGlobally = 70; // NM_STATE_CONNECTED_GLOBAL

} // namespace

SystemWatch::SystemWatch(QDBusConnection bus, QObject *parent) : QObject(parent)
{
    bus.connect(QStringLiteral("org.freedesktop.login1"), QStringLiteral("/org/freedesktop/login1"),
                QStringLiteral("org.freedesktop.login1.Manager"), QStringLiteral("PrepareForSleep"), this,
                SLOT(prepareForSleep(bool)));
    bus.connect(QStringLiteral("org.freedesktop.NetworkManager"), QStringLiteral("/org/freedesktop/NetworkManager"),
                QStringLiteral("org.freedesktop.NetworkManager"), QStringLiteral("StateChanged"), this,
                SLOT(networkStateChanged(uint)));
}

void SystemWatch::prepareForSleep(bool isAboutTo)
{
    if (!isAboutTo)
        Q_EMIT wokeUp();
}

void SystemWatch::networkStateChanged(uint state)
{
    if (state == connectedGlobally)
        Q_EMIT wentOnline();
}

} // namespace keytender::composition
