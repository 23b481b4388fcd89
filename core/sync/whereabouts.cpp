// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "sync/whereabouts.h"

#include <algorithm>

#include <QFileInfo>

#include "sync/placebook.h"
#include "sync/profileledger.h"

namespace keytender::sync {

std::vector<Whereabouts> whereaboutsIn(PlaceBook &book, const ToolList &tools, const profile::Profile &profile)
{
    std::vector<Whereabouts> whereabouts;
    for (const profile::Copy &copy : profile.copies) {
        for (std::size_t tool = 0; tool < book.toolCount(); ++tool) {
            if (tools[tool]->facts().id != copy.tool)
                continue;
            for (const PlaceBook::Key &key : book.keysOf(tool)) {
                const Place *place = book.find(key);
                if (place != nullptr && place->copy.path == copy.path)
                    whereabouts.push_back({tools[tool].get(), place->copy, copy.slot});
            }
        }
    }
    return whereabouts;
}

std::optional<QString> likelyPlaceOf(PlaceBook &book, const ToolList &tools, const profile::Profile &profile)
{
    for (std::size_t tool = 0; tool < tools.size(); ++tool) {
        if (tools[tool]->facts().id != profile.toolId)
            continue;
        const QString home = homeNameIn(profile.id);
        for (const PlaceBook::Key &key : book.keysOf(tool)) {
            const Place &place = *book.find(key);
            if (place.copy.slot.isEmpty() && place.copy.homeName == home)
                return place.copy.path;
        }
        const QStringList &directories = book.directoriesOf(tool);
        return directories.isEmpty() ? QString() : directories.front();
    }
    return std::nullopt;
}

bool isToldOfBeside(PlaceBook &book, const Profiles &profiles, const Place &place,
                    const std::optional<base::Error> &problem)
{
    const auto says = [&](const profile::Copy &copy) {
        return copy.path == place.copy.path && problem && copy.problem == problem;
    };
    for (const PlaceBook::Key &key : book.placesOf(place.copy.path)) {
        const Place &other = *book.find(key);
        if (other.tool == place.tool)
            continue;
        for (const QString &id : other.profiles) {
            const auto login = profiles.find(id);
            if (login != profiles.end() && std::ranges::any_of(login->second.copies, says))
                return true;
        }
    }
    return false;
}

std::vector<Looked> lookedIn(PlaceBook &book, const ToolList &tools)
{
    std::vector<Looked> looked;
    for (std::size_t tool = 0; tool < book.toolCount(); ++tool) {
        const QString &name = tools[tool]->facts().name;
        const QStringList &directories = book.directoriesOf(tool);
        bool coversDirectories = false;
        for (const PlaceBook::Key &key : book.keysOf(tool)) {
            const Place &place = *book.find(key);
            if (place.isFile() && directories.contains(QFileInfo(place.copy.path).path()))
                coversDirectories = true;
            else
                looked.push_back({.tool = name, .path = place.copy.path});
        }
        if (!coversDirectories && !book.keysOf(tool).empty())
            continue;
        for (const QString &directory : directories)
            looked.push_back({.tool = name, .path = directory});
    }
    return looked;
}

} // namespace keytender::sync
