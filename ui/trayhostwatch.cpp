// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/trayhostwatch.h"

#include <algorithm>
#include <chrono>

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

namespace keytender::ui {

namespace {

using namespace std::chrono_literals;

constexpr int answerMilliseconds = 2000;
constexpr std::chrono::milliseconds firstRetry = 2s; // the first wait is twice this
constexpr std::chrono::milliseconds slowestRetry = 60s;

QString service()
{
    return QStringLiteral("org.kde.StatusNotifierWatcher");
}

QString path()
{
    return QStringLiteral("/StatusNotifierWatcher");
}

bool meansNobody(const QDBusError &error)
{
    return error.type() == QDBusError::ServiceUnknown
           || error.name() == QStringLiteral("org.freedesktop.DBus.Error.NameHasNoOwner");
}

} // namespace

TrayHostWatch::TrayHostWatch(const QDBusConnection &bus, QObject *parent)
    : QObject(parent), m_bus(bus), m_name(service(), bus, QDBusServiceWatcher::WatchForOwnerChange)
{
    m_again.setSingleShot(true);
    m_again.setInterval(firstRetry);
    connect(&m_again, &QTimer::timeout, this, &TrayHostWatch::ask);
    connect(&m_name, &QDBusServiceWatcher::serviceOwnerChanged, this,
            [this](const QString &, const QString &, const QString &owner) {
                ++m_question;
                m_again.setInterval(firstRetry);
                if (owner.isEmpty()) {
                    settle(State::NoWatcher);
                    return;
                }
                ++m_generation;
                ask();
            });
    for (const char *signal : {"StatusNotifierHostRegistered", "StatusNotifierHostUnregistered"})
        m_bus.connect(service(), path(), service(), QLatin1String(signal), this, SLOT(ask()));
}

void TrayHostWatch::start()
{
    if (m_bus.isConnected())
        ask();
    else
        settle(State::NoWatcher);
}

void TrayHostWatch::ask()
{
    const int question = ++m_question;
    QDBusMessage message = QDBusMessage::createMethodCall(
        service(), path(), QStringLiteral("org.freedesktop.DBus.Properties"), QStringLiteral("Get"));
    message << service() << QStringLiteral("IsStatusNotifierHostRegistered");
    // A question must not start a program.
    message.setAutoStartService(false);
    auto *call = new QDBusPendingCallWatcher(m_bus.asyncCall(message, answerMilliseconds), this);
    connect(call, &QDBusPendingCallWatcher::finished, this, [this, call, question] {
        call->deleteLater();
        if (question != m_question)
            return;
        const QDBusPendingReply<QDBusVariant> reply = *call;
        if (reply.isError())
            settle(meansNobody(reply.error()) ? State::NoWatcher : State::NoHost);
        else
            settle(reply.value().variant().toBool() ? State::Present : State::NoHost);
    });
}

void TrayHostWatch::settle(State state)
{
    m_again.stop();
    if (state == State::NoHost) {
        m_again.start();
        // Restarts the timer: each wait is twice the last.
        m_again.setInterval(std::min(m_again.intervalAsDuration() * 2, slowestRetry));
    }
    m_state = state;
    Q_EMIT changed();
}

} // namespace keytender::ui
