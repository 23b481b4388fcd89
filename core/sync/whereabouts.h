// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <map>
#include <memory>
#include <optional>
#include <vector>

#include <QString>

#include "profile/profile.h"
#include "tools/tool.h"

namespace keytender::sync {

class PlaceBook;
struct Place;
using Profiles = std::map<QString, profile::Profile>;
using ToolList = std::vector<std::unique_ptr<tools::Tool>>;

// Where one copy lies, with all that is needed to read it again.
struct Whereabouts {
    const tools::Tool *tool = nullptr; // lives as long as whoever told
    tools::CopyPlace place;
    QString slot;
};

// Of the copies of a profile, in their order; those that made-up copies stand for excepted.
[[nodiscard]] std::vector<Whereabouts> whereaboutsIn(PlaceBook &book, const ToolList &tools,
                                                     const profile::Profile &profile);

// Where a profile's copy was in all likelihood, that no place speaks of any more; nothing for an unknown tool.
[[nodiscard]] std::optional<QString> likelyPlaceOf(PlaceBook &book, const ToolList &tools,
                                                   const profile::Profile &profile);

// Whether another tool's login that lies in the same file says of it what is about to be said of this place: of one
// file that is damaged one row is enough.
[[nodiscard]] bool isToldOfBeside(PlaceBook &book, const Profiles &profiles, const Place &place,
                                  const std::optional<base::Error> &problem);

// A place that was looked at.
struct Looked {
    QString tool; // "Claude Code"
    QString path; // "~/.claude/.credentials.json", absolute
};
// All of them; directories in place of the files in them, where there may be thousands.
[[nodiscard]] std::vector<Looked> lookedIn(PlaceBook &book, const ToolList &tools);

} // namespace keytender::sync
