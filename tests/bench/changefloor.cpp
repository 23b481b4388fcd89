// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// `changefloor RAWINOTIFY FIRST CHANGES WATCHED KEPT...` prints, for each change of a file in WATCHED, two numbers of
// microseconds: until the raw inotify program has renamed its file into the last KEPT, and until it is durable in all.

#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "filechange.h"

using namespace keytender::bench;
using namespace std::chrono_literals;

namespace {

struct Floor {
    pid_t process = -1;
    int words = -1; // one line for each file that is durable
};

bool readLine(int words)
{
    char character = 0;
    while (read(words, &character, 1) == 1) {
        if (character == '\n')
            return true;
    }
    return false;
}

// Started, and known to watch: it says so on its standard output.
Floor startFloor(char **arguments)
{
    int ends[2];
    if (pipe(ends) != 0)
        std::abort();
    const pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], STDOUT_FILENO);
        execv(arguments[0], arguments);
        _exit(127);
    }
    close(ends[1]);
    if (!readLine(ends[0]))
        std::abort();
    return {.process = child, .words = ends[0]};
}

} // namespace

int main(int argc, char *argv[])
{
    if (argc < 6)
        return 2;
    const long first = std::strtol(argv[2], nullptr, 10);
    const long changes = std::strtol(argv[3], nullptr, 10);
    std::vector<char *> command{argv[1]};
    command.insert(command.end(), argv + 4, argv + argc + 1); // with the null at the end
    const Floor floor = startFloor(command.data());
    const std::string watched = argv[4];
    ArrivalWatch kept(argv[argc - 1]);
    int missed = 0;
    for (long change = first; change < first + changes; ++change) {
        const Instant before =
            replaceFile(watched + "/" + ssoCacheName(changingLogin), ssoCacheFile(changingLogin, change));
        const auto arrived = kept.next(2s);
        if (arrived && readLine(floor.words))
            std::printf("%lld %lld\n", static_cast<long long>((*arrived - before) / 1us),
                        static_cast<long long>((std::chrono::steady_clock::now() - before) / 1us));
        else
            ++missed;
        kept.settle(20ms);
    }
    kill(floor.process, SIGTERM);
    waitpid(floor.process, nullptr, 0);
    return missed;
}
