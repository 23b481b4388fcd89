// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/dbusmenu.h"

#include <QAction>
#include <QActionEvent>
#include <QActionGroup>
#include <QGuiApplication>
#include <QMenu>

namespace keytender::ui {

namespace {

// "&Quit && more_" as the interface writes it: "_Quit & more__".
QString labelOf(const QString &text)
{
    QString label;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        if (c == u'_') {
            label += QStringLiteral("__");
        } else if (c != u'&') {
            label += c;
        } else if (i + 1 < text.size() && text.at(i + 1) == u'&') {
            label += c;
            ++i;
        } else {
            label += u'_';
        }
    }
    return label;
}

QVariantMap allPropertiesOf(const QAction &action)
{
    QVariantMap properties;
    if (!action.isVisible())
        properties.insert(QStringLiteral("visible"), false);
    if (action.isSeparator()) {
        properties.insert(QStringLiteral("type"), QStringLiteral("separator"));
        return properties;
    }
    properties.insert(QStringLiteral("label"), labelOf(action.text()));
    if (!action.isEnabled())
        properties.insert(QStringLiteral("enabled"), false);
    if (action.menu() != nullptr)
        properties.insert(QStringLiteral("children-display"), QStringLiteral("submenu"));
    if (action.isCheckable()) {
        const bool isExclusive = action.actionGroup() != nullptr && action.actionGroup()->isExclusive();
        properties.insert(QStringLiteral("toggle-type"),
                          isExclusive ? QStringLiteral("radio") : QStringLiteral("checkmark"));
        properties.insert(QStringLiteral("toggle-state"), action.isChecked() ? 1 : 0);
    }
    return properties;
}

} // namespace

DBusMenu::DBusMenu(QMenu &menu, QObject *parent) : QDBusAbstractAdaptor(parent), m_menu(menu)
{
    registerTrayTypes();
    m_announce.setSingleShot(true);
    m_announce.setInterval(0);
    connect(&m_announce, &QTimer::timeout, this, &DBusMenu::announce);
    follow(menu);
}

QString DBusMenu::textDirection() const
{
    return QGuiApplication::isRightToLeft() ? QStringLiteral("rtl") : QStringLiteral("ltr");
}

void DBusMenu::follow(QMenu &menu)
{
    menu.installEventFilter(this); // a second time changes nothing
    const QList<QAction *> actions = menu.actions();
    for (QAction *action : actions) {
        if (action->menu() != nullptr)
            follow(*action->menu());
    }
}

bool DBusMenu::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::ActionAdded || event->type() == QEvent::ActionRemoved) {
        QAction *action = static_cast<QActionEvent *>(event)->action();
        if (event->type() == QEvent::ActionAdded && action->menu() != nullptr)
            follow(*action->menu());
        ++m_revision;
        m_layoutIsNews = true;
        m_announce.start();
    } else if (event->type() == QEvent::ActionChanged) {
        const auto id = m_ids.constFind(static_cast<QActionEvent *>(event)->action());
        if (id != m_ids.constEnd()) {
            m_changed.insert(*id);
            m_announce.start();
        }
    }
    return QObject::eventFilter(watched, event);
}

void DBusMenu::announce()
{
    if (m_layoutIsNews) {
        Q_EMIT LayoutUpdated(m_revision, 0);
    } else {
        // Whole items: a host merges them into what it has, so what fell back to its default is named.
        MenuItems updated;
        MenuItemsKeys removed;
        for (const int id : std::as_const(m_changed)) {
            if (actionOf(id) == nullptr)
                continue;
            updated += {.id = id, .properties = propertiesOf(id, {})};
            QStringList gone;
            for (const QString &name : {QStringLiteral("visible"), QStringLiteral("enabled")}) {
                if (!updated.constLast().properties.contains(name))
                    gone += name;
            }
            removed += {.id = id, .names = gone};
        }
        Q_EMIT ItemsPropertiesUpdated(updated, removed);
    }
    m_layoutIsNews = false;
    m_changed.clear();
}

QAction *DBusMenu::actionOf(int id) const
{
    return m_actions.value(id).data();
}

QMenu *DBusMenu::menuOf(int id) const
{
    if (id == 0)
        return &m_menu;
    const QAction *action = actionOf(id);
    return action == nullptr ? nullptr : action->menu();
}

int DBusMenu::idOf(QAction *action)
{
    const auto known = m_ids.constFind(action);
    if (known != m_ids.constEnd())
        return *known;
    const int id = ++m_lastId;
    m_ids.insert(action, id);
    m_actions.insert(id, action);
    connect(action, &QObject::destroyed, this, [this, action, id] {
        m_ids.remove(action);
        m_actions.remove(id);
    });
    return id;
}

QVariantMap DBusMenu::propertiesOf(int id, const QStringList &names) const
{
    QVariantMap properties;
    if (id == 0)
        properties.insert(QStringLiteral("children-display"), QStringLiteral("submenu"));
    else if (const QAction *action = actionOf(id); action != nullptr)
        properties = allPropertiesOf(*action);
    if (!names.isEmpty())
        properties.removeIf([&names](const auto &entry) { return !names.contains(entry.key()); });
    return properties;
}

MenuLayout DBusMenu::layoutOf(int id, int depth, const QStringList &names)
{
    MenuLayout layout{.id = id, .properties = propertiesOf(id, names), .children = {}};
    const QMenu *menu = menuOf(id);
    if (menu == nullptr || depth == 0)
        return layout;
    const QList<QAction *> actions = menu->actions();
    for (QAction *action : actions)
        layout.children += layoutOf(idOf(action), depth - 1, names);
    return layout;
}

uint DBusMenu::GetLayout(int parentId, int recursionDepth, const QStringList &propertyNames, MenuLayout &layout)
{
    layout = layoutOf(parentId, recursionDepth, propertyNames);
    return m_revision;
}

MenuItems DBusMenu::GetGroupProperties(const QList<int> &ids, const QStringList &propertyNames)
{
    const QList<int> wanted = ids.isEmpty() ? m_actions.keys() : ids;
    MenuItems items;
    for (const int id : wanted) {
        if (id == 0 || actionOf(id) != nullptr)
            items += {.id = id, .properties = propertiesOf(id, propertyNames)};
    }
    return items;
}

QDBusVariant DBusMenu::GetProperty(int id, const QString &name)
{
    // A variant must hold something.
    const QVariant value = propertiesOf(id, {name}).value(name);
    return QDBusVariant(value.isValid() ? value : QVariant(QString()));
}

void DBusMenu::Event(int id, const QString &eventId, const QDBusVariant & /*data*/, uint /*timestamp*/)
{
    QAction *action = actionOf(id);
    // Later, so that the host has its answer before the action does what it does.
    if (eventId == QStringLiteral("clicked") && action != nullptr)
        QMetaObject::invokeMethod(action, &QAction::trigger, Qt::QueuedConnection);
}

QList<int> DBusMenu::EventGroup(const MenuEvents &events)
{
    QList<int> unknown;
    for (const MenuEvent &event : events) {
        if (event.id == 0 || actionOf(event.id) != nullptr)
            Event(event.id, event.name, event.value, event.timestamp);
        else
            unknown += event.id;
    }
    return unknown;
}

bool DBusMenu::AboutToShow(int id)
{
    QMenu *menu = menuOf(id);
    if (menu == nullptr)
        return false;
    const uint before = m_revision;
    Q_EMIT menu->aboutToShow();
    return m_revision != before || !m_changed.isEmpty();
}

QList<int> DBusMenu::AboutToShowGroup(const QList<int> &ids, QList<int> &idErrors)
{
    QList<int> needUpdate;
    for (const int id : ids) {
        if (menuOf(id) == nullptr)
            idErrors += id;
        else if (AboutToShow(id))
            needUpdate += id;
    }
    return needUpdate;
}

} // namespace keytender::ui
