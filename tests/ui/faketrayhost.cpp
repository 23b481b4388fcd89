// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "faketrayhost.h"

#include <QDBusMessage>
#include <QDBusVariant>
#include <QFile>

#include "fakes/busobject.h"

namespace keytender::fakes {

namespace {

QString watcher()
{
    return QStringLiteral("org.kde.StatusNotifierWatcher");
}

QString watcherPath()
{
    return QStringLiteral("/StatusNotifierWatcher");
}

QString connectionName()
{
    static int made = 0;
    return QStringLiteral("fake-tray-host-%1").arg(++made);
}

} // namespace

PrivateBus::PrivateBus(const std::map<QString, QByteArray> &services) : m_before(qgetenv("DBUS_SESSION_BUS_ADDRESS"))
{
    for (const auto &[name, command] : services) {
        QFile service(m_directory.filePath(name + QStringLiteral(".service")));
        if (!service.open(QIODevice::WriteOnly))
            return;
        service.write("[D-BUS Service]\nName=" + name.toLatin1() + "\nExec=" + command + '\n');
    }
    QFile configuration(m_directory.filePath(QStringLiteral("bus.conf")));
    if (!configuration.open(QIODevice::WriteOnly))
        return;
    configuration.write("<busconfig><type>session</type><listen>unix:tmpdir=" + QFile::encodeName(m_directory.path())
                        + "</listen><servicedir>" + QFile::encodeName(m_directory.path())
                        + "</servicedir><auth>EXTERNAL</auth><policy context=\"default\"><allow send_destination=\"*\" "
                          "eavesdrop=\"true\"/><allow eavesdrop=\"true\"/><allow own=\"*\"/></policy></busconfig>");
    configuration.close();
    m_daemon.start(QStringLiteral("dbus-daemon"), {QStringLiteral("--config-file=") + configuration.fileName(),
                                                   QStringLiteral("--nofork"), QStringLiteral("--print-address")});
    if (m_daemon.waitForReadyRead(5000))
        m_address = QString::fromLatin1(m_daemon.readLine()).trimmed();
    qputenv("DBUS_SESSION_BUS_ADDRESS", m_address.toLatin1());
}

PrivateBus::~PrivateBus()
{
    m_daemon.kill();
    m_daemon.waitForFinished();
    qputenv("DBUS_SESSION_BUS_ADDRESS", m_before);
}

FakeTrayHost::FakeTrayHost(const PrivateBus &bus)
    : m_bus(QDBusConnection::connectToBus(bus.address(), connectionName()))
{
    m_bus.registerVirtualObject(watcherPath(), this);
}

FakeTrayHost::~FakeTrayHost()
{
    fakes::leaveBus(m_bus, watcherPath(), this);
}

void FakeTrayHost::appear(Manner manner)
{
    m_manner = manner;
    m_bus.registerService(watcher());
}

void FakeTrayHost::vanish()
{
    m_bus.unregisterService(watcher());
}

void FakeTrayHost::hostComes()
{
    m_manner = Manner::HasHost;
    m_bus.send(QDBusMessage::createSignal(watcherPath(), watcher(), QStringLiteral("StatusNotifierHostRegistered")));
}

QString FakeTrayHost::introspect(const QString & /*path*/) const
{
    return {};
}

bool FakeTrayHost::handleMessage(const QDBusMessage &message, const QDBusConnection &connection)
{
    ++m_questions;
    if (m_manner == Manner::Silent)
        return true;
    if (message.member() == QStringLiteral("RegisterStatusNotifierItem")) {
        m_registered += message.service();
        return connection.send(message.createReply());
    }
    if (message.member() == QStringLiteral("Get")) {
        const QVariant value = m_manner == Manner::HasHost;
        return connection.send(message.createReply(QVariant::fromValue(QDBusVariant(value))));
    }
    return false;
}

} // namespace keytender::fakes
