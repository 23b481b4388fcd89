// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QDBusAbstractAdaptor>
#include <QDBusConnection>
#include <QDBusObjectPath>
#include <QPoint>

#include "ui/trayface.h"
#include "ui/traytypes.h"

class QMenu;

namespace keytender::ui {

class StatusNotifierAdaptor;

// Our own org.kde.StatusNotifierItem. Qt's says "Active" for ever, has no attention icon, decides once whether there is
// a tray, and waits for a watcher that does not answer.
class StatusNotifierItem final : public QObject {
    Q_OBJECT

public:
    // The connection is the item's own: hosts know an item by it. The menu outlives the item.
    StatusNotifierItem(const QDBusConnection &bus, QMenu &menu, QObject *parent = nullptr);
    ~StatusNotifierItem() override;

    void setFace(const TrayFace &face, PanelShade shade);
    // Tells the watcher of this item; neither waits for it nor minds its silence.
    void registerWithWatcher();

    [[nodiscard]] const TrayFace &face() const { return m_face; }
    // Drawn when a host first asks for them, so that drawing delays no registration.
    [[nodiscard]] const TrayPixmaps &pixmaps();

Q_SIGNALS:
    void activated(QPoint click);
    void contextMenuRequested(QPoint click);

private:
    QDBusConnection m_bus;
    QObject m_menuObject; // what /MenuBar is on the bus
    TrayFace m_face;
    PanelShade m_shade = PanelShade::Automatic;
    PanelShade m_scheme = PanelShade::Automatic; // what it was resolved to
    TrayPixmaps m_pixmaps;                       // empty = not drawn yet
    StatusNotifierAdaptor *m_adaptor = nullptr;
};

// What the bus sees of it; the names are the interface's own.
class StatusNotifierAdaptor final : public QDBusAbstractAdaptor {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.kde.StatusNotifierItem")
    Q_PROPERTY(QString Category READ category CONSTANT)
    Q_PROPERTY(QString Id READ id CONSTANT)
    Q_PROPERTY(QString Title READ title)
    Q_PROPERTY(QString Status READ status)
    Q_PROPERTY(int WindowId READ windowId CONSTANT)
    Q_PROPERTY(QString IconThemePath READ none CONSTANT)
    Q_PROPERTY(QDBusObjectPath Menu READ menu CONSTANT)
    Q_PROPERTY(bool ItemIsMenu READ itemIsMenu CONSTANT)
    Q_PROPERTY(QString IconName READ none CONSTANT)
    Q_PROPERTY(keytender::ui::TrayPixmaps IconPixmap READ iconPixmap)
    Q_PROPERTY(QString OverlayIconName READ none CONSTANT)
    Q_PROPERTY(keytender::ui::TrayPixmaps OverlayIconPixmap READ noPixmap CONSTANT)
    Q_PROPERTY(QString AttentionIconName READ none CONSTANT)
    Q_PROPERTY(keytender::ui::TrayPixmaps AttentionIconPixmap READ attentionIconPixmap)
    Q_PROPERTY(QString AttentionMovieName READ none CONSTANT)
    Q_PROPERTY(keytender::ui::TrayToolTip ToolTip READ toolTip)

public:
    explicit StatusNotifierAdaptor(StatusNotifierItem &item);

    [[nodiscard]] QString category() const { return QStringLiteral("SystemServices"); }
    [[nodiscard]] QString id() const { return QStringLiteral("keytender"); }
    [[nodiscard]] QString title() const { return QStringLiteral("Keytender"); }
    [[nodiscard]] QString status() const;
    [[nodiscard]] int windowId() const { return 0; }
    [[nodiscard]] QString none() const { return {}; }
    [[nodiscard]] QDBusObjectPath menu() const { return QDBusObjectPath(QStringLiteral("/MenuBar")); }
    [[nodiscard]] bool itemIsMenu() const { return false; }
    [[nodiscard]] TrayPixmaps iconPixmap() { return m_item.pixmaps(); }
    [[nodiscard]] TrayPixmaps noPixmap() const { return {}; }
    [[nodiscard]] TrayPixmaps attentionIconPixmap() { return m_item.pixmaps(); }
    [[nodiscard]] TrayToolTip toolTip() const;

public Q_SLOTS:
    void Activate(int x, int y);                          // NOLINT
    void SecondaryActivate(int x, int y);                 // NOLINT
    void ContextMenu(int x, int y);                       // NOLINT
    void Scroll(int delta, const QString &orientation);   // NOLINT
    void ProvideXdgActivationToken(const QString &token); // NOLINT

Q_SIGNALS:
    void NewTitle();                     // NOLINT
    void NewIcon();                      // NOLINT
    void NewAttentionIcon();             // NOLINT
    void NewOverlayIcon();               // NOLINT
    void NewToolTip();                   // NOLINT
    void NewStatus(const QString &text); // NOLINT

private:
    StatusNotifierItem &m_item;
};

} // namespace keytender::ui
