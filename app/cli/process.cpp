// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "process.h"

#include <csignal>

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace keytender::cli {

namespace {

rlimit coreLimitBefore{.rlim_cur = 0, .rlim_max = 0};
bool isPipeSignalIgnoredBefore = false;

} // namespace

void prepareProcess()
{
    // Of the wrong direction: who writes to a stdout that was closed shall see an error.
    for (int descriptor = STDIN_FILENO; descriptor <= STDERR_FILENO; ++descriptor)
        if (fcntl(descriptor, F_GETFD) < 0)
            (void)open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY);
    // Not closed: --passphrase-fd names one of them.
    close_range(STDERR_FILENO + 1, ~0U, CLOSE_RANGE_CLOEXEC);
    isPipeSignalIgnoredBefore = std::signal(SIGPIPE, SIG_IGN) == SIG_IGN;
    if (getrlimit(RLIMIT_CORE, &coreLimitBefore) == 0) {
        const rlimit none{.rlim_cur = 0, .rlim_max = coreLimitBefore.rlim_max};
        setrlimit(RLIMIT_CORE, &none);
    }
}

void hideMemory()
{
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

void restoreForChild()
{
    setrlimit(RLIMIT_CORE, &coreLimitBefore);
    if (!isPipeSignalIgnoredBefore)
        (void)std::signal(SIGPIPE, SIG_DFL);
}

} // namespace keytender::cli
