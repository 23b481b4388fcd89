// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "singleinstance.h"

#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QDir>

namespace keytender::tray {

namespace {

const QString serviceName = QStringLiteral("org.keytender.Keytender");
const QString objectPath = QStringLiteral("/org/keytender/Keytender");

} // namespace

SingleInstance::SingleInstance(QObject *parent) : QObject(parent) {}

SingleInstance::Role SingleInstance::claim(const base::Environment &environment)
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (bus.isConnected()) {
        // The object first: whoever sees the name may call at once.
        bus.registerObject(objectPath, this, QDBusConnection::ExportScriptableSlots);
        if (bus.registerService(serviceName))
            return Role::First;
        bus.send(QDBusMessage::createMethodCall(serviceName, objectPath, serviceName, QStringLiteral("Raise")));
        return Role::Second;
    }
    const QString runtime = environment.runtimeDir().isEmpty() ? environment.stateHome() : environment.runtimeDir();
    QDir().mkpath(runtime);
    m_lock = std::make_unique<QLockFile>(runtime + QStringLiteral("/keytender-tray.lock"));
    m_lock->setStaleLockTime(0); // the holder's life decides, not the file's age
    const bool isFree = m_lock->tryLock() || m_lock->error() != QLockFile::LockFailedError;
    return isFree ? Role::First : Role::Second;
}

void SingleInstance::Raise()
{
    Q_EMIT raiseRequested();
}

} // namespace keytender::tray
