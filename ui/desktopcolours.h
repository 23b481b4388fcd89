// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QDBusConnection>
#include <QObject>
#include <QPalette>

class QApplication;
class QDBusMessage;

namespace keytender::ui {

// A dark palette in Qt's own manner, for desktops whose theme Qt 6.4 cannot read.
[[nodiscard]] QPalette darkPalette();

// Follows the desktop's wish for dark or light (org.freedesktop.portal.Settings, color-scheme), which Qt 6.4 does not
// by itself. A palette that a platform theme made dark already is left alone. Asks without waiting; without a portal
// everything stays as it is.
class DesktopColours final : public QObject {
    Q_OBJECT

public:
    DesktopColours(QApplication &application, const QDBusConnection &bus, QObject *parent = nullptr);

    void start();

private Q_SLOTS:
    void changed(const QDBusMessage &message);

private:
    void apply(const QVariant &scheme);

    QApplication &m_application;
    QDBusConnection m_bus;
    QPalette m_light; // as it was at the start
};

} // namespace keytender::ui
