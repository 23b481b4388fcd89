// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QDBusConnection>
#include <QObject>

namespace keytender::composition {

// What the system says of sleep and of the network: hints that make Keytender look sooner, and that it never depends
// on. Asks nobody and waits for nobody; where there is no system bus it is silent.
class SystemWatch final : public QObject {
    Q_OBJECT

public:
    explicit SystemWatch(QDBusConnection bus, QObject *parent = nullptr);

Q_SIGNALS:
    void wokeUp();
    void wentOnline();

private Q_SLOTS:
    void prepareForSleep(bool isAboutTo); // org.freedesktop.login1.Manager
    void networkStateChanged(uint state); // org.freedesktop.NetworkManager
};

} // namespace keytender::composition
