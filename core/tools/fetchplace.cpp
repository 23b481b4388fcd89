// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/fetchplace.h"

#include <algorithm>

#include <unistd.h>

namespace keytender::tools {

namespace {

base::Result<base::FileContent> contentOf(const CopyPlace &place)
{
    if (place.kind == CopyPlace::Kind::KeychainItem || place.cell)
        return base::unexpected(
            {.kind = base::ErrorKind::Unavailable, .subject = place.path, .place = {}, .detail = {}});
    return base::readFile(place.path, {.owner = geteuid()});
}

} // namespace

Fetched fetchPlace(const CopyPlace &place)
{
    Fetched fetched{.content = contentOf(place), .companions = {}};
    for (const QString &path : place.companions)
        fetched.companions.emplace(path, base::readFile(path, {.owner = geteuid()}));
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
