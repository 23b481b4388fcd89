// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>

#include <QSocketNotifier>
#include <QTimer>

#include "base/filedescriptor.h"

namespace keytender::ipc {

// Accepts connections on a socket that listens. Where no descriptor is left it waits a moment: the clients wait in the
// kernel's queue, and the event loop does not spin.
class Listener final {
public:
    using Admit = std::function<void(base::FileDescriptor)>;
    Listener(base::FileDescriptor socket, Admit admit);

    void setPaused(bool isPaused);
    // Everybody who waits in the kernel's queue just now.
    void acceptAll();

private:
    enum class Took { One, None, NoRoom };
    Took acceptOne();
    void acceptSome();

    base::FileDescriptor m_socket;
    Admit m_admit;
    QSocketNotifier m_notifier;
    QTimer m_breath;
    bool m_isPaused = false;
};

} // namespace keytender::ipc
