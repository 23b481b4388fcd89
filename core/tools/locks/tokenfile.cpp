// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// A file with a random UUID in it, made exclusively, as Qwen Code does. Its time alone says whether it was abandoned.

#include <QCoreApplication>

#include <sys/stat.h>

#include "tools/locks/kinds.h"

namespace keytender::tools {

namespace {

QByteArray randomUuid(base::Random &random)
{
    QByteArray text = random.hex(16).toLatin1();
    text[12] = '4'; // the version: random
    text[16] = '8';
    for (const qsizetype hyphen : {8, 13, 18, 23})
        text.insert(hyphen, '-');
    return text;
}

} // namespace

TakenLock takeTokenFile(const LockSpec &spec, LockPlace place, const LockWorld &world)
{
    const base::Timestamp now = world.clock.wallTime();
    if (const auto there = entryAt(place)) {
        if (!S_ISREG(there->mode))
            return base::unexpected(wrongKind(
                place.path, *there, QCoreApplication::translate("Locks", "a file", "what a tool uses as its lock")));
        const LockAge age = ageOf(*there, spec.stale, now);
        if (age == LockAge::Future)
            return base::unexpected(datedInTheFuture(place.path));
        if (age == LockAge::Fresh)
            return base::unexpected(heldBySomebody(place.path));
        if (const auto broken = breakLock(place, *there, world.random); !broken)
            return base::unexpected(broken.error());
    }
    const QByteArray uuid = randomUuid(world.random);
    return madeLockFile(std::move(place), {.content = uuid, .mode = spec.mode, .modified = now}, {.stale = spec.stale},
                        world);
}

} // namespace keytender::tools
