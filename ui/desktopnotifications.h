// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include <QDBusConnection>
#include <QDBusServiceWatcher>
#include <QObject>
#include <QStringList>

class QDBusMessage;

namespace keytender::ui {

// One notification, in plain text.
struct Notification {
    QString title;
    QString text;
    struct Button {
        QString key; // "sign-in"
        QString label;
        bool operator==(const Button &) const = default;
    };
    std::vector<Button> buttons; // a click beside them counts as the first
    bool isUrgent = false;       // stays until a person closes it

    bool operator==(const Notification &) const = default;
};

// org.freedesktop.Notifications, by calls that nobody waits for: what QSystemTrayIcon::showMessage() makes of it has no
// buttons, cannot be replaced or closed, and reports clicks on other programs' notifications. The bus is asked for
// nothing, and starts nothing, before the first show().
class DesktopNotifications final : public QObject {
    Q_OBJECT

public:
    enum class Closed { Expired, ByPerson, Otherwise };
    using Id = std::uint32_t; // 0 = none

    explicit DesktopNotifications(const QDBusConnection &bus, QObject *parent = nullptr);

    // `shown` hears the id, or 0 where nobody shows it; and nothing at all when went() comes first. Never from within
    // show().
    void show(const Notification &notification, Id replaces, std::function<void(Id)> shown);
    void withdraw(Id id);

Q_SIGNALS:
    // By a person. With the token by which a window of ours may come to the front, where the server gives one.
    void pressed(std::uint32_t id, const QString &key, const QString &activationToken);
    void closed(std::uint32_t id, keytender::ui::DesktopNotifications::Closed reason);
    void went(); // ids and what was not answered yet are void
    void came(); // and this one knows nothing of what was shown before

private Q_SLOTS:
    void keepToken(uint id, const QString &token);
    void hearAction(uint id, const QString &key);
    void hearClosed(uint id, uint reason);

private:
    struct Request {
        Notification notification;
        Id replaces = 0;
        std::function<void(Id)> shown;
    };
    enum class Server { Unasked, Asked, Present, Absent };

    void ask();
    void settle(Server server);
    void send(const Request &request);
    void followOwner(bool hadOwner, bool hasOwner);
    [[nodiscard]] QDBusMessage messageFor(const Request &request) const;

    QDBusConnection m_bus;
    QDBusServiceWatcher m_owner;
    Server m_server = Server::Unasked;
    QStringList m_capabilities;
    std::vector<Request> m_waiting; // for the answer to the first question
    int m_generation = 0;           // answers of an earlier server are ignored
    Id m_tokenFor = 0;
    QString m_token;
};

} // namespace keytender::ui
