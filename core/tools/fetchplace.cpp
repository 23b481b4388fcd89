// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/fetchplace.h"

#include <algorithm>

#include <unistd.h>

#include "tools/databasecell.h"

namespace keytender::tools {

Fetched companionsOf(const CopyPlace &place)
{
    Fetched fetched{.content = base::unexpected(
                        {.kind = base::ErrorKind::Unavailable, .subject = place.path, .place = {}, .detail = {}}),
                    .companions = {}};
    for (const QString &path : place.companions)
        fetched.companions.emplace(path, base::readFile(path, {.owner = geteuid()}));
    return fetched;
}

Fetched fetchPlace(const CopyPlace &place)
{
    Fetched fetched = companionsOf(place);
    if (place.cell) {
        Fetched cell = fetchCell(place, geteuid());
        fetched.content = std::move(cell.content);
        for (auto &[path, companion] : cell.companions) // what the database says of itself comes first
            fetched.companions.insert_or_assign(path, std::move(companion));
    } else if (place.kind == CopyPlace::Kind::File) {
        fetched.content = base::readFile(place.path, {.owner = geteuid()});
    }
    return fetched;
}

Fetched fetchedItem(const CopyPlace &place, base::Result<base::Secret> item)
{
    Fetched fetched = companionsOf(place);
    if (!item) {
        fetched.content = base::unexpected(item.error());
        return fetched;
    }
    base::FileContent content{.bytes = *std::move(item), .facts = {}};
    content.facts.path = place.path;
    fetched.content = std::move(content);
    return fetched;
}

CopyReading readingOf(const Tool &tool, const CopyPlace &place, const QString &slot, const Fetched &fetched,
                      base::Timestamp now)
{
    std::vector<CopyReading> readings = tool.read(place, fetched, now);
    const auto found = std::ranges::find(readings, slot, &CopyReading::slot);
    if (found != readings.end())
        return std::move(*found);
    // Of a place that cannot be read at all nobody knows which logins are in it.
    if (readings.size() == 1 && readings.front().state == profile::CopyState::Unreadable)
        return std::move(readings.front());
    CopyReading absent;
    absent.slot = slot;
    return absent;
}

bool isHalfWritten(const CopyReading &reading)
{
    return reading.state == profile::CopyState::Unreadable && reading.problem
           && (reading.problem->kind == base::ErrorKind::Incomplete
               || reading.problem->kind == base::ErrorKind::Malformed);
}

} // namespace keytender::tools
