// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "composition/screenlock.h"

#include <algorithm>

#include <QDBusError>
#include <QDBusMessage>
#include <QDBusPendingCall>
#include <QDBusVariant>

namespace keytender::composition {

namespace {

constexpr int answerWithin = 5'000; // milliseconds

QString login1()
{
    return QStringLiteral("org.freedesktop.login1");
}

QString sessionInterface()
{
    return QStringLiteral("org.freedesktop.login1.Session");
}

// The freedesktop interface is KDE's and others'; the rest of the desktops have one of the same shape in their own
// name.
const QStringList &screenSavers()
{
    static const QStringList names{QStringLiteral("org.freedesktop.ScreenSaver"),
                                   QStringLiteral("org.gnome.ScreenSaver"), QStringLiteral("org.cinnamon.ScreenSaver"),
                                   QStringLiteral("org.mate.ScreenSaver"), QStringLiteral("org.xfce.ScreenSaver")};
    return names;
}

} // namespace

ScreenLock::ScreenLock(QDBusConnection session, QDBusConnection system, QObject *parent)
    : QObject(parent), m_session(std::move(session)), m_system(std::move(system))
{
    followScreenSavers();
    followSession();
}

bool ScreenLock::isLocked() const
{
    return std::ranges::any_of(m_witnesses, [](const auto &witness) { return witness.second.isLocked; });
}

void ScreenLock::followScreenSavers()
{
    // From no service in particular: to know its owner Qt would wait for the bus.
    for (const QString &name : screenSavers())
        m_session.connect({}, {}, name, QStringLiteral("ActiveChanged"), this, SLOT(activeChanged()));
    followComings(m_session, screenSavers(), &ScreenLock::activeChanged);
    activeChanged();
}

void ScreenLock::followSession()
{
    m_system.connect({}, {}, QStringLiteral("org.freedesktop.DBus.Properties"), QStringLiteral("PropertiesChanged"),
                     {sessionInterface()}, {}, this, SLOT(sessionChanged()));
    followComings(m_system, {login1()}, &ScreenLock::askSession);
    askSession();
}

void ScreenLock::followComings(QDBusConnection bus, const QStringList &services, void (ScreenLock::*look)())
{
    auto *watcher = new QDBusServiceWatcher(this);
    watcher->setConnection(bus);
    watcher->setWatchMode(QDBusServiceWatcher::WatchForOwnerChange);
    for (const QString &service : services)
        watcher->addWatchedService(service);
    connect(watcher, &QDBusServiceWatcher::serviceOwnerChanged, this, look);
}

void ScreenLock::activeChanged()
{
    for (const QString &service : screenSavers())
        askScreenSaver(service);
}

void ScreenLock::sessionChanged()
{
    askSession();
}

void ScreenLock::askScreenSaver(const QString &service)
{
    const QString path = u'/' + QString(service).replace(u'.', u'/');
    ask(m_session, QDBusMessage::createMethodCall(service, path, service, QStringLiteral("GetActive")), service);
}

// "auto" is the session of who asks, or where that is in none, as a user's service is, its user's on the display.
void ScreenLock::askSession()
{
    QDBusMessage question =
        QDBusMessage::createMethodCall(login1(), QStringLiteral("/org/freedesktop/login1/session/auto"),
                                       QStringLiteral("org.freedesktop.DBus.Properties"), QStringLiteral("Get"));
    question << sessionInterface() << QStringLiteral("LockedHint");
    ask(m_system, question, login1());
}

void ScreenLock::ask(QDBusConnection bus, const QDBusMessage &question, const QString &witness)
{
    QDBusMessage quiet = question;
    quiet.setAutoStartService(false); // a look must not start a screen saver
    const int number = ++m_witnesses[witness].question;
    auto *watcher = new QDBusPendingCallWatcher(bus.asyncCall(quiet, answerWithin), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, witness, number, watcher] {
        watcher->deleteLater();
        hear(witness, number, *watcher);
    });
}

void ScreenLock::hear(const QString &witness, int question, const QDBusPendingCall &answer)
{
    if (question != m_witnesses[witness].question)
        return;
    const QDBusMessage reply = answer.reply();
    if (answer.error().type() == QDBusError::NoReply || answer.error().type() == QDBusError::TimedOut)
        return; // busy: what it said last holds
    if (reply.type() != QDBusMessage::ReplyMessage || reply.arguments().isEmpty())
        return set(witness, false);
    const QVariant value = reply.arguments().constFirst();
    const auto wrapped = value.canConvert<QDBusVariant>() ? value.value<QDBusVariant>().variant() : value;
    set(witness, wrapped.typeId() == QMetaType::Bool && wrapped.toBool());
}

void ScreenLock::set(const QString &witness, bool isLocked)
{
    const bool before = this->isLocked();
    m_witnesses[witness].isLocked = isLocked;
    if (this->isLocked() != before)
        Q_EMIT changed(this->isLocked());
}

} // namespace keytender::composition
