// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>

#include <QString>

#include <sys/types.h>

namespace keytender::service {

// The program that asks for a token, as far as the system tells. Programs of one user can pose as each other
// (interpreters, LD_PRELOAD, ptrace): this informs a person and proves nothing (S-51).
struct Consumer {
    struct Program {
        pid_t pid = 0;
        quint64 startedAt = 0; // clock ticks since boot: with the pid it names one process for good
        QString executable;    // absolute; empty where it cannot be read
        bool operator==(const Program &) const = default;
    };
    // Who is on the other end, or, where that is our own keytenderctl, who started it.
    Program program;
    std::optional<Program> parent; // who started that one

    bool operator==(const Consumer &) const = default;
};

} // namespace keytender::service
