// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>

#include <QLockFile>
#include <QObject>

#include "base/environment.h"

namespace keytender::tray {

// One tray app in a session: the first owns a name on the session bus, and a second start only raises the first. Where
// there is no bus a lock file in the runtime directory keeps the second from starting. Shows a window and nothing else:
// no other command reaches the program this way (S-55).
class SingleInstance final : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.keytender.Keytender")

public:
    explicit SingleInstance(QObject *parent = nullptr);

    enum class Role { First, Second };
    // Second: the first one was asked to raise its window, as far as it can be asked.
    [[nodiscard]] Role claim(const base::Environment &environment);

public Q_SLOTS:
    Q_SCRIPTABLE void Raise(); // the name on the bus

Q_SIGNALS:
    void raiseRequested();

private:
    std::unique_ptr<QLockFile> m_lock;
};

} // namespace keytender::tray
