// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QDBusConnection>
#include <QDBusServiceWatcher>
#include <QObject>
#include <QTimer>

namespace keytender::ui {

// Whether anybody draws tray icons: there must be a watcher, and the watcher must have a host. Asks without ever
// waiting; a watcher that owns its name and says nothing counts as one without a host, and is asked again.
class TrayHostWatch final : public QObject {
    Q_OBJECT

public:
    enum class State { Unknown, NoWatcher, NoHost, Present };

    explicit TrayHostWatch(const QDBusConnection &bus, QObject *parent = nullptr);

    void start();
    [[nodiscard]] State state() const { return m_state; }
    // Grows with every watcher that takes the name: whoever registered with an earlier one must do so again.
    [[nodiscard]] int generation() const { return m_generation; }

Q_SIGNALS:
    // A state or a generation that is new.
    void changed();

private Q_SLOTS:
    void ask();

private:
    void settle(State state);

    QDBusConnection m_bus;
    QDBusServiceWatcher m_name;
    QTimer m_again;
    State m_state = State::Unknown;
    int m_generation = 0;
    int m_question = 0; // answers to earlier ones are ignored
};

} // namespace keytender::ui
