// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QDBusArgument>
#include <QDBusVariant>
#include <QIcon>
#include <QList>
#include <QString>
#include <QStringList>
#include <QVariantMap>

// The shapes in which org.kde.StatusNotifierItem and com.canonical.dbusmenu send things.
namespace keytender::ui {

// (iiay): ARGB32 in network byte order.
struct TrayPixmap {
    int width = 0;
    int height = 0;
    QByteArray bytes;
};
using TrayPixmaps = QList<TrayPixmap>;

[[nodiscard]] TrayPixmaps pixmapsOf(const QIcon &icon);

// (sa(iiay)ss)
struct TrayToolTip {
    QString iconName;
    TrayPixmaps icon;
    QString title;
    QString text;
};

// (ia{sv})
struct MenuItem {
    int id = 0;
    QVariantMap properties;
};
using MenuItems = QList<MenuItem>;

// (ias)
struct MenuItemKeys {
    int id = 0;
    QStringList names;
};
using MenuItemsKeys = QList<MenuItemKeys>;

// (ia{sv}av)
struct MenuLayout {
    int id = 0;
    QVariantMap properties;
    QList<MenuLayout> children;
};

// (isvu)
struct MenuEvent {
    int id = 0;
    QString name;
    QDBusVariant value;
    uint timestamp = 0;
};
using MenuEvents = QList<MenuEvent>;

QDBusArgument &operator<<(QDBusArgument &argument, const TrayPixmap &pixmap);
const QDBusArgument &operator>>(const QDBusArgument &argument, TrayPixmap &pixmap);
QDBusArgument &operator<<(QDBusArgument &argument, const TrayToolTip &toolTip);
const QDBusArgument &operator>>(const QDBusArgument &argument, TrayToolTip &toolTip);
QDBusArgument &operator<<(QDBusArgument &argument, const MenuItem &item);
const QDBusArgument &operator>>(const QDBusArgument &argument, MenuItem &item);
QDBusArgument &operator<<(QDBusArgument &argument, const MenuItemKeys &keys);
const QDBusArgument &operator>>(const QDBusArgument &argument, MenuItemKeys &keys);
QDBusArgument &operator<<(QDBusArgument &argument, const MenuLayout &layout);
const QDBusArgument &operator>>(const QDBusArgument &argument, MenuLayout &layout);
QDBusArgument &operator<<(QDBusArgument &argument, const MenuEvent &event);
const QDBusArgument &operator>>(const QDBusArgument &argument, MenuEvent &event);

// Makes them known to QtDBus; harmless when called again.
void registerTrayTypes();

} // namespace keytender::ui

Q_DECLARE_METATYPE(keytender::ui::TrayPixmap)
Q_DECLARE_METATYPE(keytender::ui::TrayToolTip)
Q_DECLARE_METATYPE(keytender::ui::MenuItem)
Q_DECLARE_METATYPE(keytender::ui::MenuItemKeys)
Q_DECLARE_METATYPE(keytender::ui::MenuLayout)
Q_DECLARE_METATYPE(keytender::ui::MenuEvent)
