// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/locks/holderprocess.h"

#include <cerrno>
#include <cmath>

#include <QFile>

#include <csignal>

namespace keytender::tools {

// Field 22 of /proc/<pid>/stat is when it started.
HolderProcess processOf(pid_t pid)
{
    HolderProcess process;
    if (kill(pid, 0) != 0 && errno == ESRCH)
        return {.isDead = true, .startTime = {}};
    QFile file(QStringLiteral("/proc/%1/stat").arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return process;
    const QByteArray line = file.readAll();
    // The name of the program comes second, in brackets, and may hold anything.
    const QList<QByteArray> fields = line.sliced(line.lastIndexOf(')') + 1).simplified().split(' ');
    process.isDead = fields.value(0) == "Z" || fields.value(0) == "X";
    bool isNumber = false;
    const double start = fields.value(19).toDouble(&isNumber);
    if (isNumber)
        process.startTime = start;
    return process;
}

bool isProcessNumber(double number)
{
    return number >= 1 && number <= 4194304 && std::floor(number) == number;
}

} // namespace keytender::tools
