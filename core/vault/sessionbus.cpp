// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "vault/sessionbus.h"

#include <utility>

#include <QDBusConnection>
#include <QDBusError>
#include <QDBusPendingCallWatcher>
#include <QFileInfo>

namespace keytender::vault {

namespace {

QDBusMessage busCall(const QString &method)
{
    return QDBusMessage::createMethodCall(QStringLiteral("org.freedesktop.DBus"),
                                          QStringLiteral("/org/freedesktop/DBus"),
                                          QStringLiteral("org.freedesktop.DBus"), method);
}

void askActivatable(const QString &name, std::chrono::milliseconds patience, QObject *context, Presence known)
{
    const auto listed = [name, known = std::move(known)](const QDBusMessage &answer) {
        if (answer.type() != QDBusMessage::ReplyMessage)
            known(base::unexpected(errorFromAnswer(answer, name)));
        else
            known(answer.arguments().value(0).toStringList().contains(name));
    };
    askBus(busCall(QStringLiteral("ListActivatableNames")), patience, context, listed);
}

} // namespace

bool hasSessionBus(const base::Environment &environment)
{
    const QString runtimeDir = environment.runtimeDir();
    const bool isNamed = !environment.nonEmptyOr(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"), QString()).isEmpty()
                         || (!runtimeDir.isEmpty() && QFileInfo::exists(runtimeDir + QStringLiteral("/bus")));
    return isNamed && QDBusConnection::sessionBus().isConnected();
}

void askBus(const QDBusMessage &question, std::chrono::milliseconds patience, QObject *context, Answered answered)
{
    const QDBusPendingCall call = QDBusConnection::sessionBus().asyncCall(question, static_cast<int>(patience.count()));
    auto *watcher = new QDBusPendingCallWatcher(call, context);
    QObject::connect(watcher, &QDBusPendingCallWatcher::finished, context,
                     [answered = std::move(answered)](QDBusPendingCallWatcher *finished) {
                         finished->deleteLater();
                         answered(finished->reply());
                     });
}

void askPresence(const QString &name, std::chrono::milliseconds patience, QObject *context, Presence known)
{
    const auto told = [name, patience, context, known = std::move(known)](const QDBusMessage &answer) {
        if (answer.type() != QDBusMessage::ReplyMessage)
            known(base::unexpected(errorFromAnswer(answer, name)));
        else if (answer.arguments().value(0).toBool())
            known(true);
        else
            askActivatable(name, patience, context, known);
    };
    QDBusMessage question = busCall(QStringLiteral("NameHasOwner"));
    question << name;
    askBus(question, patience, context, told);
}

base::Error errorFromAnswer(const QDBusMessage &answer, const QString &subject)
{
    const QDBusError error(answer);
    const bool isLate = error.type() == QDBusError::NoReply || error.type() == QDBusError::Timeout
                        || error.type() == QDBusError::TimedOut;
    return {.kind = isLate ? base::ErrorKind::TimedOut : base::ErrorKind::Io,
            .subject = subject,
            .place = {},
            .detail = isLate ? QString() : QStringLiteral("answered %1").arg(error.name())};
}

} // namespace keytender::vault
