// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QDBusAbstractAdaptor>
#include <QDBusVariant>
#include <QHash>
#include <QPointer>
#include <QSet>
#include <QTimer>

#include "ui/traytypes.h"

class QAction;
class QMenu;

namespace keytender::ui {

// A QMenu for a host that draws it by itself: com.canonical.dbusmenu. The names below are the interface's own.
class DBusMenu final : public QDBusAbstractAdaptor {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "com.canonical.dbusmenu")
    Q_PROPERTY(uint Version READ version CONSTANT)
    Q_PROPERTY(QString TextDirection READ textDirection CONSTANT)
    Q_PROPERTY(QString Status READ status CONSTANT)
    Q_PROPERTY(QStringList IconThemePath READ iconThemePath CONSTANT)

public:
    // Serves `menu` on `parent`, which is the object that is registered on the bus.
    DBusMenu(QMenu &menu, QObject *parent);

    [[nodiscard]] uint version() const { return 4; }
    [[nodiscard]] QString textDirection() const;
    [[nodiscard]] QString status() const { return QStringLiteral("normal"); }
    [[nodiscard]] QStringList iconThemePath() const { return {}; }

    bool eventFilter(QObject *watched, QEvent *event) override;

public Q_SLOTS:
    uint GetLayout(int parentId, int recursionDepth, const QStringList &propertyNames, // NOLINT
                   keytender::ui::MenuLayout &layout);
    keytender::ui::MenuItems GetGroupProperties(const QList<int> &ids, const QStringList &propertyNames); // NOLINT
    QDBusVariant GetProperty(int id, const QString &name);                                                // NOLINT
    void Event(int id, const QString &eventId, const QDBusVariant &data, uint timestamp);                 // NOLINT
    QList<int> EventGroup(const keytender::ui::MenuEvents &events);                                       // NOLINT
    bool AboutToShow(int id);                                                                             // NOLINT
    QList<int> AboutToShowGroup(const QList<int> &ids, QList<int> &idErrors);                             // NOLINT

Q_SIGNALS:
    void ItemsPropertiesUpdated(const keytender::ui::MenuItems &updated, // NOLINT
                                const keytender::ui::MenuItemsKeys &removed);
    void LayoutUpdated(uint revision, int parent);        // NOLINT
    void ItemActivationRequested(int id, uint timestamp); // NOLINT

private:
    [[nodiscard]] QAction *actionOf(int id) const;
    // The submenu that an id opens; the whole menu for 0.
    [[nodiscard]] QMenu *menuOf(int id) const;
    [[nodiscard]] int idOf(QAction *action);
    [[nodiscard]] MenuLayout layoutOf(int id, int depth, const QStringList &names);
    [[nodiscard]] QVariantMap propertiesOf(int id, const QStringList &names) const;
    void follow(QMenu &menu);
    void announce();

    QMenu &m_menu;
    QHash<int, QPointer<QAction>> m_actions;
    QHash<QAction *, int> m_ids;
    int m_lastId = 0; // 0 is the whole menu
    uint m_revision = 1;
    bool m_layoutIsNews = false;
    QSet<int> m_changed;
    QTimer m_announce; // so that a rebuilt menu is one piece of news
};

} // namespace keytender::ui
