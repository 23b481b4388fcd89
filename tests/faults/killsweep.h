// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>

#include <QByteArray>

#include <sys/types.h>

namespace keytender::tests {

// Kills a story at each of its system calls in turn (G-1):
//
//     for (KillSweep sweep; sweep.goesOn();) { prepare; QVERIFY(sweep.run(story)); start again and look }
//
// The story runs in a child process of one thread, which is stopped at every system call and killed with SIGKILL as it
// enters the one whose turn it is. Every call is a point: no list of names that one could be missing from.
class KillSweep final {
public:
    // Moves on to the next call; false when the story has come to its end.
    [[nodiscard]] bool goesOn();
    // True if it was killed where it should be, or came to its end and returned true.
    [[nodiscard]] bool run(const std::function<bool()> &story);

    [[nodiscard]] int points() const { return m_isDone ? m_step - 1 : m_step; }
    [[nodiscard]] QByteArray where() const; // for messages

private:
    [[nodiscard]] bool follow(pid_t child);

    int m_step = 0;
    unsigned long long m_lastCall = 0;
    bool m_isDone = false;
};

} // namespace keytender::tests
