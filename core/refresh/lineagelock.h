// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <vector>

#include <QObject>
#include <QStringList>
#include <QTimer>

#include "base/clock.h"
#include "base/result.h"
#include "vault/directorylock.h"

namespace keytender::refresh {

// Our own lock on a lineage: an flock for each profile that holds its refresh token, taken in the order of their names,
// so that two who want the same ones never wait for each other. Let go with the object, and by the kernel with the
// process (F-02). Waits without holding up the event loop; the deadline goes on through suspend.
class LineageLock final : public QObject {
public:
    LineageLock(QString directory, QStringList names, const base::Clock &clock, QObject *parent = nullptr);

    // Once. `done` is called once, perhaps before this returns; TimedOut holds nothing.
    void take(base::Milliseconds deadline, std::function<void(base::Result<void>)> done);
    void letGo(); // of everything; a take() that still waits is not heard of again

private:
    void tryNow();
    void end(base::Result<void> result);

    QString m_directory;
    QStringList m_names;
    const base::Clock &m_clock;
    base::Milliseconds m_giveUpAt{0}; // boot time
    std::function<void(base::Result<void>)> m_done;
    std::vector<vault::DirectoryLock> m_held;
    QTimer m_again;
};

} // namespace keytender::refresh
