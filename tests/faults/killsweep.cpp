// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "faults/killsweep.h"

#include <csignal>

#include <sched.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

namespace keytender::tests {

namespace {

constexpr int mostPoints = 5000; // more is a story that does not end

// The two take turns: on one processor that costs less. Best effort.
class OneProcessor final {
public:
    OneProcessor()
    {
        m_isKnown = sched_getaffinity(0, sizeof m_before, &m_before) == 0;
        cpu_set_t one;
        CPU_ZERO(&one);
        CPU_SET(sched_getcpu(), &one);
        sched_setaffinity(0, sizeof one, &one);
    }
    ~OneProcessor()
    {
        if (m_isKnown)
            sched_setaffinity(0, sizeof m_before, &m_before);
    }
    Q_DISABLE_COPY_MOVE(OneProcessor)

private:
    cpu_set_t m_before{};
    bool m_isKnown = false;
};

// Resumes the child until its next stop; false when it is gone.
bool untilNextStop(pid_t child, int signal, int &status)
{
    return ptrace(PTRACE_SYSCALL, child, nullptr, signal) == 0 && waitpid(child, &status, 0) == child
           && WIFSTOPPED(status);
}

} // namespace

bool KillSweep::goesOn()
{
    return !m_isDone && ++m_step < mostPoints;
}

QByteArray KillSweep::where() const
{
    return "killed at point " + QByteArray::number(m_step) + ", system call " + QByteArray::number(m_lastCall);
}

bool KillSweep::run(const std::function<bool()> &story)
{
    const OneProcessor processor;
    const pid_t child = fork();
    if (child == 0) {
        if (ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) != 0)
            _exit(2);
        raise(SIGSTOP);
        _exit(story() ? 0 : 1);
    }
    int status = 0;
    if (waitpid(child, &status, 0) != child || !WIFSTOPPED(status))
        return false;
    if (ptrace(PTRACE_SETOPTIONS, child, nullptr, PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL) != 0)
        return false;
    return follow(child);
}

bool KillSweep::follow(pid_t child)
{
    int status = 0;
    int signal = 0;
    int entered = 0;
    while (untilNextStop(child, signal, status)) {
        const bool isCall = WSTOPSIG(status) == (SIGTRAP | 0x80);
        signal = isCall ? 0 : WSTOPSIG(status);
        __ptrace_syscall_info info{};
        if (!isCall || ptrace(PTRACE_GET_SYSCALL_INFO, child, sizeof info, &info) <= 0)
            continue;
        if (info.op != PTRACE_SYSCALL_INFO_ENTRY || ++entered < m_step)
            continue;
        m_lastCall = info.entry.nr;
        kill(child, SIGKILL);
        return waitpid(child, &status, 0) == child && WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
    }
    m_isDone = WIFEXITED(status);
    return m_isDone && WEXITSTATUS(status) == 0;
}

} // namespace keytender::tests
