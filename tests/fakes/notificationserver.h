// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <vector>

#include <QDBusConnection>
#include <QDBusVirtualObject>
#include <QStringList>
#include <QVariantMap>

namespace keytender::fakes {

// One Notify as it came.
struct ShownNotification {
    std::uint32_t id = 0;         // that it was given
    std::uint32_t replacesId = 0; // as the caller said
    QString application;
    QString icon;
    QString summary;
    QString body;
    QStringList actions; // key, label, key, label ...
    QVariantMap hints;
    int timeout = -1; // ms
};

// Of the specification, the reason a notification was closed for.
enum class ClosedBecause : std::uint32_t { Expired = 1, DismissedByPerson = 2, AskedTo = 3, Undefined = 4 };

// org.freedesktop.Notifications on a private bus (never on the user's: give an address). It serves from the test's
// thread on a connection of its own: a client in this process must not wait for it without an event loop.
class NotificationServer final : public QDBusVirtualObject {
    Q_OBJECT

public:
    explicit NotificationServer(const QString &busAddress);
    ~NotificationServer() override;

    // Takes or gives back the name; false where somebody else has it.
    [[nodiscard]] bool appear();
    void vanish();

    // What GetCapabilities answers; {body, actions, persistence} unless told.
    void setCapabilities(const QStringList &capabilities) { m_capabilities = capabilities; }
    // Calls get no answer at all from now on, as of a server that hangs.
    void hang() { m_hangs = true; }

    [[nodiscard]] const std::vector<ShownNotification> &calls() const { return m_calls; } // every Notify, in order
    [[nodiscard]] const std::vector<ShownNotification> &open() const { return m_open; }   // what is on the screen now
    [[nodiscard]] const std::vector<std::uint32_t> &withdrawn() const { return m_withdrawn; } // by CloseNotification

    // A person presses a button, or the notification itself ("default"): ActionInvoked, and unless its hint says
    // "resident", NotificationClosed. A key that was not offered is sent all the same.
    void press(std::uint32_t id, const QString &action);
    // ActivationToken, which a server sends ahead of ActionInvoked.
    void giveToken(std::uint32_t id, const QString &token);
    // NotificationClosed, and off the screen.
    void close(std::uint32_t id, ClosedBecause reason);

    [[nodiscard]] QString introspect(const QString &path) const override;
    bool handleMessage(const QDBusMessage &message, const QDBusConnection &connection) override;

Q_SIGNALS:
    void notified(std::uint32_t id);
    void closed(std::uint32_t id);

private:
    [[nodiscard]] std::uint32_t show(const QDBusMessage &message);
    void emitOnBus(const QString &name, const QVariantList &arguments);

    QDBusConnection m_bus;
    QStringList m_capabilities{QStringLiteral("body"), QStringLiteral("actions"), QStringLiteral("persistence")};
    std::vector<ShownNotification> m_calls;
    std::vector<ShownNotification> m_open;
    std::vector<std::uint32_t> m_withdrawn;
    std::uint32_t m_lastId = 0;
    bool m_hangs = false;
};

} // namespace keytender::fakes
