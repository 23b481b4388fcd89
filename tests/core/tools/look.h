// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "fetching.h"

// What a tool shows of a whole home: locate, fetch and read, without anything that watches or remembers.
namespace keytender::fetching {

struct Seen {
    tools::CopyPlace place;
    tools::CopyReading reading;
};

// Every login in the tool's files by its profile's id; keychain items are left out.
inline std::map<QString, Seen> look(const tools::Tool &tool, const tools::ToolWorld &world)
{
    std::map<QString, Seen> byId;
    for (const tools::CopyPlace &place : tool.locate(world).places) {
        if (place.kind != tools::CopyPlace::Kind::File)
            continue;
        for (tools::CopyReading &reading : readFile(tool, place, world.environment)) {
            const QString id = tools::profileIdOf(tool.facts(), place, reading);
            byId.insert_or_assign(id, Seen{.place = place, .reading = std::move(reading)});
        }
    }
    return byId;
}

} // namespace keytender::fetching
