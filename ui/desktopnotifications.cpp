// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/desktopnotifications.h"

#include <utility>

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QVariantMap>

namespace keytender::ui {

namespace {

constexpr int answerMilliseconds = 5000; // it may have to be started first

QString service()
{
    return QStringLiteral("org.freedesktop.Notifications");
}

QString path()
{
    return QStringLiteral("/org/freedesktop/Notifications");
}

QString clickKey()
{
    return QStringLiteral("default");
}

QDBusMessage callOf(const QString &method)
{
    return QDBusMessage::createMethodCall(service(), path(), service(), method);
}

} // namespace

DesktopNotifications::DesktopNotifications(const QDBusConnection &bus, QObject *parent)
    : QObject(parent), m_bus(bus), m_owner(service(), bus, QDBusServiceWatcher::WatchForOwnerChange)
{
    connect(&m_owner, &QDBusServiceWatcher::serviceOwnerChanged, this,
            [this](const QString &, const QString &before, const QString &after) {
                followOwner(!before.isEmpty(), !after.isEmpty());
            });
    const auto listen = [this](const QString &signal, const char *slot) {
        m_bus.connect(service(), path(), service(), signal, this, slot);
    };
    listen(QStringLiteral("ActivationToken"), SLOT(keepToken(uint, QString)));
    listen(QStringLiteral("ActionInvoked"), SLOT(hearAction(uint, QString)));
    listen(QStringLiteral("NotificationClosed"), SLOT(hearClosed(uint, uint)));
}

void DesktopNotifications::show(const Notification &notification, Id replaces, std::function<void(Id)> shown)
{
    Request request{.notification = notification, .replaces = replaces, .shown = std::move(shown)};
    if (m_server == Server::Present) {
        send(request);
        return;
    }
    m_waiting.push_back(std::move(request));
    if (m_server == Server::Unasked)
        ask();
    else if (m_server == Server::Absent)
        QMetaObject::invokeMethod(
            this, [this] { settle(m_server); }, Qt::QueuedConnection);
}

void DesktopNotifications::withdraw(Id id)
{
    if (id == 0 || m_server != Server::Present)
        return;
    QDBusMessage message = callOf(QStringLiteral("CloseNotification"));
    message << id;
    message.setAutoStartService(false);
    m_bus.send(message);
}

// Starts the server where the bus knows how to: many a desktop waits for the first notification.
void DesktopNotifications::ask()
{
    m_server = Server::Asked;
    auto *call = new QDBusPendingCallWatcher(
        m_bus.asyncCall(callOf(QStringLiteral("GetCapabilities")), answerMilliseconds), this);
    connect(call, &QDBusPendingCallWatcher::finished, this, [this, call, generation = m_generation] {
        call->deleteLater();
        if (generation != m_generation)
            return;
        const QDBusPendingReply<QStringList> reply = *call;
        if (!reply.isError())
            m_capabilities = reply.value();
        settle(reply.isError() ? Server::Absent : Server::Present);
    });
}

// One that is silent is as good as none: until another one takes the name.
void DesktopNotifications::settle(Server server)
{
    m_server = server;
    if (server != Server::Present && server != Server::Absent)
        return;
    for (const Request &request : std::exchange(m_waiting, {})) {
        if (server == Server::Present)
            send(request);
        else
            request.shown(0);
    }
}

void DesktopNotifications::send(const Request &request)
{
    auto *call = new QDBusPendingCallWatcher(m_bus.asyncCall(messageFor(request), answerMilliseconds), this);
    connect(call, &QDBusPendingCallWatcher::finished, this,
            [this, call, shown = request.shown, generation = m_generation] {
                call->deleteLater();
                if (generation != m_generation)
                    return;
                const QDBusPendingReply<uint> reply = *call;
                shown(reply.isError() ? 0 : reply.value());
            });
}

QDBusMessage DesktopNotifications::messageFor(const Request &request) const
{
    const auto &[title, text, buttons, isUrgent] = request.notification;
    QStringList actions;
    if (m_capabilities.contains(QStringLiteral("actions")) && !buttons.empty()) {
        actions << clickKey() << buttons.front().label;
        for (const Notification::Button &button : buttons)
            actions << button.key << button.label;
    }
    const QVariantMap hints{{QStringLiteral("urgency"), QVariant::fromValue<uchar>(isUrgent ? 2 : 1)},
                            {QStringLiteral("category"), QStringLiteral("x-keytender.login")},
                            {QStringLiteral("desktop-entry"), QStringLiteral("org.keytender.keytender")}};
    const bool isMarkup = m_capabilities.contains(QStringLiteral("body-markup"));
    QDBusMessage message = callOf(QStringLiteral("Notify"));
    message << QStringLiteral("Keytender") << request.replaces << QStringLiteral("org.keytender.keytender") << title
            << (isMarkup ? text.toHtmlEscaped() : text) << actions << hints << (isUrgent ? 0 : -1);
    return message;
}

void DesktopNotifications::followOwner(bool hadOwner, bool hasOwner)
{
    // It was started by our own question, which it will answer.
    if (!hadOwner && m_server == Server::Asked)
        return;
    ++m_generation;
    m_server = Server::Unasked;
    m_waiting.clear();
    Q_EMIT went();
    if (hasOwner)
        Q_EMIT came();
}

void DesktopNotifications::keepToken(uint id, const QString &token)
{
    m_tokenFor = id;
    m_token = token;
}

// Ids of other programs come by here too; whoever listens knows their own.
void DesktopNotifications::hearAction(uint id, const QString &key)
{
    const QString token = std::exchange(m_token, {});
    Q_EMIT pressed(id, key, m_tokenFor == id ? token : QString());
}

void DesktopNotifications::hearClosed(uint id, uint reason)
{
    constexpr uint expired = 1;
    constexpr uint byPerson = 2;
    Q_EMIT closed(id, reason == byPerson ? Closed::ByPerson : reason == expired ? Closed::Expired : Closed::Otherwise);
}

} // namespace keytender::ui
