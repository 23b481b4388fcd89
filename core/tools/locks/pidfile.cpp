// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// A file that names its holder's process, as OpenClaw makes it from generation B on. It is abandoned when that process
// is: the number is free, or another process that started at another time has it. What cannot be read is never broken.

#include <QCoreApplication>
#include <QDateTime>

#include <sys/stat.h>
#include <unistd.h>

#include "base/jsonspans.h"
#include "base/timestamp.h"
#include "tools/locks/holderprocess.h"
#include "tools/locks/kinds.h"

namespace keytender::tools {

namespace {

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

} // namespace

bool isAbandonedPidFile(const QByteArray &content, const LockSpec &spec, base::Timestamp now)
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
    if (!isProcessNumber(**pid))
        return false;
    const HolderProcess process = processOf(static_cast<pid_t>(**pid));
    return process.isDead || (startTime->has_value() && process.startTime && **startTime != *process.startTime);
}

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
        if (!content || !isAbandonedPidFile(*content, spec, now))
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
