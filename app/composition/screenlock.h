// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <map>

#include <QDBusConnection>
#include <QDBusPendingCallWatcher>
#include <QDBusServiceWatcher>
#include <QObject>

namespace keytender::composition {

// Whether the session's screen is locked, as its screen savers and login1 say: locked while one of them says so. Waits
// for nobody. What nobody tells counts as unlocked, since where no screen is locked there is often nobody to tell; what
// one said that has gone since is said no more.
//
// A signal may come from anybody on the bus: it is taken as the word to ask anew, and only the answer counts.
class ScreenLock final : public QObject {
    Q_OBJECT

public:
    ScreenLock(QDBusConnection session, QDBusConnection system, QObject *parent = nullptr);

    [[nodiscard]] bool isLocked() const;

Q_SIGNALS:
    void changed(bool isLocked);

private Q_SLOTS:
    void activeChanged();  // org.freedesktop.ScreenSaver and its kin
    void sessionChanged(); // org.freedesktop.login1.Session

private:
    // One that knows.
    struct Witness {
        bool isLocked = false;
        int question = 0; // only the answer to the last one counts
    };

    void followScreenSavers();
    void followSession();
    void followComings(QDBusConnection bus, const QStringList &services, void (ScreenLock::*look)());
    void askScreenSaver(const QString &service);
    void askSession();
    void ask(QDBusConnection bus, const QDBusMessage &question, const QString &witness);
    void hear(const QString &witness, int question, const QDBusPendingCall &answer);
    void set(const QString &witness, bool isLocked);

    QDBusConnection m_session;
    QDBusConnection m_system;
    std::map<QString, Witness> m_witnesses; // by the service's name
};

} // namespace keytender::composition
