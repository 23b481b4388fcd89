// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// `changefloor RAWINOTIFY WATCHED KEPT CHANGES` prints, for each change of a file in WATCHED, the microseconds until
// the raw inotify program has it durably in KEPT.

#include <cstdio>
#include <cstdlib>
#include <string>

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "filechange.h"

using namespace keytender::bench;
using namespace std::chrono_literals;

namespace {

// Started, and known to watch: it says so on its standard output.
pid_t startFloor(const char *program, const char *watched, const char *kept)
{
    int ends[2];
    if (pipe(ends) != 0)
        std::abort();
    const pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], STDOUT_FILENO);
        execl(program, program, watched, kept, nullptr);
        _exit(127);
    }
    close(ends[1]);
    char first = 0;
    if (read(ends[0], &first, 1) != 1)
        std::abort();
    return child;
}

} // namespace

int main(int argc, char *argv[])
{
    if (argc != 5)
        return 2;
    const long changes = std::strtol(argv[4], nullptr, 10);
    const pid_t child = startFloor(argv[1], argv[2], argv[3]);
    ArrivalWatch kept(argv[3]);
    int missed = 0;
    for (long change = 1; change <= changes; ++change) {
        const Instant before =
            replaceFile(std::string(argv[2]) + "/" + ssoCacheName(changingLogin), ssoCacheFile(changingLogin, change));
        if (const auto arrived = kept.next(2s))
            std::printf("%lld\n", static_cast<long long>((*arrived - before) / 1us));
        else
            ++missed;
        kept.settle(20ms);
    }
    kill(child, SIGTERM);
    waitpid(child, nullptr, 0);
    return missed;
}
