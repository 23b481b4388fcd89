// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "composition/terminationsignals.h"

#include <atomic>
#include <cerrno>
#include <csignal>

#include <QSocketNotifier>

#include <fcntl.h>
#include <unistd.h>

namespace keytender::composition {

namespace {

constexpr int watched[] = {SIGTERM, SIGINT, SIGHUP};

// All that a signal handler may touch.
std::atomic<int> pipeForHandler{-1};

void tell(int)
{
    const int error = errno; // of whatever was interrupted
    const int descriptor = pipeForHandler.load();
    const char byte = 0;
    if (descriptor >= 0 && write(descriptor, &byte, 1) < 0)
        _exit(1);
    errno = error;
}

} // namespace

TerminationSignals::TerminationSignals(QObject *parent) : QObject(parent)
{
    int ends[2] = {-1, -1};
    if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0)
        return; // the signals end the process at once, as without us
    m_reading = base::FileDescriptor(ends[0]);
    m_writing = base::FileDescriptor(ends[1]);
    pipeForHandler = ends[1];
    auto *notifier = new QSocketNotifier(ends[0], QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, [this, notifier] {
        notifier->setEnabled(false);
        Q_EMIT received();
    });
    struct sigaction action {};
    action.sa_handler = tell;
    action.sa_flags = static_cast<int>(SA_RESTART | SA_RESETHAND);
    sigemptyset(&action.sa_mask);
    for (const int signal : watched)
        sigaction(signal, &action, nullptr);
}

TerminationSignals::~TerminationSignals()
{
    for (const int signal : watched)
        std::signal(signal, SIG_DFL);
    pipeForHandler = -1;
}

} // namespace keytender::composition
