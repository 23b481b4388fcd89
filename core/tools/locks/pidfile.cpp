// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// A file that names its holder's process, as OpenClaw makes it from generation B on. It is abandoned when that process
// is: the number is free, or another process that started at another time has it. What cannot be read is never broken.

#include <cerrno>
#include <cmath>

#include <QCoreApplication>
#include <QDateTime>
#include <QFile>

#include <csignal>
#include <sys/stat.h>
#include <unistd.h>

#include "base/jsonspans.h"
#include "base/timestamp.h"
#include "tools/locks/kinds.h"

namespace keytender::tools {

namespace {

struct Process {
    bool isDead = false; // for certain
    std::optional<double> startTime;
};

// Field 22 of /proc/<pid>/stat, in clock ticks since the machine started.
Process processOf(pid_t pid)
{
    Process process;
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

QByteArray textOfOurs(base::Timestamp now)
{
    const auto start = processOf(getpid()).startTime;
    const auto created = QDateTime::fromMSecsSinceEpoch(now.time_since_epoch().count(), Qt::UTC);
    QByteArray text = "{\n  \"pid\": " + QByteArray::number(getpid()) + ",\n  \"createdAt\": \""
                      + created.toString(Qt::ISODateWithMs).toLatin1() + '"';
    if (start)
        text += ",\n  \"starttime\": " + QByteArray::number(static_cast<qint64>(*start));
    return text + "\n}\n";
}

// Whether whoever wrote this is gone for certain.
bool isAbandoned(const QByteArray &content, const LockSpec &spec, base::Timestamp now)
{
    const auto document = base::JsonSpans::parse(
        base::Secret::copyOf({content.constData(), static_cast<std::size_t>(content.size())}), spec.path);
    if (!document || !document->root().isObject())
        return false;
    const auto pid = document->root().member("pid").optionalNumber();
    const auto startTime = document->root().member("starttime").optionalNumber();
    const auto createdAt = document->root().member("createdAt").optionalString();
    if (!pid || !startTime || !createdAt)
        return false;
    if (!pid->has_value()) {
        const auto created = base::fromRfc3339(createdAt->value_or(QString()));
        return created && spec.stale > base::Milliseconds(0) && *created + spec.stale < now;
    }
    if (**pid < 1 || **pid > 4194304 || std::floor(**pid) != **pid) // as far as the kernel counts
        return false;
    const Process process = processOf(static_cast<pid_t>(**pid));
    return process.isDead || (startTime->has_value() && process.startTime && **startTime != *process.startTime);
}

} // namespace

TakenLock takePidFile(const LockSpec &spec, LockPlace place, const LockWorld &world)
{
    const base::Timestamp now = world.clock.wallTime();
    if (const auto there = entryAt(place)) {
        if (!S_ISREG(there->mode))
            return base::unexpected(wrongKind(
                place.path, *there, QCoreApplication::translate("Locks", "a file", "what a tool uses as its lock")));
        const auto content = contentOf(place);
        if (!content && content.error().kind != base::ErrorKind::NotFound)
            return base::unexpected(content.error());
        if (!content || !isAbandoned(*content, spec, now))
            return base::unexpected(heldBySomebody(place.path));
        if (const auto broken = breakLock(place, *there, world.random); !broken)
            return base::unexpected(broken.error());
    }
    const QByteArray text = textOfOurs(now);
    // As long as we live nobody else breaks it, so it must not stay whatever its age.
    return madeLockFile(std::move(place), {.content = text, .mode = spec.mode, .modified = now},
                        {.stale = spec.stale, .isRemovedWhenOld = true}, world);
}

} // namespace keytender::tools
